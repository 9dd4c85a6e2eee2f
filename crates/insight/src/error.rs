//! What can go wrong with a question.

use archive::ArchiveError;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, InsightError>;

/// Why there is no answer: what, where, and what to do next. Never holds a name, address or body.
#[derive(Debug, thiserror::Error)]
pub enum InsightError {
    /// There are no tables.
    #[error("nothing derived yet; run `switchboard sync`")]
    NothingYet,
    /// A sync replaced the tables while a question was being answered.
    #[error("the tables were made anew meanwhile; ask again")]
    Stale,
    /// A table has other columns or values than this version knows.
    #[error("the table `{table}` does not fit this version: {message}; run `switchboard rebuild`")]
    Shape {
        /// The table.
        table: &'static str,
        /// What does not fit.
        message: String,
    },
    /// A table could not be read.
    #[error(transparent)]
    Tables(#[from] ArchiveError),
    /// The index could not be asked.
    #[error(transparent)]
    Index(#[from] index::IndexError),
    /// The desk could not be read.
    #[error(transparent)]
    Desk(#[from] desk::DeskError),
}
