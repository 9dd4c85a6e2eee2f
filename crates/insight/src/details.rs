//! What only the conversations shown need: titles and how they were resolved, looked up by row.

use std::sync::Arc;

use arrow::array::StringArray;
use model::tables::CONVERSATIONS;
use rustc_hash::FxHashMap;

use crate::columns::{Batch, Lists, files, text_at};
use crate::views::ConversationRef;
use crate::{Community, Result, names};

/// What stands where there is no title.
const UNTITLED: &str = "(no title)";

/// One conversation's.
#[derive(Debug, Default)]
pub(crate) struct Detail {
    title: Option<String>,
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
    details: FxHashMap<u32, Arc<Detail>>,
}

impl Details<'_> {
    /// A conversation for a list; untitled if it was not among those looked up.
    pub(crate) fn conversation(&self, row: u32) -> ConversationRef {
        let conversations = &self.community.conversations;
        let (source, channel) = conversations.place(row);
        let title = self.get(row).and_then(|detail| detail.title.as_deref());
        ConversationRef {
            id: conversations.ids[row as usize].to_string(),
            title: title.unwrap_or(UNTITLED).to_owned(),
            source: source.to_owned(),
            channel: channel.to_owned(),
        }
    }

    /// One of those looked up.
    pub(crate) fn get(&self, row: u32) -> Option<&Detail> {
        self.details.get(&row).map(Arc::as_ref)
    }
}

/// The columns of a detail.
const ALL: &[&str] = &[
    "title",
    "accepted_message_id",
    "resolved_by",
    "asked_confidence",
    "asked_why",
    "observed_confidence",
    "observed_why",
    "related_ids",
    "topics",
];
/// What a list of many needs of them.
const TITLES: &[&str] = &["title"];

impl Community {
    /// Looks up some conversations, all at once.
    pub(crate) fn details(&self, rows: impl IntoIterator<Item = u32>) -> Result<Details<'_>> {
        self.look_up(rows, ALL)
    }

    /// The same with nothing but titles: every other column of conversations that lie far apart costs as much again.
    pub(crate) fn titles(&self, rows: impl IntoIterator<Item = u32>) -> Result<Details<'_>> {
        self.look_up(rows, TITLES)
    }

    fn look_up(&self, rows: impl IntoIterator<Item = u32>, columns: &'static [&'static str]) -> Result<Details<'_>> {
        let (mut details, mut missing) = (FxHashMap::default(), Vec::new());
        for row in rows {
            match self.detail_cache.get(row) {
                Some(detail) => drop(details.insert(row, detail)),
                None => missing.push(row),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for (row, detail) in self.read_details(&missing, columns)? {
            let detail = Arc::new(detail);
            if columns == ALL {
                self.detail_cache.put(row, detail.clone());
            }
            details.insert(row, detail);
        }
        Ok(Details { community: self, details })
    }

    /// Reads the rows (ascending, each once) from the table, whose files follow one another.
    fn read_details(&self, rows: &[u32], columns: &[&str]) -> Result<Vec<(u32, Detail)>> {
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
            for batch in self.tables.read_rows(file, &places, columns)? {
                let batch = Batch { table: &CONVERSATIONS, batch };
                if columns == TITLES { read_titles(&batch, &mut details)? } else { read(&batch, &mut details)? }
            }
            found.extend(rows.into_iter().zip(details));
        }
        Ok(found)
    }
}

fn read_titles(batch: &Batch, details: &mut Vec<Detail>) -> Result<()> {
    let titles = batch.texts("title")?;
    details.extend((0..batch.rows()).map(|row| Detail { title: title(titles, row), ..Detail::default() }));
    Ok(())
}

fn title(titles: &StringArray, row: usize) -> Option<String> {
    text_at(titles, row).map(names::one_line).filter(|title| !title.is_empty())
}

fn read(batch: &Batch, details: &mut Vec<Detail>) -> Result<()> {
    let (titles, accepted) = (batch.texts("title")?, batch.texts("accepted_message_id")?);
    let resolved_by = batch.texts("resolved_by")?;
    let (asked, observed) = (batch.floats("asked_confidence")?, batch.floats("observed_confidence")?);
    let (asked_why, observed_why) = (batch.lists("asked_why")?, batch.lists("observed_why")?);
    let (related, topics) = (batch.lists("related_ids")?, batch.lists("topics")?);
    let list = |lists: &Lists<'_>, row| lists.at(row).map(str::to_owned).collect();
    details.extend((0..batch.rows()).map(|row| Detail {
        title: title(titles, row),
        accepted: text_at(accepted, row).map(str::to_owned),
        resolved_by: text_at(resolved_by, row).map(str::to_owned),
        asked: (asked.value(row), list(&asked_why, row)),
        observed: (observed.value(row), list(&observed_why, row)),
        related: list(&related, row),
        topics: list(&topics, row),
    }));
    Ok(())
}
