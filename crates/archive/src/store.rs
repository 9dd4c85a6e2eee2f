//! The archive as a whole: which segments there are, putting one more, opening one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::TryStreamExt;
use futures::executor::block_on;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};

use crate::{Appender, ArchiveError, Limits, Result, Segment};

/// All segments of one workspace: `SOURCE/00000001.parquet`, `SOURCE/00000002.parquet`, …
#[derive(Debug, Clone)]
pub struct Archive {
    pub(crate) store: Arc<dyn ObjectStore>,
    /// Where the store lies on this machine, if it does: segments are then flushed to the disk.
    pub(crate) local: Option<PathBuf>,
}

impl Archive {
    /// Opens the archive in a folder, which is made if it is missing.
    pub fn open(folder: &Path) -> Result<Archive> {
        std::fs::create_dir_all(folder).map_err(|error| ArchiveError::io(folder, error))?;
        Self::open_existing(folder)
    }

    /// Opens the archive in a folder that is there, without writing anything.
    pub fn open_existing(folder: &Path) -> Result<Archive> {
        let store = Arc::new(LocalFileSystem::new_with_prefix(folder)?);
        Ok(Archive { store, local: Some(folder.to_owned()) })
    }

    /// The archive in any object store (a bucket, memory).
    pub fn in_store(store: Arc<dyn ObjectStore>) -> Archive {
        Archive { store, local: None }
    }

    /// Ids of the sources that have segments, sorted.
    pub fn sources(&self) -> Result<Vec<String>> {
        let listing = block_on(self.store.list_with_delimiter(None))?;
        let mut names: Vec<String> =
            listing.common_prefixes.iter().filter_map(|key| key.filename().map(str::to_owned)).collect();
        // Those are no sources, but work in progress (`rewrite.rs`).
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        Ok(names)
    }

    /// Numbers of a source's segments, ascending.
    pub fn numbers(&self, source: &str) -> Result<Vec<u64>> {
        let listing: Vec<_> = block_on(self.store.list(Some(&Key::from(source))).try_collect())?;
        let mut numbers: Vec<u64> = listing.iter().filter_map(|meta| number_of(&meta.location)).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Files that processes left which were killed while they put a segment, sorted. Nothing refers to
    /// them: whoever knows that nobody else is writing may remove them. None in other stores than a folder.
    pub fn leftovers(&self) -> Result<Vec<PathBuf>> {
        let Some(folder) = &self.local else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for source in self.sources()? {
            let folder = folder.join(source);
            let io = |error| ArchiveError::io(&folder, error);
            for entry in std::fs::read_dir(&folder).map_err(io)? {
                let path = entry.map_err(io)?.path();
                // The store writes `NAME#1` first and then gives it its name.
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.rsplit('#').next_back().is_some_and(|name| name.ends_with(".partial")) {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Opens one segment: reads its footer, not yet its items.
    pub fn segment(&self, source: &str, number: u64) -> Result<Segment> {
        let key = key(source, number)?;
        match &self.local {
            Some(folder) => {
                let path = folder.join(key.as_ref());
                let file = std::fs::File::open(&path).map_err(|error| ArchiveError::io(&path, error))?;
                Segment::open_file(source, number, file)
            }
            None => {
                let bytes = block_on(async { self.store.get(&key).await?.bytes().await })?;
                Segment::open_bytes(source, number, bytes)
            }
        }
    }

    /// The last segment of a source, where its cursor is; `None` when nothing was collected yet.
    pub fn last(&self, source: &str) -> Result<Option<Segment>> {
        self.numbers(source)?.last().map(|number| self.segment(source, *number)).transpose()
    }

    /// Starts adding to a source, after its last segment.
    pub fn append(&self, source: &str, kind: &str, limits: Limits) -> Result<Appender> {
        key(source, 1)?;
        Appender::start(self.clone(), source, kind, limits)
    }

    /// Puts a whole segment under its number: there whole or not at all, never over another.
    pub(crate) fn put(&self, source: &str, number: u64, bytes: Vec<u8>) -> Result<()> {
        let key = key(source, number)?;
        let done = match &self.local {
            Some(folder) => self.put_local(folder, &key, bytes),
            None => {
                let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
                block_on(self.store.put_opts(&key, bytes.into(), options)).map(|_| ()).map_err(Into::into)
            }
        };
        done.map_err(|error| match error {
            ArchiveError::Store(object_store::Error::AlreadyExists { .. }) => {
                ArchiveError::Taken { source_id: source.to_owned(), number }
            }
            other => other,
        })
    }

    /// On a disk the bytes must be down before the name is, or a power cut could leave an empty segment.
    fn put_local(&self, folder: &Path, key: &Key, bytes: Vec<u8>) -> Result<()> {
        let staged = Key::from(format!("{key}.{}.partial", std::process::id()));
        let named = block_on(async {
            self.store.put(&staged, bytes.into()).await?;
            sync(&folder.join(staged.as_ref()))?;
            self.store.rename_if_not_exists(&staged, key).await?;
            sync(folder.join(key.as_ref()).parent().unwrap_or(folder))
        });
        if named.is_err() {
            // Not found when the put itself failed; the error that matters is the first.
            let _ = block_on(self.store.delete(&staged));
        }
        named
    }
}

/// Flushes a file or a folder's entries to the disk.
pub(crate) fn sync(path: &Path) -> Result<()> {
    std::fs::File::open(path).and_then(|file| file.sync_all()).map_err(|error| ArchiveError::io(path, error))
}

pub(crate) fn key(source: &str, number: u64) -> Result<Key> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if source.is_empty() || source.starts_with('.') || !source.bytes().all(fine) {
        return Err(ArchiveError::BadName(source.to_owned()));
    }
    Ok(Key::from(format!("{source}/{number:08}.parquet")))
}

pub(crate) fn number_of(key: &Key) -> Option<u64> {
    key.filename()?.strip_suffix(".parquet")?.parse().ok()
}
