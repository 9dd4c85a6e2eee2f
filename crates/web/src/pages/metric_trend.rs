//! How a metric went: its chart with the usual range, what left it, and what explains that.

use chart::{Mark, OverTime, Series as Drawn, Step as ChartStep};
use desk::{Explanation, Kept, Narrowed, Role, Target};
use insight::views::Events;
use metric::{Blip, Carrier, Explained, Metric, Only, Part, Series, Standing, Step, Tables, Watched, Way, watch};
use serde::Serialize;

use super::goal_show::Numbers;
use crate::failure::Failure;
use crate::room::Room;
use crate::words;

/// A metric's course.
#[derive(Debug, Serialize)]
pub(crate) struct Trend {
    pub(crate) standing: Standing,
    /// What the chart and the blips are by.
    pub(crate) step: Step,
    pub(crate) series: Series,
    pub(crate) watched: Watched,
    /// What left the usual range, latest first.
    pub(crate) blips: Vec<BlipShown>,
    /// The one that is explained, by its beginning.
    pub(crate) explained: Option<i64>,
    /// What explains it.
    pub(crate) why: Option<Explained>,
    /// The open goals that ask for it: name, and what is wanted.
    pub(crate) goals: Vec<(String, String)>,
    /// Why it is retired.
    pub(crate) retired: Option<String>,
    /// Whether the visitor may know who and which conversations explain it.
    #[serde(skip)]
    pub(crate) names: bool,
    #[serde(skip)]
    pub(crate) events: Events,
}

/// A blip as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BlipShown {
    #[serde(flatten)]
    pub(crate) blip: Blip,
    /// The values as people say them: usual, was, more or fewer, after.
    #[serde(skip)]
    pub(crate) said: (String, String, Option<String>, Option<String>),
    /// What people say explains it.
    pub(crate) explanations: Vec<Kept<Explanation>>,
}

/// A metric's blips, latest first, with what people say of them.
pub(crate) fn shown(
    metric: &Metric,
    only: &Narrowed,
    watched: &Watched,
    explanations: &[Kept<Explanation>],
) -> Vec<BlipShown> {
    let unit = super::metric_show::unit(metric);
    let of = |blip: &Blip| {
        let is_of = |kept: &&Kept<Explanation>| {
            let record = &kept.record;
            record.metric == metric.name && record.only == *only && record.from < blip.until && record.until > blip.from
        };
        let say = |value: f64| unit.long(value);
        let (extra, after) = (blip.extra.map(|extra| say(extra.abs())), blip.after.map(say));
        BlipShown {
            said: (say(blip.usual), say(blip.was), extra, after),
            explanations: explanations.iter().filter(is_of).cloned().collect(),
            blip: blip.clone(),
        }
    };
    watched.blips.iter().rev().map(of).collect()
}

/// What a number is of, where it is not of everything: `list, tier 2`.
pub(crate) fn of(only: &Narrowed) -> String {
    let place = match (&only.source, &only.channel) {
        (Some(source), Some(channel)) => Some(format!("{source}/{channel}")),
        (source, channel) => source.clone().or_else(|| channel.clone()),
    };
    let tier = only.tier.map(|tier| format!("tier {tier}"));
    place.into_iter().chain(tier).chain(only.organization.clone()).collect::<Vec<_>>().join(", ")
}

impl Trend {
    /// How a metric went, by `step` or what fits; `explained` is the beginning of the blip to explain, or else the latest
    /// is. None where the visitor has no tables.
    pub(crate) fn new(
        room: &Room<'_>,
        numbers: &Numbers,
        metric: &Metric,
        step: Option<Step>,
        explained: Option<i64>,
    ) -> Result<Option<Trend>, Failure> {
        let Some(tables) = numbers.tables(room) else { return Ok(None) };
        let target = Target { metric: metric.name.clone(), ..Target::default() };
        let Ok(standing) = tables.standing(&target, &numbers.doubts) else { return Ok(None) };
        let step = step.unwrap_or(standing.watched_by);
        let Ok(series) = tables.series(metric, &Only::default(), step) else { return Ok(None) };
        let watched = watch(&series);
        let blips = shown(metric, &Narrowed::default(), &watched, &numbers.explanations);
        let chosen = |one: &&BlipShown| explained.is_none_or(|from| one.blip.from == from);
        let chosen = blips.iter().find(chosen).map(|one| one.blip.clone());
        let goals = numbers.goals.values().filter(|goal| goal.record.closed.is_none());
        let asks = |goal: &&Kept<desk::Goal>| goal.record.metrics().any(|target| target.metric == metric.name);
        let mut trend = Trend {
            step,
            explained: chosen.as_ref().map(|blip| blip.from),
            why: chosen.and_then(|blip| explained_by(&tables, metric, &blip)),
            goals: goals.filter(asks).map(|goal| (goal.name.clone(), goal.record.what.clone())).collect(),
            retired: numbers.retired(&metric.name).map(|kept| kept.record.why.clone()),
            names: room.visitor.needs(Role::Member).is_ok(),
            events: room.answers.events()?,
            standing,
            series,
            watched,
            blips,
        };
        if let Some(why) = trend.why.as_mut().filter(|_| !trend.names) {
            why.carriers.retain(|carrier| !matches!(carrier.part, Part::Person | Part::Conversation | Part::Link));
        }
        Ok(Some(trend))
    }

    /// The chart: the value and its usual range, with the blips and the events.
    pub(crate) fn chart(&self) -> String {
        let usual = |of: fn(&metric::Usual) -> f64| self.watched.usual.iter().map(|one| one.as_ref().map(of)).collect();
        let line = |name: &str, tone, values| Drawn { name: name.to_owned(), tone, values };
        let blips = self.blips.iter().map(|one| Mark {
            at: one.blip.from,
            until: Some(one.blip.until),
            label: one.label(),
            href: Some(format!("?step={}&blip={}#blips", self.step.as_str(), words::iso(&one.blip.from))),
        });
        let (first, last) = (self.series.starts.first().copied(), self.series.starts.last().copied());
        let within = |at: &i64| first.is_some_and(|first| *at >= first) && last.is_some_and(|last| *at <= last);
        let events = self.events.past.iter().chain(&self.events.coming).filter(|event| !event.cancelled);
        let events = events.filter_map(|event| Some((event.starts.filter(within)?, event))).take(4);
        let events = events.map(|(at, event)| Mark { at, until: None, label: event.title.clone(), href: None });
        let chart = OverTime {
            name: "trend".to_owned(),
            title: format!("{}, by {}", self.standing.metric.title, self.step.as_str()),
            about: "Between the two thin lines it is usual; of the first values nothing can be said.".to_owned(),
            unit: super::metric_show::unit(&self.standing.metric),
            step: ChartStep::parse(self.step.as_str()).unwrap_or_default(),
            starts: self.series.starts.clone(),
            series: vec![
                line("value", 0, self.series.values.clone()),
                line("usual, at least", 4, usual(|usual| usual.low)),
                line("usual, at most", 4, usual(|usual| usual.high)),
            ],
            marks: blips.chain(events).collect(),
            ..OverTime::default()
        };
        chart.figure()
    }

    /// The steps to choose from, and whether each is the one shown.
    pub(crate) fn steps(&self) -> [(&'static str, bool); 3] {
        [Step::Month, Step::Week, Step::Day].map(|step| (step.as_str(), step == self.step))
    }

    pub(crate) fn said(&self, value: &Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| super::metric_show::unit(&self.standing.metric).long(value))
    }

    pub(crate) fn is_explained(&self, blip: &BlipShown) -> bool {
        self.explained == Some(blip.blip.from)
    }
}

fn explained_by(tables: &Tables<'_>, metric: &Metric, blip: &Blip) -> Option<Explained> {
    // What explains it is worth less than the page.
    metric::explain(tables.sql, tables.catalogue, metric, &Only::default(), blip).ok()
}

impl BlipShown {
    /// From when to when, in days.
    pub(crate) fn when(&self) -> String {
        let last = self.blip.until.saturating_sub(1);
        let (from, until) = (words::day(&self.blip.from), words::day(&last));
        if from == until { from } else { format!("{from} to {until}") }
    }

    /// What it is, in a few words.
    pub(crate) fn label(&self) -> String {
        let way = match self.blip.way {
            Way::Up => "more",
            Way::Down => "less",
        };
        let said = format!("{way} than usual: {} instead of {}", self.said.1, self.said.0);
        match self.explanations.first() {
            Some(kept) => format!("{said} ({})", kept.record.text),
            None => said,
        }
    }

    /// Whether it lasted, in a sentence.
    pub(crate) fn lasted(&self) -> String {
        let after = self.said.3.as_deref().unwrap_or("nothing yet");
        match self.blip.lasted {
            Some(true) => format!("It lasted: {after} afterwards."),
            Some(false) => format!("It passed: {after} afterwards."),
            None => "It is too soon to tell whether it lasts.".to_owned(),
        }
    }
}

/// What carries a difference, in a sentence without its end.
fn carries(carrier: &Carrier) -> String {
    let name = carrier.title.as_deref().unwrap_or(&carrier.key);
    let name = if carrier.part == Part::Tier { format!("tier {name}") } else { name.to_owned() };
    name.trim().to_owned()
}

/// A carrier for the page: what it is, its name, where it leads, its share in percent.
impl Trend {
    pub(crate) fn rows(&self) -> Vec<(&'static str, String, Option<String>, String)> {
        let carriers = self.why.as_ref().map(|why| why.carriers.as_slice()).unwrap_or_default();
        let row = |carrier: &Carrier| {
            let link = match carrier.part {
                Part::Conversation => Some(format!("/conversations/{}", carrier.key)),
                Part::Person => Some(format!("/people/{}", carrier.key)),
                Part::Link => Some(carrier.key.clone()),
                _ => None,
            };
            (carrier.part.as_str(), carries(carrier), link, chart::Unit::Share.long(carrier.share))
        };
        carriers.iter().map(row).collect()
    }

    /// What the links carry together: `84 of the 112 extra`.
    pub(crate) fn linked(&self) -> Option<String> {
        let why = self.why.as_ref()?;
        let linked = why.linked.filter(|_| self.names)?;
        let said = chart::Unit::Count.long(linked.extra);
        let whole = chart::Unit::Count.long(why.difference);
        let links = if linked.links == 1 { "one link".to_owned() } else { format!("{} links", linked.links) };
        Some(format!("{said} of the {whole} extra have {links}"))
    }
}
