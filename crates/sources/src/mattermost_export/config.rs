//! Options of the `mattermost-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// The zip of an export, its JSONL file, the folder it was unpacked to, or a folder of several of these.
    pub path: PathBuf,
    /// Where the server is on the web, as `https://chat.example.org`: makes its accounts known to other
    /// sources of the same server.
    pub url: Option<String>,
    /// Whether to take direct and group messages too; they are left alone by default.
    #[serde(default)]
    pub direct_messages: bool,
}

impl ExportOptions {
    /// The server's name, in lower case, if it is known.
    pub fn host(&self) -> Option<String> {
        let url = self.url.as_deref()?;
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#']).next()?;
        (!host.is_empty()).then(|| host.to_lowercase())
    }
}
