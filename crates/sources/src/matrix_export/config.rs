//! Options of the `matrix-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// A file, or a folder or zip of them.
    pub path: PathBuf,
    /// Only files whose relative name matches.
    pub glob: Option<String>,
}
