//! What only the conversations shown need: how they were resolved, their tiers and topics, looked up by row.

use std::sync::Arc;

use model::tables::CONVERSATIONS;
use rustc_hash::FxHashMap;

use crate::columns::{Batch, Lists, files, text_at};
use crate::titles::Titles;
use crate::views::ConversationRef;
use crate::{Community, Result};

/// What stands where there is no title.
const UNTITLED: &str = "(no title)";

/// One conversation's.
#[derive(Debug, Default)]
pub(crate) struct Detail {
    /// The accepted answer's message id, where the source knows one.
    pub(crate) accepted: Option<String>,
    /// `conversations.resolved_by`.
    pub(crate) resolved_by: Option<String>,
    /// How surely its opening asks for its tier, and why.
    pub(crate) asked: (f64, Vec<String>),
    /// How surely it took its tier, and why.
    pub(crate) observed: (f64, Vec<String>),
    /// Ids of conversations that belong with it.
    pub(crate) related: Vec<String>,
    /// What it is about.
    pub(crate) topics: Vec<String>,
}

/// Some conversations'.
pub(crate) struct Details<'a> {
    community: &'a Community,
    titles: Arc<Titles>,
    details: FxHashMap<u32, Arc<Detail>>,
}

impl Details<'_> {
    /// A conversation for a list, looked up or not.
    pub(crate) fn conversation(&self, row: u32) -> ConversationRef {
        self.community.conversation_ref(row, &self.titles)
    }

    /// One of those looked up.
    pub(crate) fn get(&self, row: u32) -> Option<&Detail> {
        self.details.get(&row).map(Arc::as_ref)
    }
}

/// The columns of a detail.
const ALL: &[&str] = &[
    "accepted_message_id",
    "resolved_by",
    "asked_confidence",
    "asked_why",
    "observed_confidence",
    "observed_why",
    "related_ids",
    "topics",
];

impl Community {
    /// Looks up some conversations, all at once.
    pub(crate) fn details(&self, rows: impl IntoIterator<Item = u32>) -> Result<Details<'_>> {
        let (mut details, mut missing) = (FxHashMap::default(), Vec::new());
        for row in rows {
            match self.detail_cache.get(row) {
                Some(detail) => drop(details.insert(row, detail)),
                None => missing.push(row),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for (row, detail) in self.read_details(&missing)? {
            let detail = Arc::new(detail);
            self.detail_cache.put(row, detail.clone());
            details.insert(row, detail);
        }
        Ok(Details { community: self, titles: self.titles()?, details })
    }

    /// A conversation for a list.
    pub(crate) fn conversation_ref(&self, row: u32, titles: &Titles) -> ConversationRef {
        let (source, channel) = self.conversations.place(row);
        let title = Some(titles.of(row)).filter(|title| !title.is_empty());
        ConversationRef {
            id: self.conversations.ids[row as usize].to_string(),
            title: title.unwrap_or(UNTITLED).to_owned(),
            source: source.to_owned(),
            channel: channel.to_owned(),
        }
    }

    /// Reads the rows (ascending, each once) from the table, whose files follow one another.
    fn read_details(&self, rows: &[u32]) -> Result<Vec<(u32, Detail)>> {
        let (mut found, mut start) = (Vec::with_capacity(rows.len()), 0);
        for file in files(&self.manifest, &CONVERSATIONS) {
            let place = |row: u32| u64::from(self.conversations.table_row(row));
            let inside = |row: &&u32| (start..start + file.rows).contains(&place(**row));
            let rows: Vec<u32> = rows.iter().filter(inside).copied().collect();
            let places: Vec<u64> = rows.iter().map(|row| place(*row) - start).collect();
            start += file.rows;
            if places.is_empty() {
                continue;
            }
            let mut details = Vec::with_capacity(rows.len());
            for batch in self.tables.read_rows(file, &places, ALL)? {
                let batch = Batch { table: &CONVERSATIONS, batch };
                read(&batch, &mut details)?;
            }
            found.extend(rows.into_iter().zip(details));
        }
        Ok(found)
    }
}

fn read(batch: &Batch, details: &mut Vec<Detail>) -> Result<()> {
    let accepted = batch.texts("accepted_message_id")?;
    let resolved_by = batch.texts("resolved_by")?;
    let (asked, observed) = (batch.floats("asked_confidence")?, batch.floats("observed_confidence")?);
    let (asked_why, observed_why) = (batch.lists("asked_why")?, batch.lists("observed_why")?);
    let (related, topics) = (batch.lists("related_ids")?, batch.lists("topics")?);
    let list = |lists: &Lists<'_>, row| lists.at(row).map(str::to_owned).collect();
    details.extend((0..batch.rows()).map(|row| Detail {
        accepted: text_at(accepted, row).map(str::to_owned),
        resolved_by: text_at(resolved_by, row).map(str::to_owned),
        asked: (asked.value(row), list(&asked_why, row)),
        observed: (observed.value(row), list(&observed_why, row)),
        related: list(&related, row),
        topics: list(&topics, row),
    }));
    Ok(())
}
