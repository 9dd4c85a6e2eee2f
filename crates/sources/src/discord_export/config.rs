//! Options of the `discord-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// A file of an export, a folder or a zip of them.
    pub path: PathBuf,
    /// Whether direct messages are taken too.
    #[serde(default)]
    pub private: bool,
}
