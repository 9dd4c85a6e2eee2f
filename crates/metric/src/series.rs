//! A number over time: one value per day, week or month.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use crate::ask::By;
use crate::header::{Metric, Unit};
use crate::measure::Measured;

/// More values than this are no series that anybody looks at: ten years of days.
const MOST: usize = 3_700;

/// How long the stretches of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A UTC day.
    Day,
    /// Seven days from a Monday on, UTC.
    Week,
    /// A UTC month.
    #[default]
    Month,
}

/// A number over time. Equal lengths all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// How long the stretches are.
    pub step: Step,
    /// What the number is in.
    pub unit: Unit,
    /// When each stretch begins, ascending, microseconds UTC.
    pub starts: Vec<i64>,
    /// The value of each; none where no case says anything.
    pub values: Vec<Option<f64>>,
    /// How many cases each rests on.
    pub cases: Vec<u64>,
}

impl Step {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Step> {
        [Step::Day, Step::Week, Step::Month].into_iter().find(|step| step.as_str() == name)
    }

    /// The way to split a metric into it.
    pub fn by(self) -> By {
        match self {
            Step::Day => By::Day,
            Step::Week => By::Week,
            Step::Month => By::Month,
        }
    }

    /// The beginning of the stretch that an instant lies in.
    pub fn floor(self, time: i64) -> i64 {
        date(time).and_then(|date| midnight(self.first(date))).unwrap_or(time)
    }

    /// The beginning of the one after that which begins at `start`; of `count` ones before it where that is negative.
    pub fn after(self, start: i64, count: i32) -> i64 {
        let count = i64::from(count);
        let span = match self {
            Step::Day => count.days(),
            Step::Week => count.weeks(),
            Step::Month => count.months(),
        };
        date(start).and_then(|date| midnight(date.checked_add(span).ok()?)).unwrap_or(start)
    }

    fn first(self, date: Date) -> Date {
        match self {
            Step::Day => date,
            Step::Week => {
                let back = i64::from(date.weekday().to_monday_zero_offset());
                date.checked_sub(back.days()).unwrap_or(date)
            }
            Step::Month => date.first_of_month(),
        }
    }
}

impl Series {
    /// From what was measured by time: the whole stretches from the first to before `until`. Where nothing was counted, a
    /// count is 0.
    pub fn of(metric: &Metric, measured: &Measured, step: Step) -> Series {
        let at = |key: &str| key.parse::<Timestamp>().ok().map(|time| time.as_microsecond());
        let groups: Vec<_> = measured.groups.iter().filter_map(|group| Some((at(&group.key)?, group))).collect();
        let mut series = Series { step, unit: metric.unit, starts: Vec::new(), values: Vec::new(), cases: Vec::new() };
        let Some((mut start, _)) = groups.first().copied() else { return series };
        let zero = series.is_counted().then_some(0.0);
        let mut groups = groups.into_iter().peekable();
        while series.starts.len() < MOST {
            let next = step.after(start, 1);
            if next <= start || next > measured.until {
                break;
            }
            let mut found = None;
            while let Some((_, group)) = groups.next_if(|(at, _)| *at < next) {
                found = Some(group);
            }
            series.starts.push(start);
            series.values.push(found.and_then(|group| group.value).or(zero));
            series.cases.push(found.map_or(0, |group| group.cases));
            start = next;
        }
        series
    }

    /// Whether it counts: no cases then make a 0.
    pub fn is_counted(&self) -> bool {
        matches!(self.unit, Unit::Count | Unit::People)
    }

    /// When a stretch ends, that instant not included.
    pub fn end(&self, at: usize) -> i64 {
        let start = self.starts.get(at).copied().unwrap_or_default();
        self.starts.get(at + 1).copied().unwrap_or_else(|| self.step.after(start, 1))
    }
}

fn date(time: i64) -> Option<Date> {
    Some(Timestamp::from_microsecond(time).ok()?.to_zoned(TimeZone::UTC).date())
}

fn midnight(date: Date) -> Option<i64> {
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}
