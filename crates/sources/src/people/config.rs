//! Options of the `people` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleOptions {
    /// A file, or a folder of them.
    pub path: PathBuf,
    /// Of the files in a folder, only those whose relative name matches.
    pub glob: Option<String>,
}
