//! Options of the `perceval` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PercevalOptions {
    /// A file or a folder.
    pub path: PathBuf,
    /// Of the files in a folder, only those whose relative name matches.
    pub glob: Option<String>,
    /// One channel for everything; by default each item's own.
    pub channel: Option<String>,
}
