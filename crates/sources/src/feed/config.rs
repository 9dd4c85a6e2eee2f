//! Options of the `feed` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedOptions {
    /// A saved feed, or a folder or zip of them.
    pub path: PathBuf,
    /// Only files whose relative name matches.
    pub glob: Option<String>,
    /// The channel of all feeds; each feed's title by default.
    pub channel: Option<String>,
}
