//! Who complained where in the last year.

use model::tables::{MESSAGES, SIGNALS};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::{NOBODY, each_batch, text_at};
use crate::people::YEAR;
use crate::{Community, Result};

/// A complaint counts in this mood or a worse one, as it does for alerts: “it took hours, but now it works” is none.
const BAD: f64 = -0.4;

impl Community {
    /// The rows of the conversations in which each person complained, each once, the latest first.
    pub(super) fn complaints(&self, now: i64) -> Result<FxHashMap<u32, Vec<u32>>> {
        let from = now.saturating_sub(YEAR);
        let mut marked = FxHashSet::<String>::default();
        let columns = ["message_id", "complaint", "frustration", "sentiment"];
        each_batch(&self.tables, &SIGNALS, self.months(&SIGNALS, from, now), &columns, |batch| {
            let (ids, moods) = (batch.texts("message_id")?, batch.floats("sentiment")?);
            let (complaint, frustration) = (batch.bools("complaint")?, batch.bools("frustration")?);
            let complains =
                |row: &usize| (complaint.value(*row) || frustration.value(*row)) && moods.value(*row) <= BAD;
            marked.extend((0..batch.rows()).filter(complains).map(|row| ids.value(row).to_owned()));
            Ok(())
        })?;
        let mut found = FxHashMap::<u32, Vec<(i64, u32)>>::default();
        let columns = ["message_id", "conversation_id", "identity_id", "time"];
        let files = if marked.is_empty() { Vec::new() } else { self.months(&MESSAGES, from, now) };
        each_batch(&self.tables, &MESSAGES, files, &columns, |batch| {
            let (ids, conversations) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
            let (identities, times) = (batch.texts("identity_id")?, batch.times("time")?);
            for row in (0..batch.rows()).filter(|row| marked.contains(ids.value(*row))) {
                let (person, time) = (self.people.of_identity(text_at(identities, row)), times.at(row));
                let conversation = self.conversations.find(conversations.value(row));
                if let Some(conversation) = conversation.filter(|_| person != NOBODY && time > from && time <= now) {
                    found.entry(person).or_default().push((time, conversation));
                }
            }
            Ok(())
        })?;
        let rows = |mut told: Vec<(i64, u32)>| {
            told.sort_unstable_by_key(|told| std::cmp::Reverse(*told));
            let mut seen = FxHashSet::default();
            told.into_iter().filter(|(_, row)| seen.insert(*row)).map(|(_, row)| row).collect()
        };
        Ok(found.into_iter().map(|(person, told)| (person, rows(told))).collect())
    }
}
