//! Conversations about the same as a text, out of the index.

use rustc_hash::FxHashMap;

use crate::{Community, Result};

/// Messages asked from the index: enough that the people of a common topic show, few enough to be fast.
const HITS: usize = 200;
/// What a conversation's second and third best message add to the best: many alike say more than
/// one, but a long conversation must not win by its length.
const WEIGHTS: [f64; 3] = [1.0, 0.5, 0.25];

/// A conversation about the same that somebody other than its opener wrote in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alike {
    pub(crate) row: u32,
    /// BM25 of its best messages; comparable within one list only.
    pub(crate) score: f64,
    /// The same as a share of the best in the list: 0 to 1.
    pub(crate) share: f64,
}

impl Community {
    /// Conversations about the same as `text` in which somebody answered, most similar first, without `except`.
    pub(crate) fn alike(&self, text: &str, except: Option<u32>) -> Result<Vec<Alike>> {
        let mut scores = FxHashMap::<u32, (usize, f64)>::default();
        // Hits come best first, so that each conversation's best messages are met first.
        for hit in self.index.similar(text, HITS)? {
            let Some(row) = self.conversations.find(&hit.conversation_id).filter(|row| Some(*row) != except) else {
                continue;
            };
            if self.conversations.helpers(row).is_empty() {
                continue;
            }
            let (seen, score) = scores.entry(row).or_default();
            *score += WEIGHTS.get(*seen).copied().unwrap_or_default() * f64::from(hit.score);
            *seen += 1;
        }
        let best = scores.values().map(|(_, score)| *score).fold(f64::MIN_POSITIVE, f64::max);
        let mut alike: Vec<Alike> =
            scores.into_iter().map(|(row, (_, score))| Alike { row, score, share: score / best }).collect();
        alike.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        Ok(alike)
    }
}
