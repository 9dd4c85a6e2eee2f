//! Writing segments anew, which nothing but erasing somebody does: all of them change, or none.
//!
//! The new segments are first laid down beside the archive, in `.rewriting/`. Then one small file there,
//! [`COMMIT`], says that all of them are whole; from that moment on they count, and each takes the place of the old one.
//! Whoever is killed before that moment has changed nothing; whoever is killed after it has [`Archive::settle`], which
//! every writer calls first, put the rest in place.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use futures::executor::block_on;
use model::Item;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStoreExt};

use crate::append::Open;
use crate::segment::Head;
use crate::store::{key, number_of, sync};
use crate::{Archive, ArchiveError, Result};

/// The folder beside the sources. No source is called so: their names do not begin with a dot.
const FOLDER: &str = ".rewriting";
/// The file in it that says that all segments there are whole.
const COMMIT: &str = "commit";

/// Segments that are being written anew.
pub struct Rewriting<'a> {
    archive: &'a Archive,
    segments: u64,
}

impl Archive {
    /// Starts writing segments anew. Whoever does holds the right to write to the workspace.
    pub fn rewrite(&self) -> Result<Rewriting<'_>> {
        self.settle()?;
        Ok(Rewriting { archive: self, segments: 0 })
    }

    /// Ends what a killed process left of writing segments anew: puts in place what was said to be whole, removes what
    /// was not. True if there was something to put in place. Cheap where there is nothing.
    pub fn settle(&self) -> Result<bool> {
        let left = self.staged()?;
        let is_commit = |meta: &&ObjectMeta| meta.location.filename() == Some(COMMIT);
        let committed = left.iter().find(is_commit);
        for meta in left.iter().filter(|meta| !is_commit(meta)) {
            match target(&meta.location).filter(|_| committed.is_some()) {
                Some((source, number)) => self.put_in_place(&meta.location, &source, number)?,
                None => block_on(self.store.delete(&meta.location))?,
            }
        }
        if let Some(commit) = committed {
            // Last of all: until it is gone, what it stands for is done again, which changes nothing.
            block_on(self.store.delete(&commit.location))?;
        }
        if let Some(folder) = &self.local {
            // Also what a killed process had begun to lay down, which the store does not list.
            match std::fs::remove_dir_all(folder.join(FOLDER)) {
                Ok(()) => sync(folder)?,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(ArchiveError::io(folder.join(FOLDER), error)),
            }
        }
        Ok(committed.is_some())
    }

    fn staged(&self) -> Result<Vec<ObjectMeta>> {
        Ok(block_on(self.store.list(Some(&Key::from(FOLDER))).try_collect())?)
    }

    fn put_in_place(&self, staged: &Key, source: &str, number: u64) -> Result<()> {
        let key = key(source, number)?;
        block_on(self.store.rename(staged, &key))?;
        match &self.local {
            Some(folder) => sync(folder.join(key.as_ref()).parent().unwrap_or(folder)),
            None => Ok(()),
        }
    }
}

impl Rewriting<'_> {
    /// Lays down one segment with other items in the rows of `instead`. Its other rows, their order and its cursor
    /// stay as they are.
    pub fn segment(&mut self, source: &str, number: u64, mut instead: BTreeMap<u64, Item>) -> Result<()> {
        let old = self.archive.segment(source, number)?;
        let (mut items, mut item, mut open) = (old.items()?, Item::default(), Open::start()?);
        while let Some(row) = items.read(&mut item)? {
            let other = instead.remove(&row);
            let Item { id, version, kind, origin, bytes } = other.as_ref().unwrap_or(&item);
            if !open.add([id, version, kind, origin], bytes)? {
                return Err(open.failure());
            }
        }
        let head = Head { items: open.items, bytes: open.bytes, ..old.head().clone() };
        let bytes = open.finish(&head)?;
        self.put(Key::from(format!("{FOLDER}/{source}/{number:08}.parquet")), bytes)?;
        self.segments += 1;
        Ok(())
    }

    /// Puts all of them in place: they count from here on, whatever happens. Gives how many there are.
    pub fn commit(self) -> Result<u64> {
        if self.segments > 0 {
            self.put(Key::from(format!("{FOLDER}/{COMMIT}")), self.segments.to_string().into_bytes())?;
            self.archive.settle()?;
        }
        Ok(self.segments)
    }

    /// On a disk, the bytes are down when this returns, and so is their name.
    fn put(&self, key: Key, bytes: Vec<u8>) -> Result<()> {
        block_on(self.archive.store.put(&key, bytes.into()))?;
        let Some(folder) = &self.archive.local else { return Ok(()) };
        let path = folder.join(key.as_ref());
        sync(&path)?;
        path.ancestors().skip(1).take_while(|above| above.starts_with(folder)).try_for_each(sync)
    }
}

impl Drop for Rewriting<'_> {
    /// Given up before [`Rewriting::commit`], nothing of it stays.
    fn drop(&mut self) {
        if self.segments > 0 {
            let _ = self.archive.settle();
        }
    }
}

/// Which segment a file of [`FOLDER`] is to replace.
fn target(staged: &Key) -> Option<(String, u64)> {
    let mut parts = staged.parts().skip(1);
    let source = parts.next()?.as_ref().to_owned();
    parts.next().filter(|_| parts.next().is_none())?;
    Some((source, number_of(staged)?))
}
