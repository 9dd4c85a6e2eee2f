//! Times in the many forms in which people export them.
//!
//! A value is never guessed at: what may be the third of January or the first of March is said to be
//! unclear until `date_order` or `time_format` tells.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};
use model::Timestamp;
use serde::Deserialize;

use super::when_words::{month, offset_of, passed_over};

/// What a date written with three small numbers begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum DateOrder {
    /// `31/12/2024`
    #[serde(rename = "day-month-year")]
    DayFirst,
    /// `12/31/2024`
    #[serde(rename = "month-day-year")]
    MonthFirst,
}

/// How times are read.
#[derive(Debug, Clone)]
pub struct Clock {
    /// What holds where a value names no zone.
    pub zone: TimeZone,
    /// Which of two small numbers is the day.
    pub order: Option<DateOrder>,
    /// The one form that is accepted, as `strftime` writes it.
    pub format: Option<String>,
}

/// What is wrong with a value that is no time.
pub const NO_TIME: &str = "time cannot be read";
/// What is wrong with a value that may be two times.
pub const UNCLEAR: &str = "date may be day or month first";

/// Days from Excel's day 0 (30 December 1899, so that its 29 February 1900 falls out) to 1970.
const EXCEL_EPOCH: i64 = 25_569;
const DAY_MICROS: f64 = 86_400e6;

impl Clock {
    /// Microseconds since 1970 UTC, or what is wrong.
    pub fn read(&self, text: &str) -> Result<Timestamp, &'static str> {
        let text = text.trim();
        if let Some(format) = &self.format {
            return self.formatted(format, text).ok_or(NO_TIME);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.matches('.').count() < 2 {
            return self.number(text).ok_or(NO_TIME);
        }
        if let Ok(time) = text.parse::<jiff::Timestamp>() {
            return Ok(time.as_microsecond());
        }
        let found = Found::read(text)?;
        let date = found.date(self.order)?;
        let time = found.time.unwrap_or(Time::midnight());
        match found.offset {
            Some(offset) => instant(date.to_datetime(time), &TimeZone::fixed(offset)).ok_or(NO_TIME),
            None => instant(date.to_datetime(time), &self.zone).ok_or(NO_TIME),
        }
    }

    /// Whether a text names a time of day, or is an instant; else it is a day.
    pub fn has_hours(text: &str) -> bool {
        let day = text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 5 | 8);
        text.contains([':', '时', '時'])
            || !day && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.matches('.').count() < 2
    }

    fn formatted(&self, format: &str, text: &str) -> Option<Timestamp> {
        let parts = strtime::parse(format, text).ok()?;
        if let Ok(time) = parts.to_timestamp() {
            return Some(time.as_microsecond());
        }
        let date = parts.to_date().ok()?;
        instant(date.to_datetime(parts.to_time().unwrap_or(Time::midnight())), &self.zone)
    }

    /// A day as Excel counts them, `20240301`, or seconds, milliseconds, microseconds or nanoseconds since 1970.
    fn number(&self, text: &str) -> Option<Timestamp> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let number: i64 = whole.parse().ok()?;
        match whole.len() {
            // From 1927 to 2119; as seconds they would all be the first day of 1970.
            5 if (10_000..80_000).contains(&number) => {
                let part: f64 = format!("0.{fraction}0").parse().ok()?;
                let seconds = (part * DAY_MICROS / 1e6).round();
                let local = jiff::Timestamp::from_second((number - EXCEL_EPOCH) * 86_400 + seconds as i64).ok()?;
                instant(Offset::UTC.to_datetime(local), &self.zone)
            }
            8 if fraction.is_empty() => {
                let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
                instant(date(year, month, day)?.to_datetime(Time::midnight()), &self.zone)
            }
            9..=11 => {
                let micros: i64 = format!("{fraction:0<6.6}").parse().ok()?;
                number.checked_mul(1_000_000)?.checked_add(micros)
            }
            12..=14 => number.checked_mul(1_000),
            15..=17 => Some(number),
            18..=19 => Some(number / 1_000),
            _ => None,
        }
    }
}

fn instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(local).ok().map(jiff::Timestamp::as_microsecond)
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// What stands in a value, before it is known what is what.
#[derive(Debug, Default)]
struct Found {
    /// Numbers that are neither the time of day nor a zone: value, digits, and the character before it.
    numbers: Vec<(i64, usize, char)>,
    month: Option<i64>,
    time: Option<Time>,
    offset: Option<Offset>,
}

impl Found {
    fn read(text: &str) -> Result<Found, &'static str> {
        // A zone's name behind its offset, as JavaScript writes it.
        let text = text.split_once('(').map_or(text, |(before, _)| before);
        let mut found = Found::default();
        let mut rest = text;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                rest = found.digits(rest, before).ok_or(NO_TIME)?;
                before = ' ';
            } else if first.is_alphabetic() && !"年月日时時分秒".contains(first) {
                let end = rest.find(|other: char| !other.is_ascii_alphabetic()).unwrap_or(rest.len());
                if end == 0 {
                    return Err(NO_TIME);
                }
                found.word(&rest[..end]).ok_or(NO_TIME)?;
                rest = &rest[end..];
                before = ' ';
            } else {
                before = first;
                rest = &rest[first.len_utf8()..];
            }
        }
        Ok(found)
    }

    /// Takes what begins with a digit; gives what follows.
    fn digits<'a>(&mut self, text: &'a str, before: char) -> Option<&'a str> {
        let (number, digits, rest) = leading(text)?;
        if matches!(before, '+' | '-' | '\u{2212}') && self.time.is_some() && (before == '+' || digits != 1) {
            let (hours, minutes, rest) = match (digits, rest.strip_prefix(':').and_then(leading)) {
                (1 | 2, Some((minutes, 2, rest))) => (number, minutes, rest),
                (4, _) => (number / 100, number % 100, rest),
                (1 | 2, _) => (number, 0, rest),
                _ => return None,
            };
            let seconds = (hours * 60 + minutes) * 60;
            let sign = if before == '+' { 1 } else { -1 };
            self.offset = Some(Offset::from_seconds((sign * seconds).try_into().ok()?).ok()?);
            return Some(rest);
        }
        match rest.strip_prefix([':', '时', '時']).and_then(leading) {
            Some((minute, _, rest)) if self.time.is_none() && digits <= 2 => {
                let (mut second, mut micros, mut end) = (0, 0, rest.strip_prefix('分').unwrap_or(rest));
                if let Some((seconds, _, rest)) = rest.strip_prefix([':', '分']).and_then(leading) {
                    (second, end) = (seconds, rest);
                    if let Some((_, digits, rest)) = rest.strip_prefix(['.', ',']).and_then(leading) {
                        let fraction = &end[1..=digits];
                        micros = format!("{fraction:0<6.6}").parse::<i32>().ok()?;
                        end = rest;
                    }
                }
                // A leap second is the last one before it.
                let (hour, minute, second) = (number.try_into().ok()?, minute.try_into().ok()?, second.min(59));
                self.time = Some(Time::new(hour, minute, second.try_into().ok()?, micros * 1_000).ok()?);
                Some(end)
            }
            _ => {
                self.numbers.push((number, digits, before));
                (self.numbers.len() <= 3).then_some(rest)
            }
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let word = word.to_ascii_lowercase();
        if let Some(found) = month(&word) {
            return self.month.replace(found).is_none().then_some(());
        }
        match word.as_str() {
            "am" | "pm" | "a" | "p" => {
                let time = self.time?;
                let hour = match (time.hour(), word.starts_with('p')) {
                    (12, false) => 0,
                    (hour @ 1..=11, true) => hour + 12,
                    (hour @ 1..=12, _) => hour,
                    _ => return None,
                };
                self.time = Some(time.with().hour(hour).build().ok()?);
            }
            _ if passed_over(&word) => {}
            _ => self.offset = Some(offset_of(&word)?),
        }
        Some(())
    }

    fn date(&self, order: Option<DateOrder>) -> Result<Date, &'static str> {
        let numbers = self.numbers.as_slice();
        let (year, month, day) = match (self.month, numbers) {
            (Some(month), [(year, 4, _), (day, 1 | 2, _)]) => (*year, month, *day),
            (Some(month), [(day, 1 | 2, _), (year, digits, _)]) => (full(*year, *digits), month, *day),
            (None, [(year, 4, _), (month, 1 | 2, _), (day, 1 | 2, _)]) => (*year, *month, *day),
            (None, [(first, 1 | 2, _), (second, 1 | 2, mark), (year, digits @ (2 | 4), _)]) => {
                let year = full(*year, *digits);
                match order.or_else(|| told(*first, *second, *mark)).ok_or(UNCLEAR)? {
                    DateOrder::DayFirst => (year, *second, *first),
                    DateOrder::MonthFirst => (year, *first, *second),
                }
            }
            _ => return Err(NO_TIME),
        };
        date(year, month, day).ok_or(NO_TIME)
    }
}

/// Which number is the day, where the value itself tells. Dots stand only where the day comes first.
fn told(first: i64, second: i64, mark: char) -> Option<DateOrder> {
    match (first, second) {
        _ if mark == '.' => Some(DateOrder::DayFirst),
        (13.., _) => Some(DateOrder::DayFirst),
        (_, 13..) => Some(DateOrder::MonthFirst),
        (first, second) if first == second => Some(DateOrder::DayFirst),
        _ => None,
    }
}

/// Years of two digits, as POSIX has `%y`: from 1969 to 2068.
fn full(year: i64, digits: usize) -> i64 {
    match (digits, year) {
        (2, 69..) => 1900 + year,
        (2, _) => 2000 + year,
        _ => year,
    }
}

/// The number at the beginning, how many digits it has, and what follows.
fn leading(text: &str) -> Option<(i64, usize, &str)> {
    let end = text.find(|other: char| !other.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, end, &text[end..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock(zone: &str) -> Clock {
        Clock { zone: TimeZone::get(zone).expect("a zone"), order: None, format: None }
    }

    fn told(clock: &Clock, text: &str) -> String {
        match clock.read(text) {
            Ok(time) => jiff::Timestamp::from_microsecond(time).expect("a time").to_string(),
            Err(what) => what.to_owned(),
        }
    }

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        for text in texts {
            assert_eq!(told(&clock("UTC"), text), expected, "{text}");
        }
    }

    #[test]
    fn one_time_in_many_forms() {
        let forms = [
            "2024-03-01T10:00:00Z",
            "2024-03-01T11:00:00+01:00",
            "2024-03-01T11:00:00+0100",
            "2024-03-01T11:00:00+01",
            "2024-03-01 10:00:00 UTC",
            "2024-03-01 10:00:00.000 UTC",
            "2024-03-01 10:00",
            "2024-03-01 10:00 +0000",
            "2024/03/01 10:00:00",
            "01.03.2024 10:00",
            "1.3.24 10:00",
            "Mar 1, 2024, 10:00 AM",
            "Mar 1, 2024 at 10:00\u{202f}AM",
            "March 1st, 2024 10:00",
            "1 Mar 2024 10:00",
            "Fri, 01 Mar 2024 10:00:00 GMT",
            "Fri, 01 Mar 2024 02:00:00 PST",
            "Fri Mar 01 10:00:00 +0000 2024",
            "Fri Mar 01 2024 11:00:00 GMT+0100 (Central European Standard Time)",
            "2024年3月1日 10:00",
            "2024年3月1日 10时00分",
            "1709287200",
            "1709287200.0",
            "1709287200000",
            "1709287200000000",
            "1709287200000000000",
            "45352.4166667",
        ];
        check(&forms, "2024-03-01T10:00:00Z");
        let dates = ["2024-03-13", "20240313", "13/03/2024", "03/13/2024", "13.03.2024", "Wed, Mar 13, 2024", "45364"];
        check(&dates, "2024-03-13T00:00:00Z");
        check(&["05/05/2024 12:30 AM", "5/5/24 0:30", "5 May 2024 00:30"], "2024-05-05T00:30:00Z");
        check(&["2024-03-01T10:00:60", "2024-03-01 10:00:59"], "2024-03-01T10:00:59Z");
    }

    #[test]
    fn what_may_be_two_dates_is_not_guessed() {
        check(&["03/01/2024 10:00", "3-1-24", "03/01/2024"], UNCLEAR);
        let american = Clock { order: Some(DateOrder::MonthFirst), ..clock("UTC") };
        assert_eq!(told(&american, "03/01/2024 10:00 PM"), "2024-03-01T22:00:00Z");
        assert_eq!(told(&american, "13/01/2024"), NO_TIME);
        let british = Clock { order: Some(DateOrder::DayFirst), ..clock("UTC") };
        assert_eq!(told(&british, "03/01/2024"), "2024-01-03T00:00:00Z");
    }

    #[test]
    fn what_is_no_time() {
        let none = ["", "yesterday", "10:00", "2024", "13", "1.2.3.4", "2024-13-01", "31.02.2024", "Mar Apr 1 2024"];
        check(&none, NO_TIME);
        check(&["2024-03-01 25:00", "2024-03-01 10:00 XYZ", "99999999999999999999999", "é 2024", "..", "."], NO_TIME);
        check(&["2024-03-01 13:00 AM"], NO_TIME);
    }

    #[test]
    fn a_zone_holds_where_the_value_names_none() {
        let berlin = clock("Europe/Berlin");
        assert_eq!(told(&berlin, "2024-07-01 12:00"), "2024-07-01T10:00:00Z");
        assert_eq!(told(&berlin, "45474.5"), "2024-07-01T10:00:00Z");
        assert_eq!(told(&berlin, "2024-07-01 12:00 UTC"), "2024-07-01T12:00:00Z");
        let given = Clock { format: Some("%d|%m|%Y %H.%M".to_owned()), ..berlin };
        assert_eq!(told(&given, "01|07|2024 12.00"), "2024-07-01T10:00:00Z");
        assert_eq!(told(&given, "2024-07-01 12:00"), NO_TIME);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9a-zA-Z:./+, 年月(é-]{0,30}") {
            for order in [None, Some(DateOrder::DayFirst)] {
                let _ = Clock { order, ..clock("UTC") }.read(&text);
            }
            let _ = Clock { format: Some(text.clone()), ..clock("UTC") }.read(&text);
        }
    }
}
