//! What the model is told about a line and each message that it may answer: small numbers, most of them in
//! the steps of `scale`.

mod candidate;
mod line;
mod pair;

use crate::now::Now;
use crate::sieve::{PASSING, Sight};

/// Messages weighed at once: those that pass the sieve, and the line itself, which stands first and means
/// that it answers nothing.
pub const CANDIDATES: usize = PASSING + 1;

/// Numbers per candidate.
pub const COUNT: usize = line::COUNT + candidate::COUNT + pair::COUNT;

/// One row per feature, one column per candidate: so the model compares all candidates at one stroke.
pub type Features = [[u8; CANDIDATES]; COUNT];

/// The greatest value of any feature.
pub const LARGEST: u8 = 15;

/// Stands for "none" in a feature of steps.
pub(crate) const NONE: u8 = LARGEST;

pub(crate) fn all(now: &Now<'_>, seen: &[Sight], sights: &[Sight]) -> Features {
    let mut features = [[0; CANDIDATES]; COUNT];
    let line = line::features(now, seen, sights);
    for (row, (_, value)) in features.iter_mut().zip(line) {
        *row = [value; CANDIDATES];
    }
    let mut put = |column: usize, from: usize, values: &[(&'static str, u8)]| {
        for (row, (_, value)) in features.iter_mut().skip(from).zip(values) {
            row[column] = *value;
        }
    };
    put(0, line::COUNT + candidate::COUNT, &pair::itself());
    for (rank, sight) in sights.iter().enumerate() {
        let Some(said) = now.window.get(sight.place) else { continue };
        put(rank + 1, line::COUNT, &candidate::features(now, sight.place, said));
        let best = sights.first().map_or(0.0, |best| best.score);
        put(rank + 1, line::COUNT + candidate::COUNT, &pair::features(now, sight, said, rank, best));
    }
    features
}

/// What each feature is called, for whoever wants to know what the model looks at.
pub fn names() -> Vec<&'static str> {
    let mut names = line::NAMES.to_vec();
    names.extend(candidate::NAMES);
    names.extend(pair::itself().map(|(name, _)| name));
    names
}
