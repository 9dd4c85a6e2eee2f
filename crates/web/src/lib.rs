//! Pages and their JSON twins, for one person on one machine.
//!
//! [`serve`](serve()) listens on loopback only and answers from an [`Answers`]: a [`Today`](insight::views::Today)
//! page, the desk, one conversation, one person, and the questions people ask. Every page is made on
//! the server, needs no JavaScript, and has a twin at the same address with `.json` behind it that
//! carries the view itself. Knows nothing of SQL, Parquet or the index.

mod answers;
mod assets;
mod escape;
mod failure;
mod guard;
mod latest;
mod pages;
mod prose;
mod router;
mod serve;
mod words;

pub use answers::{About, AnswerError, Answers};
pub use latest::{Latest, Snapshot};
pub use router::router;
pub use serve::{WebError, serve};

// The made-up community is shared with the example, which sees this crate from outside.
#[cfg(test)]
extern crate self as web;
#[cfg(test)]
mod tests;
