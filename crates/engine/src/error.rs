//! What can go wrong with a query.

use std::fmt;
use std::path::PathBuf;

use datafusion::error::DataFusionError;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, EngineError>;

/// An engine error: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The query is not right.
    #[error("{place}{message}")]
    Query {
        /// Where in the query, if known.
        place: Place,
        /// What is wrong with it.
        message: String,
    },
    /// The statement is no query.
    #[error("`{0}` is refused: tables can only be asked, with SELECT, WITH, VALUES, EXPLAIN, SHOW or DESCRIBE")]
    Refused(String),
    /// The query is too long or too deep.
    #[error("the query has {found} words and signs, more than the {most} that are allowed; split it up")]
    TooLong {
        /// How many it has, numbers and texts not counted.
        found: usize,
        /// How many are allowed.
        most: usize,
    },
    /// The query needs too much memory.
    #[error("the query needs more memory than it may have; ask for fewer rows or columns, or filter first ({0})")]
    Memory(String),
    /// The query ran for too long.
    #[error("the query was stopped after {0} seconds, which is as long as it may run; filter first, or ask for less")]
    TooSlow(u64),
    /// No such table.
    #[error("{0}")]
    NoTable(String),
    /// A file of a table is missing or cannot be read.
    #[error("{}: {error}; run `switchboard rebuild` to make the tables again", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The answer could not be written.
    #[error("cannot write the answer: {0}")]
    Write(#[from] std::io::Error),
    /// The answer could not be laid out in the format asked for.
    #[error("cannot lay the answer out: {0}; ask for another format or cast the column")]
    Layout(String),
    /// The engine could not be set up, or reading failed half-way.
    #[error("the query failed: {0}; if tables are damaged, `switchboard doctor` says which")]
    Failed(Box<DataFusionError>),
    /// The query's thread is gone.
    #[error("the query stopped before its end, which should not happen; please report it with the query")]
    Stopped,
}

/// A place in a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place(pub Option<(u64, u64)>);

impl fmt::Display for Place {
    /// `line 1, column 8: `, counted from 1, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((line, column)) => write!(f, "line {line}, column {column}: "),
            None => Ok(()),
        }
    }
}
