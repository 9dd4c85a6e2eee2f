//! Who runs the queries: anything that has the tables.

use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::explain::Explained;

/// Answers questions in SQL. The query's text is passed on as it is.
pub trait Sql: Send + Sync + 'static {
    /// Rows of one query that only reads, within the limits. May take its time.
    ///
    /// # Errors
    ///
    /// [`SqlError`] says whether the query, its limits or the tables are the reason.
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError>;

    /// What `make` makes of the tables as they are, from memory where it was made before under this name. Without a
    /// memory it is made each time.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    fn kept(
        &self,
        _name: &str,
        make: &mut dyn FnMut() -> Result<Arc<Explained>, SqlError>,
    ) -> Result<Arc<Explained>, SqlError> {
        make()
    }
}

/// What one query may use, and see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlLimits {
    /// Rows of its answer, at most.
    pub rows: usize,
    /// Bytes of its answer's values, at most.
    pub bytes: usize,
    /// How long it may run.
    pub time: Duration,
    /// Whether it may see mail addresses and accounts.
    pub addresses: bool,
}

/// The answer of a query.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SqlRows {
    /// The columns, in order.
    pub columns: Vec<SqlColumn>,
    /// The rows, each with a value per column. Instants are texts (RFC 3339, UTC), lists are arrays.
    pub rows: Vec<Vec<Value>>,
    /// Whether there were more rows, left out because of the limits.
    pub more: bool,
}

/// One column of a query's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SqlColumn {
    /// Its name.
    pub name: String,
    /// Its type, as Arrow calls it.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Why a query has no answer. The texts say what to do next.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// The query is not right, or not allowed.
    #[error("{0}")]
    Query(String),
    /// The same, at a place in the query.
    #[error("line {line}, column {column}: {what}")]
    At {
        /// The line of the query, from 1.
        line: usize,
        /// The column, in characters from 1.
        column: usize,
        /// What is wrong and what to do.
        what: String,
    },
    /// It needs more time or memory than it may have.
    #[error("{0}")]
    Limit(String),
    /// The tables could not be read.
    #[error("{0}")]
    Failed(String),
}
