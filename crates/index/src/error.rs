//! What can go wrong with the index.

use std::path::{Path, PathBuf};

use archive::ArchiveError;
use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, IndexError>;

/// An index error: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder yet.
    #[error("no index in {}; run `switchboard sync` to make it", .0.display())]
    Missing(PathBuf),
    /// The index was made by another version of the program.
    #[error("the index in {} has another layout than this version reads; run `switchboard sync` to make it again", .0.display())]
    Outdated(PathBuf),
    /// A file of the index does not hold what was written.
    #[error("the index in {} is damaged; run `switchboard rebuild` to make it again", .0.display())]
    Damaged(PathBuf),
    /// Another process is writing to the index.
    #[error("another process is updating the index in {}; wait for it to end, then try again", .0.display())]
    Locked(PathBuf),
    /// A file operation failed.
    #[error("{}: {error}; check free space and permissions", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The search library gave an error.
    #[error("the index in {} failed: {error}; check free space, then run `switchboard rebuild`", folder.display())]
    Tantivy {
        /// The index's folder.
        folder: PathBuf,
        /// What the library said.
        error: Box<TantivyError>,
    },
    /// The messages could not be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A table of messages lacks a column or has it in another type.
    #[error("{path} has no column `{column}` of the expected type; run `switchboard rebuild`")]
    Column {
        /// The table's file.
        path: String,
        /// The column.
        column: &'static str,
    },
}

impl IndexError {
    /// An error of the search library, on the index in `folder`.
    pub(crate) fn tantivy(folder: &Path, error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked(folder.to_owned()),
            error => IndexError::Tantivy { folder: folder.to_owned(), error: Box::new(error) },
        }
    }

    /// An IO error at `path`.
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        IndexError::Io { path: path.to_owned(), error }
    }
}
