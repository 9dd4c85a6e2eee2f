//! What the server is made of: answers, and where there are some, the desk and SQL.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use model::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::answers::Answers;
use crate::gate::Gate;
use crate::office::Office;

/// Everything that pages, API and assistants are answered from.
#[derive(Clone)]
pub struct Service {
    /// The tables, asked.
    pub answers: Arc<dyn Answers>,
    /// The tables, asked in SQL; `None` where they cannot be.
    pub sql: Option<Arc<dyn Sql>>,
    /// The desk's file, with the tokens of programs; without it there are none, and nothing can be changed.
    pub desk: Option<PathBuf>,
    /// The tables as viewers and passers-by see them; `None` where nothing is private.
    pub seen_by_viewers: Option<Arc<dyn Answers>>,
    /// What stands between the network and the pages.
    pub gate: Gate,
    /// The workspace, looked after; `None` where its sources and settings are nobody's to change.
    pub office: Option<Arc<dyn Office>>,
    /// The clock, microseconds UTC: when tokens expire, when something was decided.
    pub clock: fn() -> Timestamp,
}

impl Service {
    /// Answers only: no SQL, no tokens, nothing to be changed.
    pub fn reading(answers: Arc<dyn Answers>) -> Service {
        Service {
            answers,
            sql: None,
            desk: None,
            office: None,
            seen_by_viewers: None,
            gate: Gate::default(),
            clock: || 0,
        }
    }
}

impl Service {
    /// The tables as those see them who may see everything, or not.
    pub(crate) fn answers_for(&self, sees_all: bool) -> &dyn Answers {
        match &self.seen_by_viewers {
            Some(answers) if !sees_all => &**answers,
            _ => &*self.answers,
        }
    }
}

/// Answers questions in SQL. The query's text is passed on as it is.
pub trait Sql: Send + Sync + 'static {
    /// Rows of one query that only reads, within the limits. May take its time.
    ///
    /// # Errors
    ///
    /// [`SqlError`] says whether the query, its limits or the tables are the reason.
    fn rows(&self, query: &str, limits: &SqlLimits) -> Result<SqlRows, SqlError>;
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
    /// It needs more time or memory than it may have.
    #[error("{0}")]
    Limit(String),
    /// The tables could not be read.
    #[error("{0}")]
    Failed(String),
}
