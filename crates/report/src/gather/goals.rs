//! Goals first: what is wanted, and what the metrics that answer it come to.

use std::collections::BTreeMap;

use chart::Unit;
use desk::{Doubt, Kept, Narrowed, Target};
use metric::{Good, Metric, Only, measure};

use super::numbers::change;
use super::words::said;
use super::{Ask, Sources};
use crate::facts::{Goal, GoalQuestion, Number};
use crate::{ReportError, Result};

/// The goals that are followed, by name, with their metrics' values in the period and just before.
pub(super) fn standing(sources: &Sources<'_>, ask: &Ask) -> Result<Vec<Goal>> {
    let Some(desk) = sources.desk else { return Ok(Vec::new()) };
    let said = |error: desk::DeskError| ReportError::Tables(error.to_string());
    let goals = desk.records::<desk::Goal>().map_err(said)?;
    let retired = desk.records::<desk::Retired>().map_err(said)?;
    let doubts = desk.records::<Doubt>().map_err(said)?;
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

/// A metric's value; `None` for one that nobody knows. One that cannot be measured says why.
fn number(sources: &Sources<'_>, ask: &Ask, target: &Target, doubts: &BTreeMap<String, Kept<Doubt>>) -> Option<Number> {
    let metric = sources.catalogue.named(&target.metric)?;
    let unit = unit(metric.unit);
    let (from, until) = (ask.period.from(), ask.period.until());
    let mut caveats = metric.caveats.clone();
    caveats.extend(doubted(metric, &target.only, doubts, from, until));
    let value = |from, until| {
        let only = only(&target.only);
        let ask = metric::Ask { only, ..metric::Ask::period(from, until) };
        sources.sql.map(|sql| measure(sql, sources.catalogue, metric, &ask))
    };
    let read =
        |found: Option<std::result::Result<metric::Measured, metric::SqlError>>, caveats: &mut Vec<String>| match found
        {
            Some(Ok(measured)) => (measured.value().map(|value| in_unit(metric, value)), measured.cases()),
            Some(Err(error)) => {
                caveats.push(format!("could not be measured: {error}"));
                (None, 0)
            }
            None => (None, 0),
        };
    let (now, cases) = read(value(from, until), &mut caveats);
    let (before, _) = read(value(from.saturating_sub(until.saturating_sub(from)), from), &mut Vec::new());
    let good = match metric.good {
        Good::Up => 1,
        Good::Down => -1,
        Good::Neither => 0,
    };
    let wanted = target.target.map(|target| in_unit(metric, target));
    let reached = now.zip(wanted).map(|(now, wanted)| if good < 0 { now <= wanted } else { now >= wanted });
    Some(Number {
        title: title(metric, &target.only),
        value: said(unit, now),
        before: said(unit, before),
        change: change(now, before, good).to_owned(),
        target: wanted.map(|wanted| unit.long(wanted)).unwrap_or_default(),
        reached: match reached {
            Some(true) => "reached".to_owned(),
            Some(false) => "not reached".to_owned(),
            None => String::new(),
        },
        cases,
        caveats,
    })
}

/// What people know to be untrue about a metric, or a source of it, in the period.
fn doubted(
    metric: &Metric,
    only: &Narrowed,
    doubts: &BTreeMap<String, Kept<Doubt>>,
    from: i64,
    until: i64,
) -> Vec<String> {
    let source = only.source.as_ref().map(|source| format!("source:{source}"));
    let about = |doubt: &Doubt| {
        let named = doubt.about == metric.name
            || source.as_ref().map_or(doubt.about.starts_with("source:"), |source| doubt.about == *source);
        named && doubt.from.is_none_or(|begins| begins < until) && doubt.until.is_none_or(|ends| ends > from)
    };
    let doubts = doubts.values().map(|kept| &kept.record).filter(|doubt| about(doubt));
    doubts.map(|doubt| format!("not to be trusted: {}", doubt.why)).collect()
}

fn title(metric: &Metric, only: &Narrowed) -> String {
    let tier = only.tier.map(|tier| format!("tier {tier}"));
    let of: Vec<String> =
        [only.source.clone(), only.channel.clone(), only.organization.clone(), tier].into_iter().flatten().collect();
    if of.is_empty() { metric.title.clone() } else { format!("{} ({})", metric.title, of.join(", ")) }
}

fn only(narrowed: &Narrowed) -> Only {
    Only {
        source: narrowed.source.clone(),
        channel: narrowed.channel.clone(),
        tier: narrowed.tier,
        organization: narrowed.organization.clone(),
        ..Only::default()
    }
}

fn unit(unit: metric::Unit) -> Unit {
    match unit {
        metric::Unit::Count | metric::Unit::People => Unit::Count,
        metric::Unit::Share => Unit::Share,
        metric::Unit::Hours | metric::Unit::Days => Unit::Hours,
        metric::Unit::Number => Unit::Number,
    }
}

/// Days are said as hours are: in whatever suits their length.
fn in_unit(metric: &Metric, value: f64) -> f64 {
    if metric.unit == metric::Unit::Days { value * 24.0 } else { value }
}
