//! How far somebody has come in the community: one simple rule, with thresholds of the community's own.
//!
//! A level says what somebody might like next, never how good they are. It goes up at once and down slowly: a pause is
//! no step back.

use std::collections::BTreeSet;

use model::time::DAY;
use schemars::JsonSchema;
use serde::Serialize;

use crate::columns::{Entry, NEVER};
use crate::views::LevelChange;

/// How far somebody has come, the first step first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// First seen in the last 90 days, and no contributor yet.
    Newcomer,
    /// Takes part.
    Participant,
    /// Added to the project once, or helped with three questions of others.
    Contributor,
    /// Did either in at least six different months of the last twelve.
    Core,
}

/// What makes a level, and what shows that somebody could be given the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LevelRules {
    /// Days for which somebody is new.
    pub new_days: u32,
    /// Questions of others that make a contributor: one answer may be chance.
    pub answers: u32,
    /// Changes, reviews, pages and the like that make a contributor.
    pub additions: u32,
    /// Months of the last twelve with either that make the core.
    pub core_months: u32,
    /// Days for which somebody stays of the core when they no longer have so many months.
    pub core_rest_days: u32,
    /// Days for which somebody stays a contributor after the last thing they gave.
    pub contributor_rest_days: u32,
    /// Changes and reviews of the last twelve months that show that somebody could be given the keys of the code.
    pub keys_changes: u32,
    /// Answers of the last twelve months with thanks that show that somebody could look after a channel.
    pub keys_thanks: u32,
    /// Different months of the last twelve in which either was done.
    pub keys_months: u32,
}

impl Default for LevelRules {
    fn default() -> Self {
        LevelRules {
            new_days: 90,
            answers: 3,
            additions: 1,
            core_months: 6,
            core_rest_days: 180,
            contributor_rest_days: 730,
            keys_changes: 12,
            keys_thanks: 12,
            keys_months: 4,
        }
    }
}

/// How far back the core's months go.
pub(crate) const YEAR: i64 = 365 * DAY;
/// A month for counting: the twelfth part of a year.
pub(crate) const MONTH: i64 = YEAR / 12;

impl Level {
    /// Every level, the first step first.
    pub const ALL: &'static [Level] = &[Level::Newcomer, Level::Participant, Level::Contributor, Level::Core];

    /// As it is written in addresses and twins.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Newcomer => "newcomer",
            Level::Participant => "participant",
            Level::Contributor => "contributor",
            Level::Core => "core",
        }
    }

    /// Reads what [`Level::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.iter().copied().find(|level| level.as_str() == text)
    }
}

/// What counts for a level, gathered from the earliest entry on.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    rules: &'a LevelRules,
    first: Option<i64>,
    helped: u32,
    added: u32,
    /// When they gave last.
    gave: i64,
    /// When they gave something, in months since 1970.
    months: BTreeSet<i64>,
}

impl<'a> Course<'a> {
    pub(crate) fn new(rules: &'a LevelRules) -> Course<'a> {
        Course { rules, first: None, helped: 0, added: 0, gave: NEVER, months: BTreeSet::new() }
    }

    pub(crate) fn add(&mut self, entry: &Entry) {
        let time = entry.time();
        self.first.get_or_insert(time);
        if entry.doing().gives() {
            let helped = entry.conversation().is_some();
            self.helped += u32::from(helped);
            self.added += u32::from(!helped);
            self.gave = time;
            self.months.insert(time.div_euclid(MONTH));
        }
    }

    /// The level at a time that is not before the latest entry.
    pub(crate) fn level(&self, at: i64) -> Level {
        let since = |days: u32| at.saturating_sub(i64::from(days) * DAY);
        if self.is_core(at) {
            Level::Core
        } else if self.has_contributed() && self.gave > since(self.rules.contributor_rest_days) {
            Level::Contributor
        } else if !self.has_contributed() && self.first.is_none_or(|first| first > since(self.rules.new_days)) {
            Level::Newcomer
        } else {
            Level::Participant
        }
    }

    /// Whether they ever gave what makes a contributor.
    pub(crate) fn has_contributed(&self) -> bool {
        self.added >= self.rules.additions.max(1) || self.helped >= self.rules.answers.max(1)
    }

    /// Whether there were months enough, now or not long ago.
    fn is_core(&self, at: i64) -> bool {
        let wanted = self.rules.core_months.max(1) as usize;
        let rest = i64::from(self.rules.core_rest_days) * DAY / MONTH;
        let last = at.div_euclid(MONTH);
        let enough = |last: i64| self.months.range(last - (YEAR / MONTH - 1)..=last).count() >= wanted;
        self.months.len() >= wanted && (0..=rest).any(|back| enough(last - back))
    }
}

/// The level at `now` of whoever did `entries` (the latest first).
pub(crate) fn level(entries: &[Entry], now: i64, rules: &LevelRules) -> Level {
    let mut course = Course::new(rules);
    entries.iter().rev().filter(|entry| entry.time() <= now).for_each(|entry| course.add(entry));
    course.level(now)
}

/// How the level of whoever did `entries` (the latest first) changed until `now`, the earliest first.
pub(crate) fn levels(entries: &[Entry], now: i64, rules: &LevelRules) -> Vec<LevelChange> {
    let mut changes: Vec<LevelChange> = Vec::new();
    let mut note = |level: Level, since: i64| match changes.last() {
        Some(last) if last.level == level => {}
        _ => changes.push(LevelChange { level, since }),
    };
    let mut course = Course::new(rules);
    let mut looked = None;
    for entry in entries.iter().rev().filter(|entry| entry.time() <= now) {
        // Time alone changes a level too: looked at once a month while nothing is done.
        while let Some(at) = looked.map(|at: i64| at + MONTH).filter(|at| *at < entry.time()) {
            note(course.level(at), at);
            looked = Some(at);
        }
        course.add(entry);
        note(course.level(entry.time()), entry.time());
        looked = Some(entry.time());
    }
    while let Some(at) = looked.map(|at| at + MONTH).filter(|at| *at < now) {
        note(course.level(at), at);
        looked = Some(at);
    }
    if looked.is_some() {
        note(course.level(now), now);
    }
    changes
}
