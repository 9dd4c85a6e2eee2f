//! The time zones of a calendar: by their names, and as it defines them itself (RFC 5545, section 3.6.5).

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::lines::{Component, Property};
use crate::dates::{self, When};

/// The zones of one calendar.
pub struct Zones {
    /// Zones that it defines, by name.
    own: BTreeMap<String, TimeZone>,
    /// The zone of times that have none.
    pub floating: TimeZone,
}

impl Zones {
    /// The zones of a calendar; `fallback` is for times without one where the calendar does not say.
    pub fn of(calendar: &Component, fallback: &TimeZone) -> Zones {
        let defined = calendar.parts.iter().filter(|part| part.name == "VTIMEZONE");
        let own = defined.filter_map(|zone| Some((zone.text("TZID")?, own_zone(zone)?))).collect();
        let mut zones = Zones { own, floating: fallback.clone() };
        let said = calendar.text("X-WR-TIMEZONE").and_then(|name| zones.named(&name));
        zones.floating = said.unwrap_or(zones.floating);
        zones
    }

    /// A zone by its name. That of the system is better than what a calendar defines, which often is the
    /// rule of one year.
    fn named(&self, name: &str) -> Option<TimeZone> {
        let name = name.trim();
        // `/freeassociation.sourceforge.net/Tzfile/Europe/Rome`
        let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
        let from = parts.len().saturating_sub(3);
        let known = (from..parts.len()).find_map(|from| dates::zone(&parts[from..].join("/")));
        known.or_else(|| self.own.get(name).cloned())
    }

    /// When a property says. A zone that is not known counts as none and is told.
    pub fn when(&self, property: &Property) -> Option<(When, TimeZone, Option<&'static str>)> {
        self.when_of(property, &property.value)
    }

    /// As [`Self::when`], of one of several values of a property.
    pub fn when_of(&self, property: &Property, value: &str) -> Option<(When, TimeZone, Option<&'static str>)> {
        let when = dates::read(value.trim())?;
        let (zone, wrong) = match property.parameter("TZID").map(|name| self.named(name)) {
            Some(Some(zone)) => (zone, None),
            Some(None) => (self.floating.clone(), Some("time zone is not known")),
            None => (self.floating.clone(), None),
        };
        // A date said as a time of a whole day, and the other way round.
        let when = match (property.parameter("VALUE"), when) {
            (Some("DATE"), When::Local(local)) => When::Day(local.date()),
            (_, when) => when,
        };
        Some((when, zone, wrong))
    }
}

/// A zone as a calendar defines it: its latest rules, as POSIX writes them.
fn own_zone(zone: &Component) -> Option<TimeZone> {
    let latest = |name: &str| {
        let parts = zone.parts.iter().filter(|part| part.name == name);
        parts.max_by_key(|part| part.text("DTSTART"))
    };
    let (standard, daylight) = (latest("STANDARD"), latest("DAYLIGHT"));
    let offset = |part: &Component| posix_offset(&part.text("TZOFFSETTO")?);
    let rules = |part: &Component| change(part);
    match (standard, daylight) {
        (Some(standard), Some(daylight)) => match (rules(daylight), rules(standard)) {
            (Some(begins), Some(ends)) => {
                TimeZone::posix(&format!("<AAA>{}<BBB>{},{begins},{ends}", offset(standard)?, offset(daylight)?)).ok()
            }
            _ => TimeZone::posix(&format!("<AAA>{}", offset(standard)?)).ok(),
        },
        (Some(only), None) | (None, Some(only)) => TimeZone::posix(&format!("<AAA>{}", offset(only)?)).ok(),
        (None, None) => None,
    }
}

/// `+0100` as POSIX has it: hours to be added to reach UTC.
fn posix_offset(offset: &str) -> Option<String> {
    let sign = match offset.chars().next()? {
        '+' => '-',
        '-' => '+',
        _ => return None,
    };
    let (hours, minutes) = (offset.get(1..3)?, offset.get(3..5)?);
    (hours.parse::<u8>().is_ok() && minutes.parse::<u8>().is_ok()).then(|| format!("{sign}{hours}:{minutes}"))
}

/// `FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3` at two o'clock is `M3.5.0/02:00:00`.
fn change(part: &Component) -> Option<String> {
    let rule = part.text("RRULE")?.to_ascii_uppercase();
    let field = |name: &str| rule.split(';').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    let month: u8 = field("BYMONTH")?.parse().ok()?;
    let day = field("BYDAY")?;
    let (which, day) = day.split_at(day.len().checked_sub(2)?);
    let which = match which.parse::<i8>().ok()? {
        -1 => 5,
        which @ 1..=4 => which,
        _ => return None,
    };
    let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"].iter().position(|known| *known == day)?;
    let time = match dates::read(&part.text("DTSTART")?)? {
        When::Local(local) => local.time(),
        _ => return None,
    };
    Some(format!("M{month}.{which}.{day}/{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()))
}
