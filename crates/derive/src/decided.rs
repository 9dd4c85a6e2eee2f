//! What people decided, as far as tables depend on it.

use std::collections::BTreeMap;

use model::Id;
use text::tier::{ASKED, Judge, Signs};

/// Corrections that are enough to learn from: fewer are looked up, not generalised.
const ENOUGH: usize = 10;

/// Decisions by stable id. Equal decisions give equal tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Decided {
    /// The tier that a conversation asks for; none if it asks for no help.
    pub asked: BTreeMap<Id, Option<u8>>,
    /// The tier that a conversation took; none if nobody helped.
    pub observed: BTreeMap<Id, Option<u8>>,
    /// In chat, the line that a line answers; none if it answers none.
    pub answers: BTreeMap<Id, Option<Id>>,
    /// The tiers that channels offer, by `source` or `source/channel`.
    pub offered: BTreeMap<String, u8>,
}

impl Decided {
    /// Tells these decisions from others.
    pub fn fingerprint(&self) -> String {
        blake3::hash(format!("{self:?}").as_bytes()).to_hex()[..32].to_owned()
    }
}

/// The judge of what openings ask for, as this community corrected it; none where it has not corrected enough.
/// `signs` gives those of a conversation that is here.
pub fn judge(decided: &Decided, signs: impl Fn(&Id) -> Option<Signs>) -> Option<Judge> {
    let cases: Vec<_> = decided.asked.iter().filter_map(|(id, tier)| Some((signs(id)?, *tier))).collect();
    (cases.len() >= ENOUGH).then(|| ASKED.corrected(&cases))
}
