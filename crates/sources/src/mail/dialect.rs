//! The dialects of mbox, which a mail still shows after it was cut out of one.

use serde::Deserialize;

/// How an mbox tells a line `From …` of a body from the line that begins a mail
/// (<https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// By the shape of the line, and by `Content-Length` where it holds true.
    #[default]
    Auto,
    /// `From ` in a body is written `>From `.
    Mboxo,
    /// As mboxo, and `>From ` is written `>>From `, and so on.
    Mboxrd,
    /// As mboxo, and `Content-Length` tells where a mail ends.
    Mboxcl,
    /// `Content-Length` tells where a mail ends; nothing is changed in bodies. Also for a mail that
    /// never was in an mbox.
    Mboxcl2,
}

impl Dialect {
    /// Whether `Content-Length` is looked at.
    pub fn has_length(self) -> bool {
        matches!(self, Dialect::Auto | Dialect::Mboxcl | Dialect::Mboxcl2)
    }
}
