//! How a metric stands: its value now and before, whether its target is reached, where it goes, what left its usual range,
//! and whether it is to be believed.

use desk::{Goal, Narrowed, Retired, Target};
use serde::Serialize;

use crate::ask::{Ask, Only};
use crate::blip::{Watched, watch};
use crate::catalogue::Catalogue;
use crate::doubts::Doubts;
use crate::header::{Good, Metric};
use crate::measure::measure;
use crate::run::{Sql, SqlError};
use crate::series::{Series, Step};

/// Months that are looked at: three years tell a season.
const MONTHS: i32 = 36;
/// A change of less is none: one part in twenty.
const STEADY: f64 = 0.05;
/// Blips are looked for by week where so many things happen in one (W. G. Cochran, "Some methods for strengthening the
/// common χ² tests", 1954, asks for as many in each cell), and by month where fewer do.
const ENOUGH: u64 = 5;

/// What the tables are asked with.
#[derive(Clone, Copy)]
pub struct Tables<'a> {
    /// Who answers.
    pub sql: &'a dyn Sql,
    /// The metrics.
    pub catalogue: &'a Catalogue,
    /// What “now” is, microseconds UTC: whole stretches before it are looked at.
    pub now: i64,
}

/// Where a number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// The good way.
    Better,
    /// The other way.
    Worse,
    /// More, of what is neither good nor bad.
    More,
    /// Less of it.
    Less,
    /// Nowhere.
    Steady,
}

/// How a metric stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// The metric.
    pub metric: Metric,
    /// Of what it is measured.
    pub only: Narrowed,
    /// What it should reach; none if nothing is said.
    pub target: Option<f64>,
    /// In the last whole month; none where no case says anything.
    pub now: Option<f64>,
    /// How many cases that rests on.
    pub cases: u64,
    /// In the same month a year before.
    pub before: Option<f64>,
    /// Whether the target is reached now; none without a target or a value.
    pub reached: Option<bool>,
    /// Where it goes: the last three months beside the same a year before, or else beside the three before them.
    pub course: Option<Course>,
    /// By month.
    pub months: Series,
    /// What the blips were looked for in: by week where enough happens in one.
    pub watched_by: Step,
    /// What left its usual range.
    pub watched: Watched,
    /// Why it is not to be believed as it stands.
    pub doubts: Vec<String>,
}

/// A metric that no goal asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loose {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Why it is retired; none while it waits to be attached or retired.
    pub retired: Option<String>,
}

impl Tables<'_> {
    /// A metric by whole stretches up to now.
    ///
    /// # Errors
    ///
    /// As [`measure()`].
    pub fn series(&self, metric: &Metric, only: &Only, step: Step) -> Result<Series, SqlError> {
        let until = step.floor(self.now);
        let from =
            step.after(Step::Month.floor(self.now), 0).min(Step::Month.after(Step::Month.floor(self.now), -MONTHS));
        let ask = Ask { from: step.floor(from), until, by: step.by(), only: only.clone() };
        Ok(Series::of(metric, &measure(self.sql, self.catalogue, metric, &ask)?, step))
    }

    /// How a metric stands.
    ///
    /// # Errors
    ///
    /// If there is no such metric, or as [`measure()`].
    pub fn standing(&self, target: &Target, doubts: &Doubts) -> Result<Standing, SqlError> {
        let named = self.catalogue.named(&target.metric);
        let missing =
            || SqlError::Query(format!("there is no metric `{}`; `switchboard metrics` names them all", target.metric));
        let metric = named.ok_or_else(missing)?;
        let only = Only::from(&target.only);
        let months = self.series(metric, &only, Step::Month)?;
        let weeks = self.series(metric, &only, Step::Week)?;
        let watched = if is_dense(&weeks) { &weeks } else { &months };
        let at = |back: usize| months.values.len().checked_sub(back).and_then(|at| months.values[at]);
        let now = at(1);
        let reached = target.target.zip(now).map(|(target, now)| match metric.good {
            Good::Down => now <= target,
            Good::Up | Good::Neither => now >= target,
        });
        let standing = Standing {
            only: target.only.clone(),
            target: target.target,
            now,
            cases: months.cases.last().copied().unwrap_or_default(),
            before: at(13),
            reached,
            course: course(metric.good, &months.values),
            watched_by: watched.step,
            watched: watch(watched),
            doubts: doubts.of(self.catalogue, metric, &target.only),
            metric: metric.clone(),
            months,
        };
        Ok(standing)
    }
}

impl From<&Narrowed> for Only {
    fn from(only: &Narrowed) -> Only {
        let Narrowed { source, channel, tier, organization } = only.clone();
        Only { source, channel, tier, organization, ..Only::default() }
    }
}

/// Whether enough happens in most of the stretches.
fn is_dense(series: &Series) -> bool {
    let enough = series.cases.iter().filter(|cases| **cases >= ENOUGH).count();
    !series.cases.is_empty() && enough * 2 > series.cases.len()
}

fn course(good: Good, values: &[Option<f64>]) -> Option<Course> {
    let mean = |back: usize| {
        let end = values.len().checked_sub(back)?;
        let known: Vec<f64> = values[end.saturating_sub(3)..end].iter().flatten().copied().collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    let (now, before) = (mean(0)?, mean(12).or_else(|| mean(3))?);
    let up = now > before;
    Some(match good {
        _ if (now - before).abs() <= STEADY * before.abs() => Course::Steady,
        Good::Up if up => Course::Better,
        Good::Down if !up => Course::Better,
        Good::Neither if up => Course::More,
        Good::Neither => Course::Less,
        Good::Up | Good::Down => Course::Worse,
    })
}

/// The metrics that no open goal asks for: those that wait first, then the retired ones.
pub fn loose<'a>(
    catalogue: &Catalogue,
    goals: impl IntoIterator<Item = &'a Goal>,
    retired: impl Fn(&str) -> Option<Retired>,
) -> Vec<Loose> {
    let goals: Vec<&Goal> = goals.into_iter().filter(|goal| goal.closed.is_none()).collect();
    let asked = |name: &str| goals.iter().any(|goal| goal.metrics().any(|target| target.metric == name));
    let one = |metric: &Metric| {
        let retired = retired(&metric.name).map(|retired| retired.why);
        Loose { name: metric.name.clone(), title: metric.title.clone(), retired }
    };
    let mut all: Vec<Loose> = catalogue.metrics().filter(|metric| !asked(&metric.name)).map(one).collect();
    all.sort_by_key(|loose| loose.retired.is_some());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(good: Good, values: &[f64], expected: Option<Course>) {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        assert_eq!(course(good, &values), expected, "{values:?}");
    }

    #[test]
    fn where_numbers_go() {
        check(Good::Up, &[], None);
        check(Good::Up, &[1.0, 1.0, 1.0], None);
        check(Good::Up, &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0], Some(Course::Better));
        check(Good::Down, &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0], Some(Course::Worse));
        check(Good::Neither, &[2.0, 2.0, 2.0, 1.0, 1.0, 1.0], Some(Course::Less));
        check(Good::Down, &[100.0, 100.0, 100.0, 101.0, 102.0, 103.0], Some(Course::Steady));
        // The season of a year before is looked at where there is one.
        let mut year = vec![9.0; 15];
        year[9..12].fill(1.0);
        check(Good::Up, &year, Some(Course::Steady));
    }

    #[test]
    fn what_no_goal_asks_for_waits() {
        let goals: Vec<Goal> = crate::ready_made().map(|(_, goal)| goal).collect();
        let retired = |name: &str| (name == "burstiness").then(|| Retired { why: "nobody asked".to_owned() });
        let all = loose(Catalogue::shipped(), &goals, retired);
        assert!(all.iter().all(|loose| loose.name != "answered_share"));
        assert_eq!(all.last().map(|loose| loose.name.as_str()), Some("burstiness"));
    }
}
