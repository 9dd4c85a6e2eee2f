//! Getting rid of the words of messages that are gone. The search library only marks a document as deleted; what
//! it said stays in the files until they happen to be merged. Here they are written anew at once.

use std::path::Path;

use tantivy::IndexWriter;
use tantivy::index::SegmentId;
use tantivy::indexer::NoMergePolicy;

use crate::schema;
use crate::state::State;
use crate::{IndexError, Result};

/// Memory of the writer, which writes no documents here: the least that it takes.
const MEMORY: usize = 16 << 20;

/// Writes every segment with deleted documents anew, without them, and makes the state that counts the same that
/// it was, nothing left to be erased. Killed on the way, the next update does it again.
pub(crate) fn erase(folder: &Path, state: &State) -> Result<()> {
    let failed = |error| IndexError::tantivy(folder, error);
    // Opened apart from all others: files that a reader of the same index holds are not removed.
    let index = schema::open_bare(folder)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY).map_err(failed)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for segment in holed(&index).map_err(failed)? {
        writer.merge(&[segment]).wait().map_err(failed)?;
    }
    let done = State { erasing: false, ..state.clone() };
    let mut commit = writer.prepare_commit().map_err(failed)?;
    commit.set_payload(&done.to_text(folder)?);
    commit.commit().map_err(failed)?;
    writer.garbage_collect_files().wait().map_err(failed)?;
    writer.wait_merging_threads().map_err(failed)
}

/// The segments in which documents are marked as deleted.
fn holed(index: &tantivy::Index) -> tantivy::Result<Vec<SegmentId>> {
    let segments = index.searchable_segment_metas()?;
    Ok(segments.iter().filter(|segment| segment.num_deleted_docs() > 0).map(|segment| segment.id()).collect())
}
