//! Goals first: what is wanted, and what the metrics that answer it come to.

use std::collections::BTreeMap;

use chart::Unit;
use desk::{Doubt, Kept, Narrowed, Target};
use metric::{Doubts, Good, Metric, Only, measure};

use model::time::DAY;

use super::numbers::change;
use super::words::said;
use super::{Ask, Sources};
use crate::facts::{Goal, GoalQuestion, Number};
use crate::{ReportError, Result};

/// Days of a month.
const MONTH: std::ops::RangeInclusive<i64> = 28..=31;

/// The goals that are followed, by name, with their metrics' values in the period and just before.
pub(super) fn standing(sources: &Sources<'_>, ask: &Ask) -> Result<Vec<Goal>> {
    let Some(desk) = sources.desk else { return Ok(Vec::new()) };
    let said = |error: desk::DeskError| ReportError::Tables(error.to_string());
    let goals = desk.records::<desk::Goal>().map_err(said)?;
    let retired = desk.records::<desk::Retired>().map_err(said)?;
    let doubts = doubts(sources, ask, desk.records::<Doubt>().map_err(said)?);
    let followed = goals.into_values().map(|kept| kept.record).filter(|goal| goal.closed.is_none());
    let goal = |goal: desk::Goal| {
        let number = |target: &Target| number(sources, ask, target, &doubts);
        let question = |question: &desk::Question| GoalQuestion {
            text: question.text.clone(),
            numbers: question
                .metrics
                .iter()
                .filter(|target| !retired.contains_key(&target.metric))
                .filter_map(number)
                .collect(),
        };
        let questions: Vec<GoalQuestion> = goal.questions.iter().map(question).collect();
        let numbers = || questions.iter().flat_map(|question| &question.numbers);
        Goal {
            what: goal.what,
            why: goal.why,
            for_whom: goal.for_whom,
            by: goal.by.unwrap_or_default(),
            owner: goal.owner,
            targets: numbers().filter(|number| !number.reached.is_empty()).count(),
            reached: numbers().filter(|number| number.reached == "reached").count(),
            questions,
        }
    };
    Ok(followed.map(goal).collect())
}

/// What is known against numbers in the time of the report.
fn doubts(sources: &Sources<'_>, ask: &Ask, said: BTreeMap<String, Kept<Doubt>>) -> Doubts {
    let (from, until) = (ask.period.from(), ask.period.until());
    let holds =
        |doubt: &Doubt| doubt.from.is_none_or(|begins| begins < until) && doubt.until.is_none_or(|ends| ends > from);
    let said = said.into_values().map(|kept| kept.record).filter(holds);
    // Where the tables cannot be asked, the numbers say so themselves.
    sources.sql.and_then(|sql| Doubts::new(sql, until.min(sources.questions.now()), said).ok()).unwrap_or_default()
}

/// A metric's value; `None` for one that nobody knows. One that cannot be measured says why.
fn number(sources: &Sources<'_>, ask: &Ask, target: &Target, doubts: &Doubts) -> Option<Number> {
    let metric = sources.catalogue.named(&target.metric)?;
    let unit = unit(metric.unit);
    let (from, until) = (ask.period.from(), ask.period.until());
    let mut doubts = doubts.of(sources.catalogue, metric, &target.only);
    let value = |from, until| {
        let only = Only::from(&target.only);
        let ask = metric::Ask { only, ..metric::Ask::period(from, until) };
        sources.sql.map(|sql| measure(sql, sources.catalogue, metric, &ask))
    };
    let mut failed = None;
    let mut read = |found: Option<std::result::Result<metric::Measured, metric::SqlError>>| match found {
        Some(Ok(measured)) => (measured.value().map(|value| in_unit(metric, value)), measured.cases()),
        Some(Err(error)) => {
            failed = Some(format!("it could not be measured: {error}"));
            (None, 0)
        }
        None => (None, 0),
    };
    let (before, _) = read(value(from.saturating_sub(until.saturating_sub(from)), from));
    let (now, cases) = read(value(from, until));
    let known = now.is_some() || before.is_some() || failed.is_some();
    doubts.extend(failed);
    let good = match metric.good {
        Good::Up => 1,
        Good::Down => -1,
        Good::Neither => 0,
    };
    let wanted = target.target.map(|target| in_unit(metric, target));
    // The target of a count is of a month, as the pages look at it.
    let counted = matches!(metric.unit, metric::Unit::Count | metric::Unit::People);
    let month = MONTH.contains(&(until.saturating_sub(from) / DAY));
    let reached = now
        .zip(wanted)
        .filter(|_| month || !counted)
        .map(|(now, wanted)| if good < 0 { now <= wanted } else { now >= wanted });
    Some(Number {
        title: title(metric, &target.only),
        value: said(unit, now),
        before: said(unit, before),
        change: change(now, before, good).to_owned(),
        target: match wanted.map(|wanted| unit.long(wanted)) {
            Some(wanted) if counted && !month => format!("{wanted} in a month"),
            wanted => wanted.unwrap_or_default(),
        },
        reached: match reached {
            Some(true) => "reached".to_owned(),
            Some(false) => "not reached".to_owned(),
            None => String::new(),
        },
        cases,
        caveats: metric.caveats.clone(),
        doubts,
        known,
    })
}

pub(super) fn title(metric: &Metric, only: &Narrowed) -> String {
    let tier = only.tier.map(|tier| format!("tier {tier}"));
    let of: Vec<String> =
        [only.source.clone(), only.channel.clone(), only.organization.clone(), tier].into_iter().flatten().collect();
    if of.is_empty() { metric.title.clone() } else { format!("{} ({})", metric.title, of.join(", ")) }
}

pub(super) fn unit(unit: metric::Unit) -> Unit {
    match unit {
        metric::Unit::Count | metric::Unit::People => Unit::Count,
        metric::Unit::Share => Unit::Share,
        metric::Unit::Hours | metric::Unit::Days => Unit::Hours,
        metric::Unit::Number => Unit::Number,
    }
}

/// Days are said as hours are: in whatever suits their length.
pub(super) fn in_unit(metric: &Metric, value: f64) -> f64 {
    if metric.unit == metric::Unit::Days { value * 24.0 } else { value }
}
