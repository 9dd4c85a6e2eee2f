//! Who said something where in the last month.

use archive::{Manifest, Tables};
use model::tables::MESSAGES;
use model::time::{DAY, month};

use super::{Conversations, NEVER, People, each_batch, files, text_at};
use crate::Result;

/// How far back [`Recent::messages`] goes, in days.
const MESSAGES_BACK: i64 = 30;
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
        Ok(recent)
    }

    /// The messages after `from`.
    pub(crate) fn since(&self, from: i64) -> &[Said] {
        &self.messages[self.messages.partition_point(|said| said.time <= from)..]
    }
}
