//! The words that stand in times: months, days of the week, zones.

use jiff::tz::Offset;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that say nothing: `Mar 1st, 2024 at 10:00`, `2024-03-01T10:00`.
const FILLERS: [&str; 9] = ["t", "at", "on", "of", "the", "st", "nd", "rd", "th"];

/// Zones by their abbreviation, in hours: those of RFC 2822 (section 4.3) and those of Europe that are
/// nowhere else another. `IST` and `BST` mean three zones each, and are none.
const ZONES: [(&str, i8); 19] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("wet", 0),
    ("west", 1),
    ("cet", 1),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("jst", 9),
];

/// The month that a word in lower case names, from 1; three letters are enough.
pub fn month(word: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|month| begins(month, word))?;
    i64::try_from(at + 1).ok()
}

/// Whether a word in lower case says nothing about the time.
pub fn passed_over(word: &str) -> bool {
    FILLERS.contains(&word) || DAYS.iter().any(|day| begins(day, word))
}

/// The zone that a word in lower case names.
pub fn offset_of(word: &str) -> Option<Offset> {
    let (_, hours) = ZONES.iter().find(|(name, _)| *name == word)?;
    Some(Offset::constant(*hours))
}

fn begins(whole: &str, word: &str) -> bool {
    // Four letters for September and Thursday as some write them.
    word.len() >= 3 && whole.starts_with(word)
}
