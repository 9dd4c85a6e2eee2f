//! What a text says: pure functions over one text, no IO, nothing about people or channels.
//!
//! All of them take any text, never panic, and run in time linear in its length.

mod addresses;
mod common;
mod facts;
mod html;
pub mod issue_kind;
mod language;
mod lead;
pub mod linear;
mod meaning;
mod parts;
mod prose;
pub mod sentiment;
mod signals;
mod stretches;
mod subject;
pub mod tier;
mod words;

pub use addresses::{HIDDEN, without_addresses};
pub use common::{is_common, is_topical};
pub use facts::{Facts, facts};
pub use html::html_to_text;
pub use issue_kind::{IssueKind, issue_kind};
pub use language::{Language, language};
pub use lead::lead;
pub use meaning::{DIMENSIONS, Meaning, meaning};
pub use parts::{Part, PartKind, own_words, parts};
pub use sentiment::{Sentiment, sentiment};
pub use signals::{Found, Reading, Signal, Signals, read, signals};
pub use stretches::{Stretch, StretchKind, stretches};
pub use subject::{SubjectKey, subject_key};
