//! Events that repeat (RFC 5545, section 3.3.10).
//!
//! Our own, because the crates for it (`rrule`, `calcard`) bring a second library of dates with a second
//! database of zones, and what calendars of communities use is a small part: days, weeks, months and years.
//! Rules by the hour, by number of week or day of the year are refused, so that nobody is sent to a
//! meeting that does not take place.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, ToSpan};

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    every: Every,
    interval: i64,
    /// How many times in all.
    count: Option<usize>,
    /// As it is written: in the zone of the event, or UTC.
    pub until: Option<String>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    /// Days of the week; 0 for each of them, 2 for the second, -1 for the last.
    days: Vec<(i8, Weekday)>,
    positions: Vec<i32>,
    week_begins: Weekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// Stretches without a single date that are looked through before a rule is taken to have no more: a 29
/// February that is a Monday comes every 28 years, around 1900 every 40.
const EMPTY: usize = 2_000;
const REFUSED: &str = "repeats in a way that is not understood";

impl Rule {
    /// Reads a rule.
    pub fn parse(text: &str) -> Result<Rule, &'static str> {
        let mut rule = Rule {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            week_begins: Weekday::Monday,
        };
        let mut every = None;
        for field in text.trim().split(';').filter(|field| !field.is_empty()) {
            let (name, value) = field.split_once('=').ok_or(REFUSED)?;
            let value = value.trim().to_ascii_uppercase();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => {
                    every = match value.as_str() {
                        "DAILY" => Some(Every::Day),
                        "WEEKLY" => Some(Every::Week),
                        "MONTHLY" => Some(Every::Month),
                        "YEARLY" => Some(Every::Year),
                        _ => return Err(REFUSED),
                    };
                }
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|every| (1..=1_000).contains(every)).ok_or(REFUSED)?
                }
                "COUNT" => rule.count = Some(value.parse().map_err(|_| REFUSED)?),
                "UNTIL" => rule.until = Some(value),
                "BYMONTH" => rule.months = numbers(&value, 1..=12)?,
                "BYMONTHDAY" => rule.month_days = numbers(&value, -31..=31)?,
                "BYDAY" => rule.days = value.split(',').map(day).collect::<Option<_>>().ok_or(REFUSED)?,
                "BYSETPOS" => {
                    rule.positions =
                        value.split(',').map(|at| at.trim().parse().ok()).collect::<Option<_>>().ok_or(REFUSED)?;
                }
                "WKST" => rule.week_begins = day(&value).ok_or(REFUSED)?.1,
                _ => return Err(REFUSED),
            }
        }
        rule.every = every.ok_or(REFUSED)?;
        Ok(rule)
    }

    /// The dates of the rule from `start` on, which is the first one whatever the rule says. Endless if
    /// the rule is, up to the end of the calendar.
    pub fn dates(&self, start: DateTime) -> impl Iterator<Item = DateTime> + '_ {
        let mut stretch = 0_i64;
        let mut waiting: std::collections::VecDeque<Date> = std::collections::VecDeque::new();
        let mut first = true;
        let most = self.count.unwrap_or(usize::MAX);
        std::iter::from_fn(move || {
            if std::mem::take(&mut first) {
                return Some(start);
            }
            let mut empty = 0;
            loop {
                if let Some(date) = waiting.pop_front() {
                    return Some(date.to_datetime(start.time()));
                }
                let found = self.stretch(start.date(), stretch)?;
                stretch += 1;
                waiting.extend(found.into_iter().filter(|date| *date > start.date()));
                empty = if waiting.is_empty() { empty + 1 } else { 0 };
                if empty > EMPTY {
                    return None;
                }
            }
        })
        .take(most)
    }

    /// The dates of one day, week, month or year, counted from the first; `None` past the end of time.
    fn stretch(&self, start: Date, number: i64) -> Option<Vec<Date>> {
        let steps = number.checked_mul(self.interval)?;
        let mut dates = match self.every {
            Every::Day => vec![ahead(start, Span::new().try_days(steps).ok()?)?],
            Every::Week => self.week(ahead(start, Span::new().try_weeks(steps).ok()?)?, start),
            Every::Month => {
                let month = ahead(start.first_of_month(), Span::new().try_months(steps).ok()?)?;
                self.month(month, start)
            }
            Every::Year => self.year(ahead(start.first_of_year(), Span::new().try_years(steps).ok()?)?, start),
        };
        dates.retain(|date| self.months.is_empty() || self.months.contains(&date.month()));
        if matches!(self.every, Every::Day) {
            dates.retain(|date| self.month_days.is_empty() || self.is_month_day(*date));
            dates.retain(|date| self.days.is_empty() || self.days.iter().any(|(_, day)| *day == date.weekday()));
        }
        dates.sort_unstable();
        dates.dedup();
        if !self.positions.is_empty() {
            let last = i32::try_from(dates.len()).ok()?;
            let at = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
            let mut place = 0;
            dates.retain(|_| {
                place += 1;
                self.positions.contains(&at(place)) || self.positions.contains(&(at(place) - last - 1))
            });
        }
        Some(dates)
    }

    fn week(&self, within: Date, start: Date) -> Vec<Date> {
        let back = i64::from(within.weekday().since(self.week_begins));
        let Some(first) = ahead(within, (-back).days()) else { return Vec::new() };
        let all = (0..7).filter_map(|day: i64| ahead(first, day.days()));
        let wanted = |date: &Date| match self.days.is_empty() {
            true => date.weekday() == start.weekday(),
            false => self.days.iter().any(|(_, day)| *day == date.weekday()),
        };
        all.filter(wanted).collect()
    }

    fn month(&self, first: Date, start: Date) -> Vec<Date> {
        let all = (1..=first.days_in_month()).filter_map(|day| Date::new(first.year(), first.month(), day).ok());
        let wanted = |date: &Date| match (self.month_days.is_empty(), self.days.is_empty()) {
            (true, true) => date.day() == start.day(),
            (by_day, by_week) => {
                (by_day || self.is_month_day(*date))
                    && (by_week || self.is_day(*date, date.day().into(), date.days_in_month().into()))
            }
        };
        all.filter(wanted).collect()
    }

    fn year(&self, first: Date, start: Date) -> Vec<Date> {
        let months: Vec<i8> = match (self.months.is_empty(), self.days.is_empty(), self.month_days.is_empty()) {
            (false, _, _) => self.months.clone(),
            (true, true, true) => vec![start.month()],
            // The second Monday of the year, or each one.
            (true, false, true) => {
                let all = (1..=first.days_in_year()).filter_map(|day| ahead(first, i64::from(day - 1).days()));
                return all.filter(|date| self.is_day(*date, date.day_of_year(), date.days_in_year())).collect();
            }
            (true, _, false) => (1..=12).collect(),
        };
        let firsts = months.iter().filter_map(|month| Date::new(first.year(), *month, 1).ok());
        firsts.flat_map(|first| self.month(first, start)).collect()
    }

    fn is_month_day(&self, date: Date) -> bool {
        self.month_days
            .iter()
            .any(|day| *day == date.day() || *day + date.days_in_month() + 1 == date.day() && *day < 0)
    }

    /// Whether a date is one of the days wanted, which are counted in a stretch of `length` days; the
    /// date is its `at`th, from 1.
    fn is_day(&self, date: Date, at: i16, length: i16) -> bool {
        let place = (at - 1) / 7 + 1;
        let from_last = -((length - at) / 7 + 1);
        let fits = |which: i8| which == 0 || i16::from(which) == place || i16::from(which) == from_last;
        self.days.iter().any(|(which, day)| *day == date.weekday() && fits(*which))
    }
}

fn ahead(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

fn numbers(text: &str, range: std::ops::RangeInclusive<i8>) -> Result<Vec<i8>, &'static str> {
    let number = |text: &str| text.trim().parse().ok().filter(|number| range.contains(number) && *number != 0);
    text.split(',').map(number).collect::<Option<_>>().ok_or(REFUSED)
}

/// `MO`, `2MO`, `-1MO`.
fn day(text: &str) -> Option<(i8, Weekday)> {
    let text = text.trim();
    let (which, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = match day {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let which = if which.is_empty() {
        0
    } else {
        which.parse().ok().filter(|which: &i8| (-53..=53).contains(which) && *which != 0)?
    };
    Some((which, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, start: &str, expected: &str) {
        let rule = Rule::parse(rule).expect("a rule");
        let start: DateTime = start.parse().expect("a time");
        let dates: Vec<String> =
            rule.dates(start).take(6).map(|date| date.date().strftime("%y%m%d").to_string()).collect();
        assert_eq!(dates.join(" "), expected, "{rule:?}");
    }

    /// The examples are those of RFC 5545, section 3.8.5.3, cut to six dates.
    #[test]
    fn rules_as_the_standard_has_them() {
        let start = "1997-09-02T09:00";
        for (rule, start, expected) in [
            ("FREQ=DAILY;COUNT=3", start, "970902 970903 970904"),
            ("FREQ=DAILY;INTERVAL=10;COUNT=5", start, "970902 970912 970922 971002 971012"),
            (
                "FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
                "1998-01-01T09:00",
                "980101 980102 980103 980104 980105 980106",
            ),
            ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", start, "970902 970916 970930 971014 971028 971111"),
            ("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", start, "970902 970904 970909 970911 970916 970918"),
            (
                "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR",
                "1997-09-01T09:00",
                "970901 970903 970905 970915 970917 970919",
            ),
            ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05T09:00", "970905 971003 971107 971205 980102 980206"),
            (
                "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
                "1997-09-07T09:00",
                "970907 970928 971102 971130 980104 980125",
            ),
            ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22T09:00", "970922 971020 971117 971222 980119 980216"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28T09:00", "970928 971029 971128 971229 980129 980226"),
            ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30T09:00", "970930 971001 971031 971101 971130 971201"),
            ("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10T09:00", "970610 970710 980610 980710 990610 990710"),
            ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19T09:00", "970519 980518 990517 000515 010514 020520"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13T09:00", "970313 970320 970327 980305 980312 980319"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13T09:00", "980213 980313 981113 990813 001013 010413"),
            (
                "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
                "1997-09-13T09:00",
                "970913 971011 971108 971213 980110 980207",
            ),
            (
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
                "1996-11-05T09:00",
                "961105 001107 041102 081104 121106 161108",
            ),
            ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04T09:00", "970904 971007 971106"),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
                "1997-09-29T09:00",
                "970929 971030 971127 971230 980129 980226",
            ),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05T09:00", "970805 970810 970819 970824"),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05T09:00", "970805 970817 970819 970831"),
            ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15T09:00", "070115 070130 070215 070315 070330"),
            ("FREQ=MONTHLY", "2024-01-31T09:00", "240131 240331 240531 240731 240831 241031"),
            ("FREQ=YEARLY", "2024-02-29T09:00", "240229 280229 320229 360229 400229 440229"),
            // Where the rule leaves its own beginning out, that counts all the same.
            ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", start, "970902 970908 970915"),
            ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", start, "970902"),
        ] {
            check(rule, start, expected);
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for rule in [
            "",
            "FREQ=HOURLY",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=x",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=é",
            "COUNT=3",
            "FREQ",
        ] {
            assert_eq!(Rule::parse(rule), Err(REFUSED), "{rule}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_rule_goes_on_or_ends(
            every in "DAILY|WEEKLY|MONTHLY|YEARLY",
            rest in "(;INTERVAL=[0-9]{1,4}|;BYDAY=(-?[0-9]{0,2}(MO|SU),?){1,2}|;BYMONTH=[0-9]{1,2}|;BYMONTHDAY=-?[0-9]{1,2}|;BYSETPOS=-?[0-9]{1,3}){0,3}",
            year in 1000_i16..9999,
        ) {
            if let Ok(rule) = Rule::parse(&format!("FREQ={every}{rest}")) {
                let dates: Vec<DateTime> = rule.dates(Date::constant(year, 2, 28).at(9, 0, 0, 0)).take(40).collect();
                proptest::prop_assert!(dates.is_sorted_by(|a, b| a < b), "{:?}", dates);
            }
        }
    }
}
