//! What somebody should be told: rules, and what fires them. One file per family of conditions.
//!
//! What a rule gives depends on the tables, the desk and now alone. Whoever sends it remembers what was sent, by
//! rule, subject and what happened.

use model::time::DAY;

use crate::columns::NOBODY;
use crate::moment::Moment;
use crate::views::AlertView;
use crate::{Community, Result};

mod angry;
mod firsts;
mod promises;
mod unwatched;

/// A rule looks at most so many days back, whatever it is asked.
pub const LOOK_BACK_DAYS: i64 = 30;
/// Somebody is new for so many days after they were first seen.
const NEW_DAYS: i64 = 30;

/// A rule, as far as it is about the community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRule {
    /// What it is called.
    pub name: String,
    /// When it fires.
    pub when: Condition,
    /// Where it looks: sources, or channels as `source/channel`. Everywhere if there are none.
    pub within: Vec<String>,
}

/// When a rule fires. Bots never fire one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Somebody waits for longer than was promised.
    PromiseBroken,
    /// Somebody will have waited for longer than was promised in so many microseconds; when the community calls it
    /// soon, if not given.
    PromiseNear(Option<i64>),
    /// Somebody new is frustrated, hostile, or complains and means it.
    AngryNewcomer,
    /// Somebody did something for the first time: wrote, answered, committed, reviewed …
    FirstContribution,
    /// Somebody new asks in a channel where none of those who answer often has answered for so many days (30 at most).
    UnwatchedQuestion(u32),
}

impl Condition {
    /// As it is written in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Condition::PromiseBroken => "promise_broken",
            Condition::PromiseNear(_) => "promise_near",
            Condition::AngryNewcomer => "angry_newcomer",
            Condition::FirstContribution => "first_contribution",
            Condition::UnwatchedQuestion(_) => "unwatched_question",
        }
    }

    /// Whether it can stop being so: then there is nothing to say any more.
    pub fn passes(self) -> bool {
        matches!(self, Condition::PromiseBroken | Condition::PromiseNear(_) | Condition::UnwatchedQuestion(_))
    }
}

impl Community {
    /// What happened after `since` (at most [`LOOK_BACK_DAYS`] ago) that a rule says somebody should know, oldest
    /// first.
    pub fn alerts(&self, rule: &AlertRule, since: i64) -> Result<Vec<AlertView>> {
        self.settle(self.moment().and_then(|moment| {
            let from = since.max(moment.now.saturating_sub(LOOK_BACK_DAYS * DAY));
            let mut alerts = match rule.when {
                Condition::PromiseBroken => self.promises(rule, from, promises::Of::Broken, &moment)?,
                Condition::PromiseNear(before) => self.promises(rule, from, promises::Of::Near(before), &moment)?,
                Condition::AngryNewcomer => self.angry_newcomers(rule, from, &moment)?,
                Condition::FirstContribution => self.first_contributions(rule, from, &moment)?,
                Condition::UnwatchedQuestion(days) => self.unwatched(rule, from, days, &moment)?,
            };
            alerts.sort_by(|a, b| (a.at, &a.subject, &a.happened).cmp(&(b.at, &b.subject, &b.happened)));
            Ok(alerts)
        }))
    }

    /// Whether somebody known, no bot, was new at a time.
    fn is_new(&self, person: u32, time: i64) -> bool {
        let seen = self.people.first_seen.get(person as usize).copied();
        person != NOBODY
            && !self.people.is_bot(person)
            && seen.is_some_and(|seen| seen > time.saturating_sub(NEW_DAYS * DAY))
    }

    /// Adds titles and links of the conversations that alerts are about, given with their rows.
    fn with_conversations(&self, alerts: Vec<(Option<u32>, Draft)>, rule: &AlertRule) -> Result<Vec<AlertView>> {
        let mut rows: Vec<u32> = alerts.iter().filter_map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        let (details, openings) = (self.details(rows.iter().copied())?, self.opening_messages(&rows)?);
        let view = |(row, draft): (Option<u32>, Draft)| {
            let Draft { at, person, happened, what, why, waiting_since, due, url } = draft;
            let conversation = row.map(|row| details.conversation(row));
            let person = self.person_ref(person);
            let about =
                conversation.as_ref().map(|conversation| &conversation.id).or(person.as_ref().map(|one| &one.id));
            let name = person.as_ref().map_or("somebody", |person| person.name.as_str());
            let title = conversation.as_ref().map_or("", |conversation| conversation.title.as_str());
            Some(AlertView {
                rule: rule.name.clone(),
                condition: rule.when.as_str(),
                subject: about?.clone(),
                happened,
                at,
                what: what(name, title),
                why,
                waiting_since,
                due,
                url: url.or_else(|| openings.get(&row?)?.url.clone()),
                conversation,
                person,
            })
        };
        Ok(alerts.into_iter().filter_map(view).collect())
    }
}

impl AlertRule {
    /// Whether it looks at a place.
    fn covers(&self, (source, channel): (&str, &str)) -> bool {
        let is_it = |place: &String| {
            place == source || place.strip_prefix(source).and_then(|rest| rest.strip_prefix('/')) == Some(channel)
        };
        self.within.is_empty() || self.within.iter().any(is_it)
    }
}

/// Makes a sentence out of the person's name and the conversation's title.
type Sentence = Box<dyn Fn(&str, &str) -> String>;

/// An alert before the words of its conversation are looked up.
struct Draft {
    at: i64,
    /// [`NOBODY`] if unknown.
    person: u32,
    happened: String,
    what: Sentence,
    why: String,
    waiting_since: Option<i64>,
    due: Option<i64>,
    /// Of the message itself; the conversation's if not given.
    url: Option<String>,
}

impl Draft {
    fn new(
        at: i64,
        person: u32,
        happened: String,
        why: String,
        what: impl Fn(&str, &str) -> String + 'static,
    ) -> Draft {
        let what = Box::new(what);
        Draft { at, person, happened, what, why, waiting_since: None, due: None, url: None }
    }
}

impl Moment {
    /// Whether a time lies after `from` and not after now.
    fn is_between(&self, from: i64, time: i64) -> bool {
        time > from && time <= self.now
    }
}
