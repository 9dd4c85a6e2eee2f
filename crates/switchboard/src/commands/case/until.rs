//! Reading until when: `7d`, `2 weeks`, `2031-05-31`.

use anyhow::Result;
use insight::Community;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::cli::usage;
use crate::commands::desk;
use crate::show;

/// A time to come, microseconds UTC: so long from the community's now, or the beginning of a day in its zone.
pub fn read(text: &str, community: &Community) -> Result<i64> {
    let (now, zone) = (community.now().time, desk::zone(community).unwrap_or(TimeZone::UTC));
    let wrong = |message: &str| usage(format!("`{}` {message}", show::clean(text)));
    match instant(text.trim(), now, &zone) {
        None => Err(wrong("is no time; write so long as `7d`, or a day as `2031-05-31`")),
        Some(until) if until <= now => Err(wrong("has passed; write a time to come")),
        Some(until) => Ok(until),
    }
}

fn instant(text: &str, now: i64, zone: &TimeZone) -> Option<i64> {
    if let Ok(day) = text.parse::<Date>() {
        return Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond());
    }
    let span: Span = text.parse().ok()?;
    let from = Timestamp::from_microsecond(now).ok()?.to_zoned(zone.clone());
    Some(from.checked_add(span).ok()?.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        // 2024-05-31 12:00 in Berlin, two hours ahead of UTC.
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let found = instant(text, 1_717_149_600_000_000, &zone);
        let found = found.map(|time| Timestamp::from_microsecond(time).expect("a time").to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn times_are_read() {
        check("7d", Some("2024-06-07T10:00:00Z"));
        check("2 weeks", Some("2024-06-14T10:00:00Z"));
        check("36h", Some("2024-06-01T22:00:00Z"));
        check("2024-12-24", Some("2024-12-23T23:00:00Z"));
        check("soon", None);
        check("99999 years", None);
        check("", None);
    }
}
