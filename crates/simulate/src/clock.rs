//! Seconds since the epoch as people and file formats write them.

use std::fmt::Write;

use jiff::civil::{DateTime, Weekday};
use jiff::{Timestamp, tz::Offset};

/// Seconds since 1970-01-01T00:00:00Z.
pub(crate) type Seconds = i64;

pub(crate) const HOUR: Seconds = 3_600;
pub(crate) const DAY: Seconds = 24 * HOUR;

/// The local time at an offset from UTC in minutes. Offsets stay the same all year: nobody here knows
/// daylight saving.
pub(crate) fn local(time: Seconds, zone: i16) -> DateTime {
    let shifted = Timestamp::from_second(time + i64::from(zone) * 60).unwrap_or_default();
    Offset::UTC.to_datetime(shifted)
}

pub(crate) fn is_weekend(day: &DateTime) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `Thu, 01 Aug 2024 17:34:46 +0200` (RFC 5322, section 3.3).
pub(crate) fn mail_date(out: &mut String, time: Seconds, zone: i16) {
    let at = local(time, zone);
    let sign = if zone < 0 { '-' } else { '+' };
    let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
    let (weekday, month) = (weekday(&at), month(&at));
    put(
        out,
        format_args!("{weekday}, {:02} {month} {:04} {} {sign}{hours:02}{minutes:02}", at.day(), at.year(), Clock(&at)),
    );
}

/// `Thu Aug  1 17:34:46 2024` in UTC, as in the first line of a message in an mbox (asctime).
pub(crate) fn envelope_date(out: &mut String, time: Seconds) {
    let at = local(time, 0);
    put(out, format_args!("{} {} {:2} {} {:04}", weekday(&at), month(&at), at.day(), Clock(&at), at.year()));
}

/// `2024-08-01T17:34:46.120`, as in a Stack Exchange dump (UTC).
pub(crate) fn dump_date(out: &mut String, time: Seconds, milliseconds: u64) {
    let at = local(time, 0);
    put(
        out,
        format_args!("{:04}-{:02}-{:02}T{}.{:03}", at.year(), at.month(), at.day(), Clock(&at), milliseconds % 1_000),
    );
}

/// `2024-08` in UTC.
pub(crate) fn month_name(time: Seconds) -> String {
    let at = local(time, 0);
    format!("{:04}-{:02}", at.year(), at.month())
}

/// `2024-08-01` in UTC.
pub(crate) fn day_name(time: Seconds) -> String {
    local(time, 0).date().to_string()
}

/// Appends formatted text.
pub(crate) fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = out.write_fmt(text);
}

struct Clock<'a>(&'a DateTime);

impl std::fmt::Display for Clock<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0.hour(), self.0.minute(), self.0.second())
    }
}

fn weekday(at: &DateTime) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][at.weekday().to_monday_zero_offset() as usize % 7]
}

fn month(at: &DateTime) -> &'static str {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][(at.month() as usize - 1) % 12]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_each_format_writes_them() {
        let check = |write: &dyn Fn(&mut String), expected: &str| {
            let mut out = String::new();
            write(&mut out);
            assert_eq!(out, expected);
        };
        let time = 1_722_526_486;
        check(&|out| mail_date(out, time, 120), "Thu, 01 Aug 2024 17:34:46 +0200");
        check(&|out| mail_date(out, time, -210), "Thu, 01 Aug 2024 12:04:46 -0330");
        check(&|out| envelope_date(out, time), "Thu Aug  1 15:34:46 2024");
        check(&|out| dump_date(out, time, 12), "2024-08-01T15:34:46.012");
        assert_eq!(month_name(time), "2024-08");
        assert_eq!(day_name(time), "2024-08-01");
    }
}
