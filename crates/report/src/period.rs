//! The time that a report is about: `2019-05`, `2019-W20`, `2019-Q2`, `2019`, `2019-05-13`, or `2019-05-13..2019-06-02`
//! with both days included. All in UTC.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::{ReportError, Result};

/// How long a stretch of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// A day.
    Day,
    /// Seven days from a Monday on (ISO 8601).
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// From one day on until before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    first: Date,
    /// The day after the last one.
    end: Date,
    /// What of the calendar it is, if it is one.
    stretch: Option<Stretch>,
}

impl Stretch {
    fn begin(self, date: Date) -> Date {
        let month = |month: i8| Date::new(date.year(), month, 1).unwrap_or(date);
        match self {
            Stretch::Day => date,
            Stretch::Week => {
                let back = i64::from(date.weekday().to_monday_zero_offset());
                date.checked_sub(back.days()).unwrap_or(date)
            }
            Stretch::Month => date.first_of_month(),
            Stretch::Quarter => month((date.month() - 1) / 3 * 3 + 1),
            Stretch::Year => date.first_of_year(),
        }
    }

    fn after(self, date: Date, times: i64) -> Option<Date> {
        let span = match self {
            Stretch::Day => times.days(),
            Stretch::Week => times.weeks(),
            Stretch::Month => times.months(),
            Stretch::Quarter => (times * 3).months(),
            Stretch::Year => times.years(),
        };
        date.checked_add(span).ok()
    }
}

impl Period {
    /// Reads what people write.
    ///
    /// # Errors
    ///
    /// [`ReportError::Ask`] says how it is written.
    pub fn parse(text: &str) -> Result<Period> {
        let text = text.trim();
        let found = match text.split_once("..") {
            Some((from, until)) => Period::one(from.trim()).zip(Period::one(until.trim())).and_then(|(from, until)| {
                (from.first < until.end).then_some(Period { first: from.first, end: until.end, stretch: None })
            }),
            None => Period::one(text),
        };
        found.ok_or_else(|| {
            ReportError::Ask(
                "a period is written 2019-05, 2019-W20, 2019-Q2, 2019, 2019-05-13 or 2019-05-13..2019-06-02; write it so"
                    .to_owned(),
            )
        })
    }

    fn one(text: &str) -> Option<Period> {
        let year = |text: &str| (text.len() == 4).then(|| text.parse::<i16>().ok()).flatten();
        let of = |date: Date, stretch| Period::of(stretch, date);
        match text.split_once('-') {
            None => of(Date::new(year(text)?, 1, 1).ok()?, Stretch::Year),
            Some((before, rest)) => {
                let year = year(before)?;
                if let Some(week) = rest.strip_prefix('W') {
                    let week = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?;
                    return of(week.date(), Stretch::Week);
                }
                if let Some(quarter) = rest.strip_prefix('Q') {
                    let quarter: i8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
                    return of(Date::new(year, quarter * 3 - 2, 1).ok()?, Stretch::Quarter);
                }
                match rest.split_once('-') {
                    None => of(Date::new(year, rest.parse().ok()?, 1).ok()?, Stretch::Month),
                    Some(_) => of(text.parse().ok()?, Stretch::Day),
                }
            }
        }
    }

    /// The stretch that a day lies in.
    fn of(stretch: Stretch, date: Date) -> Option<Period> {
        let first = stretch.begin(date);
        Some(Period { first, end: stretch.after(first, 1)?, stretch: Some(stretch) })
    }

    /// The last whole stretch before an instant (microseconds UTC).
    pub fn last_whole(stretch: Stretch, now: i64) -> Option<Period> {
        let begin = stretch.begin(date(now)?);
        Period::of(stretch, stretch.after(begin, -1)?)
    }

    /// From the day of one instant until before the day of another; at least one day.
    pub fn between(from: i64, until: i64) -> Option<Period> {
        let (first, end) = (date(from)?, date(until)?);
        Some(Period { first, end: end.max(Stretch::Day.after(first, 1)?), stretch: None })
    }

    /// This one and those before it, the latest first.
    pub fn and_before(self) -> impl Iterator<Item = Period> {
        let back = move |one: &Period| Period::of(one.stretch?, one.stretch?.after(one.first, -1)?);
        std::iter::successors(Some(self), back)
    }

    /// Its first instant, microseconds UTC.
    pub fn from(self) -> i64 {
        midnight(self.first)
    }

    /// The first instant after it, microseconds UTC.
    pub fn until(self) -> i64 {
        midnight(self.end)
    }

    /// As it is written: [`Period::parse`] reads it back.
    pub fn id(self) -> String {
        let first = self.first;
        match self.stretch {
            Some(Stretch::Day) => first.to_string(),
            Some(Stretch::Week) => {
                let week = first.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Some(Stretch::Month) => first.strftime("%Y-%m").to_string(),
            Some(Stretch::Quarter) => format!("{:04}-Q{}", first.year(), (first.month() + 2) / 3),
            Some(Stretch::Year) => format!("{:04}", first.year()),
            None => format!("{}..{}", first, self.last()),
        }
    }

    /// In words: `May 2019`, `13 to 19 May 2019`.
    pub fn name(self) -> String {
        let first = self.first;
        match self.stretch {
            Some(Stretch::Day) => first.strftime("%-d %B %Y").to_string(),
            Some(Stretch::Month) => first.strftime("%B %Y").to_string(),
            Some(Stretch::Quarter) => format!("{} to {}", first.strftime("%B"), self.last().strftime("%B %Y")),
            Some(Stretch::Year) => first.strftime("%Y").to_string(),
            Some(Stretch::Week) | None => {
                let last = self.last();
                let same = (first.year() == last.year(), first.month() == last.month());
                let first = match same {
                    (true, true) => first.strftime("%-d"),
                    (true, false) => first.strftime("%-d %B"),
                    _ => first.strftime("%-d %B %Y"),
                };
                format!("{first} to {}", last.strftime("%-d %B %Y"))
            }
        }
    }

    /// How long it is, as a word of the calendar.
    pub fn stretch(self) -> Option<Stretch> {
        self.stretch
    }

    fn last(self) -> Date {
        self.end.yesterday().unwrap_or(self.end)
    }
}

fn date(time: i64) -> Option<Date> {
    Some(Timestamp::from_microsecond(time).ok()?.to_zoned(TimeZone::UTC).date())
}

fn midnight(date: Date) -> i64 {
    date.to_zoned(TimeZone::UTC).map(|time| time.timestamp().as_microsecond()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, id: &str, name: &str, days: i64) {
        let period = Period::parse(text).unwrap();
        assert_eq!((period.id().as_str(), period.name().as_str()), (id, name));
        assert_eq!((period.until() - period.from()) / 86_400_000_000, days, "{text}");
        assert_eq!(Period::parse(&period.id()).unwrap(), period);
    }

    #[test]
    fn periods_are_read_and_named() {
        check("2019-05", "2019-05", "May 2019", 31);
        check("2019-W20", "2019-W20", "13 to 19 May 2019", 7);
        check("2020-W01", "2020-W01", "30 December 2019 to 5 January 2020", 7);
        check("2019-Q2", "2019-Q2", "April to June 2019", 91);
        check("2019", "2019", "2019", 365);
        check("2019-05-13", "2019-05-13", "13 May 2019", 1);
        check("2019-05-13..2019-06-02", "2019-05-13..2019-06-02", "13 May to 2 June 2019", 21);
        check("2018..2019-05", "2018-01-01..2019-05-31", "1 January 2018 to 31 May 2019", 516);
    }

    #[test]
    fn what_is_no_period_says_how_one_is_written() {
        for text in ["", "2019-13", "2019-W54", "2019-Q5", "19", "2019-05..2019-04", "x", "2019-5-", "-", "99999999"] {
            assert!(Period::parse(text).unwrap_err().to_string().contains("2019-W20"), "{text}");
        }
    }

    #[test]
    fn the_last_whole_one_lies_before_now() {
        let now = "2019-06-01T00:00:00Z".parse::<Timestamp>().unwrap().as_microsecond();
        let last = |stretch| Period::last_whole(stretch, now).unwrap().id();
        assert_eq!(last(Stretch::Month), "2019-05");
        assert_eq!(last(Stretch::Week), "2019-W21");
        assert_eq!(last(Stretch::Quarter), "2019-Q1");
        assert_eq!(last(Stretch::Year), "2018");
        let before: Vec<String> = Period::parse("2019-01").unwrap().and_before().take(3).map(Period::id).collect();
        assert_eq!(before, ["2019-01", "2018-12", "2018-11"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "[0-9WQ.-]{0,24}") {
            if let Ok(period) = Period::parse(&text) {
                assert!(period.from() < period.until());
            }
        }
    }
}
