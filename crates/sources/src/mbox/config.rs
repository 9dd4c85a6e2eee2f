//! The options of an mbox source.

use std::path::PathBuf;

use serde::Deserialize;

use crate::mail::Dialect;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// A file or a folder.
    pub(super) path: PathBuf,
    /// Of the files in a folder, only those whose relative name matches.
    pub(super) glob: Option<String>,
    /// The list's name; the source's id without it.
    pub(super) channel: Option<String>,
    #[serde(default)]
    pub(super) dialect: Dialect,
}
