//! Options of the `public-inbox` source.

use std::path::PathBuf;

use serde::Deserialize;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InboxOptions {
    /// The inbox, the folder of its epochs, or one repository.
    pub path: PathBuf,
    /// The list's name; the source's id by default.
    pub channel: Option<String>,
    /// Where the list is on the web, as `https://lore.kernel.org/dev/`; no links by default.
    pub url: Option<String>,
}
