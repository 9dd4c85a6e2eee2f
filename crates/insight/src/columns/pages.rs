//! The pages of the documentation and their sections: what a question may be answered with before a person has to.

use archive::{Manifest, Tables};
use model::tables::MESSAGES;
use model::{Id, MessageKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Batch, Conversations, files, text_at};
use crate::Result;

/// A page, or a section of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) id: Id,
    /// The page that it belongs to, as a conversation's row.
    pub(crate) row: u32,
    /// `Title › Heading`.
    pub(crate) title: String,
    /// With the heading's anchor.
    pub(crate) url: Option<String>,
}

/// Every page and section.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) all: Vec<Page>,
    by_id: FxHashMap<Id, u32>,
    /// Rows of the conversations that are pages.
    rows: FxHashSet<u32>,
}

impl Pages {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, conversations: &Conversations) -> Result<Pages> {
        let mut pages = Pages::default();
        for file in files(manifest, &MESSAGES) {
            let columns = ["message_id", "conversation_id", "kind", "subject", "url"];
            for batch in tables.read_where_in(file, "kind", &[MessageKind::Page.as_str()], &columns)? {
                pages.add(&Batch { table: &MESSAGES, batch }, conversations)?;
            }
        }
        Ok(pages)
    }

    fn add(&mut self, batch: &Batch, conversations: &Conversations) -> Result<()> {
        let (ids, opened) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
        let (subjects, urls) = (batch.texts("subject")?, batch.texts("url")?);
        for row in 0..batch.rows() {
            let place = conversations.find(opened.value(row));
            let (Some(id), Some(place)) = (Id::parse(ids.value(row)), place) else { continue };
            self.by_id.insert(id, self.all.len() as u32);
            self.rows.insert(place);
            let title = text_at(subjects, row).map(crate::names::one_line).unwrap_or_default();
            self.all.push(Page { id, row: place, title, url: text_at(urls, row).map(str::to_owned) });
        }
        Ok(())
    }

    /// The number of a page by its message's id.
    pub(crate) fn find(&self, id: Id) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// Whether a conversation is a page.
    pub(crate) fn is_page(&self, row: u32) -> bool {
        self.rows.contains(&row)
    }
}
