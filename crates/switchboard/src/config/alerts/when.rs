//! When somebody is told: at once, or together with the rest of a day or a week.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::config::support::DAYS;

/// When somebody is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum At {
    /// At once.
    #[default]
    Once,
    /// Every day at a time of day.
    Daily(Time),
    /// Every week on a day.
    Weekly(Weekday, Time),
}

impl At {
    /// The next time after `now`, microseconds UTC; `now` itself for at once.
    pub fn next(self, now: i64, zone: &TimeZone) -> i64 {
        let (day, time) = match self {
            At::Once => return now,
            At::Daily(time) => (None, time),
            At::Weekly(day, time) => (Some(day), time),
        };
        let today = Timestamp::from_microsecond(now).unwrap_or_default().to_zoned(zone.clone()).date();
        (0..=8)
            .filter_map(|days| today.checked_add(days.days()).ok())
            .filter(|date| day.is_none_or(|day| date.weekday() == day))
            // Where the clocks leap over the time, it is when they have leapt.
            .filter_map(|date| date.to_datetime(time).to_zoned(zone.clone()).ok())
            .map(|instant| instant.timestamp().as_microsecond())
            .find(|instant| *instant > now)
            .unwrap_or(now)
    }

    fn parse(text: &str) -> Option<At> {
        let clock = |text: &str| Time::strptime("%H:%M", text).ok();
        match text.to_lowercase().split_whitespace().collect::<Vec<_>>()[..] {
            ["once"] => Some(At::Once),
            ["daily", time] => clock(time).map(At::Daily),
            ["weekly", day, time] => {
                let day = DAYS.iter().find(|(name, _)| *name == day).map(|(_, day)| *day)?;
                clock(time).map(|time| At::Weekly(day, time))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |time: &Time| time.strftime("%H:%M").to_string();
        match self {
            At::Once => f.write_str("at once"),
            At::Daily(time) => write!(f, "daily {}", clock(time)),
            At::Weekly(day, time) => {
                let name = DAYS.iter().find(|(_, known)| known == day).map_or("", |(name, _)| *name);
                write!(f, "weekly {name} {}", clock(time))
            }
        }
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<At, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom("write `at` as \"once\", \"daily 09:00\" or \"weekly mon 09:00\"");
        At::parse(&text).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: &str, now: &str, expected: &str) {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let now: Timestamp = now.parse().expect("a time");
        let next = At::parse(at).expect("a time").next(now.as_microsecond(), &zone);
        assert_eq!(Timestamp::from_microsecond(next).expect("a time").to_string(), expected, "{at}");
    }

    #[test]
    fn the_next_time_is_in_the_communitys_zone() {
        check("once", "2024-11-05T09:00:00Z", "2024-11-05T09:00:00Z");
        // A Tuesday in winter: 09:00 in Berlin is 08:00 UTC.
        check("daily 09:00", "2024-11-05T07:00:00Z", "2024-11-05T08:00:00Z");
        check("daily 09:00", "2024-11-05T08:00:00Z", "2024-11-06T08:00:00Z");
        check("weekly mon 09:00", "2024-11-05T07:00:00Z", "2024-11-11T08:00:00Z");
        check("Weekly Tue 09:00", "2024-11-05T08:00:00Z", "2024-11-12T08:00:00Z");
        // On the day on which there is no 02:30.
        check("daily 02:30", "2024-03-31T00:00:00Z", "2024-03-31T01:30:00Z");
        for wrong in ["", "now", "daily", "daily 25:00", "weekly 09:00", "weekly someday 09:00", "once 09:00"] {
            assert_eq!(At::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_is_shown_as_it_is_written() {
        for text in ["daily 09:00", "weekly mon 09:00"] {
            assert_eq!(At::parse(text).expect("a time").to_string(), text);
        }
    }
}
