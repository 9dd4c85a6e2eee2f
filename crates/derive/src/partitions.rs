//! Writes the partitions of `messages` and `signals` whose rows changed; the others stay as they are.

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::interleave_record_batch;
use model::tables::{MESSAGES, SIGNALS, Table};
use rustc_hash::FxHashSet;
use std::sync::Arc;

use crate::Progress;
use crate::columns::{Filling, join, split, wide_schema};
use crate::conversations::Conversations;
use crate::error::{DeriveError, Result};
use crate::links::{Answer, Link, Links, NONE, SEPARATOR};
use crate::load::{files, partition_name};
use crate::spill::Spill;

/// Rows put together at once.
const CHUNK: usize = 16_384;

/// What is written, and from what.
pub struct Writing<'a> {
    /// Where tables lie.
    pub tables: &'a Tables,
    /// The tables of before.
    pub before: &'a Manifest,
    /// Every message.
    pub links: &'a Links,
    /// Every conversation.
    pub conversations: &'a Conversations,
    /// The full rows of new messages.
    pub spill: &'a mut Spill,
}

impl Writing<'_> {
    /// Writes what changed into `manifest` and takes over what did not.
    pub fn write(mut self, manifest: &mut Manifest, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let dirty = self.dirty();
        for table in [&MESSAGES, &SIGNALS] {
            let stays = |entry: &&FileEntry| !dirty.contains(&partition_name(entry));
            let kept = files(self.before, table).iter().filter(stays).cloned().collect();
            manifest.tables.insert(table.name.to_owned(), kept);
        }
        let mut order: Vec<u32> = (0..self.links.len() as u32).collect();
        order.retain(|at| dirty.contains(self.links.partitions.text(self.link(*at).partition)));
        let key = |at: u32| {
            let link = self.link(at);
            let conversation = self.conversations.id(self.links, self.conversations.of[at as usize]);
            (link.partition, conversation, link.time, link.position, link.id)
        };
        order.sort_by_cached_key(|at| key(*at));
        let total = dirty.len() as u64;
        let groups: Vec<&[u32]> = order.chunk_by(|a, b| self.link(*a).partition == self.link(*b).partition).collect();
        for (done, rows) in groups.into_iter().enumerate() {
            progress(Progress { step: "messages", done: done as u64, total });
            self.partition(rows, manifest)?;
        }
        Ok(())
    }

    fn link(&self, at: u32) -> &'_ Link {
        &self.links.all[at as usize]
    }

    /// Names of the partitions with other rows than before, or with rows in another conversation.
    fn dirty(&self) -> FxHashSet<String> {
        let mut dirty = self.links.dirty.clone();
        for (at, link) in self.links.all.iter().enumerate() {
            let conversation = self.conversations.id(self.links, self.conversations.of[at]);
            if conversation.short() != link.before {
                dirty.insert(link.partition);
            }
        }
        dirty.into_iter().map(|number| self.links.partitions.text(number).to_owned()).collect()
    }

    fn partition(&mut self, rows: &[u32], manifest: &mut Manifest) -> Result<()> {
        let Some(first) = rows.first() else { return Ok(()) };
        let number = self.link(*first).partition;
        let name = self.links.partitions.text(number).to_owned();
        let (source, month) = name.split_once('/').unwrap_or((&name, ""));
        let mut batches = self.spill.take(number)?;
        let old = batches.len();
        if rows.iter().any(|at| self.link(*at).batch == NONE) {
            batches.push(self.old(&name)?);
        }
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        let mut messages = self.tables.create(&MESSAGES, Some((source, month)))?;
        let mut signals = self.tables.create(&SIGNALS, Some((source, month)))?;
        for chunk in rows.chunks(CHUNK) {
            let places: Vec<(usize, usize)> = chunk.iter().map(|at| place(self.link(*at), old)).collect();
            let wide = self.complete(&interleave_record_batch(&batches, &places)?, chunk)?;
            let (message_rows, signal_rows) = split(&wide)?;
            messages.write(&message_rows)?;
            signals.write(&signal_rows)?;
        }
        for (table, file) in [(&MESSAGES, messages), (&SIGNALS, signals)] {
            let written = file.finish()?;
            manifest.tables.entry(table.name.to_owned()).or_default().extend(written);
        }
        Ok(())
    }

    /// The wide rows of a partition's files of before, as one batch.
    fn old(&self, name: &str) -> Result<RecordBatch> {
        let all = |table: &'static Table| -> Result<RecordBatch> {
            let entry = files(self.before, table).iter().find(|entry| partition_name(entry) == name);
            let entry = entry.ok_or(DeriveError::Column { table: table.name, column: "message_id" })?;
            let batches = self.tables.read(entry, None)?.collect::<std::result::Result<Vec<_>, _>>()?;
            Ok(arrow::compute::concat_batches(&table.schema(), &batches)?)
        };
        join(&all(&MESSAGES)?, &all(&SIGNALS)?)
    }

    /// Fills in the columns that only the whole tells.
    fn complete(&self, wide: &RecordBatch, rows: &[u32]) -> Result<RecordBatch> {
        let mut messages = Filling::of_columns(&MESSAGES, &["conversation_id", "seen_in", "seen_count"]);
        let mut signals = Filling::of_columns(&SIGNALS, &["answers_id", "answers_confidence", "answers_why"]);
        for at in rows {
            let link = self.link(*at);
            let conversation = self.conversations.id(self.links, self.conversations.of[*at as usize]);
            messages
                .text(conversation.as_str())
                .texts(self.links.seen.text(link.seen).split(SEPARATOR))
                .int(i64::from(link.seen_count));
            let (to, sure) = match link.answer {
                Answer::Unknown => (None, None),
                Answer::None(sure) => (None, Some(sure)),
                Answer::To(to, sure) => (self.links.find(to), Some(sure)),
            };
            signals
                .text_or_null(to.map(|at| self.link(at).id.as_str()))
                .float_or_null(sure.map(|sure| f64::from(sure.confidence)))
                .texts(sure.iter().flat_map(|sure| sure.why.reasons()).map(|reason| reason.as_str()));
        }
        let (messages, signals) = (messages.finish()?, signals.finish()?);
        let column = |(at, field): (usize, &Arc<arrow::datatypes::Field>)| -> ArrayRef {
            let filled = if at < MESSAGES.columns.len() { &messages } else { &signals };
            filled.column_by_name(field.name()).unwrap_or(wide.column(at)).clone()
        };
        let columns = wide_schema().fields().iter().enumerate().map(column).collect();
        Ok(RecordBatch::try_new(wide_schema(), columns)?)
    }
}

/// Where a message's row lies: batch and row, the rows of before being batch `old`.
fn place(link: &Link, old: usize) -> (usize, usize) {
    let batch = if link.batch == NONE { old } else { link.batch as usize };
    (batch, link.row as usize)
}
