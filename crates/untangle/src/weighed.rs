//! What was weighed for one line.

use crate::features::{CANDIDATES, Features};
use crate::sieve::Sight;

/// What was weighed for one line: what `learn` learns from.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// All messages in reach, as the sieve sees them.
    pub seen: Vec<Sight>,
    /// The messages that passed it; the first is none and stands for answering nothing.
    pub candidates: [Option<Sight>; CANDIDATES],
    /// How many of the candidates are real.
    pub count: usize,
    /// What the model was told of each.
    pub features: Features,
    /// How likely each is, from 0 to 1.
    pub chances: [f32; CANDIDATES],
}

impl Weighed {
    /// The likeliest candidate; of equal ones the first.
    pub fn best(&self) -> usize {
        let mut best = 0;
        for (at, chance) in self.chances.iter().enumerate().take(self.count) {
            if *chance > self.chances[best] {
                best = at;
            }
        }
        best
    }
}
