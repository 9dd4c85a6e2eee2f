//! What one question says, as small as it gets.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use desk::CasesStamp;
use model::time::DAY;
use rustc_hash::FxHashMap;

use super::OPEN;
use crate::columns::known;
use crate::moment::Moment;
use crate::{Community, Result};

/// What one question says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fact {
    /// When it was asked, microseconds UTC.
    pub(crate) opened: i64,
    /// Number of its place among those of conversations.
    pub(crate) place: u32,
    /// Messages in the conversation.
    pub(crate) messages: u32,
    /// Hours until the first response.
    pub(crate) hours: Option<f32>,
    /// The tier that it asks for.
    pub(crate) tier: Option<u8>,
    pub(crate) answered: bool,
    pub(crate) waiting: bool,
    /// Whether the promise of a first response was kept; none while it may still be.
    pub(crate) kept: Option<bool>,
}

impl Fact {
    /// From when to when it was without a response, as long as anybody would look for it.
    pub(crate) fn unanswered(&self) -> Range<i64> {
        let hour = (DAY / 24) as f64;
        let until = match self.hours {
            Some(hours) => (f64::from(hours) * hour) as i64,
            None if self.answered => 0,
            None => OPEN,
        };
        self.opened..self.opened.saturating_add(until.clamp(0, OPEN))
    }
}

/// One entry per conversation, in their order; none where it is no dated question of a person.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// As they are where nobody decided anything.
    all: Arc<[Option<Fact>]>,
    /// Of those that something was decided about, by row.
    decided: FxHashMap<u32, Option<Fact>>,
    pub(crate) earliest: Option<i64>,
    /// The decisions that they take into account.
    stamp: Option<CasesStamp>,
    asked: HashMap<String, Option<u8>>,
    day: i64,
}

impl Facts {
    pub(crate) fn counted(&self) -> impl Iterator<Item = &Fact> {
        self.rows().map(|(_, fact)| fact)
    }

    /// Those counted, with their rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u32, &Fact)> {
        let of = |(row, plain)| Some((row, self.decided.get(&row).unwrap_or(plain).as_ref()?));
        (0..).zip(self.all.iter()).filter_map(of)
    }
}

impl Community {
    /// The facts as of a moment: made once a day, and laid over by what was decided since.
    pub(crate) fn question_facts(&self, moment: &Moment) -> Result<Arc<Facts>> {
        let (stamp, day) = (moment.cases.stamp(), moment.now.div_euclid(DAY));
        let current = |facts: &Arc<Facts>| facts.day == day && facts.stamp == stamp && facts.asked == moment.asked;
        if let Some(facts) = self.decided_facts.get().filter(current) {
            return Ok(facts);
        }
        let plain = self.plain_facts(moment.now, || {
            // What nobody decided anything about.
            let nothing = Moment { now: moment.now, ..Moment::default() };
            let all: Vec<Option<Fact>> = (0..self.conversations.len()).map(|row| self.fact(row, &nothing)).collect();
            let earliest = all.iter().flatten().map(|fact| fact.opened).min();
            let decided = FxHashMap::default();
            Ok(Facts { all: all.into(), decided, earliest, stamp: None, asked: HashMap::new(), day })
        })?;
        let asked = moment.asked.keys().filter_map(|id| self.conversations.find(id));
        let decided = moment.cases.rows().chain(asked).map(|row| (row, self.fact(row, moment))).collect();
        let mut facts = Facts { decided, stamp, asked: moment.asked.clone(), ..Facts::clone(&plain) };
        facts.earliest = facts.counted().map(|fact| fact.opened).min();
        let facts = Arc::new(facts);
        self.decided_facts.put(facts.clone());
        Ok(facts)
    }

    fn fact(&self, row: u32, moment: &Moment) -> Option<Fact> {
        if !self.is_counted(row, moment) {
            return None;
        }
        let opened = known(self.conversations.opened[row as usize]).filter(|opened| *opened <= moment.now)?;
        let case = self.counted(row, opened, moment);
        Some(Fact {
            opened,
            place: self.conversations.place[row as usize],
            messages: self.conversations.messages[row as usize],
            hours: case.response.map(|hours| hours as f32),
            tier: self.asked_tier(row, moment),
            answered: case.answered,
            waiting: case.waiting,
            kept: case.kept,
        })
    }
}
