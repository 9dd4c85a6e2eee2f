//! Bringing the index to what the manifest says, one partition at a time.

use std::path::Path;

use archive::{FileEntry, Manifest, Tables};
use model::tables::MESSAGES;
use rustc_hash::FxHashSet;
use tantivy::indexer::LogMergePolicy;
use tantivy::{IndexWriter, Term};

use crate::document::Rows;
use crate::known::{self, Known};
use crate::schema::{self, Opened};
use crate::state::{Partition, State, changed, partitions};
use crate::{IndexError, Result, erase, meanings};

/// Memory that the writer gathers terms in before it writes a segment, per thread, in bytes.
const MEMORY: usize = 64 << 20;
/// Fewer messages than this are not worth a second thread, which leaves a second segment behind.
const FEW: u64 = 20_000;
/// What [`update`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Updated {
    /// Partitions read anew or removed.
    pub partitions: u64,
    /// Messages added.
    pub added: u64,
    /// Rows left out because their ids are not [`model::Id`]s: the table is damaged.
    pub skipped: u64,
    /// True if there was no usable index, so that it was made from nothing.
    pub anew: bool,
}

/// Brings the index in `folder` to the `messages` and the meanings of `manifest`; an index that is damaged or of
/// another version is made anew. Calls `progress` with the messages done and the messages to do.
///
/// The new state appears at once at the end: killed before that, the index stays as it was. When no
/// partition changed nothing is opened for writing. Two updates at once: the second gets
/// [`IndexError::Locked`]. Of a message that the tables no longer hold nothing is left in any file.
pub fn update(
    folder: &Path,
    tables: &Tables,
    manifest: &Manifest,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Updated> {
    let wanted = partitions(manifest, &MESSAGES);
    if let Some((_, state)) = usable(folder).filter(|(_, state)| state.erasing) {
        erase::erase(folder, &state)?;
    }
    let (opened, state, anew) = match usable(folder) {
        Some((opened, state)) => (opened, state, false),
        None => (schema::create(folder)?, State::empty(), true),
    };
    let stale = changed(&state.partitions, &wanted);
    let mut updated = Updated::default();
    if !stale.is_empty() || anew {
        let rows = |partition: &Partition| partition.files.iter().map(|file| file.rows).sum::<u64>();
        let total = stale.iter().filter_map(|name| wanted.get(*name)).map(rows).sum();
        let writer = writer(folder, &opened, total)?;
        let (opened, updated) = (&opened, &mut updated);
        let mut update = Update { folder, opened, writer, anew, done: 0, updated, ids: Ids::default() };
        for name in &stale {
            let files = wanted.get(*name).map_or(&[][..], |partition| &partition.files);
            update.partition(tables, name, files, &mut |done| progress(done, total))?;
        }
        update.updated.partitions = stale.len() as u64;
        update.updated.anew = anew;
        let (gone, writer) = (update.ids.gone(), update.writer);
        let state = State { erasing: gone, ..State::of(&wanted) };
        commit(folder, writer, &state)?;
        if gone {
            erase::erase(folder, &state)?;
        }
    }
    meanings::update(folder, tables, manifest)?;
    Ok(updated)
}

/// Whether the index in `folder` was made from exactly the messages of `manifest`, by this version.
pub fn is_current(folder: &Path, manifest: &Manifest) -> bool {
    let fits = |state: State| !state.erasing && changed(&state.partitions, &partitions(manifest, &MESSAGES)).is_empty();
    usable(folder).is_some_and(|(_, state)| fits(state)) && meanings::is_current(folder, manifest)
}

/// The index in `folder` and what it was made from, unless it must be made anew.
fn usable(folder: &Path) -> Option<(Opened, State)> {
    let opened = schema::open(folder).ok()?;
    let payload = opened.index.load_metas().ok()?.payload;
    Some((opened, State::parse(payload.as_deref())?))
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

/// Makes what was written the state that counts.
fn commit(folder: &Path, mut writer: IndexWriter, state: &State) -> Result<()> {
    let failed = |error| IndexError::tantivy(folder, error);
    let mut commit = writer.prepare_commit().map_err(failed)?;
    commit.set_payload(&state.to_text(folder)?);
    commit.commit().map_err(failed)?;
    writer.wait_merging_threads().map_err(failed)
}

struct Update<'a> {
    folder: &'a Path,
    opened: &'a Opened,
    writer: IndexWriter,
    anew: bool,
    done: u64,
    updated: &'a mut Updated,
    ids: Ids,
}

/// Bits of the ids of messages that left a partition, and of those that came into one: a message that only
/// moved (its time was estimated better) is not gone.
#[derive(Default)]
struct Ids {
    left: FxHashSet<u128>,
    came: FxHashSet<u128>,
}

impl Ids {
    /// Whether any left that came nowhere else.
    fn gone(&self) -> bool {
        self.left.iter().any(|id| !self.came.contains(id))
    }
}

impl Update<'_> {
    /// Writes what is new or changed in a partition, and takes out what is gone from it.
    fn partition(
        &mut self,
        tables: &Tables,
        partition: &str,
        files: &[&FileEntry],
        progress: &mut dyn FnMut(u64),
    ) -> Result<()> {
        let Opened { reader, fields, .. } = self.opened;
        let mut known = match self.anew {
            true => Known::default(),
            false => known::of_partition(self.folder, reader, fields, partition)?,
        };
        for file in files {
            for batch in tables.read(file, Some(Rows::COLUMNS))? {
                let batch = batch.map_err(archive::ArchiveError::from)?;
                self.write(partition, &Rows::of(&batch, &file.path)?, &mut known)?;
                self.done += batch.num_rows() as u64;
                progress(self.done);
            }
        }
        self.ids.left.extend(known.keys());
        match files {
            // All of it in one stroke.
            [] => drop(self.writer.delete_term(Term::from_field_text(fields.partition, partition))),
            _ => self.remove(partition, known.into_keys().collect())?,
        }
        Ok(())
    }

    /// Writes rows, but not those that are as they are known to be; these and the changed are known no longer.
    fn write(&mut self, partition: &str, rows: &Rows, known: &mut Known) -> Result<()> {
        let (mut fresh, mut old) = (Vec::new(), FxHashSet::default());
        for row in 0..rows.len() {
            let Some(id) = rows.message_bits(row) else {
                self.updated.skipped += 1;
                continue;
            };
            match known.remove(&id) {
                Some(print) if print == rows.print(row) => continue,
                Some(_) => drop(old.insert(id)),
                None if self.anew => {}
                None => drop(self.ids.came.insert(id)),
            }
            fresh.push(row);
        }
        self.remove(partition, old)?;
        for row in fresh {
            match rows.document(&self.opened.fields, partition, row) {
                Some(document) => {
                    self.writer.add_document(document).map_err(|error| IndexError::tantivy(self.folder, error))?;
                    self.updated.added += 1;
                }
                None => self.updated.skipped += 1,
            }
        }
        Ok(())
    }

    fn remove(&self, partition: &str, ids: FxHashSet<u128>) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let these = known::messages(&self.opened.fields, partition, ids);
        self.writer.delete_query(these).map(drop).map_err(|error| IndexError::tantivy(self.folder, error))
    }
}
