//! What a text says: pure functions over one text, no IO, nothing about people or channels.
//!
//! All of them take any text, never panic, and run in time linear in its length.

mod common;
mod html;
pub mod issue_kind;
mod lead;
pub mod linear;
mod meaning;
mod parts;
pub mod sentiment;
mod signals;
mod subject;
mod words;

pub use common::{is_common, is_topical};
pub use html::html_to_text;
pub use issue_kind::{IssueKind, issue_kind};
pub use lead::lead;
pub use meaning::{DIMENSIONS, Meaning, meaning};
pub use parts::{Part, PartKind, own_words, parts};
pub use sentiment::{Sentiment, sentiment};
pub use signals::{Signals, signals};
pub use subject::{SubjectKey, subject_key};
