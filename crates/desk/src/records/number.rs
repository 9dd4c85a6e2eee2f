//! What people know about numbers: why one jumped, which one is not to be trusted, which one nobody needs.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Record, says_something};
use crate::{DeskError, Result, SavedKind};

/// What a number is of, where it is not of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    /// One source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// One channel, by its name within its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// One support tier, 0 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// People of one organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
}

/// A metric that is not reported, kept under the metric's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Why, as "the mirror network hides the downloads".
    pub why: String,
}

/// A source or metric that is known not to tell the truth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The metric's name, or the source's as `source:NAME`.
    pub about: String,
    /// What is not true about it.
    pub why: String,
    /// Since when, microseconds UTC; `None` for always.
    pub from: Option<Timestamp>,
    /// Until when, that instant not included; `None` if it lasts.
    pub until: Option<Timestamp>,
}

/// Why a metric left its usual range, in somebody's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The metric's name.
    pub metric: String,
    /// Of what.
    #[serde(default)]
    pub only: Narrowed,
    /// The first instant, microseconds UTC.
    pub from: Timestamp,
    /// The end, that instant not included.
    pub until: Timestamp,
    /// The explanation.
    pub text: String,
}

impl Record for Retired {
    const KIND: SavedKind = SavedKind::Retired;

    fn check(&self) -> Result<()> {
        says_something("why a metric is retired", &self.why, 1_000)
    }
}

impl Record for Doubt {
    const KIND: SavedKind = SavedKind::Doubt;

    fn check(&self) -> Result<()> {
        says_something("what a doubt is about", &self.about, 100)?;
        says_something("what is not true", &self.why, 1_000)
    }
}

impl Record for Explanation {
    const KIND: SavedKind = SavedKind::Explanation;

    fn check(&self) -> Result<()> {
        says_something("the name of a metric", &self.metric, 80)?;
        says_something("an explanation", &self.text, 2_000)?;
        if self.from >= self.until {
            return Err(DeskError::Wrong("a stretch of time ends after it began; write it so".to_owned()));
        }
        Ok(())
    }
}
