//! The section `[levels]`: what makes a newcomer, a contributor, the core, and when it is time for the keys.

use insight::people::LevelRules;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The section as it stands in the file: what it does not say is as in [`LevelRules::default`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Levels {
    #[serde(deserialize_with = "read_number")]
    new_days: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    answers: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    additions: Option<u32>,
    #[serde(deserialize_with = "read_months")]
    core_months: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    core_rest_days: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    contributor_rest_days: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    keys_changes: Option<u32>,
    #[serde(deserialize_with = "read_number")]
    keys_thanks: Option<u32>,
    #[serde(deserialize_with = "read_months")]
    keys_months: Option<u32>,
}

impl Levels {
    /// The rules that it comes to.
    pub fn rules(&self) -> LevelRules {
        let usual = LevelRules::default();
        LevelRules {
            new_days: self.new_days.unwrap_or(usual.new_days),
            answers: self.answers.unwrap_or(usual.answers),
            additions: self.additions.unwrap_or(usual.additions),
            core_months: self.core_months.unwrap_or(usual.core_months),
            core_rest_days: self.core_rest_days.unwrap_or(usual.core_rest_days),
            contributor_rest_days: self.contributor_rest_days.unwrap_or(usual.contributor_rest_days),
            keys_changes: self.keys_changes.unwrap_or(usual.keys_changes),
            keys_thanks: self.keys_thanks.unwrap_or(usual.keys_thanks),
            keys_months: self.keys_months.unwrap_or(usual.keys_months),
        }
    }
}

/// Ten years are enough for days, and ten thousand for anything else.
const MOST: u32 = 10_000;

fn read_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number = u32::deserialize(deserializer)?;
    let fits = (1..=MOST).contains(&number);
    if fits { Ok(Some(number)) } else { Err(D::Error::custom("write a whole number from 1 to 10000")) }
}

fn read_months<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number = u32::deserialize(deserializer)?;
    let fits = (1..=12).contains(&number);
    if fits { Ok(Some(number)) } else { Err(D::Error::custom("write a number of months of twelve, from 1 to 12")) }
}
