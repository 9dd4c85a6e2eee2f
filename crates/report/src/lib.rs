//! Documents from answers: newsletter, digest, stakeholder review, release notes and the like.
//!
//! A report is made in three steps, and each can be looked at. [`gather()`] asks the community ([`Questions`]) and the
//! metrics into one typed value ([`Facts`]). [`Templates`] fill it into a text that the community may replace by its own;
//! what comes out is Markdown, which an editor changes before anything is sent. [`Document`] reads that Markdown and gives
//! HTML, a mail and a PDF. Charts stand in the Markdown as their numbers ([`Chart`]), so that a text that was kept is all
//! that is needed to make the same document again.
//!
//! Whatever strangers wrote is escaped where a template prints it, and addresses are left out. A document knows only
//! headings, paragraphs, lists, quotes, tables, code, charts and links to the web: markup of any other kind is text in it.
//! Knows nothing of HTTP and sends nothing.

mod chart_block;
mod document;
mod error;
mod escape;
mod facts;
mod gather;
mod html;
mod kind;
mod mail;
mod pdf;
mod period;
mod plain;
mod questions;
mod template;
mod themes;

pub use chart_block::Chart;
pub use document::{Block, Document, Span};
pub use error::ReportError;
pub use facts::*;
pub use gather::{Ask, gather};
pub use kind::Kind;
pub use period::{Period, Stretch};
pub use questions::Questions;
pub use template::Templates;

/// What making a report comes to.
pub type Result<T> = std::result::Result<T, ReportError>;

/// A report, made and not yet edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// What it is about: kind, time, what of.
    pub ask: Ask,
    /// Its first heading.
    pub title: String,
    /// The draft.
    pub markdown: String,
}

/// Gathers a report and fills it into its template.
///
/// # Errors
///
/// [`ReportError`] says what could not be asked, or what is wrong in which line of which template.
pub fn make(sources: &gather::Sources<'_>, templates: &Templates, ask: &Ask) -> Result<Made> {
    let facts = gather(sources, ask)?;
    let markdown = templates.fill(ask.kind, &facts)?;
    let title = Document::read(&markdown).title().unwrap_or_else(|| ask.kind.title().to_owned());
    Ok(Made { ask: ask.clone(), title, markdown })
}

pub use gather::Sources;
