//! How far somebody has come in the community: one simple rule.
//!
//! A level says what somebody might like next, never how good they are. Somebody who has gone keeps the level that they
//! reached, but for the highest one, which is about now.

use std::collections::BTreeSet;

use model::time::DAY;
use schemars::JsonSchema;
use serde::Serialize;

use crate::columns::Entry;
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

/// Days for which somebody is new.
pub(crate) const NEW_DAYS: i64 = 90;
/// Questions of others that make a contributor: one answer may be chance.
const HELPED: u32 = 3;
/// Months of the last twelve that make the core.
const MONTHS: usize = 6;
/// How far back those months go.
const YEAR: i64 = 365 * DAY;
/// A month for counting: the twelfth part of a year.
const MONTH: i64 = YEAR / 12;

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
#[derive(Debug, Default)]
struct Course {
    first: Option<i64>,
    helped: u32,
    added: bool,
    /// When they gave something, in months since 1970.
    months: BTreeSet<i64>,
}

impl Course {
    fn add(&mut self, entry: &Entry) {
        let time = entry.time();
        self.first.get_or_insert(time);
        if entry.doing().gives() {
            let helped = entry.conversation().is_some();
            self.helped += u32::from(helped);
            self.added |= !helped;
            self.months.insert(time.div_euclid(MONTH));
        }
    }

    fn level(&self, at: i64) -> Level {
        let from = at.saturating_sub(YEAR).div_euclid(MONTH);
        if self.months.range(from + 1..).count() >= MONTHS {
            Level::Core
        } else if self.added || self.helped >= HELPED {
            Level::Contributor
        } else if self.first.is_none_or(|first| first > at.saturating_sub(NEW_DAYS * DAY)) {
            Level::Newcomer
        } else {
            Level::Participant
        }
    }
}

/// The level at `now` of whoever did `entries` (the latest first).
pub(crate) fn level(entries: &[Entry], now: i64) -> Level {
    let mut course = Course::default();
    entries.iter().rev().filter(|entry| entry.time() <= now).for_each(|entry| course.add(entry));
    course.level(now)
}

/// How the level of whoever did `entries` (the latest first) changed until `now`, the earliest first.
pub(crate) fn levels(entries: &[Entry], now: i64) -> Vec<LevelChange> {
    let mut changes: Vec<LevelChange> = Vec::new();
    let mut note = |level: Level, since: i64| match changes.last() {
        Some(last) if last.level == level => {}
        _ => changes.push(LevelChange { level, since }),
    };
    let mut course = Course::default();
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
