//! Options of the `discourse-export` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// A file, a folder or a zip of what the forum gave.
    pub path: PathBuf,
    /// Where the forum is on the web; told by the files where they name it.
    pub url: Option<String>,
    /// Whether private messages and the staff's whispers are taken too.
    #[serde(default)]
    pub private: bool,
}
