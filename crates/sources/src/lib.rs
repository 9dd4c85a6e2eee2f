//! One folder per source kind, and the list of them. Nothing outside its folder names a source but
//! its line here.

use source::Source;

pub mod files;
pub mod git;
pub(crate) mod github;
pub mod github_archive;
pub mod irc_log;
pub mod json;
pub mod mbox;
pub mod slack_export;
pub mod stackexchange_dump;

/// Every source, alphabetical by kind.
pub static SOURCES: &[&Source] = &[
    &git::SOURCE,
    &github_archive::SOURCE,
    &irc_log::SOURCE,
    &mbox::SOURCE,
    &slack_export::SOURCE,
    &stackexchange_dump::SOURCE,
];

/// Looks a source up by its kind.
pub fn named(kind: &str) -> Option<&'static Source> {
    SOURCES.iter().copied().find(|source| source.kind == kind)
}
