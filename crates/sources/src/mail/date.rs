//! Dates as mails write them: RFC 5322 (section 3.3, and 4.3 for what is obsolete), asctime as in
//! envelope lines, ISO 8601, and mixtures.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use model::Timestamp;

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MailDate {
    /// The instant; where the zone cannot be, as if it were UTC.
    pub(super) time: Timestamp,
    /// Whether the zone can be.
    pub(super) sound: bool,
}

/// The farthest zones are 12 hours west and 14 east; daylight saving and typing errors get a little more.
const FARTHEST_ZONE: i64 = 16 * 3600;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/// Zones by name with their hours: RFC 5322's, and those seen most besides. Others count as UTC, as
/// RFC 5322 says.
const ZONES: &[(&str, i64)] = &[
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("bst", 1),
    ("wet", 0),
    ("west", 1),
    ("cet", 1),
    ("cest", 2),
    ("met", 1),
    ("mest", 2),
    ("mez", 1),
    ("mesz", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
    ("msd", 4),
    ("jst", 9),
    ("kst", 9),
    ("hkt", 8),
    ("aest", 10),
    ("aedt", 11),
    ("nzst", 12),
    ("nzdt", 13),
];

/// What was found of a date so far.
#[derive(Default)]
struct Found {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    /// Seconds east of UTC.
    zone: Option<i64>,
    bad_zone: bool,
    afternoon: Option<bool>,
    /// Something stood there that is no part of a date.
    strange: bool,
}

/// Reads a date; `None` without year, month and day.
pub(super) fn parse(value: &str) -> Option<MailDate> {
    read(value).finish()
}

/// Reads a date that has a time and nothing else beside it, as envelope lines end with.
pub(super) fn parse_strictly(value: &str) -> Option<MailDate> {
    let found = read(value);
    if found.strange || found.time.is_none() {
        return None;
    }
    found.finish()
}

/// Whether a word is a day of the week, as written in dates.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    matches!(word.len(), 3..=9) && one_of(word, &DAYS).is_some()
}

/// The middle of the month that a file's name tells, as Pipermail names them: `2016-April.txt`, or
/// `2016-04.mbox`, `201604`.
pub(super) fn of_file_name(name: &str) -> Option<Timestamp> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let (year, rest) = name[start..].split_at_checked(4)?;
    let year: i16 = year.parse().ok()?;
    let rest = rest.strip_prefix(['-', '_']).unwrap_or(rest);
    let letters = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let month = match letters.len() {
        3.. => one_of(letters, &MONTHS)?,
        _ => rest.get(..2)?.parse().ok()?,
    };
    instant(Date::new(year, month, 15).ok()?.at(12, 0, 0, 0), 0)
}

fn read(value: &str) -> Found {
    let mut found = Found::default();
    let mut rest = value;
    // Comments stand in brackets, mostly the zone's name after its number.
    while let Some((before, after)) = rest.split_once('(') {
        found.words(before);
        rest = after.split_once(')').map_or("", |(_, behind)| behind);
    }
    found.words(rest);
    found
}

/// The place, from 1, of the name that `word` begins with.
fn one_of(word: &str, names: &[&str]) -> Option<i8> {
    let head = word.get(..3)?;
    let place = names.iter().position(|name| head.eq_ignore_ascii_case(name))?;
    i8::try_from(place + 1).ok()
}

/// Whether a word looks like a zone that nobody listed: short, in capitals.
fn is_zone(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn instant(moment: DateTime, offset: i64) -> Option<Timestamp> {
    let utc = moment.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond();
    Some(utc - offset * model::time::SECOND)
}

impl Found {
    fn words(&mut self, text: &str) {
        text.split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .for_each(|word| self.word(word));
    }

    fn word(&mut self, word: &str) {
        let first = word.as_bytes()[0];
        if word.contains(':') && first.is_ascii_digit() && self.time.is_none() {
            self.clock(word);
        } else if first.is_ascii_digit() {
            self.number(word);
        } else if matches!(first, b'+' | b'-') && self.time.is_some() {
            self.offset(word);
        } else {
            self.name(word);
        }
    }

    fn clock(&mut self, word: &str) {
        let (word, zulu) = word.strip_suffix(['Z', 'z']).map_or((word, false), |word| (word, true));
        if zulu {
            self.zone = Some(0);
        }
        let word = match word.split_once('T') {
            Some((date, clock)) if date.len() == 10 => {
                self.number(date);
                clock
            }
            _ => word,
        };
        // `10:00:00+0200` and fractions of seconds.
        let (clock, zone) = word.split_at(word.find(['+', '-']).unwrap_or(word.len()));
        let clock = clock.split('.').next().unwrap_or_default();
        let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
        let mut part = || parts.next().flatten();
        let (hour, minute, second) = (part(), part(), part().unwrap_or(0));
        if let (Some(hour), Some(minute)) = (hour, minute) {
            // Leap seconds, and the hour 24.
            self.time = Time::new(hour % 24, minute, second.min(59), 0).ok();
        }
        self.strange |= self.time.is_none();
        if !zone.is_empty() {
            self.offset(zone);
        }
    }

    fn number(&mut self, word: &str) {
        if let [year, month, day] = word.split('-').collect::<Vec<_>>()[..] {
            return self.dashed(year, month, day);
        }
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let Ok(number) = digits.parse::<i16>() else {
            self.strange = true;
            return;
        };
        match digits.len() {
            1 | 2 if self.day.is_none() => self.day = i8::try_from(number).ok(),
            4 if self.year.is_none() => self.year = Some(number),
            // RFC 5322, section 4.3: two digits from 50 on and three digits count from 1900.
            2 if self.year.is_none() => self.year = Some(if number < 50 { 2000 + number } else { 1900 + number }),
            3 if self.year.is_none() => self.year = Some(1900 + number),
            // `+0200` without its sign, or nonsense.
            _ => self.strange = true,
        }
    }

    /// `2016-04-01` or `01-Apr-2016`.
    fn dashed(&mut self, first: &str, month: &str, last: &str) {
        let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
        self.day = day.parse().ok();
        self.month = one_of(month, &MONTHS).or_else(|| month.parse().ok());
        let number = year.parse::<i16>().ok();
        self.year = number.map(|year| match year {
            0..50 => 2000 + year,
            50..1000 => 1900 + year,
            _ => year,
        });
    }

    fn offset(&mut self, word: &str) {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let number = digits.parse::<i64>().ok();
        let seconds = match (digits.len(), number) {
            (1 | 2, Some(hours)) => Some(hours * 3600),
            (3 | 4, Some(number)) if number % 100 < 60 => Some(number / 100 * 3600 + number % 100 * 60),
            _ => None,
        };
        let sign = if word.starts_with('-') { -1 } else { 1 };
        match seconds.filter(|seconds| *seconds <= FARTHEST_ZONE) {
            Some(seconds) => self.zone = self.zone.or(Some(sign * seconds)),
            None => self.bad_zone = true,
        }
    }

    fn name(&mut self, word: &str) {
        let lower = word.to_ascii_lowercase();
        // `GMT+0200`, as browsers write it.
        let offset = ["gmt", "utc"].iter().find_map(|zone| lower.strip_prefix(zone));
        if let Some(offset) = offset.filter(|offset| offset.starts_with(['+', '-'])) {
            self.offset(offset);
        } else if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == lower) {
            self.zone = self.zone.or(Some(hours * 3600));
        } else if matches!(lower.as_str(), "am" | "pm") {
            self.afternoon = Some(lower == "pm");
        } else if self.month.is_none() && one_of(word, &MONTHS).is_some() {
            self.month = one_of(word, &MONTHS);
        } else if !is_weekday(word) && !is_zone(word) {
            self.strange = true;
        }
    }

    fn finish(self) -> Option<MailDate> {
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let time = self.time.unwrap_or_else(Time::midnight);
        let hour = match self.afternoon {
            Some(true) if time.hour() < 12 => time.hour() + 12,
            Some(false) if time.hour() == 12 => 0,
            _ => time.hour(),
        };
        let moment = date.at(hour, time.minute(), time.second(), 0);
        Some(MailDate { time: instant(moment, self.zone.unwrap_or(0))?, sound: !self.bad_zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str, sound: bool) {
        let date =
            parse(value).map(|date| (jiff::Timestamp::from_microsecond(date.time).unwrap().to_string(), date.sound));
        assert_eq!(date, Some((expected.to_owned(), sound)), "{value}");
    }

    #[test]
    fn dates_are_read() {
        for (value, expected) in [
            ("Sat, 2 Apr 2016 03:57:30 +0300", "2016-04-02T00:57:30Z"),
            ("Sat, 02 Apr 2016 03:57 -0330 (NST)", "2016-04-02T07:27:00Z"),
            ("2 Apr 16 03:57:60 GMT", "2016-04-02T03:57:59Z"),
            ("Sat Apr 2 2016 03:57:00 GMT+0200", "2016-04-02T01:57:00Z"),
            ("2 Apr 2016 03:57:00 UTC-0330", "2016-04-02T07:27:00Z"),
            ("2 Apr 99 03:57:30 EST", "1999-04-02T08:57:30Z"),
            ("2 Apr 102 03:57:30 PDT", "2002-04-02T10:57:30Z"),
            ("Fri Apr  1 18:57:30 2016", "2016-04-01T18:57:30Z"),
            ("Fri Apr  1 18:57:30 CEST 2016", "2016-04-01T16:57:30Z"),
            ("Fri Apr 01 18:57:30 +0000 2016", "2016-04-01T18:57:30Z"),
            ("Friday, April 1, 2016 6:57:30 PM", "2016-04-01T18:57:30Z"),
            ("2016-04-01T18:57:30.5Z", "2016-04-01T18:57:30Z"),
            ("2016-04-01 18:57:30+02:00", "2016-04-01T16:57:30Z"),
            ("Fri, 01-Apr-16 18:57:30 UTC", "2016-04-01T18:57:30Z"),
            ("1 Apr 2016", "2016-04-01T00:00:00Z"),
            ("Wed Feb  7 20:28:34 1945", "1945-02-07T20:28:34Z"),
        ] {
            check(value, expected, true);
        }
        check("Mon, 21 Oct 2002 15:02:34 +50579034", "2002-10-21T15:02:34Z", false);
        for value in ["", "yesterday", "31 Feb 2016 10:00", "Apr 2016", "1 Foo 2016", "(", "1 Apr 99999"] {
            assert_eq!(parse(value), None, "{value}");
        }
    }

    #[test]
    fn strictly_nothing_else_may_stand_there() {
        assert!(parse_strictly("Fri Apr  1 18:57:30 2016").is_some());
        assert!(parse_strictly("Fri Apr  1 18:57:30 2016 CEST").is_some());
        for value in ["Fri Apr  1 2016", "Fri Apr 1 18:57:30 2016 it broke", "Friday at 18:57:30 on 1 Apr 2016"] {
            assert_eq!(parse_strictly(value), None, "{value}");
        }
    }

    #[test]
    fn file_names_tell_months() {
        let day = |name| of_file_name(name).map(|time| jiff::Timestamp::from_microsecond(time).unwrap().to_string());
        for name in ["2016-April.txt", "dev/2016-04.mbox.gz", "dev-201604.mbox", "2016_apr"] {
            assert_eq!(day(name).as_deref(), Some("2016-04-15T12:00:00Z"), "{name}");
        }
        for name in ["", "dev.mbox", "2016.mbox", "2016-99", "12"] {
            assert_eq!(day(name), None, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_will_do(value in "([A-Za-z]{1,4}|[-+:0-9T]{1,9}|[ ,()]|.){0,12}") {
            let _ = (parse(&value), of_file_name(&value));
        }
    }
}
