//! Bringing the index to what the manifest says, one partition at a time.

use std::collections::BTreeMap;
use std::path::Path;

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{Array, ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray};
use model::Id;
use tantivy::indexer::LogMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::schema::{self, Fields, IdFields, Opened};
use crate::state::{Partition, State, partitions};
use crate::{IndexError, Result};

/// Memory that the writer gathers terms in before it writes a segment, per thread, in bytes.
const MEMORY: usize = 64 << 20;
/// Fewer messages than this are not worth a second thread, which leaves a second segment behind.
const FEW: u64 = 20_000;
/// Bytes of a message that are looked at. What goes on longer is a log or a file, not a question;
/// and as many messages wait in the writer's queue, this bounds its memory.
const LONGEST: usize = 32 << 10;

/// What [`update`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Updated {
    /// Partitions read anew or removed.
    pub partitions: u64,
    /// Messages added.
    pub added: u64,
    /// Rows left out because their ids are not [`Id`]s: the table is damaged.
    pub skipped: u64,
    /// True if there was no usable index, so that it was made from nothing.
    pub anew: bool,
}

/// Brings the index in `folder` to the `messages` of `manifest`; an index that is damaged or of
/// another version is made anew. Calls `progress` with the messages done and the messages to do.
///
/// The new state appears at once at the end: killed before that, the index stays as it was. When no
/// partition changed nothing is opened for writing. Two updates at once: the second gets
/// [`IndexError::Locked`].
pub fn update(
    folder: &Path,
    tables: &Tables,
    manifest: &Manifest,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Updated> {
    let wanted = partitions(manifest);
    let (opened, state, anew) = match usable(folder) {
        Some((opened, state)) => (opened, state, false),
        None => (schema::create(folder)?, State::empty(), true),
    };
    let stale = changed(&state, &wanted);
    if stale.is_empty() && !anew {
        return Ok(Updated::default());
    }
    let rows = |partition: &Partition| partition.files.iter().map(|file| file.rows).sum::<u64>();
    let total = stale.iter().filter_map(|name| wanted.get(*name)).map(rows).sum();
    let mut update =
        Update { folder, fields: opened.fields, writer: writer(folder, &opened, total)?, done: 0, skipped: 0 };
    for name in &stale {
        update.writer.delete_term(Term::from_field_text(opened.fields.partition, name));
        for file in wanted.get(*name).into_iter().flat_map(|partition| &partition.files) {
            update.add_file(tables, name, file, &mut |done| progress(done, total))?;
        }
    }
    let updated =
        Updated { partitions: stale.len() as u64, added: update.done - update.skipped, skipped: update.skipped, anew };
    update.commit(wanted)?;
    Ok(updated)
}

/// Whether the index in `folder` was made from exactly the messages of `manifest`, by this version.
pub fn is_current(folder: &Path, manifest: &Manifest) -> bool {
    usable(folder).is_some_and(|(_, state)| changed(&state, &partitions(manifest)).is_empty())
}

/// The index in `folder` and what it was made from, unless it must be made anew.
fn usable(folder: &Path) -> Option<(Opened, State)> {
    let opened = schema::open(folder).ok()?;
    let payload = opened.index.load_metas().ok()?.payload;
    Some((opened, State::parse(payload.as_deref())?))
}

/// Names of the partitions that differ, are new or are gone.
fn changed<'a>(state: &'a State, wanted: &'a BTreeMap<String, Partition>) -> Vec<&'a str> {
    let gone = state.partitions.keys().filter(|name| !wanted.contains_key(*name));
    let differ = wanted.iter().filter(|(name, partition)| state.partitions.get(*name) != Some(&partition.hash));
    gone.chain(differ.map(|(name, _)| name)).map(String::as_str).collect()
}

fn writer(folder: &Path, opened: &Opened, messages: u64) -> Result<IndexWriter> {
    let threads = if messages < FEW { 1 } else { 2 };
    let writer: IndexWriter = opened
        .index
        .writer_with_num_threads(threads, threads * MEMORY)
        .map_err(|error| IndexError::tantivy(folder, error))?;
    let mut policy = LogMergePolicy::default();
    // The newest month is read anew at each sync: its old rows must not pile up.
    policy.set_del_docs_ratio_before_merge(0.25);
    writer.set_merge_policy(Box::new(policy));
    // An update that was killed left files behind, perhaps under names that this one will want.
    writer.garbage_collect_files().wait().map_err(|error| IndexError::tantivy(folder, error))?;
    Ok(writer)
}

struct Update<'a> {
    folder: &'a Path,
    fields: Fields,
    writer: IndexWriter,
    done: u64,
    skipped: u64,
}

impl Update<'_> {
    fn add_file(
        &mut self,
        tables: &Tables,
        partition: &str,
        file: &FileEntry,
        progress: &mut dyn FnMut(u64),
    ) -> Result<()> {
        let columns = ["message_id", "conversation_id", "time", "subject", "body"];
        for batch in tables.read(file, Some(&columns))? {
            let batch = batch.map_err(archive::ArchiveError::from)?;
            let rows = Rows::of(&batch, &file.path)?;
            for row in 0..batch.num_rows() {
                match self.document(partition, &rows, row) {
                    Some(document) => {
                        self.writer.add_document(document).map_err(|error| IndexError::tantivy(self.folder, error))?;
                    }
                    None => self.skipped += 1,
                }
            }
            self.done += batch.num_rows() as u64;
            progress(self.done);
        }
        Ok(())
    }

    fn document(&self, partition: &str, rows: &Rows, row: usize) -> Option<TantivyDocument> {
        let (message, conversation) = (rows.message.value(row), rows.conversation.value(row));
        let mut document = TantivyDocument::default();
        add_id(&mut document, self.fields.message, message)?;
        add_id(&mut document, self.fields.conversation, conversation)?;
        document.add_text(self.fields.partition, partition);
        if rows.time.is_valid(row) {
            document.add_i64(self.fields.time, rows.time.value(row));
        }
        if rows.subject.is_valid(row) {
            document.add_text(self.fields.subject, beginning(rows.subject.value(row)));
        }
        document.add_text(self.fields.body, text::own_words(beginning(rows.body.value(row))));
        Some(document)
    }

    fn commit(mut self, wanted: BTreeMap<String, Partition>) -> Result<()> {
        let failed = |error| IndexError::tantivy(self.folder, error);
        let partitions = wanted.into_iter().map(|(name, partition)| (name, partition.hash)).collect();
        let state = serde_json::to_string(&State { partitions, ..State::empty() });
        let state = state.map_err(|error| failed(tantivy::TantivyError::InvalidArgument(error.to_string())))?;
        let mut commit = self.writer.prepare_commit().map_err(failed)?;
        commit.set_payload(&state);
        commit.commit().map_err(failed)?;
        self.writer.wait_merging_threads().map_err(failed)
    }
}

/// The columns of a batch that are indexed.
struct Rows<'a> {
    message: &'a StringArray,
    conversation: &'a StringArray,
    time: &'a TimestampMicrosecondArray,
    subject: &'a StringArray,
    body: &'a StringArray,
}

impl<'a> Rows<'a> {
    fn of(batch: &'a RecordBatch, path: &str) -> Result<Rows<'a>> {
        fn column<'a, A: 'static>(batch: &'a RecordBatch, path: &str, column: &'static str) -> Result<&'a A> {
            let array = batch.column_by_name(column).map(ArrayRef::as_any).and_then(|any| any.downcast_ref());
            array.ok_or_else(|| IndexError::Column { path: path.to_owned(), column })
        }
        Ok(Rows {
            message: column(batch, path, "message_id")?,
            conversation: column(batch, path, "conversation_id")?,
            time: column(batch, path, "time")?,
            subject: column(batch, path, "subject")?,
            body: column(batch, path, "body")?,
        })
    }
}

fn add_id(document: &mut TantivyDocument, fields: IdFields, text: &str) -> Option<()> {
    let bits = Id::parse(text)?.to_bits();
    document.add_u64(fields.high, (bits >> 16) as u64);
    document.add_u64(fields.low, (bits & 0xffff) as u64);
    Some(())
}

/// The first [`LONGEST`] bytes of a text, whole characters only.
pub(crate) fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}
