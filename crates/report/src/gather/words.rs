//! Times, numbers and places as a report says them.

use chart::Unit;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What stands where nothing is known.
pub(super) const NONE: &str = "–";

/// `12 May 2019`, UTC.
pub(super) fn day(time: i64) -> String {
    written(time, "%-d %B %Y")
}

/// `January to March 2019` for the quarter that begins then.
pub(super) fn quarter(start: i64) -> String {
    let last = Timestamp::from_microsecond(start).ok().and_then(|time| {
        let date = time.to_zoned(TimeZone::UTC).date();
        date.checked_add(jiff::Span::new().months(2)).ok()
    });
    let last = last.map(|date| date.strftime("%B %Y").to_string()).unwrap_or_default();
    format!("{} to {last}", written(start, "%B"))
}

/// From when to when something takes place, both days included.
pub(super) fn days(starts: i64, ends: Option<i64>) -> String {
    // An end at midnight is the end of the day before.
    let last = ends.map(|ends| ends.saturating_sub(1)).filter(|last| *last > starts);
    match last {
        Some(last) if day(last) != day(starts) => {
            let same_month = written(last, "%B %Y") == written(starts, "%B %Y");
            let first = if same_month { written(starts, "%-d") } else { day(starts) };
            format!("{first} to {}", day(last))
        }
        _ => day(starts),
    }
}

fn written(time: i64, format: &str) -> String {
    Timestamp::from_microsecond(time).map(|time| time.strftime(format).to_string()).unwrap_or_else(|_| NONE.to_owned())
}

/// `75%`; a dash where there is nothing to take a share of.
pub(super) fn share(part: u64, of: u64) -> String {
    if of == 0 { NONE.to_owned() } else { Unit::Share.long(part as f64 / of as f64) }
}

/// `5.5 hours`.
pub(super) fn hours(hours: Option<f64>) -> String {
    said(Unit::Hours, hours)
}

pub(super) fn said(unit: Unit, value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| unit.long(value))
}

/// A channel, with its source where that says more.
pub(super) fn place(source: &str, channel: &str) -> String {
    if source == channel || source.is_empty() { channel.to_owned() } else { format!("{source}/{channel}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn days_of_events() {
        let check = |starts: &str, ends: Option<&str>, expected: &str| {
            assert_eq!(days(at(starts), ends.map(at)), expected);
        };
        check("2019-02-02T00:00:00Z", Some("2019-02-04T00:00:00Z"), "2 to 3 February 2019");
        check("2019-02-02T00:00:00Z", Some("2019-02-03T00:00:00Z"), "2 February 2019");
        check("2019-01-31T09:00:00Z", Some("2019-02-01T17:00:00Z"), "31 January 2019 to 1 February 2019");
        check("2019-01-31T09:00:00Z", None, "31 January 2019");
        assert_eq!(quarter(at("2019-01-01T00:00:00Z")), "January to March 2019");
        assert_eq!((share(1, 3), share(0, 0)), ("33%".to_owned(), "–".to_owned()));
    }
}
