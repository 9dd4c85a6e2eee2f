//! The support model: who helps at each tier, where, and what is promised; and the hours in which promises run.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

/// Days looked ahead for working time: more than any promise takes. Beyond them it is due.
const MOST_DAYS: usize = 3 * 366;

/// The community's support model.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// Tiers 0 to 4.
    pub tiers: [TierOffer; 5],
    /// What is promised where nobody knows the tier, in microseconds.
    pub first_response: i64,
    /// When promises run.
    pub hours: Hours,
}

/// One tier of the support model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TierOffer {
    /// 0 to 4.
    pub tier: u8,
    /// What it is called: `basic help`.
    pub name: String,
    /// Who helps.
    pub who: String,
    /// Where, if anybody said so.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What it is for, by example.
    pub examples: String,
    /// The promise of a first response, in microseconds of working time.
    pub first_response: i64,
}

/// When promises run.
#[derive(Debug, Clone, PartialEq)]
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

/// The tiers as they are where a community says nothing else (name, who, examples).
const DEFAULT: [(&str, &str, &str); 5] = [
    ("self-service", "the person alone, with documents, search and courses", "answered by a page; an old answer found"),
    ("basic help", "any community member", "how do I, which version, where is, a known problem"),
    ("in-depth help", "experienced users and experts", "my configuration, my logs, performance, a deployment's design"),
    ("engineering", "maintainers", "a defect, a change to the code, a release"),
    ("outside help", "another project or a vendor", "a defect of something below, commercial support"),
];

impl Support {
    /// The default tiers, all with one promise in microseconds, around the clock.
    pub fn default_with(first_response: i64) -> Support {
        let mut tier = 0;
        let tiers = DEFAULT.map(|(name, who, examples)| {
            tier += 1;
            let (name, who, examples) = (name.to_owned(), who.to_owned(), examples.to_owned());
            TierOffer { tier: tier - 1, name, who, place: None, examples, first_response }
        });
        Support { tiers, first_response, hours: Hours::Always }
    }

    /// When the promise to somebody who waits since `since` runs out, both in microseconds UTC.
    pub fn due(&self, since: i64, tier: Option<u8>) -> i64 {
        let offer = tier.and_then(|tier| self.tiers.get(usize::from(tier)));
        self.hours.after(since, offer.map_or(self.first_response, |offer| offer.first_response))
    }
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
    fn every_tier_has_its_promise() {
        let mut support = Support::default_with(48 * HOUR);
        support.tiers[3].first_response = 72 * HOUR;
        assert_eq!([None, Some(1), Some(3), Some(9)].map(|tier| support.due(0, tier) / HOUR), [48, 48, 72, 48]);
    }
}
