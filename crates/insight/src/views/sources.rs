//! How complete a source is, and what could not be read of it. Times are microseconds UTC.

use schemars::JsonSchema;
use serde::Serialize;

/// From when until when a source has something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceSpan {
    /// Its channels.
    pub channels: u64,
    /// Its first dated message or activity.
    pub first: Option<i64>,
    /// Its last one.
    pub last: Option<i64>,
}

/// What could not be read or understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problems {
    /// All there are.
    pub total: u64,
    /// How often each sort came up, the most frequent first.
    pub counts: Vec<(String, u64)>,
    /// Some of them, in the order of their files.
    pub problems: Vec<ProblemAt>,
}

/// One problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemAt {
    /// The file within the source.
    pub file: String,
    /// The byte in that file, or the line for formats of lines.
    pub offset: Option<i64>,
    /// What it is: a short fixed phrase.
    pub what: String,
    /// The rest; never a body or an address.
    pub detail: String,
}
