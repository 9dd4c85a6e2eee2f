//! The sections `[promise]`, `[tiers.N]`, `[hours]` and `[offered]`: the community's support model.

use std::collections::BTreeMap;

use insight::support::{ChannelPromise, Hours, Offered, Support, Warn};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The sections as they stand in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Promise {
    /// How long somebody who asks should at most wait for the first answer, where the tier does not say.
    #[serde(deserialize_with = "read_time")]
    first_response: Option<jiff::Span>,
    /// How long it should at most take until it is done, where the tier does not say.
    #[serde(deserialize_with = "read_time")]
    resolution: Option<jiff::Span>,
    /// How long before a promise is broken it is called soon: a share of it (`20%`), or a time.
    #[serde(deserialize_with = "read_warning")]
    warn: Option<Warning>,
    /// What single channels promise, by `source` or `source/channel`: sections `[promise.channels."list/dev"]`.
    channels: BTreeMap<String, Channel>,
}

/// One section `[promise.channels."…"]`: what it does not say is as elsewhere.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Channel {
    #[serde(deserialize_with = "read_time")]
    first_response: Option<jiff::Span>,
    #[serde(deserialize_with = "read_time")]
    resolution: Option<jiff::Span>,
    /// The same for single tiers: sections `[promise.channels."…".tiers.3]`.
    tiers: BTreeMap<Number, ChannelTier>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ChannelTier {
    #[serde(deserialize_with = "read_time")]
    first_response: Option<jiff::Span>,
    #[serde(deserialize_with = "read_time")]
    resolution: Option<jiff::Span>,
}

#[derive(Debug, Clone, Copy)]
enum Warning {
    Share(f64),
    Time(jiff::Span),
}

/// One section `[tiers.N]`: what it does not say is as in the default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    name: Option<String>,
    who: Option<String>,
    #[serde(rename = "where")]
    place: Option<String>,
    examples: Option<String>,
    #[serde(default, deserialize_with = "read_time")]
    first_response: Option<jiff::Span>,
    #[serde(default, deserialize_with = "read_time")]
    resolution: Option<jiff::Span>,
}

/// The section `[hours]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Working {
    /// `mon-fri`, or `mon, tue, thu`.
    #[serde(default = "weekdays", deserialize_with = "read_days")]
    days: Vec<Weekday>,
    #[serde(deserialize_with = "read_clock")]
    from: Time,
    #[serde(deserialize_with = "read_clock")]
    until: Time,
    /// A name of the IANA database.
    #[serde(default = "utc", deserialize_with = "read_zone")]
    zone: TimeZone,
    #[serde(default, deserialize_with = "read_dates")]
    holidays: Vec<Date>,
}

/// A tier's number as a key: TOML's keys are texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Number {
    /// Self-service.
    #[serde(rename = "0")]
    Zero,
    /// Basic help.
    #[serde(rename = "1")]
    One,
    /// In-depth help.
    #[serde(rename = "2")]
    Two,
    /// Engineering.
    #[serde(rename = "3")]
    Three,
    /// Outside help.
    #[serde(rename = "4")]
    Four,
}

/// Days that are promised where nothing is said.
const FIRST_RESPONSE: i64 = 2;

/// The default model with what the sections change.
pub fn support(promise: &Promise, tiers: BTreeMap<Number, Tier>, hours: Option<Working>) -> Support {
    // Where there are working hours, a day is a working day.
    let day =
        hours.as_ref().map_or(jiff::SignedDuration::from_hours(24), |hours| hours.until.duration_since(hours.from));
    let micros = |span: jiff::Span| {
        let (days, rest) = (i32::try_from(whole_days(&span)).unwrap_or(i32::MAX), span.days(0).weeks(0));
        let rest = rest.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).unwrap_or_default();
        i64::try_from((day.saturating_mul(days)).saturating_add(rest).as_micros()).unwrap_or(i64::MAX)
    };
    let default = jiff::Span::new().days(FIRST_RESPONSE);
    let mut support = Support::default_with(micros(promise.first_response.unwrap_or(default)));
    for (number, tier) in tiers {
        let offer = &mut support.tiers[number as usize];
        let Tier { name, who, place, examples, first_response, resolution } = tier;
        offer.name = name.unwrap_or(std::mem::take(&mut offer.name));
        offer.who = who.unwrap_or(std::mem::take(&mut offer.who));
        offer.examples = examples.unwrap_or(std::mem::take(&mut offer.examples));
        offer.place = place;
        offer.first_response = first_response.map_or(offer.first_response, micros);
        offer.resolution = resolution.map(micros);
    }
    support.resolution = promise.resolution.map(micros);
    let offered = |first: Option<jiff::Span>, resolution: Option<jiff::Span>| Offered {
        first_response: first.map(micros),
        resolution: resolution.map(micros),
    };
    for (place, channel) in &promise.channels {
        let tiers = channel.tiers.iter();
        let tiers = tiers.map(|(number, tier)| (*number as u8, offered(tier.first_response, tier.resolution)));
        let any = offered(channel.first_response, channel.resolution);
        support.channels.insert(place.clone(), ChannelPromise { any, tiers: tiers.collect() });
    }
    support.warn = match promise.warn {
        Some(Warning::Share(share)) => Warn::Share(share),
        Some(Warning::Time(time)) => Warn::Time(micros(time)),
        None => support.warn,
    };
    if let Some(Working { days, from, until, zone, holidays }) = hours {
        support.hours = Hours::Working { zone, days, from, until, holidays };
    }
    support
}

impl Promise {
    /// The first channel with a promise of its own that is of no source called so, as it is written.
    pub fn stranger(&self, is_source: impl Fn(&str) -> bool) -> Option<&str> {
        let source = |place: &str| place.split_once('/').map_or(place, |(source, _)| source).to_owned();
        self.channels.keys().map(String::as_str).find(|place| !is_source(&source(place)))
    }
}

impl Working {
    /// What is wrong with it, if anything.
    pub fn check(&self) -> Result<(), String> {
        match (self.days.is_empty(), self.from < self.until) {
            (true, _) => Err("[hours] name at least one day".to_owned()),
            (_, false) => Err("[hours] `until` must lie after `from`".to_owned()),
            _ => Ok(()),
        }
    }
}

fn whole_days(span: &jiff::Span) -> i64 {
    i64::from(span.get_days()) + 7 * i64::from(span.get_weeks())
}

/// Reads a time such as `2d`, `36h` or `90 minutes`.
pub(super) fn read_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<jiff::Span>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let days = jiff::SpanRelativeTo::days_are_24_hours();
    let sensible = jiff::SignedDuration::from_mins(1)..=jiff::SignedDuration::from_hours(24 * 366);
    let fits = |span: &jiff::Span| span.to_duration(days).is_ok_and(|time| sensible.contains(&time));
    let span = text.parse::<jiff::Span>().ok();
    span.filter(fits)
        .map(Some)
        .ok_or_else(|| D::Error::custom("write a time between a minute and a year, such as \"2d\", \"36h\" or \"90m\""))
}

/// Reads a share such as `20%`, or a time.
fn read_warning<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Warning>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || D::Error::custom("write a share of the promise, as \"20%\", or a time, as \"4h\"");
    match text.trim().strip_suffix('%') {
        Some(share) => {
            let share = share.trim().parse().ok().filter(|share| (0.0..=100.0).contains(share));
            share.map(|share: f64| Some(Warning::Share(share / 100.0))).ok_or_else(wrong)
        }
        None => text.parse().map(|time| Some(Warning::Time(time))).map_err(|_| wrong()),
    }
}

/// The days of the week, as the configuration writes them.
pub(super) const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

fn weekdays() -> Vec<Weekday> {
    DAYS[..5].iter().map(|(_, day)| *day).collect()
}

fn utc() -> TimeZone {
    TimeZone::UTC
}

fn read_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
    let text = String::deserialize(deserializer)?.to_lowercase();
    let place = |name: &str| DAYS.iter().position(|(known, _)| *known == name.trim());
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (Some(first), Some(last)) = (place(first), place(last)) else {
            return Err(D::Error::custom("write days as \"mon-fri\" or \"mon, tue, thu\""));
        };
        // `sat-mon` goes over the end of the week.
        let count = (last + 7 - first) % 7;
        days.extend((first..=first + count).map(|place| DAYS[place % 7].1));
    }
    Ok(days)
}

fn read_clock<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    Time::strptime("%H:%M", &text).map_err(|_| D::Error::custom("write a time of day as \"09:00\""))
}

fn read_zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let text = String::deserialize(deserializer)?;
    TimeZone::get(&text).map_err(|_| D::Error::custom("write a time zone by its name, as \"Europe/Berlin\""))
}

fn read_dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let read = |text: String| text.parse().map_err(|_| D::Error::custom("write a day as \"2026-12-25\""));
    texts.into_iter().map(read).collect()
}
