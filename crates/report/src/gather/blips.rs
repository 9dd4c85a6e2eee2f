//! What left its usual range in the time of a report, and what explains it.

use desk::{Explanation, Target};
use metric::{Blip, Doubts, Explained, Only, Part, Standing, Step, Tables, explain};

use super::goals::{in_unit, title, unit};
use super::words::{days, said};
use super::{Ask, Sources};
use crate::facts::{Facts, StoodOut};
use crate::{Kind, ReportError, Result};

/// Looked at where no goal names a metric.
const WITHOUT_GOALS: [&str; 3] = ["messages", "questions", "active_people"];
/// More are no news but noise.
const MOST: usize = 5;
/// What is named of each kind.
const NAMED: usize = 3;

/// The blips of the metrics that goals ask for, those that are furthest out first.
pub(super) fn add(sources: &Sources<'_>, ask: &Ask, facts: &mut Facts) -> Result<()> {
    let whole = matches!(ask.kind, Kind::Review | Kind::Newsletter | Kind::Year);
    let Some(sql) = sources.sql.filter(|_| whole) else { return Ok(()) };
    let tables = Tables { sql, catalogue: sources.catalogue, now: ask.period.until().min(sources.questions.now()) };
    let explanations = match sources.desk {
        Some(desk) => desk.records::<Explanation>().map_err(|error| ReportError::Tables(error.to_string()))?,
        None => Default::default(),
    };
    let mut found: Vec<(Standing, Blip)> = Vec::new();
    for target in targets(sources)? {
        // A metric that cannot be measured says so among the goals.
        let Ok(standing) = tables.standing(&target, &Doubts::default()) else { continue };
        let within = |blip: &&Blip| blip.until > ask.period.from() && blip.from < ask.period.until();
        let blips: Vec<Blip> = standing.watched.blips.iter().filter(within).cloned().collect();
        found.extend(blips.into_iter().map(|blip| (standing.clone(), blip)));
    }
    found.sort_by(|a, b| b.1.out.total_cmp(&a.1.out));
    for (standing, blip) in found.into_iter().take(MOST) {
        let only = Only::from(&standing.only);
        let why = explain(sql, sources.catalogue, &standing.metric, &only, &blip).unwrap_or_default();
        let told = explanations.values().map(|kept| &kept.record);
        let is_of = |one: &&Explanation| {
            one.metric == standing.metric.name
                && one.only == standing.only
                && one.from < blip.until
                && one.until > blip.from
        };
        let words = told.filter(is_of).map(|one| one.text.clone()).collect();
        facts.blips.push(view(&standing, &blip, &why, words, ask.kind.is_public()));
    }
    Ok(())
}

fn targets(sources: &Sources<'_>) -> Result<Vec<Target>> {
    let said = |error: desk::DeskError| ReportError::Tables(error.to_string());
    let mut targets: Vec<Target> = Vec::new();
    if let Some(desk) = sources.desk {
        let retired = desk.records::<desk::Retired>().map_err(said)?;
        let goals = desk.records::<desk::Goal>().map_err(said)?;
        let open = goals.values().map(|kept| &kept.record).filter(|goal| goal.closed.is_none());
        for target in open.flat_map(desk::Goal::metrics).filter(|target| !retired.contains_key(&target.metric)) {
            let known = |other: &Target| other.metric == target.metric && other.only == target.only;
            if !targets.iter().any(known) {
                targets.push(target.clone());
            }
        }
    }
    if targets.is_empty() {
        let target = |name: &str| Target { metric: name.to_owned(), ..Target::default() };
        targets.extend(WITHOUT_GOALS.map(target));
    }
    Ok(targets)
}

fn view(standing: &Standing, blip: &Blip, why: &Explained, words: Vec<String>, public: bool) -> StoodOut {
    let metric = &standing.metric;
    let value = |value: f64| said(unit(metric.unit), Some(in_unit(metric, value)));
    let of = |part: Part| {
        let carriers = why.carriers.iter().filter(move |carrier| carrier.part == part).take(NAMED);
        carriers.map(|carrier| carrier.title.clone().unwrap_or_else(|| carrier.key.clone())).collect::<Vec<_>>()
    };
    let (kinds, mut carried) = ([Part::Topic, Part::Channel, Part::Organization], Vec::new());
    kinds.into_iter().for_each(|part| carried.extend(of(part)));
    // A report for everybody names people in thanks only.
    if !public {
        carried.extend(of(Part::Person));
    }
    StoodOut {
        title: title(metric, &standing.only),
        when: days(blip.from, Some(blip.until)),
        was: value(blip.was),
        usual: value(blip.usual),
        step: match standing.watched_by {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
        }
        .to_owned(),
        lasted: match (blip.lasted, blip.after) {
            (Some(true), Some(after)) => format!("it lasted, with {} afterwards", value(after)),
            (Some(false), Some(after)) => format!("it passed, with {} afterwards", value(after)),
            _ => String::new(),
        },
        linked: why
            .linked
            .map(|linked| (linked.extra.round() as u64, why.difference.round() as u64))
            .unwrap_or_default(),
        links: of(Part::Link),
        carried,
        happened: why.happened.iter().map(|one| one.title.clone()).take(NAMED).collect(),
        words,
    }
}
