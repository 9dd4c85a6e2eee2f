//! Days as people write them in a query.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// The instant (microseconds UTC) at which the named day, month or year begins in a zone: `2024-05-31`, `2024-05`,
/// `2024`, `today`, `yesterday`, or so long before `now`: `7d`, `3w`, `2m` (months), `1y`. None for anything else.
pub(super) fn instant(text: &str, now: i64, zone: &TimeZone) -> Option<i64> {
    let today = Timestamp::from_microsecond(now).ok()?.to_zoned(zone.clone()).date();
    let date = match text.to_ascii_lowercase().as_str() {
        "today" => today,
        "yesterday" => today.yesterday().ok()?,
        text => match ago(text) {
            Some(span) => today.checked_sub(span).ok()?,
            None => date(text)?,
        },
    };
    Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

fn ago(text: &str) -> Option<Span> {
    let number: i64 =
        text.get(..text.len().checked_sub(1)?)?.parse().ok().filter(|number| (0..100_000).contains(number))?;
    let span = match text.as_bytes().last()? {
        b'd' => Span::new().try_days(number),
        b'w' => Span::new().try_weeks(number),
        b'm' => Span::new().try_months(number),
        b'y' => 0.days().try_years(number),
        _ => return None,
    };
    span.ok()
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']);
    let mut number = |digits: usize, without: i16| match parts.next() {
        Some(part) if (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse().ok()
        }
        Some(_) => None,
        None => Some(without),
    };
    let (year, month, day): (i16, i16, i16) = (number(4, 0)?, number(2, 1)?, number(2, 1)?);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
