//! What would have been found and suggested when a question was asked, beside what came of it: how well
//! suggesting works, measured on the past.
//!
//! Only what was said before the question was opened is known then; how a conversation ended, if it had ended.
//! Nothing that people decided on the desk counts, and nobody's later days.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::alike::{Alike, Looking};
use crate::columns::{Knowledge, known};
use crate::helpers::{KINDS, Question};
use crate::moment::Moment;
use crate::{Community, Result};

/// One question of the past.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rehearsal {
    /// The conversation.
    pub id: String,
    /// When it was opened, microseconds UTC.
    pub opened: i64,
    /// Who did help with it, by the person's id, in order of their first message.
    pub helped: Vec<String>,
    /// Who would have been suggested, likeliest first, each with the share of each kind of evidence.
    pub suggested: Vec<(String, [f64; KINDS])>,
    /// The same after spreading the load at each of the strengths asked for.
    pub spread: Vec<Vec<String>>,
    /// Those who had helped most until then, most first.
    pub busiest: Vec<String>,
    /// Those who had helped most with its tags, or where it has none in its channel; then the busiest.
    pub busiest_there: Vec<String>,
}

/// A conversation that was found for another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundAlike {
    /// The conversation.
    pub id: String,
    /// By words, 0 to 1.
    pub words: f64,
    /// By meaning, 0 to 1; none where nobody knows what it means.
    pub meaning: Option<f64>,
}

/// People looked at in each list.
const LOOKED_AT: usize = 50;

impl Community {
    /// Every question of the past that somebody helped with, in the order of time.
    pub fn rehearse(&self, spreads: &[f64]) -> Result<Vec<Rehearsal>> {
        let conversations = &self.conversations;
        let asks = |row: &u32| {
            let at = *row as usize;
            conversations.question[at] && known(conversations.opened[at]).is_some()
        };
        let mut rows: Vec<u32> = (0..conversations.len()).filter(asks).collect();
        rows.retain(|row| !conversations.helpers(*row).is_empty());
        rows.sort_by_key(|row| (conversations.opened[*row as usize], *row));
        self.settle(rows.into_iter().map(|row| self.rehearsal(row, spreads)).collect())
    }

    /// What is found for the opening of a conversation, most similar first, answered or not; `None` for an unknown one.
    pub fn rehearse_same(&self, id: &str) -> Result<Option<Vec<FoundAlike>>> {
        let Some(row) = self.conversations.find(id) else { return Ok(None) };
        let text = self.opening_text(row)?;
        let found = self.settle(self.alike(&text, Looking { except: Some(row), before: None }))?;
        let shown = |alike: Alike| FoundAlike {
            id: self.conversations.ids[alike.row as usize].to_string(),
            words: alike.words,
            meaning: alike.meaning,
        };
        Ok(Some(found.conversations.into_iter().map(shown).collect()))
    }

    fn rehearsal(&self, row: u32, spreads: &[f64]) -> Result<Rehearsal> {
        let opened = self.conversations.opened[row as usize];
        let text = self.opening_text(row)?;
        let found = self.alike(&text, Looking { except: Some(row), before: Some(opened) })?;
        let question = Question { before: Some(opened), ..self.question_of(row, &text, &found.conversations)? };
        let candidates = self.candidates(&question, opened)?;
        let id = |person: u32| self.people.ids.get(person as usize).map(|id| id.to_string()).unwrap_or_default();
        let ids = |people: Vec<u32>| people.into_iter().map(id).collect::<Vec<_>>();
        let (helped, areas) = (self.helped()?, self.areas()?);
        let knowledge = Knowledge::of(&self.conversations, &helped, &areas, opened);
        let moment = Moment { now: opened, ..Moment::default() };
        let spread = |strength: f64| {
            let moved = self.spread(&candidates, &moment, &knowledge, strength);
            moved.into_iter().map(|moved| moved.candidate.person).collect()
        };
        let (busiest, busiest_there) = self.busiest_before(&question, &knowledge);
        Ok(Rehearsal {
            id: self.conversations.ids[row as usize].to_string(),
            opened,
            helped: ids(self.conversations.helpers(row).to_vec()),
            spread: spreads.iter().map(|strength| ids(spread(*strength))).collect(),
            suggested: candidates.people.iter().map(|candidate| (id(candidate.person), candidate.shares)).collect(),
            busiest: ids(busiest),
            busiest_there: ids(busiest_there),
        })
    }

    /// The two baselines.
    fn busiest_before(&self, question: &Question<'_>, knowledge: &Knowledge) -> (Vec<u32>, Vec<u32>) {
        let may = |person: u32| Some(person) != question.asker && !self.people.is_bot(person);
        let mut counts = FxHashMap::<u32, (u32, u32)>::default();
        for knows in knowledge.all().people().iter().filter(|knows| may(knows.person)) {
            counts.insert(knows.person, (0, knows.answered));
        }
        let place = question.place.map(|place| knowledge.place(place));
        let areas: Vec<_> = question.areas.iter().map(|area| knowledge.area(*area)).collect();
        let there = if areas.is_empty() { place.into_iter().collect() } else { areas };
        for knows in there.iter().flat_map(|helping| helping.people()) {
            if let Some(counts) = counts.get_mut(&knows.person) {
                counts.0 += knows.answered;
            }
        }
        let mut all: Vec<(u32, (u32, u32))> = counts.into_iter().collect();
        let first = |all: &[(u32, (u32, u32))]| all.iter().take(LOOKED_AT).map(|(person, _)| *person).collect();
        all.sort_by_key(|(person, (_, count))| (std::cmp::Reverse(*count), *person));
        let busiest = first(&all);
        all.sort_by_key(|(person, counts)| (std::cmp::Reverse(*counts), *person));
        (busiest, first(&all))
    }
}
