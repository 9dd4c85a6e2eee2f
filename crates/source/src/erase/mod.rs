//! Erasing a person: from what the archive holds, and from whatever a source gives again.
//!
//! What "erased" means:
//!
//! - The person's identities are gone: names, addresses, nicks and accounts, and their ids.
//! - What they wrote is gone: subject, text, attachments, address on the web. The message itself stays, with its id,
//!   its time, its place and what it answers, so that threads hold and counts stay right; it has no author, and
//!   its text is [`INSTEAD`]. Other things that they did stay as things that somebody did, without a detail.
//! - In what others gave, the person's addresses, whole names (of two words or more), accounts and `@nick` are
//!   replaced by [`INSTEAD`] and [`INSTEAD_OF_ADDRESS`]. What others quoted of their words, and names that are
//!   written in another way, cannot be told from the others' own words: they stay.
//! - They stay away: [`Erased`] holds hashes of what was erased, under a random key. Every item that is collected
//!   later is looked at before it is kept; what is theirs is kept as if it had been erased.
//!
//! An item from which the person cannot be taken by replacing words (it is theirs, or says something of them) is kept as
//! the rows it gave, without the person ([`KIND`]): the bytes that the source gave are gone, for everybody in them.

use model::{Id, Identity, Item, Mark, Of, mark};
use rustc_hash::FxHashSet;

mod archived;
mod item;
mod words;

pub use archived::{Place, Plan, plan, rewrite};
pub use item::{KIND, rows};
pub use words::Words;

/// What stands in the place of a text or a name.
pub const INSTEAD: &str = "[erased]";
/// What stands in the place of an address: nobody's, and never somebody's (RFC 2606).
pub const INSTEAD_OF_ADDRESS: &str = "erased@erased.invalid";

/// What was erased, as hashes under a key: nobody can be read from it, but who is known can be recognized.
#[derive(Debug, Clone, Default)]
pub struct Erased {
    key: [u8; 32],
    marks: FxHashSet<Mark>,
}

impl Erased {
    /// What these marks, made with `key`, are of.
    pub fn new(key: [u8; 32], marks: impl IntoIterator<Item = Mark>) -> Erased {
        Erased { key, marks: marks.into_iter().collect() }
    }

    /// Whether nobody was erased.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Whether this was somebody's who was erased.
    pub fn has(&self, of: Of, text: &str) -> bool {
        !self.marks.is_empty() && self.marks.contains(&mark(&self.key, of, text))
    }

    /// Whether it is the identity of somebody who was erased.
    fn is(&self, identity: &Identity) -> bool {
        let has = |of, text: &Option<String>| text.as_deref().is_some_and(|text| self.has(of, text));
        self.has(Of::Id, identity.id.as_str())
            || has(Of::Address, &identity.email)
            || has(Of::Account, &identity.account)
    }

    /// The item's id as it may be kept: itself, or where it names somebody who was erased a hash of it. The nick of
    /// somebody is looked for in what is `theirs` only: it may be a word like any other.
    fn item_id(&self, id: &str, theirs: bool) -> String {
        let word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let named = theirs && id.split(|c| !word(c)).any(|word| word.len() > 2 && self.has(Of::Nick, word))
            || words::addresses(id.as_bytes()).any(|at| self.has(Of::Address, &id[at]));
        if named { format!("erased:{}", self.hashed(id)) } else { id.to_owned() }
    }

    /// A hash of a text that may name somebody.
    fn hashed(&self, text: &str) -> String {
        blake3::keyed_hash(&self.key, text.as_bytes()).to_hex()[..32].to_owned()
    }
}

/// Looks at the items of one source.
pub struct Eraser<'a> {
    /// Who was erased.
    pub erased: &'a Erased,
    /// What they are called, as far as that is known: to be taken out of what others gave.
    pub words: &'a Words,
    /// The source's id.
    pub source: &'a str,
    /// Turns its items into rows.
    pub normalizer: &'a crate::Normalizer,
}

impl Eraser<'_> {
    /// The item as it may be kept; `None` where it may be kept as it is. `learned` gets the ids of theirs that were not
    /// known: an account with an address that was erased, on a source that nobody had then.
    pub fn without(&self, item: &Item, learned: &mut dyn FnMut(Id)) -> Option<Item> {
        item::without(self, item, learned)
    }
}
