//! The support model: who helps at each tier, where, and what is promised; and the hours in which promises run.
//!
//! A promise is looked for in the channel's tier, the channel, the source's tier, the source, the tier, and last in
//! what is promised everywhere; the first that says something counts. A first response and a resolution are looked
//! for each by itself.

use std::collections::BTreeMap;

pub use model::promise::{ChannelPromise, Hours, Offered};
use model::promise::{Promises, nearest};
use serde::Serialize;

/// The community's support model.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// Tiers 0 to 4.
    pub tiers: [TierOffer; 5],
    /// What is promised where nobody knows the tier, in microseconds.
    pub first_response: i64,
    /// The same of a resolution; none: nothing is.
    pub resolution: Option<i64>,
    /// What single channels promise, by `source` or `source/channel`.
    pub channels: BTreeMap<String, ChannelPromise>,
    /// When to warn before a promise is broken.
    pub warn: Warn,
    /// When promises run.
    pub hours: Hours,
}

/// What is promised to one conversation, in microseconds of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// A first response.
    pub first_response: i64,
    /// A resolution, if any was promised.
    pub resolution: Option<i64>,
}

/// When a promise is soon broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Warn {
    /// When less than this share of the promised working time is left, 0 to 1.
    Share(f64),
    /// When less than this working time is left, in microseconds.
    Time(i64),
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
    /// The promise of a resolution, in microseconds of working time, if there is one.
    pub resolution: Option<i64>,
}

/// The share of a promise that is left when it is soon broken, where nothing else is said: of two days, the last ten
/// hours. A choice, not a measurement: late enough that most are answered before, early enough to act on a working day.
const WARN: f64 = 0.2;

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
            TierOffer { tier: tier - 1, name, who, place: None, examples, first_response, resolution: None }
        });
        let (channels, warn, hours) = (BTreeMap::new(), Warn::Share(WARN), Hours::Always);
        Support { tiers, first_response, resolution: None, channels, warn, hours }
    }

    /// What is promised to a conversation in a channel that asks for a tier.
    pub fn promise(&self, source: &str, channel: &str, tier: Option<u8>) -> Promised {
        let offer = tier.and_then(|tier| self.tiers.get(usize::from(tier)));
        let general = Offered {
            first_response: Some(offer.map_or(self.first_response, |offer| offer.first_response)),
            resolution: offer.and_then(|offer| offer.resolution).or(self.resolution),
        };
        let mut offered = nearest(&self.channels, source, channel, tier);
        offered.push(&general);
        Promised {
            first_response: offered.iter().find_map(|one| one.first_response).unwrap_or(self.first_response),
            resolution: offered.iter().find_map(|one| one.resolution),
        }
    }

    /// What is promised as a first response, for tables to be derived with.
    pub fn promises(&self) -> Promises {
        Promises {
            first_response: self.first_response,
            tiers: self.tiers.each_ref().map(|tier| tier.first_response),
            channels: self.channels.clone(),
            hours: self.hours.clone(),
        }
    }

    /// From when on a promise of so much working time since `since` is soon broken, all in microseconds.
    pub fn soon(&self, since: i64, promised: i64) -> i64 {
        let before = match self.warn {
            // The share is within 0 and 1: no promise is too long for it.
            Warn::Share(share) => (promised as f64 * share.clamp(0.0, 1.0)) as i64,
            Warn::Time(time) => time,
        };
        self.hours.after(since, promised.saturating_sub(before).max(0))
    }

    /// When the promise to somebody who waits since `since` runs out, both in microseconds UTC.
    pub fn due(&self, since: i64, tier: Option<u8>) -> i64 {
        let offer = tier.and_then(|tier| self.tiers.get(usize::from(tier)));
        self.hours.after(since, offer.map_or(self.first_response, |offer| offer.first_response))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn the_nearest_promise_counts() {
        let mut support = Support::default_with(48 * HOUR);
        support.tiers[3].resolution = Some(200 * HOUR);
        let hours = |first: i64, resolution: i64| Offered {
            first_response: (first > 0).then_some(first * HOUR),
            resolution: (resolution > 0).then_some(resolution * HOUR),
        };
        let dev = ChannelPromise { any: hours(8, 0), tiers: [(3, hours(0, 90))].into() };
        support.channels.insert("list/dev".to_owned(), dev);
        support.channels.insert("list".to_owned(), ChannelPromise { any: hours(12, 100), tiers: [].into() });
        let check = |source, channel, tier, first: i64, resolution: i64| {
            let Promised { first_response, resolution: found } = support.promise(source, channel, tier);
            let found = (first_response / HOUR, found.map_or(0, |found| found / HOUR));
            assert_eq!(found, (first, resolution), "{source}/{channel} {tier:?}");
        };
        check("list", "dev", Some(3), 8, 90);
        check("list", "dev", Some(1), 8, 100);
        check("list", "dev", None, 8, 100);
        check("list", "users", Some(3), 12, 100);
        check("chat", "dev", Some(3), 48, 200);
        check("chat", "dev", Some(1), 48, 0);
    }

    #[test]
    fn a_warning_comes_before_the_end() {
        let mut support = Support::default_with(48 * HOUR);
        assert_eq!(support.soon(0, 10 * HOUR), 8 * HOUR);
        support.warn = Warn::Time(4 * HOUR);
        assert_eq!((support.soon(0, 10 * HOUR), support.soon(0, 2 * HOUR)), (6 * HOUR, 0));
    }

    #[test]
    fn every_tier_has_its_promise() {
        let mut support = Support::default_with(48 * HOUR);
        support.tiers[3].first_response = 72 * HOUR;
        assert_eq!([None, Some(1), Some(3), Some(9)].map(|tier| support.due(0, tier) / HOUR), [48, 48, 72, 48]);
    }
}
