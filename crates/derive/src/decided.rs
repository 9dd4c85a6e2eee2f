//! What people decided, as far as tables are made from it: plain data, so that this crate needs no desk.

use serde::Serialize;

/// Decisions by the ids of identities. Ids that the archive does not know count for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Pairs that are one person's.
    pub same: Vec<(String, String)>,
    /// Pairs that are not to be suggested.
    pub refused: Vec<(String, String)>,
    /// Identities that nothing merges with others but `same`.
    pub apart: Vec<String>,
    /// The identities of each person whom nothing else is merged with and nothing is suggested for.
    pub locked: Vec<Vec<String>>,
}

impl Decided {
    /// A hash of it all, empty without any decision: with another one the tables are made again.
    pub fn hash(&self) -> String {
        if *self == Decided::default() {
            return String::new();
        }
        let text = serde_json::to_string(self).unwrap_or_default();
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}
