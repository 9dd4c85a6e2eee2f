//! From questions to one value: one function per part of a report, so that another part is another function.

use desk::Desk;
use insight::{PeriodAsk, views::PeriodView};
use metric::{Catalogue, Sql};

use crate::facts::Facts;
use crate::{Kind, Period, Questions, ReportError, Result};

mod blips;
mod calendar;
mod charts;
mod goals;
mod numbers;
mod office;
mod people;
mod tiers;
mod words;

use words::{day, share};

/// For so many days after its time a report tells what is known of today: who stayed, what is asked again and again.
const LATELY: i64 = 120;

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which kind.
    pub kind: Kind,
    /// When.
    pub period: Period,
    /// What of it: a source, `source/channel`, or the names of two releases; empty for everything.
    pub of: String,
}

/// Where a report's facts are from.
pub struct Sources<'a> {
    /// The community.
    pub questions: &'a dyn Questions,
    /// Queries for metrics; without them, goals have no values.
    pub sql: Option<&'a dyn Sql>,
    /// The metrics there are.
    pub catalogue: &'a Catalogue,
    /// Goals, retired metrics and doubts.
    pub desk: Option<&'a Desk>,
}

impl Ask {
    /// A report of a kind at its usual time: the last whole stretch before now.
    ///
    /// # Errors
    ///
    /// If a channel or a source must be named and is not, or no time has passed yet.
    pub fn usual(kind: Kind, period: Option<Period>, of: &str, now: i64) -> Result<Ask> {
        if kind.needs_place() && of.trim().is_empty() {
            let what = kind.as_str();
            return Err(ReportError::Ask(format!(
                "a {what} report is about one {what}; name it, as `switchboard status` does"
            )));
        }
        let period = period.or_else(|| Period::last_whole(kind.stretch(), now));
        let period = period.ok_or_else(|| ReportError::Ask("no time has passed yet; name a period".to_owned()))?;
        Ok(Ask { kind, period, of: of.trim().to_owned() })
    }

    /// What is new between two releases: names of releases, or days.
    ///
    /// # Errors
    ///
    /// If one of them is neither.
    pub fn release(questions: &dyn Questions, from: &str, until: &str) -> Result<Ask> {
        let time = |name: &str| match questions.release_time(name)? {
            Some(time) => Ok(time),
            None => Period::parse(name).map(Period::from).map_err(|_| {
                ReportError::Ask(format!("no release is called `{name}`, and it is no day; write one as 2019-05-13"))
            }),
        };
        let (begin, end) = (time(from)?, time(until)?);
        if begin >= end {
            return Err(ReportError::Ask(format!("`{until}` is not later than `{from}`; name the earlier one first")));
        }
        let period = Period::between(begin, end).ok_or_else(|| ReportError::Ask("these days are none".to_owned()))?;
        Ok(Ask { kind: Kind::Release, period, of: format!("{from} to {until}") })
    }

    /// Whether what is known of today belongs in it: not in a report of years ago.
    fn is_lately(&self, now: i64) -> bool {
        now.saturating_sub(self.period.until()) < LATELY * model::time::DAY
    }

    /// The place that it is about: source and channel.
    fn place(&self) -> (Option<String>, Option<String>) {
        match (self.kind, self.of.split_once('/')) {
            (Kind::Channel, Some((source, channel))) => (Some(source.to_owned()), Some(channel.to_owned())),
            (Kind::Channel, None) => (None, Some(self.of.clone())),
            (Kind::Source, _) => (Some(self.of.clone()), None),
            _ => (None, None),
        }
    }
}

/// Gathers everything that the templates of a report may name.
///
/// # Errors
///
/// What could not be asked.
pub fn gather(sources: &Sources<'_>, ask: &Ask) -> Result<Facts> {
    let questions = sources.questions;
    let (source, channel) = ask.place();
    let (from, until) = (ask.period.from(), ask.period.until());
    let period = questions.period(&PeriodAsk { from, until, source: source.clone(), channel })?;
    if ask.kind.needs_place() && period.channels.is_empty() {
        return Err(ReportError::Ask(format!(
            "nothing happened in `{}` in {}; name another, as `switchboard status` does, or another period",
            ask.of,
            ask.period.name()
        )));
    }
    let mut facts = Facts {
        community: questions.community(),
        kind: ask.kind.as_str().to_owned(),
        title: ask.kind.title().to_owned(),
        public: ask.kind.is_public(),
        of: ask.of.clone(),
        period: ask.period.name(),
        from: day(from),
        until: day(until.saturating_sub(1)),
        as_of: day(period.as_of),
        newcomers: period.counts.newcomers,
        numbers: numbers::counted(&period),
        goals: goals::standing(sources, ask)?,
        channels: channels(&period),
        charts: charts::of(questions, ask)?,
        ..Facts::default()
    };
    facts.topics = topics(&period, &facts.community);
    facts.charts.topics = charts::topics(&facts.topics);
    people::add(questions, &period, &mut facts)?;
    calendar::add(questions, ask, &mut facts)?;
    tiers::add(questions, ask, &mut facts)?;
    office::add(sources, ask, &mut facts)?;
    blips::add(sources, ask, &mut facts)?;
    if matches!(ask.kind, Kind::Release | Kind::Newsletter | Kind::Year | Kind::Source) {
        facts.changes = crate::themes::changes(&questions.commits(from, until, source.as_deref())?);
    }
    if !ask.kind.is_public() && ask.is_lately(questions.now()) {
        facts.gaps = questions.gaps()?.into_iter().map(people::gap).collect();
    }
    Ok(facts)
}

fn channels(period: &PeriodView) -> Vec<crate::facts::Channel> {
    let channel = |one: &insight::views::PeriodChannel| crate::facts::Channel {
        name: words::place(&one.source, &one.channel),
        messages: one.counts.messages,
        messages_before: one.before.messages,
        people: one.counts.active_people,
        questions: one.counts.questions,
        answered: share(one.counts.answered, one.counts.questions),
        first_response: words::hours(one.counts.first_response_median),
    };
    period.channels.iter().map(channel).collect()
}

/// What was asked about. What a place is called (`twisted` on `twisted-python`) is about nothing.
fn topics(period: &PeriodView, community: &str) -> Vec<crate::facts::Topic> {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        split.map(str::to_lowercase).collect()
    };
    let places = period.channels.iter().flat_map(|one| [one.source.as_str(), one.channel.as_str()]);
    let names: std::collections::BTreeSet<String> = places.chain([community]).flat_map(words).collect();
    let tells = |one: &&insight::views::PeriodTopic| words(&one.topic).iter().any(|word| !names.contains(word));
    let topic = |one: &insight::views::PeriodTopic| crate::facts::Topic {
        topic: one.topic.clone(),
        questions: one.questions,
        before: one.before,
    };
    period.topics.iter().filter(tells).map(topic).collect()
}
