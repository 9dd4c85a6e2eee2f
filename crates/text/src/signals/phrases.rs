//! The phrases: one file per theme, in lower case, `(a|b|)` for one of several or none.
//!
//! To teach a signal a phrase, add it under its name. Where a phrase catches what it should not, add the longer
//! phrase that shows the difference under `Not`. Precision goes before recall.

use super::{Signal, matcher::Rule};

mod asking;
mod feeling;
mod fixing;
mod helping;
mod telling;
mod thanking;

/// A signal's phrases.
pub(super) type Theme = (Rule, &'static [&'static str]);

/// Every theme's.
pub(super) static THEMES: &[&[Theme]] =
    &[asking::THEME, feeling::THEME, fixing::THEME, helping::THEME, telling::THEME, thanking::THEME];

/// A phrase that is a sign of a signal wherever it stands.
const fn says(signal: Signal) -> Rule {
    Rule::Says(signal)
}

/// A phrase that is one only where a sentence begins.
const fn begins(signal: Signal) -> Rule {
    Rule::Begins(signal)
}

/// A longer phrase that is none.
const fn not(signal: Signal) -> Rule {
    Rule::Not(signal)
}
