//! Messages one after the other, each with its conversation and its author.

use archive::{Manifest, Tables};
use model::tables::MESSAGES;

use super::{Conversations, People, each_batch, files, text_at};
use crate::Result;

/// Finds the conversations of rows of which those of one conversation lie together: it looks once for each run.
pub(crate) struct Finder<'a> {
    conversations: &'a Conversations,
    last: &'a str,
    found: Option<u32>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(conversations: &'a Conversations) -> Finder<'a> {
        Finder { conversations, last: "", found: None }
    }

    /// The conversation of this id, as written in the tables.
    pub(crate) fn find(&mut self, id: &'a str) -> Option<u32> {
        if id != self.last {
            self.last = id;
            self.found = self.conversations.find(id);
        }
        self.found
    }
}

/// Gives every message of a conversation that is known: the conversation, the author ([`super::NOBODY`] for none) and the
/// time ([`super::NEVER`] for none).
pub(crate) fn each_message(
    tables: &Tables,
    manifest: &Manifest,
    people: &People,
    conversations: &Conversations,
    mut take: impl FnMut(u32, u32, i64),
) -> Result<()> {
    let columns = ["conversation_id", "identity_id", "time"];
    each_batch(tables, &MESSAGES, files(manifest, &MESSAGES), &columns, |batch| {
        let (times, identities) = (batch.times("time")?, batch.texts("identity_id")?);
        let ids = batch.texts("conversation_id")?;
        let mut finder = Finder::new(conversations);
        for row in 0..batch.rows() {
            if let Some(conversation) = finder.find(ids.value(row)) {
                take(conversation, people.of_identity(text_at(identities, row)), times.at(row));
            }
        }
        Ok(())
    })
}
