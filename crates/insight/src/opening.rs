//! What a conversation opens with, and what follows from that alone: its lead and its likely helpers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::helpers::Shortlist;
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
    pub(crate) candidates: Shortlist,
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

    /// The openings of some conversations, by row: of all that are remembered, and of at most `fresh` others; of none
    /// if that is not given.
    pub(crate) fn openings_known(
        &self,
        rows: &[u32],
        fresh: Option<usize>,
        moment: &Moment,
    ) -> Result<FxHashMap<u32, Arc<Opening>>> {
        let Some(fresh) = fresh else { return Ok(FxHashMap::default()) };
        let (known, unknown): (Vec<u32>, Vec<u32>) = rows.iter().partition(|row| self.openings.get(**row).is_some());
        let rows: Vec<u32> = known.into_iter().chain(unknown.into_iter().take(fresh)).collect();
        Ok(rows.iter().copied().zip(self.openings(&rows, moment)?).collect())
    }

    fn opening(&self, row: u32, message: Option<Message>, now: i64) -> Result<Opening> {
        let (text, own) = self.text_of(row, message)?;
        let found = self.alike_of(row, &text)?;
        let question = self.question_of(row, &text, &found.conversations)?;
        let candidates = self.candidates(&question, now)?;
        Ok(Opening { lead: text::lead(&own, LEAD), candidates, text })
    }

    /// Subject and own words of what opens a conversation.
    pub(crate) fn opening_text(&self, row: u32) -> Result<String> {
        let message = self.opening_messages(&[row])?.remove(&row);
        self.text_of(row, message).map(|(text, _)| text)
    }

    /// Subject and own words of an opening message together, and the own words.
    fn text_of(&self, row: u32, message: Option<Message>) -> Result<(String, String)> {
        let message = match message {
            Some(message) => message,
            // Not where its time says: an estimate that a later sync mended, or a mail dated twice.
            None => self.messages(row, Read::All)?.into_iter().next().unwrap_or_default(),
        };
        let own = text::own_words(&message.body).to_string();
        Ok((format!("{}\n{own}", message.subject.as_deref().unwrap_or_default()), own))
    }
}
