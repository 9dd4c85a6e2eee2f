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
    /// The line that opened the conversation of each; no line's number for the first, which would open one.
    pub talks: [u64; CANDIDATES],
}

/// How much a candidate's whole conversation counts beside the candidate itself. Chosen on logs left out of
/// learning: there it finds one in twenty more conversations to the line, and as many links.
const OF_TALK: f32 = 0.9;

impl Weighed {
    /// The best candidate: the likeliest of the likeliest conversation, nearly; of equal ones the first. An
    /// answer that goes astray within its conversation does less harm than one that mixes up two.
    pub fn best(&self) -> usize {
        let mut best = (0, f32::MIN);
        for (at, chance) in self.chances.iter().enumerate().take(self.count) {
            let talk = self.talks.iter().zip(&self.chances).take(self.count);
            let whole: f32 = talk.filter(|(talk, _)| **talk == self.talks[at]).map(|(_, chance)| chance).sum();
            let worth = OF_TALK * whole + (1.0 - OF_TALK) * chance;
            if worth > best.1 {
                best = (at, worth);
            }
        }
        best.0
    }
}
