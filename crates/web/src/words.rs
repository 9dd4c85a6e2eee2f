//! How figures, times and states are said on a page. Times are microseconds UTC. Numbers come by
//! reference, because that is how templates pass them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An exact time for a person, in UTC: `Tue 12 May 2020, 14:03 UTC`.
pub(crate) fn exact(time: &i64) -> String {
    exact_in(time, &TimeZone::UTC)
}

/// The same in a time zone, and which: `Tue 12 May 2020, 16:03 CEST`.
pub(crate) fn exact_in(time: &i64, zone: &TimeZone) -> String {
    in_zone(time, zone, "%a %-d %b %Y, %H:%M %Z").unwrap_or_else(|| "an unknown time".to_owned())
}

/// A day for a person, in UTC: `12 May 2020`.
pub(crate) fn day(time: &i64) -> String {
    day_in(time, &TimeZone::UTC)
}

/// The same in a time zone.
pub(crate) fn day_in(time: &i64, zone: &TimeZone) -> String {
    in_zone(time, zone, "%-d %B %Y").unwrap_or_else(|| "an unknown day".to_owned())
}

/// A time among others of about the same day, in a time zone: `12 May 2024, 14:03`.
pub(crate) fn brief_in(time: &i64, zone: &TimeZone) -> String {
    in_zone(time, zone, "%-d %b %Y, %H:%M").unwrap_or_else(|| "an unknown time".to_owned())
}

/// `None` if the time is out of range.
fn in_zone(time: &i64, zone: &TimeZone, format: &str) -> Option<String> {
    let time = Timestamp::from_microsecond(*time).ok()?.to_zoned(zone.clone());
    Some(time.strftime(format).to_string())
}

/// An exact time for a program: RFC 3339 in UTC, whole seconds. Empty if it is out of range.
pub(crate) fn iso(time: &i64) -> String {
    Timestamp::from_microsecond(*time).map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

/// How `time` looks from `now`: `3 days ago`, `in 2 hours`, `just now`.
pub(crate) fn ago(now: &i64, time: &i64) -> String {
    match span(now.abs_diff(*time)) {
        None => "just now".to_owned(),
        Some(span) if time <= now => format!("{span} ago"),
        Some(span) => format!("in {span}"),
    }
}

/// A length of time, rounded down to the unit a person would choose; `under a minute` if there is none.
pub(crate) fn length(from: &i64, to: &i64) -> String {
    span(from.abs_diff(*to)).unwrap_or_else(|| "under a minute".to_owned())
}

/// Rounds a stretch of microseconds down to one unit; `None` below a minute. A month is 30 days and a
/// year 365: good enough for a glance, and the exact time stands beside it.
fn span(micros: u64) -> Option<String> {
    const MINUTE: u64 = 60_000_000;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    // From `from` on, this unit is used: two weeks are still `14 days`, 20 months not yet a year.
    const UNITS: [(u64, u64, &str); 6] = [
        (2 * 365 * DAY, 365 * DAY, "year"),
        (61 * DAY, 30 * DAY, "month"),
        (15 * DAY, 7 * DAY, "week"),
        (2 * DAY, DAY, "day"),
        (HOUR, HOUR, "hour"),
        (MINUTE, MINUTE, "minute"),
    ];
    let (_, unit, word) = UNITS.iter().find(|(from, ..)| micros >= *from)?;
    Some(count(&(micros / unit), word))
}

/// A number of things, for words whose plural is an `s` more: `1 message`, `1,204 messages`.
pub(crate) fn count(number: &u64, word: &str) -> String {
    let plural = if *number == 1 { "" } else { "s" };
    format!("{} {word}{plural}", grouped(number))
}

/// `once`, `3 times`.
pub(crate) fn often(times: &u32) -> String {
    if *times == 1 { "once".to_owned() } else { count(&u64::from(*times), "time") }
}

/// A quarter by its first instant: `Q2 2026`.
pub(crate) fn quarter(start: &i64) -> String {
    let Ok(start) = jiff::Timestamp::from_microsecond(*start) else { return String::new() };
    let date = start.to_zoned(TimeZone::UTC).date();
    format!("Q{} {}", (date.month() - 1) / 3 + 1, date.year())
}

/// What can come of having approached somebody, for programs and for people.
pub(crate) const CAME: [(&str, &str); 4] =
    [("open", "no answer yet"), ("yes", "said yes"), ("later", "not now"), ("no", "does not want to")];

/// Whether two words are the same, however a template holds them.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other
}

/// What came of having approached somebody.
pub(crate) fn came(word: &str) -> &'static str {
    CAME.iter().find(|(known, _)| *known == word).map_or(CAME[0].1, |(_, words)| words)
}

/// A number of people.
pub(crate) fn people(number: &u64) -> String {
    if *number == 1 { "1 person".to_owned() } else { format!("{} people", grouped(number)) }
}

/// A number with its thousands set apart: `1,204`.
pub(crate) fn grouped(number: &u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What was done in each of the last twelve months, in words for those who cannot see the bars.
pub(crate) fn months(months: &[u32]) -> String {
    let sum: u64 = months.iter().copied().map(u64::from).sum();
    let active = months.iter().filter(|done| **done > 0).count();
    if sum == 0 {
        "nothing in the last twelve months".to_owned()
    } else {
        format!("{} in {active} of the last twelve months", grouped(&sum))
    }
}

/// A bar of a small chart.
pub(crate) struct Bar {
    /// Its place, from 0.
    pub at: usize,
    /// How high it is; something is never nothing.
    pub height: u32,
}

/// Bars for counts, the highest `most` high; none for nothing.
pub(crate) fn bars(counts: &[u32], most: u32) -> Vec<Bar> {
    let highest = counts.iter().copied().max().unwrap_or_default().max(1);
    let height = |count: u32| (u64::from(count) * u64::from(most)).div_ceil(u64::from(highest)) as u32;
    counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, count)| Bar { at, height: height(*count) })
        .collect()
}

/// A conversation's title, or a stand-in.
pub(crate) fn title(title: &str) -> &str {
    match title.trim() {
        "" => "(without a title)",
        title => title,
    }
}

/// A conversation's state as a person reads it.
pub(crate) fn state(state: &str) -> &str {
    match state {
        "not_question" => "no question",
        "asked_back" => "waits for the asker",
        "moved" => "handed on",
        other => other,
    }
}

/// The kind and the name of a knowledge area: `tag:lager` is the tag `lager`.
pub(crate) fn area(area: &str) -> (&str, &str) {
    match area.split_once(':') {
        Some((kind @ ("tag" | "channel" | "word"), name)) if !name.is_empty() => (kind, name),
        _ => ("", area),
    }
}

/// One or two letters to recognise a name by at a glance.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    words.next().into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// One of the eight colours of the style sheet, always the same for one id.
pub(crate) fn hue(id: &str) -> u8 {
    id.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % 8
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn relative_times() {
        let check = |time: i64, expected: &str| assert_eq!(ago(&0, &time), expected);
        check(0, "just now");
        check(-59_000_000, "just now");
        check(-MINUTE, "1 minute ago");
        check(-59 * MINUTE, "59 minutes ago");
        check(-HOUR, "1 hour ago");
        check(-47 * HOUR, "47 hours ago");
        check(-2 * DAY, "2 days ago");
        check(-14 * DAY, "14 days ago");
        check(-15 * DAY, "2 weeks ago");
        check(-61 * DAY, "2 months ago");
        check(-729 * DAY, "24 months ago");
        check(-4 * 366 * DAY, "4 years ago");
        check(3 * HOUR, "in 3 hours");
        check(i64::MAX, "in 292,471 years");
        assert_eq!(length(&0, &5), "under a minute");
        assert_eq!(length(&i64::MAX, &i64::MIN), "584,942 years");
    }

    #[test]
    fn exact_times() {
        assert_eq!(exact(&1_589_292_180_000_000), "Tue 12 May 2020, 14:03 UTC");
        assert_eq!(iso(&1_589_292_180_999_999), "2020-05-12T14:03:00Z");
        assert_eq!(brief_in(&1_589_292_180_000_000, &TimeZone::UTC), "12 May 2020, 14:03");
        assert_eq!(day(&1_589_292_180_000_000), "12 May 2020");
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(exact_in(&1_589_292_180_000_000, &berlin), "Tue 12 May 2020, 16:03 CEST");
        assert_eq!(day_in(&1_589_234_400_000_000, &berlin), "12 May 2020");
        assert_eq!((exact(&i64::MAX).as_str(), iso(&i64::MIN).as_str()), ("an unknown time", ""));
    }

    #[test]
    fn numbers_and_names() {
        assert_eq!(count(&0, "message"), "0 messages");
        assert_eq!(count(&1, "message"), "1 message");
        assert_eq!(count(&1_234_567, "message"), "1,234,567 messages");
        assert_eq!(grouped(&100), "100");
        assert_eq!(initials("Ada King of Lovelace"), "AL");
        assert_eq!(initials("  \"ß\" "), "SS");
        assert_eq!(initials("…"), "");
        assert_eq!(area("tag:lager"), ("tag", "lager"));
        assert_eq!(area("what:ever"), ("", "what:ever"));
    }
}
