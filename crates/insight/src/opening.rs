//! What a conversation opens with, and what follows from that alone: its lead and its likely helpers.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::helpers::{Candidate, Question};
use crate::messages::{Message, Read};
use crate::moment::Moment;
use crate::{Community, Result};

/// Characters of a lead.
const LEAD: usize = 160;

/// An opening message, made ready.
#[derive(Debug)]
pub(crate) struct Opening {
    /// How it begins.
    pub(crate) lead: String,
    /// Subject and own words: what similar conversations are looked for with.
    pub(crate) text: String,
    /// Those who may know, as [`Community::candidates`] gives them.
    pub(crate) candidates: Vec<Candidate>,
}

impl Community {
    /// The openings of some conversations, in order; those asked for before are remembered.
    pub(crate) fn openings(&self, rows: &[u32], moment: &Moment) -> Result<Vec<Arc<Opening>>> {
        let missing: Vec<u32> = rows.iter().copied().filter(|row| self.openings.get(*row).is_none()).collect();
        let mut made = FxHashMap::<u32, Arc<Opening>>::default();
        if !missing.is_empty() {
            let mut messages = self.opening_messages(&missing)?;
            for row in missing {
                let message = messages.remove(&row);
                let opening = Arc::new(self.opening(row, message, moment.now)?);
                self.openings.put(row, opening.clone());
                made.insert(row, opening);
            }
        }
        rows.iter()
            .map(|row| match made.get(row).cloned().or_else(|| self.openings.get(*row)) {
                Some(opening) => Ok(opening),
                // Dropped from the memory between the two looks at it.
                None => Ok(Arc::new(self.opening(*row, None, moment.now)?)),
            })
            .collect()
    }

    fn opening(&self, row: u32, message: Option<Message>, now: i64) -> Result<Opening> {
        let message = match message {
            Some(message) => message,
            // Not where its time says: an estimate that a later sync mended, or a mail dated twice.
            None => self.messages(row, Read::All)?.into_iter().next().unwrap_or_default(),
        };
        let own = text::own_words(&message.body);
        let subject = message.subject.as_deref().unwrap_or_default();
        let text = format!("{subject}\n{own}");
        let alike = self.alike(&text, Some(row))?;
        let asker = self.conversations.openers[row as usize];
        let question = Question { asker: Some(asker), areas: self.areas(row, &message.tags, subject), alike: &alike };
        Ok(Opening { lead: text::lead(&own, LEAD), candidates: self.candidates(&question, now)?, text })
    }

    /// The knowledge areas that a conversation touches.
    fn areas(&self, row: u32, tags: &[String], subject: &str) -> BTreeSet<String> {
        let (source, channel) = self.conversations.place(row);
        let tags = tags.iter().map(|tag| format!("tag:{tag}"));
        tags.chain([model::channel_area(source, channel)]).chain(word_areas(subject)).collect()
    }
}

/// The knowledge areas that the words of a text may be; most of them are none.
pub(crate) fn word_areas(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .take(50)
        .map(|word| format!("word:{}", word.to_lowercase()))
}
