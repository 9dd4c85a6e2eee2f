//! Options of the `slack-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// The zip of an export, the folder it was unpacked to, or a folder of several of either.
    pub path: PathBuf,
    /// Where the workspace is on the web, as `https://example.slack.com`; no links by default.
    pub url: Option<String>,
}
