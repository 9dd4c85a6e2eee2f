//! Full text over the messages: which ones say about the same as a given text.
//!
//! [`update()`] brings a folder to what a manifest's `messages` table holds, [`Index`] asks it. One
//! document is one message, with the writer's own words only; the text itself stays in the tables.
//! The index is derived: it may be deleted at any time and the next [`update()`] makes it again.
//!
//! Terms carry their frequency but no positions: ranking by BM25 needs none, and they would make the
//! index half as large again. Phrase search will need them; raising [`schema::VERSION`] then makes
//! every index anew.

mod cover;
mod directory;
mod error;
mod guard;
mod query;
mod schema;
mod state;
mod terms;
mod update;
mod words;

pub use error::{IndexError, Result};
pub use query::{Hit, Index};
pub use update::{Updated, is_current, update};

use std::path::{Path, PathBuf};

/// Reads every byte of the index and compares checksums, for `doctor`: gives the files that changed
/// since they were written. Slow (it reads the whole index), unlike [`Index::open`].
pub fn check(folder: &Path) -> Result<Vec<PathBuf>> {
    let opened = schema::open(folder)?;
    let validate = || opened.index.validate_checksum().map_err(|error| IndexError::tantivy(folder, error));
    let damaged = guard::guard(folder, validate)?;
    let mut damaged: Vec<_> = damaged.into_iter().collect();
    damaged.sort();
    Ok(damaged)
}
