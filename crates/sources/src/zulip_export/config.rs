//! Options of the `zulip-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// The `.tar.gz` of an export, the folder it was unpacked to, or a folder of several of either.
    pub path: PathBuf,
    /// Where the organization is on the web, as `https://chat.example.org`; no links by default.
    pub url: Option<String>,
    /// Whether to take direct messages too; they are left alone by default.
    #[serde(default)]
    pub direct_messages: bool,
}

impl ExportOptions {
    /// The organization's address without what may stand behind its host, and the host in lower case.
    pub fn site(&self) -> Option<(String, String)> {
        let url = self.url.as_deref()?.trim_end_matches('/');
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#']).next()?;
        (!host.is_empty()).then(|| (url.to_owned(), host.to_lowercase()))
    }
}
