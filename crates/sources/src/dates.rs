//! Dates as people write them into front matter, headers and lists of events.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A date as written: with as much as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A whole day, nowhere in particular.
    Day(Date),
    /// A time on a clock whose zone is not said.
    Local(DateTime),
    /// An instant.
    At(Timestamp),
}

impl When {
    /// Microseconds UTC; what has no zone is taken to be in `zone`, and a day to begin there. `None`
    /// for what no clock can show.
    pub fn instant(self, zone: &TimeZone) -> Option<i64> {
        let local = match self {
            When::At(time) => return Some(time.as_microsecond()),
            When::Day(date) => date.to_datetime(Time::midnight()),
            When::Local(local) => local,
        };
        Some(zone.to_ambiguous_zoned(local).compatible().ok()?.timestamp().as_microsecond())
    }
}

/// Longer texts are no dates.
const LONGEST: usize = 64;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const PASSED_OVER: [&str; 12] = ["sun", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "at", "of"];
/// Zones by the names that people use for them, with their minutes east of UTC.
const ZONES: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

#[derive(Default)]
struct Found {
    date: Option<Date>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    zone: Option<TimeZone>,
}

/// Reads ISO 8601 (with a space for the `T` too, in its basic form, with a zone's name behind it), and
/// dates with a month's English name. `None` for anything else, and for what no calendar has.
pub fn read(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let mut found = Found::default();
    let apart = text.char_indices().map(|(at, c)| if c == 'T' && is_between_digits(text, at) { ' ' } else { c });
    let apart: String = apart.collect();
    for word in apart.split([' ', '\t', ',']).filter(|word| !word.is_empty()) {
        found.word(word)?;
    }
    found.when()
}

fn is_between_digits(text: &str, at: usize) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && digit(bytes.get(at + 1))
}

impl Found {
    fn word(&mut self, word: &str) -> Option<()> {
        if let Some(date) = date(word) {
            return set(&mut self.date, date);
        }
        if let Some(at) =
            word.find(['Z', '+', '-']).filter(|_| self.time.is_none() && (word.contains(':') || word.ends_with('Z')))
        {
            let (time, zone) = word.split_at(at);
            return if time.is_empty() { self.other(word) } else { self.word(time).and_then(|()| self.other(zone)) };
        }
        if let Some(time) = time(word).filter(|_| word.contains(':') || self.date.is_some()) {
            return set(&mut self.time, time);
        }
        self.other(word)
    }

    fn other(&mut self, word: &str) -> Option<()> {
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        if PASSED_OVER.contains(&lower.as_str()) || (lower.len() > 5 && lower.ends_with("day")) {
            return Some(());
        }
        if lower == "am" || lower == "pm" {
            let time = self.time?;
            let hour = time.hour() % 12 + if lower == "pm" { 12 } else { 0 };
            self.time = Some(Time::new(hour, time.minute(), time.second(), time.subsec_nanosecond()).ok()?);
            return Some(());
        }
        let named = |month: &&str| lower.starts_with(*month) && lower.bytes().all(|byte| byte.is_ascii_lowercase());
        if let Some(month) = MONTHS.iter().position(named) {
            return set(&mut self.month, i8::try_from(month + 1).ok()?);
        }
        if let Some(zone) = zone(word) {
            return set(&mut self.zone, zone);
        }
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
        match digits.len() {
            1 | 2 => set(&mut self.day, digits.parse().ok()?),
            4 if digits.len() == lower.len() => set(&mut self.year, digits.parse().ok()?),
            _ => None,
        }
    }

    fn when(self) -> Option<When> {
        let date = match self.date {
            Some(date) => date,
            None => Date::new(self.year?, self.month?, self.day?).ok()?,
        };
        let Some(time) = self.time else { return Some(When::Day(date)) };
        let local = date.to_datetime(time);
        match self.zone {
            Some(zone) => Some(When::At(zone.to_ambiguous_timestamp(local).compatible().ok()?)),
            None => Some(When::Local(local)),
        }
    }
}

/// `None` for what was said before.
fn set<T>(field: &mut Option<T>, value: T) -> Option<()> {
    field.replace(value).is_none().then_some(())
}

/// `2019-03-07`, `2019/3/7`, `20190307`.
fn date(word: &str) -> Option<Date> {
    if word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::new(word[..4].parse().ok()?, word[4..6].parse().ok()?, word[6..].parse().ok()?).ok();
    }
    let mut parts = word.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `12:30`, `12:30:59`, `12:30:59.250`, `123059`. A leap second is the second before it.
fn time(word: &str) -> Option<Time> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = whole.split(':');
    let (hour, minute, second) = match whole.len() {
        4 | 6 if digits(whole) => (whole.get(..2)?, whole.get(2..4)?, whole.get(4..).unwrap_or_default()),
        _ => (parts.next()?, parts.next()?, parts.next().unwrap_or_default()),
    };
    let second: i8 = if second.is_empty() { 0 } else { second.parse().ok()? };
    if !digits(fraction) || (whole.contains(':') && parts.next().is_some()) {
        return None;
    }
    let nanoseconds: i32 = format!("{fraction:0<9.9}").parse().ok()?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.min(59), nanoseconds).ok()
}

/// `UTC`, `CEST`, `+02:00`, `+0200`, `+02`, `Europe/Rome`.
pub fn zone(word: &str) -> Option<TimeZone> {
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
        return Some(TimeZone::fixed(Offset::from_seconds(minutes * 60).ok()?));
    }
    if let Some(digits) = word.strip_prefix(['+', '-']) {
        let digits = digits.replace(':', "");
        let whole = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let minutes = if digits.len() == 4 { digits.get(2..)?.parse().ok()? } else { 0 };
        let seconds = digits.get(..2)?.parse::<i32>().ok()? * 3600 + minutes * 60;
        let sign = if word.starts_with('-') { -1 } else { 1 };
        return whole.then(|| Offset::from_seconds(sign * seconds).ok().map(TimeZone::fixed))?;
    }
    // The name of a place is part of a path where the system keeps its zones.
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    if !word.contains('/') || !word.chars().all(name) {
        return None;
    }
    TimeZone::get(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (text, expected) in [
            ("2019-03-07", "2019-03-07"),
            (" 2019/3/7 ", "2019-03-07"),
            ("20190307", "2019-03-07"),
            ("2018-02-03 18:00 CET", "2018-02-03T17:00:00Z"),
            ("2018-02-03 18:00", "2018-02-03T18:00:00"),
            ("2018-02-03T18:00:00+02:00", "2018-02-03T16:00:00Z"),
            ("2018-02-03 18:00:00.5 -0500", "2018-02-03T23:00:00.5Z"),
            ("2018-07-03 18:00 Europe/Rome", "2018-07-03T16:00:00Z"),
            ("20180203T180000Z", "2018-02-03T18:00:00Z"),
            ("20180203T180000", "2018-02-03T18:00:00"),
            ("March 7, 2019", "2019-03-07"),
            ("7th of Mar 2019", "2019-03-07"),
            ("Thu, 07 Mar 2019 12:00:00 +0000", "2019-03-07T12:00:00Z"),
            ("Thursday, 7 March 2019 5:30 pm", "2019-03-07T17:30:00"),
            ("2019-02-30", "none"),
            ("2019-03-07 2019-03-08", "none"),
            ("March 7 - 9, 2019", "none"),
            ("soon", "none"),
            ("12:30", "none"),
            ("", "none"),
            ("2019-03-07 25:00", "none"),
            ("99999-03-07", "none"),
        ] {
            let said = match read(text) {
                Some(When::Day(date)) => date.to_string(),
                Some(When::Local(local)) => local.to_string(),
                Some(When::At(time)) => time.to_string(),
                None => "none".to_owned(),
            };
            assert_eq!(said, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_will_do(text in "[0-9TZ:+ ./,-]{0,30}|.{0,20}|[0-9]{1,4}[-/ ](jan|[0-9]{1,2})[- /][0-9]{1,4}.{0,5}") {
            if let Some(when) = read(&text) {
                when.instant(&TimeZone::UTC);
            }
        }
    }
}
