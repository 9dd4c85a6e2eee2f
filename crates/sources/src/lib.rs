//! One folder per source kind, and the list of them. Nothing outside its folder names a source but
//! its line here.

use source::Source;

pub mod calendar;
pub mod commit;
mod dates;
pub mod discord_export;
pub mod discourse;
pub mod discourse_export;
pub mod documents;
pub mod feed;
pub mod files;
pub mod git;
pub(crate) mod github;
pub mod github_archive;
pub mod irc_log;
pub mod json;
pub mod mail;
pub mod matrix_export;
pub mod mattermost_export;
pub mod mbox;
pub mod people;
pub mod perceval;
pub mod public_inbox;
mod recognize;
pub mod repository;
pub mod slack;
pub mod slack_export;
pub mod stackexchange_dump;
pub mod table;
pub mod telegram_export;
mod whole;
mod yaml;
pub mod zulip_export;

pub use recognize::{Candidate, recognize};

/// Every source, alphabetical by kind.
pub static SOURCES: &[&Source] = &[
    &calendar::SOURCE,
    &discord_export::SOURCE,
    &discourse_export::SOURCE,
    &documents::SOURCE,
    &feed::SOURCE,
    &git::SOURCE,
    &github_archive::SOURCE,
    &irc_log::SOURCE,
    &matrix_export::SOURCE,
    &mattermost_export::SOURCE,
    &mbox::SOURCE,
    &people::SOURCE,
    &perceval::SOURCE,
    &public_inbox::SOURCE,
    &slack_export::SOURCE,
    &stackexchange_dump::SOURCE,
    &table::SOURCE,
    &telegram_export::SOURCE,
    &zulip_export::SOURCE,
];

/// Looks a source up by its kind.
pub fn named(kind: &str) -> Option<&'static Source> {
    SOURCES.iter().copied().find(|source| source.kind == kind)
}
