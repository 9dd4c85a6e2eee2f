//! What is promised to whoever asks, and the hours in which promises run.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Days looked ahead for working time: more than any promise takes. Beyond them it is due.
const MOST_DAYS: usize = 3 * 366;

/// When whoever asks should have a first response, by channel and tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promises {
    /// Where nobody knows the tier, in microseconds of working time.
    pub first_response: i64,
    /// By tier, likewise.
    pub tiers: [i64; 5],
    /// What single channels promise, by `source` or `source/channel`.
    pub channels: BTreeMap<String, ChannelPromise>,
    /// When promises run.
    pub hours: Hours,
}

impl Promises {
    /// When the promise to a question runs out that was opened at an instant, both in microseconds UTC.
    pub fn until(&self, opened: i64, source: &str, channel: &str, tier: Option<u8>) -> i64 {
        let offered = nearest(&self.channels, source, channel, tier);
        let general = tier.and_then(|tier| self.tiers.get(usize::from(tier))).copied().unwrap_or(self.first_response);
        let promised = offered.iter().find_map(|one| one.first_response).unwrap_or(general);
        self.hours.after(opened, promised)
    }
}

/// What a channel promises. What it does not say is as elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelPromise {
    /// Whatever the tier.
    pub any: Offered,
    /// By tier.
    pub tiers: BTreeMap<u8, Offered>,
}

/// What is promised in one place, in microseconds of working time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Offered {
    /// A first response.
    pub first_response: Option<i64>,
    /// A resolution.
    pub resolution: Option<i64>,
}

/// What a channel and its source promise to a tier, the nearest first.
pub fn nearest<'a>(
    channels: &'a BTreeMap<String, ChannelPromise>,
    source: &str,
    channel: &str,
    tier: Option<u8>,
) -> Vec<&'a Offered> {
    let mut offered = Vec::new();
    if !channels.is_empty() {
        for place in [&format!("{source}/{channel}"), source] {
            let promise = channels.get(place);
            offered.extend(promise.zip(tier).and_then(|(promise, tier)| promise.tiers.get(&tier)));
            offered.extend(promise.map(|promise| &promise.any));
        }
    }
    offered
}

/// When promises run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// Around the clock.
    Always,
    /// On some days, between two times of day.
    Working {
        /// Whose days and times these are.
        zone: TimeZone,
        /// The days of the week.
        days: Vec<Weekday>,
        /// From when to when on each of them; `until` lies after `from`.
        from: Time,
        /// See `from`.
        until: Time,
        /// Days on which nobody works.
        holidays: Vec<Date>,
    },
}

impl Hours {
    /// The instant at which so much working time has passed since an instant, all in microseconds.
    pub fn after(&self, since: i64, work: i64) -> i64 {
        let Hours::Working { zone, days, from, until, holidays } = self else { return since.saturating_add(work) };
        let Ok(start) = Timestamp::from_microsecond(since) else { return since.saturating_add(work) };
        let (mut day, mut left) = (start.to_zoned(zone.clone()).date(), work);
        for _ in 0..MOST_DAYS {
            let instant = |time: &Time| day.to_datetime(*time).to_zoned(zone.clone()).ok();
            if days.contains(&day.weekday())
                && !holidays.contains(&day)
                && let (Some(opens), Some(closes)) = (instant(from), instant(until))
            {
                let (opens, closes) = (opens.timestamp().as_microsecond(), closes.timestamp().as_microsecond());
                let begins = opens.max(since);
                if begins.saturating_add(left) <= closes {
                    return begins.saturating_add(left);
                }
                left -= (closes - begins).max(0);
            }
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        since.saturating_add(work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn office() -> Hours {
        let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        let (from, until) = (Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0));
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        Hours::Working { zone, days, from, until, holidays: vec![Date::constant(2024, 12, 25)] }
    }

    #[track_caller]
    fn check(hours: &Hours, since: &str, work: i64, due: &str) {
        let since: Timestamp = since.parse().expect("a time");
        let found = Timestamp::from_microsecond(hours.after(since.as_microsecond(), work)).expect("a time");
        assert_eq!(found.to_string(), due);
    }

    #[test]
    fn promises_run_in_working_hours() {
        // A Tuesday in winter: 09:00 in Berlin is 08:00 UTC.
        check(&office(), "2024-11-05T09:00:00Z", 4 * HOUR, "2024-11-05T13:00:00Z");
        check(&office(), "2024-11-05T03:00:00Z", 4 * HOUR, "2024-11-05T12:00:00Z");
        check(&office(), "2024-11-05T15:00:00Z", 4 * HOUR, "2024-11-06T11:00:00Z");
        // Over a weekend, and over one on which the clocks change.
        check(&office(), "2024-11-08T15:00:00Z", 2 * HOUR, "2024-11-11T09:00:00Z");
        check(&office(), "2024-10-25T14:00:00Z", 2 * HOUR, "2024-10-28T09:00:00Z");
        // Over a holiday.
        check(&office(), "2024-12-24T15:00:00Z", 2 * HOUR, "2024-12-26T09:00:00Z");
        check(&Hours::Always, "2024-12-24T15:00:00Z", 48 * HOUR, "2024-12-26T15:00:00Z");
    }

    #[test]
    fn hours_in_which_nobody_ever_works_do_not_hang() {
        let never = Hours::Working {
            zone: TimeZone::UTC,
            days: Vec::new(),
            from: Time::constant(9, 0, 0, 0),
            until: Time::constant(17, 0, 0, 0),
            holidays: Vec::new(),
        };
        assert_eq!(never.after(0, HOUR), HOUR);
        assert_eq!(office().after(i64::MAX, HOUR), i64::MAX);
        assert_eq!(office().after(i64::MIN, HOUR), i64::MIN + HOUR);
    }

    #[test]
    fn a_question_has_its_channels_promise() {
        let eight = Offered { first_response: Some(8 * HOUR), resolution: None };
        let dev = ChannelPromise { any: Offered::default(), tiers: [(3, eight)].into() };
        let promises = Promises {
            first_response: 48 * HOUR,
            tiers: [24 * HOUR; 5],
            channels: [("list/dev".to_owned(), dev)].into(),
            hours: Hours::Always,
        };
        let until = |channel, tier| promises.until(0, "list", channel, tier) / HOUR;
        assert_eq!(
            [until("dev", Some(3)), until("dev", Some(1)), until("users", Some(3)), until("dev", None)],
            [8, 24, 24, 48]
        );
    }
}
