//! Runs a collector against the archive: the loop that every source shares.

use std::collections::{BTreeSet, HashMap};

use archive::{Appender, Archive, ArchiveError, Limits};
use model::{Id, Item, Problem};
use serde::{Deserialize, Serialize};

use crate::erase::{Erased, Eraser, Words};
use crate::{CollectError, Context, ItemRef, Normalizer, Sink, Source};

/// The kind of the items that hold a collector's problems, as JSON. Derive reads them; sources never see them.
pub const PROBLEM_KIND: &str = "switchboard.problem";

/// Bytes of items after which a collector calls [`Sink::safe_point`], however few items they are: a
/// segment is cut there only, and must stay far below the 2 GiB that a Parquet reader can address.
pub const SAFE_BYTES: usize = 8 << 20;
/// The largest item a source may keep: larger ones are a recorded problem. A mail with all its
/// attachments stays below; a file that is no archive at all does not eat the memory.
pub const MAX_ITEM: usize = 64 << 20;

/// How far a collector is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes or items done.
    pub done: u64,
    /// Bytes or items there are, 0 if unknown.
    pub total: u64,
    /// Items kept so far.
    pub items: u64,
}

/// A problem as it lies in the archive.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredProblem {
    /// [`Problem::what`].
    pub what: String,
    /// [`Problem::file`].
    pub file: String,
    /// [`Problem::offset`].
    pub offset: Option<u64>,
    /// [`Problem::detail`].
    pub detail: String,
}

/// Collects what is new from one source into the archive and gives the number of items kept. After
/// an error, the archive holds everything up to the last safe point that was stored.
pub fn collect(
    archive: &Archive,
    source: &Source,
    context: &Context,
    limits: Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, CollectError> {
    Ok(collect_without(archive, source, context, &Erased::default(), limits, progress)?.items)
}

/// What was collected.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Items kept.
    pub items: u64,
    /// Identities of people who were erased, by ids that were not known before: what they did by these may have been
    /// kept in this very run, and is to be erased as well.
    pub learned: BTreeSet<Id>,
}

/// The same, and nothing is kept of the people in `erased`, whatever the source gives.
pub fn collect_without(
    archive: &Archive,
    source: &Source,
    context: &Context,
    erased: &Erased,
    limits: Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Collected, CollectError> {
    let last = archive.last(&context.source).map_err(store)?;
    let cursor = last.map(|segment| segment.head().cursor.clone()).unwrap_or_default();
    let appender = archive.append(&context.source, source.kind, limits).map_err(store)?;
    let without = match erased.is_empty() {
        true => None,
        false => {
            let normalizer = (source.normalizer)(context)?;
            Some(Without { erased, source: &context.source, normalizer, learned: BTreeSet::new() })
        }
    };
    let (pending, told) = (false, HashMap::new());
    let mut sink = ArchiveSink { appender, without, cursor: cursor.clone(), pending, progress, told };
    (source.collect)(context, &cursor, &mut sink)?;
    if sink.pending {
        let message =
            format!("source kind {} returned without a safe point; this is a defect, please report it", source.kind);
        return Err(CollectError::Other(message));
    }
    sink.appender.cut(sink.cursor).map_err(store)?;
    let learned = sink.without.map(|without| without.learned).unwrap_or_default();
    Ok(Collected { items: sink.appender.items(), learned })
}

/// Who is to stay away.
struct Without<'a> {
    erased: &'a Erased,
    source: &'a str,
    normalizer: Normalizer,
    /// [`Collected::learned`].
    learned: BTreeSet<Id>,
}

impl Without<'_> {
    fn item(&mut self, item: ItemRef<'_>) -> Option<Item> {
        let ItemRef { id, version, kind, origin, bytes } = item;
        let text = str::to_owned;
        let item = Item {
            id: text(id),
            version: text(version),
            kind: text(kind),
            origin: text(origin),
            bytes: bytes.to_vec(),
        };
        let Without { erased, source, normalizer, learned } = self;
        Eraser { erased, words: &Words::default(), source, normalizer }.without(&item, &mut |id| learned.extend([id]))
    }
}

struct ArchiveSink<'a> {
    appender: Appender,
    /// `None` where nobody was erased.
    without: Option<Without<'a>>,
    /// The latest safe point's.
    cursor: serde_json::Value,
    /// Items were kept since the latest safe point.
    pending: bool,
    progress: &'a mut dyn FnMut(Progress),
    /// How many problems of one kind each file has had in this run.
    told: HashMap<(String, String), u32>,
}

/// Problems of one kind in one file that are recorded one by one: a file in a wrong encoding has millions.
const MOST_ALIKE: u32 = 1_000;

impl Sink for ArchiveSink<'_> {
    fn item(&mut self, item: ItemRef<'_>) -> Result<(), CollectError> {
        // What the archive has was looked at before.
        let is_new = self.without.is_none() || !self.appender.has(item.id, item.version).map_err(store)?;
        let instead = self.without.as_mut().filter(|_| is_new).and_then(|without| without.item(item));
        let item = instead.as_ref().map_or(item, |Item { id, version, kind, origin, bytes }| ItemRef {
            id,
            version,
            kind,
            origin,
            bytes,
        });
        let kept = self.appender.item(item.id, item.version, item.kind, item.origin, item.bytes).map_err(store)?;
        self.pending |= kept;
        Ok(())
    }

    fn safe_point(&mut self, cursor: &dyn Fn() -> serde_json::Value) -> Result<(), CollectError> {
        self.pending = false;
        // Making a cursor may cost as much as its length; only the one that is stored is needed.
        if self.appender.is_due() {
            self.cursor = cursor();
            self.appender.cut(self.cursor.clone()).map_err(store)?;
        }
        Ok(())
    }

    fn end(&mut self, cursor: serde_json::Value) -> Result<(), CollectError> {
        self.pending = false;
        self.cursor = cursor;
        Ok(())
    }

    fn problem(&mut self, problem: Problem) -> Result<(), CollectError> {
        let Problem { what, file, offset, mut detail, .. } = problem;
        let told = self.told.entry((file.clone(), what.clone())).or_default();
        *told += 1;
        match *told {
            ..MOST_ALIKE => {}
            MOST_ALIKE => detail = "and all that follow in this file: they are not listed one by one".to_owned(),
            _ => return Ok(()),
        }
        let id = format!("problem:{file}:{}:{what}", offset.unwrap_or_default());
        let stored = StoredProblem { what, file, offset, detail };
        let bytes = serde_json::to_vec(&stored).map_err(|error| CollectError::Other(error.to_string()))?;
        self.item(ItemRef { id: &id, version: &stored.detail, kind: PROBLEM_KIND, origin: "", bytes: &bytes })
    }

    fn progress(&mut self, done: u64, total: u64) {
        (self.progress)(Progress { done, total, items: self.appender.items() });
    }
}

fn store(error: ArchiveError) -> CollectError {
    CollectError::Store(error)
}
