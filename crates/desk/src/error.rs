//! What can go wrong with the desk.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, DeskError>;

/// A desk error: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such file.
    #[error("no desk at {}; run `switchboard init` to make a workspace", .0.display())]
    Missing(PathBuf),
    /// A newer program made it.
    #[error("{} is of version {found}, this program knows up to {known}; install the newer program", path.display())]
    Newer {
        /// The desk's file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The latest version known.
        known: usize,
    },
    /// It must be brought to this program's version, but was opened to read only.
    #[error("{} was made by an older program; run `switchboard sync` once to bring it up to date", .0.display())]
    Older(PathBuf),
    /// The file is an SQLite database of something else.
    #[error("{} is a database of another program; move it away and run the command again", .0.display())]
    NotADesk(PathBuf),
    /// Another process is writing to it.
    #[error("another process is writing to {}; wait for it to end, then try again", .0.display())]
    Busy(PathBuf),
    /// The file is not what it should be.
    #[error("{} is damaged: {message}; put it back from a backup", path.display())]
    Damaged {
        /// The desk's file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// Another person has the case.
    #[error("{conversation} is held by {holder} since {}{}; talk to them, or take it over with --force",
        crate::words::minute(*since), and_others(*others))]
    Held {
        /// The conversation.
        conversation: String,
        /// Who has it.
        holder: String,
        /// Since when, microseconds UTC.
        since: model::Timestamp,
        /// How many of the other cases of the step others have as well.
        others: usize,
    },
    /// There is no such step.
    #[error("there is no step {0}; `switchboard case history` lists them")]
    NoStep(i64),
    /// It is taken back already.
    #[error("step {0} is taken back already; `switchboard case history` lists the steps")]
    Undone(i64),
    /// Something is saved under no such name.
    #[error("there is no {kind} called `{name}`; {known}")]
    NotSaved {
        /// What it was to be.
        kind: &'static str,
        /// The name.
        name: String,
        /// Which names there are.
        known: String,
    },
    /// What was to be decided cannot be.
    #[error("{0}")]
    Wrong(String),
    /// SQLite gave another error.
    #[error("{}: {error}; check free space and permissions", path.display())]
    Sqlite {
        /// The desk's file.
        path: PathBuf,
        /// What SQLite said.
        error: rusqlite::Error,
    },
    /// Two tokens would have one name.
    #[error("there is a token `{0}` already; take another name, or revoke that one first")]
    NameTaken(String),
    /// A link that works once was used, is too old, or never was.
    #[error("this link was used already or is too old; ask an administrator for another")]
    LinkGone,
    /// The copy before a migration could not be put in place.
    #[error("{}: {error}; check free space and permissions", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

fn and_others(number: usize) -> String {
    if number == 0 { String::new() } else { format!(" (and {number} more of these are held)") }
}

impl DeskError {
    pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> DeskError {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DeskError::Busy(path),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                DeskError::Damaged { path, message: error.to_string() }
            }
            _ => DeskError::Sqlite { path, error },
        }
    }

    /// Whether there is no room left to write.
    pub fn is_full(&self) -> bool {
        match self {
            DeskError::Sqlite { error, .. } => error.sqlite_error_code() == Some(ErrorCode::DiskFull),
            DeskError::Io { error, .. } => error.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether the file or its folder could not be written to, or not be opened at all.
    pub fn is_unwritable(&self) -> bool {
        let DeskError::Sqlite { error, .. } = self else { return false };
        matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
    }
}
