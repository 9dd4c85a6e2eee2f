//! Options of the `documents` source.

use std::path::PathBuf;

use serde::Deserialize;

use super::site::Site;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentsOptions {
    /// A folder, a zip, a tar or a single page.
    pub path: PathBuf,
    /// Which files to read, as `docs/**/*.md`; all by default.
    pub glob: Option<String>,
    /// Where the pages are published, as `https://docs.example.org`; no links by default.
    pub url: Option<String>,
    /// What makes web pages of them; by default what its configuration among the files says.
    pub site: Option<Site>,
    /// The folder that is the top of the web site, as `docs`; by default as `site` has it.
    pub top: Option<String>,
    /// How the address of a page ends: `/`, `.html`, nothing, or `keep` for the file's name as it is; by
    /// default as `site` has it.
    pub ending: Option<String>,
}
