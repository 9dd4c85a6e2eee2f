//! What can go wrong with storage.

use std::path::PathBuf;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, ArchiveError>;

/// A storage error: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The object store said no.
    #[error("archive storage failed: {0}; check free space and permissions, then run `switchboard doctor`")]
    Store(#[from] object_store::Error),
    /// A file operation failed.
    #[error("{}: {error}; check free space and permissions", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A segment or table is not what it should be.
    #[error("{place} is damaged: {message}; run `switchboard doctor`")]
    Damaged {
        /// Which file.
        place: String,
        /// What is wrong with it.
        message: String,
    },
    /// Another process stored this segment first.
    #[error("another process stored segment {number} of `{source_id}` first; run `switchboard sync` again")]
    Taken {
        /// The source.
        source_id: String,
        /// The number both wanted.
        number: u64,
    },
    /// A name that cannot be a folder of the archive.
    #[error("`{0}` cannot name a source; use letters, digits, `-`, `_` and `.`, not starting with `.`")]
    BadName(String),
    /// Parquet could not be written.
    #[error("cannot write Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// Arrow data did not fit together.
    #[error("cannot lay out rows: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// The thread that writes segments is gone.
    #[error("the thread that writes segments stopped; run the command again with --verbose")]
    WriterGone,
}

impl ArchiveError {
    /// An IO error at `path`.
    pub fn io(path: impl Into<PathBuf>, error: std::io::Error) -> Self {
        ArchiveError::Io { path: path.into(), error }
    }

    /// Damage found at `place`.
    pub fn damaged(place: impl Into<String>, message: impl ToString) -> Self {
        ArchiveError::Damaged { place: place.into(), message: message.to_string() }
    }
}
