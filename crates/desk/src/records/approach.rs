//! That somebody was approached: what was said, and what came of it.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Record, says_something};
use crate::{DeskError, Result, SavedKind};

/// One time that a person was approached, in the words of whoever did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Approach {
    /// The person's id, or that of one of their identities.
    pub person: String,
    /// Who spoke to them.
    pub by: String,
    /// When, microseconds UTC.
    pub on: Timestamp,
    /// Why, as the list said: `asks_well`; empty for any other reason.
    pub reason: String,
    /// What was said.
    pub said: String,
    /// What came of it.
    pub came: Came,
    /// What else should be known of it.
    pub note: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// No answer yet.
    #[default]
    Open,
    /// They said yes.
    Yes,
    /// Not now.
    Later,
    /// They do not want to.
    No,
}

impl Came {
    /// Every outcome.
    pub const ALL: &'static [Came] = &[Came::Open, Came::Yes, Came::Later, Came::No];

    /// As it is written in forms and twins.
    pub fn as_str(self) -> &'static str {
        match self {
            Came::Open => "open",
            Came::Yes => "yes",
            Came::Later => "later",
            Came::No => "no",
        }
    }

    /// Reads what [`Came::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<Came> {
        Came::ALL.iter().copied().find(|came| came.as_str() == text)
    }
}

impl Record for Approach {
    const KIND: SavedKind = SavedKind::Approach;

    fn check(&self) -> Result<()> {
        says_something("whom you approached", &self.person, 100)?;
        says_something("what you said", &self.said, 5_000)?;
        if self.note.chars().count() > 5_000 {
            return Err(DeskError::Wrong("a note has at most 5000 characters; keep the rest elsewhere".to_owned()));
        }
        Ok(())
    }
}
