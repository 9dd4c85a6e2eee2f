//! Who said something where in the last month, and who carried the helping of the last three.

use archive::{Manifest, Tables};
use model::tables::MESSAGES;
use model::time::{DAY, month};
use rustc_hash::FxHashMap;

use super::{Conversations, NEVER, People, each_batch, files, text_at};
use crate::Result;

/// How far back [`Recent::messages`] goes, in days.
const MESSAGES_BACK: i64 = 30;
/// How far back the share of helping looks, in days: long enough that a holiday does not hide who carries much.
const HELPING_BACK: i64 = 90;

/// A message, as small as it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) conversation: u32,
    /// [`super::NOBODY`] if unknown.
    pub(crate) person: u32,
    pub(crate) time: i64,
}

/// What happened shortly before a time.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// By time, the earliest first.
    pub(crate) messages: Vec<Said>,
    /// In how many conversations of the last 90 days each person helped.
    helped: FxHashMap<u32, u32>,
    /// In how many of them anybody did.
    answered: u32,
}

impl Recent {
    pub(crate) fn read(
        tables: &Tables,
        manifest: &Manifest,
        people: &People,
        conversations: &Conversations,
        now: i64,
    ) -> Result<Recent> {
        let from = now.saturating_sub(MESSAGES_BACK * DAY);
        let months = month(from)..=month(now);
        let touched = |name: &Option<String>| name.as_ref().is_some_and(|name| months.contains(name));
        let entries = files(manifest, &MESSAGES).iter().filter(|entry| touched(&entry.month));
        let mut recent = Recent::default();
        each_batch(tables, &MESSAGES, entries, &["conversation_id", "identity_id", "time"], |batch| {
            let (times, identities) = (batch.times("time")?, batch.texts("identity_id")?);
            let ids = batch.texts("conversation_id")?;
            for row in 0..batch.rows() {
                let time = times.at(row);
                if time == NEVER || time <= from || time > now {
                    continue;
                }
                let Some(conversation) = conversations.find(ids.value(row)) else { continue };
                let person = people.of_identity(text_at(identities, row));
                recent.messages.push(Said { conversation, person, time });
            }
            Ok(())
        })?;
        recent.messages.sort_by_key(|said| (said.time, said.conversation));
        recent.count_helping(conversations, now.saturating_sub(HELPING_BACK * DAY));
        Ok(recent)
    }

    fn count_helping(&mut self, conversations: &Conversations, from: i64) {
        for row in (0..conversations.len()).filter(|row| conversations.opened[*row as usize] > from) {
            let helpers = conversations.helpers(row);
            if conversations.question[row as usize] && !helpers.is_empty() {
                self.answered += 1;
                helpers.iter().for_each(|person| *self.helped.entry(*person).or_default() += 1);
            }
        }
    }

    /// In how many of the questions opened in the last 90 days that anybody helped with, this person did.
    pub(crate) fn helping(&self, person: u32) -> (u32, u32) {
        (self.helped.get(&person).copied().unwrap_or_default(), self.answered)
    }

    /// The messages after `from`.
    pub(crate) fn since(&self, from: i64) -> &[Said] {
        &self.messages[self.messages.partition_point(|said| said.time <= from)..]
    }
}
