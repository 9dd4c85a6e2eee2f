//! Full text over the messages, and what openings mean: which messages have these words, which say about the same.
//!
//! [`update()`] brings a folder to what a manifest's tables hold, [`Index`] asks it. One
//! document is one message, with the writer's own words only; the text itself stays in the tables.
//! The index is derived: it may be deleted at any time and the next [`update()`] makes it again.
//!
//! Terms carry their frequency and their positions, which phrases need; they are half of the index.

mod cover;
mod directory;
mod document;
mod erase;
mod error;
mod excerpt;
mod facts;
mod guard;
mod known;
mod meanings;
mod parts;
mod query;
mod rank;
mod schema;
mod search;
mod signs;
mod state;
mod terms;
mod update;
mod words;

pub use error::{IndexError, Result};
pub use excerpt::Excerpt;
pub use facts::{Fact, Holds};
pub use meanings::{Near, Takes};
pub use query::{Hit, Index};
pub use search::{BLOCK, Only, Searched, Wanted, conversation_key};
pub use update::{Updated, is_current, update};

use std::path::{Path, PathBuf};

/// Reads every byte of the index and compares checksums, for `doctor`: gives the files that changed
/// since they were written. Slow (it reads the whole index), unlike [`Index::open`].
pub fn check(folder: &Path) -> Result<Vec<PathBuf>> {
    let opened = schema::open(folder)?;
    let validate = || opened.index.validate_checksum().map_err(|error| IndexError::tantivy(folder, error));
    let damaged = guard::guard(folder, validate)?;
    let mut damaged: Vec<_> = damaged.into_iter().collect();
    if !meanings::is_whole(folder) {
        damaged.push(PathBuf::from("meanings"));
    }
    damaged.sort();
    Ok(damaged)
}
