//! What people decided, as far as tables depend on it.

use std::collections::BTreeMap;

use model::Id;
use model::promise::Promises;
use text::tier::{ASKED, Judge, Signs};

/// Corrections that are enough to learn from: fewer are looked up, not generalised.
const ENOUGH: usize = 10;

/// Decisions by stable id; ids that the archive does not know count for nothing. Equal decisions give equal
/// tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// The tier that a conversation asks for; none if it asks for no help.
    pub asked: BTreeMap<Id, Option<u8>>,
    /// The tier that a conversation took; none if nobody helped.
    pub observed: BTreeMap<Id, Option<u8>>,
    /// In chat, the line that a line answers; none if it answers none.
    pub answers: BTreeMap<Id, Option<Id>>,
    /// The tiers that channels offer, by `source` or `source/channel`.
    pub offered: BTreeMap<String, u8>,
    /// What is promised to whoever asks; none where nothing is.
    pub promises: Option<Promises>,
    /// Any identity of each person who is of the team's own staff.
    pub staff: Vec<String>,
    /// Pairs of identities that are one person's.
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
        blake3::hash(format!("{self:?}").as_bytes()).to_hex()[..32].to_owned()
    }
}

/// The judge of what openings ask for, as this community corrected it; none where it has not corrected enough.
/// `signs` gives those of a conversation that is here.
pub fn judge(decided: &Decided, signs: impl Fn(&Id) -> Option<Signs>) -> Option<Judge> {
    let cases: Vec<_> = decided.asked.iter().filter_map(|(id, tier)| Some((signs(id)?, *tier))).collect();
    (cases.len() >= ENOUGH).then(|| ASKED.corrected(&cases))
}
