//! Conversations and pages about the same as a text: by its words, out of the index, and by what it means.

use std::sync::Arc;

use model::Id;
use rustc_hash::{FxHashMap, FxHashSet};
use text::Meaning;

use crate::{Community, Result};

/// Messages asked from the index: enough that the people of a common topic show, few enough to be fast.
const HITS: usize = 200;
/// Conversations taken for what they mean.
const NEAR: usize = 100;
/// Pages and sections taken for what they mean.
const NEAR_PAGES: usize = 20;
/// Texts less alike than this, as a cosine, have nothing to do with each other.
const LEAST: f32 = 0.4;
/// What a conversation's second and third best message add to the best: many alike say more than
/// one, but a long conversation must not win by its length.
const WEIGHTS: [f64; 3] = [1.0, 0.5, 0.25];
/// How much of a likeness is by meaning, the rest by words: chosen on related questions of a real community and half
/// of a simulated one; `cargo xtask eval --only same` measures it on others.
const BY_MEANING: f64 = 0.55;

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Looking {
    /// Not this conversation.
    pub(crate) except: Option<u32>,
    /// Only what had been opened before this time, to see what would have been found then.
    pub(crate) before: Option<i64>,
}

/// A conversation about the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alike {
    pub(crate) row: u32,
    /// By words: BM25 of its best messages as a share of the best conversation's, 0 to 1.
    pub(crate) words: f64,
    /// By meaning: the cosine to its opening, 0 to 1; none where that has no vector.
    pub(crate) meaning: Option<f64>,
    /// Both together, 0 to 1.
    pub(crate) score: f64,
    /// The same as a share of the best in the list: 0 to 1.
    pub(crate) share: f64,
}

/// A page or section about the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PageAlike {
    /// Number into [`crate::columns::Pages`].
    pub(crate) page: u32,
    pub(crate) score: f64,
}

/// What is about the same, likest first.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) conversations: Vec<Alike>,
    pub(crate) pages: Vec<PageAlike>,
}

/// What the words alone say.
#[derive(Debug, Default)]
struct ByWords {
    /// Messages met, and the sum of the best, by conversation.
    rows: FxHashMap<u32, (usize, f64)>,
    pages: FxHashMap<u32, f64>,
}

impl Community {
    /// Conversations and pages about the same as `text`, most similar first.
    pub(crate) fn alike(&self, text: &str, looking: Looking) -> Result<Found> {
        let meaning = text::meaning(text);
        let words = self.by_words(text, looking)?;
        let conversations = self.fused(&words, &meaning, looking)?;
        let pages = if looking.before.is_none() { self.pages_alike(&words, &meaning)? } else { Vec::new() };
        Ok(Found { conversations, pages })
    }

    /// What is about the same as the opening of a conversation, which reads `text`, without itself; remembered, for its
    /// helpers, what stands beside it and the draft of an answer all begin with it.
    pub(crate) fn alike_of(&self, row: u32, text: &str) -> Result<Arc<Found>> {
        if let Some(found) = self.found.get(row) {
            return Ok(found);
        }
        let found = Arc::new(self.alike(text, Looking { except: Some(row), before: None })?);
        self.found.put(row, found.clone());
        Ok(found)
    }

    /// Whether a conversation may be found.
    fn is_looked_for(&self, row: u32, looking: Looking) -> bool {
        Some(row) != looking.except
            && looking.before.is_none_or(|before| self.conversations.opened[row as usize] < before)
    }

    fn by_words(&self, text: &str, looking: Looking) -> Result<ByWords> {
        let pages = self.pages()?;
        let mut found = ByWords::default();
        // Looking back, most of what is found first may be of later.
        let hits = if looking.before.is_some() { 4 * HITS } else { HITS };
        // Hits come best first, so that each conversation's best messages are met first.
        for hit in self.index.similar(text, hits)? {
            let score = f64::from(hit.score);
            if let Some(page) = Id::parse(&hit.message_id).and_then(|id| pages.find(id)) {
                found.pages.entry(page).or_insert(score);
                continue;
            }
            let row = self.conversations.find(&hit.conversation_id);
            let Some(row) = row.filter(|row| self.is_looked_for(*row, looking)) else { continue };
            let (seen, sum) = found.rows.entry(row).or_default();
            *sum += WEIGHTS.get(*seen).copied().unwrap_or_default() * score;
            *seen += 1;
        }
        Ok(found)
    }

    fn fused(&self, words: &ByWords, meaning: &Meaning, looking: Looking) -> Result<Vec<Alike>> {
        let conversations = &self.conversations;
        let asks = |row: &u32| self.is_looked_for(*row, looking) && conversations.question[*row as usize];
        let near = self.index.nearest(meaning, NEAR, LEAST, &|id| conversations.row(id).filter(asks).is_some());
        let near = near.into_iter().filter_map(|near| conversations.row(near.id));
        let rows: FxHashSet<u32> = words.rows.keys().copied().chain(near).collect();
        let best = words.best();
        let one = |row: u32| {
            let words = words.rows.get(&row).map_or(0.0, |(_, score)| *score / best);
            let meaning =
                self.index.likeness(conversations.ids[row as usize], meaning).map(|cosine| f64::from(cosine).max(0.0));
            let score = likeness(words, meaning.unwrap_or_default());
            Alike { row, words, meaning, score, share: 0.0 }
        };
        let mut alike: Vec<Alike> = rows.into_iter().map(one).collect();
        alike.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        let best = alike.first().map_or(1.0, |alike| alike.score.max(f64::MIN_POSITIVE));
        alike.iter_mut().for_each(|alike| alike.share = alike.score / best);
        Ok(alike)
    }

    fn pages_alike(&self, words: &ByWords, meaning: &Meaning) -> Result<Vec<PageAlike>> {
        let pages = self.pages()?;
        if pages.all.is_empty() {
            return Ok(Vec::new());
        }
        let near = self.index.nearest(meaning, NEAR_PAGES, LEAST, &|id| pages.find(id).is_some());
        let near: FxHashMap<u32, f64> =
            near.into_iter().filter_map(|near| Some((pages.find(near.id)?, f64::from(near.likeness)))).collect();
        let both: FxHashSet<u32> = near.keys().chain(words.pages.keys()).copied().collect();
        let best = words.best();
        let one = |page: u32| {
            let by_words = words.pages.get(&page).map_or(0.0, |score| score / best);
            PageAlike { page, score: likeness(by_words, near.get(&page).copied().unwrap_or_default()) }
        };
        let mut alike: Vec<PageAlike> = both.into_iter().map(one).collect();
        alike.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
        Ok(alike)
    }
}

impl ByWords {
    /// The best score of all, pages and conversations.
    fn best(&self) -> f64 {
        let rows = self.rows.values().map(|(_, score)| *score);
        rows.chain(self.pages.values().copied()).fold(f64::MIN_POSITIVE, f64::max)
    }
}

/// Words and meaning together, all 0 to 1.
fn likeness(words: f64, meaning: f64) -> f64 {
    (1.0 - BY_MEANING) * words + BY_MEANING * meaning
}
