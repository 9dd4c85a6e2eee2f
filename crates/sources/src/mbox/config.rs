//! The options of an mbox source.

use std::path::PathBuf;

use serde::Deserialize;

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

/// How an mbox tells a line `From …` of a body from the line that begins a mail
/// (<https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Dialect {
    /// By the shape of the line, and by `Content-Length` where it holds true.
    #[default]
    Auto,
    /// `From ` in a body is written `>From `.
    Mboxo,
    /// As mboxo, and `>From ` is written `>>From `, and so on.
    Mboxrd,
    /// As mboxo, and `Content-Length` tells where a mail ends.
    Mboxcl,
    /// `Content-Length` tells where a mail ends; nothing is changed in bodies.
    Mboxcl2,
}

impl Dialect {
    /// Whether `Content-Length` is looked at.
    pub(super) fn has_length(self) -> bool {
        matches!(self, Dialect::Auto | Dialect::Mboxcl | Dialect::Mboxcl2)
    }
}
