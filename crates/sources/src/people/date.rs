//! Days as people write them into such files.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use model::Timestamp;

/// A day, or an instant, as `2014-03-01`, `2014-Mar-01`, `2014-03-01T00:00:00`, with or without a zone; UTC.
/// `None` for what is none, and for the years that stand for “unknown” (1900, 1970-01-01, 2100 and beyond).
pub fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let at = |date: DateTime| date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let named = || strtime::parse("%Y-%b-%d", text).ok()?.to_date().ok();
    let instant = text
        .parse::<jiff::Timestamp>()
        .ok()
        .or_else(|| at(text.parse::<DateTime>().ok()?))
        .or_else(|| at(text.parse::<Date>().ok().or_else(named)?.into()))?;
    let known = jiff::Timestamp::UNIX_EPOCH.as_second() < instant.as_second() && instant.as_second() < 4_102_444_800;
    known.then(|| instant.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_any_form() {
        for (text, seconds) in [
            ("2014-03-01", Some(1_393_632_000)),
            ("2014-Mar-01", Some(1_393_632_000)),
            (" 2014-03-01T00:00:00 ", Some(1_393_632_000)),
            ("2014-03-01 01:00:00", Some(1_393_635_600)),
            ("2014-03-01T01:00:00+01:00", Some(1_393_632_000)),
            ("1900-01-01T00:00:00", None),
            ("2100-01-01", None),
            ("1970-01-01", None),
            ("soon", None),
        ] {
            assert_eq!(read(text), seconds.map(|seconds: i64| seconds * 1_000_000), "{text}");
        }
    }
}
