//! The section `[helpers]`: how those who could help are suggested.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The section as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Helpers {
    /// How much the load is spread over more people than the usual ones, 0 to 1 ([`insight::Settings::spread`]).
    #[serde(deserialize_with = "read_share")]
    pub spread: f64,
}

impl Default for Helpers {
    fn default() -> Self {
        Helpers { spread: insight::SPREAD }
    }
}

fn read_share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    let fits = (0.0..=1.0).contains(&share);
    let wrong = "write how much the helping is spread as a number from 0 (not at all) to 1";
    if fits { Ok(share) } else { Err(D::Error::custom(wrong)) }
}
