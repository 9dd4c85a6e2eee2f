//! Pages and their JSON twins for one person on one machine; an API for programs; tools for assistants.
//!
//! [`serve`](serve()) listens on loopback only and answers from an [`Answers`]: a [`Today`](insight::views::Today)
//! page, the desk, one conversation, one person, and the questions people ask. Every page is made on
//! the server, needs no JavaScript, and has a twin at the same address with `.json` behind it that
//! carries the view itself. Programs ask below `/api/v1` ([`api`]), assistants over the Model Context Protocol
//! ([`mcp`]). Knows nothing of SQL, Parquet or the index.

mod acts;
mod again;
mod answers;
mod api;
mod asking;
mod assets;
mod caller;
mod cookies;
mod door;
mod download;
mod escape;
mod failure;
mod fields;
mod gate;
mod guard;
mod highlight;
mod latest;
mod limits;
mod mcp;
pub mod office;
mod once;
mod pages;
mod peer;
mod places;
mod prose;
mod proxy;
mod reports;
mod room;
mod router;
mod said;
mod serve;
mod service;
mod session;
mod sheet;
mod tls;
mod visitor;
mod words;

pub use answers::{About, AboutPeople, AnswerError, Answers};
pub use api::document as openapi;
pub use gate::{Address, Certificate, Gate, Network, SignInElsewhere, SignInHeader};
pub use latest::{Latest, Snapshot};
pub use mcp::{Assistant, speak};
pub use metric::{Sql, SqlColumn, SqlError, SqlLimits, SqlRows};
pub use office::{Draft, Fault, Office, OfficeError, OfficeResult, Values};
pub use places::{addresses, publishable};
pub use router::router;
pub use serve::{WebError, serve};
pub use service::Service;
pub use sso::{Provider, SsoError};
pub use tls::CertificateError;

// The made-up community is shared with the example, which sees this crate from outside.
#[cfg(test)]
extern crate self as web;
#[cfg(test)]
mod tests;
