//! Story leads: messages that tell how somebody uses the project, worth asking more about.

use model::tables::{MESSAGES, SIGNALS};
use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::columns::{Batch, each_batch, text_at};
use crate::views::StoryLead;
use crate::{Community, Result};
use std::sync::Arc;

/// How far back stories are looked for, in days.
const BACK: i64 = 14;
/// Stories kept.
const KEPT: usize = 50;
/// A story has at least so many words of its own: shorter ones say that they use it and nothing more. A choice, not a
/// measurement.
const WORDS: i64 = 30;

/// A story before its conversation's title is looked up.
struct Told {
    row: u32,
    person: u32,
    time: i64,
    message: String,
    lead: String,
}

impl Community {
    /// Stories of the last [`BACK`] days, latest first; looked for once a day.
    pub(super) fn stories_lately(&self, now: i64) -> Result<Arc<Vec<StoryLead>>> {
        self.stories.get(now, || self.told("story", now.saturating_sub(BACK * DAY), now))
    }

    /// Messages of people with a signal (a column of `signals` that is true or false) from one time to another, latest
    /// first.
    pub(crate) fn told(&self, signal: &'static str, from: i64, now: i64) -> Result<Vec<StoryLead>> {
        let leads = self.messages_with(signal, from, now)?;
        let mut told = Vec::new();
        if !leads.is_empty() {
            let columns = ["message_id", "conversation_id", "identity_id", "time"];
            each_batch(&self.tables, &MESSAGES, self.months(&MESSAGES, from, now), &columns, |batch| {
                self.add_told(batch, &leads, from..=now, &mut told)
            })?;
        }
        told.sort_by_key(|told| (std::cmp::Reverse(told.time), told.row));
        told.truncate(KEPT);
        let details = self.details(told.iter().map(|told| told.row))?;
        let view = |told: Told| StoryLead {
            conversation: details.conversation(told.row),
            message: told.message,
            person: self.person_ref(told.person),
            time: told.time,
            lead: told.lead,
        };
        Ok(told.into_iter().map(view).collect())
    }

    fn add_told(
        &self,
        batch: &Batch,
        leads: &FxHashMap<String, String>,
        when: std::ops::RangeInclusive<i64>,
        told: &mut Vec<Told>,
    ) -> Result<()> {
        let (ids, conversations) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
        let (identities, times) = (batch.texts("identity_id")?, batch.times("time")?);
        for at in 0..batch.rows() {
            let Some(lead) = leads.get(ids.value(at)) else { continue };
            let (person, time) = (self.people.of_identity(text_at(identities, at)), times.at(at));
            let Some(row) = self.conversations.find(conversations.value(at)) else { continue };
            if when.contains(&time) && !self.people.is_bot(person) {
                told.push(Told { row, person, time, message: ids.value(at).to_owned(), lead: lead.clone() });
            }
        }
        Ok(())
    }

    /// How messages with a signal begin, by their id.
    fn messages_with(&self, signal: &'static str, from: i64, now: i64) -> Result<FxHashMap<String, String>> {
        let mut leads = FxHashMap::default();
        let columns = ["message_id", signal, "words", "lead"];
        each_batch(&self.tables, &SIGNALS, self.months(&SIGNALS, from, now), &columns, |batch| {
            let (ids, marks) = (batch.texts("message_id")?, batch.bools(signal)?);
            let (words, lead) = (batch.ints("words")?, batch.texts("lead")?);
            let tells = (0..batch.rows()).filter(|at| marks.value(*at) && words.value(*at) >= WORDS);
            leads.extend(tells.map(|at| (ids.value(at).to_owned(), lead.value(at).to_owned())));
            Ok(())
        })?;
        Ok(leads)
    }
}
