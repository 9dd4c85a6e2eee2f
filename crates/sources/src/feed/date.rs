//! Dates as feeds write them: RFC 3339 in Atom, RFC 822 in RSS, and either or neither in the wrong one.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use mail_parser::DateTime as MailDate;
use model::Timestamp;

/// Reads a date; one without a zone is UTC, and a month or a year begins on its first day.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    exact(text).or_else(|| civil(text)).or_else(|| seconds(text)).or_else(|| mail(text))
}

fn exact(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(|time| time.as_microsecond())
}

fn civil(text: &str) -> Option<i64> {
    let date = || text.parse::<Date>().or_else(|_| format!("{text}-01").parse()).ok();
    let year = || (text.len() == 4).then(|| format!("{text}-01-01").parse::<Date>().ok()).flatten();
    let midnight = |date: Date| date.at(0, 0, 0, 0);
    let time = text.parse::<DateTime>().ok().or_else(|| date().or_else(year).map(midnight))?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// Seconds since 1970, as some programs write them.
fn seconds(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok().filter(|_| (9..=11).contains(&text.len()))?;
    number.checked_mul(1_000_000)
}

/// RFC 822, with days and months written out as well.
fn mail(text: &str) -> Option<i64> {
    let short = |word: &str| match word.trim_end_matches(',') {
        name if (name.len() > 4 || ["June", "July", "Sept"].contains(&name))
            && name.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            word.replacen(name, &name[..3], 1)
        }
        _ => word.to_owned(),
    };
    let text: Vec<String> = text.split_whitespace().map(short).collect();
    let date = MailDate::parse_rfc822(&text.join(" ")).filter(|date| date.is_valid() && date.year >= 1970)?;
    date.to_timestamp().checked_mul(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (text, time) in [
            ("2024-03-01T08:00:00Z", Some(1_709_280_000)),
            (" 2024-03-01T09:00:00.5+01:00\n", Some(1_709_280_000)),
            ("2024-03-01T09:00:00+0100", Some(1_709_280_000)),
            ("2024-03-01 08:00:00", Some(1_709_280_000)),
            ("2024-03-01", Some(1_709_251_200)),
            ("2024-03", Some(1_709_251_200)),
            ("2024", Some(1_704_067_200)),
            ("Fri, 01 Mar 2024 08:00:00 GMT", Some(1_709_280_000)),
            ("Fri, 1 Mar 2024 03:00:00 EST", Some(1_709_280_000)),
            ("01 Mar 2024 09:00:00 +0100", Some(1_709_280_000)),
            ("Fri, 01 Mar 24 08:00:00 UT", Some(1_709_280_000)),
            ("Friday, 01 March 2024 08:00:00 GMT", Some(1_709_280_000)),
            ("1709280000", Some(1_709_280_000)),
            ("yesterday", None),
            ("", None),
            ("Fri, 99 Mar 2024 08:00:00 GMT", None),
        ] {
            let read = parse(text).map(|time| time.div_euclid(1_000_000));
            assert_eq!(read, time, "{text:?}");
        }
    }
}
