//! Which conversations were found, in which order.
//!
//! The best messages by their words and the nearest openings by their meaning become one list by reciprocal rank
//! fusion: a conversation counts 1 / (60 + its rank) in each list it is in (Cormack, Clarke and Büttcher,
//! “Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods”, SIGIR 2009). Behind the first
//! few hundred messages words alone decide, so that pages far behind cost no more than they must and never change.

use std::sync::Arc;

use index::{Hit, Only, Wanted};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Page;
use super::only::of_messages;
use crate::columns::known;
use crate::moment::Moment;
use crate::query::{Fits, Query};
use crate::{Community, Result};

/// Messages that are fused with what is near in meaning: as many as the index puts in order together.
const FUSED: usize = index::BLOCK;
/// Openings near in meaning.
const NEAR: usize = 200;
/// The least likeness that is one: below it openings are no nearer than any two of one community.
const LEAST: f32 = 0.35;
/// The constant of reciprocal rank fusion, as its authors chose it.
const K: f64 = 60.0;
/// Fewer words mean nothing in particular.
const MEANING_WORDS: usize = 2;
/// Where more than one conversation in this many fits a filter, messages are found first and those of others passed
/// over; where fewer do, the index looks at theirs only.
const MANY: usize = 8;
/// What lies further behind is never listed: nobody has paged that far.
const FURTHEST: usize = 1_000_000;

/// A conversation that was found.
#[derive(Debug, Clone)]
pub(super) struct Best {
    pub(super) row: u32,
    /// Its best message by words; none where it only means about the same, or no words were looked for.
    pub(super) hit: Option<Hit>,
    /// Its opening is near in meaning.
    pub(super) near: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    /// From the first on, at least to the end of the page and one further, if there are as many.
    pub(super) list: Vec<Best>,
    /// Messages with all words; none where that was not counted.
    pub(super) with_all: Option<u64>,
    /// Nothing but words that are in nearly every text was looked for.
    pub(super) nothing: bool,
}

impl Community {
    pub(super) fn ranked(&self, query: &Query, page: Page, moment: &Moment) -> Result<Ranked> {
        let me = query.me.as_deref();
        let fits = self.fits(&query.filter, moment, me)?;
        if !query.has_words() && query.filter.clauses.iter().all(|clause| !clause.any.iter().any(of_messages)) {
            return Ok(Ranked { list: self.latest(&fits), ..Ranked::default() });
        }
        let mut only = self.only(&query.filter)?;
        let of_conversations = self.fits_where(&query.filter, moment, me, |what| !of_messages(what))?;
        let takes = self.takes(&of_conversations, &mut only);
        let near = self.near(query, &fits)?;
        let wanted = Wanted { words: &query.words, phrases: &query.phrases, without: &query.without, only };
        self.far_enough(&wanted, &near, &takes, page)
    }

    /// Which conversations to take of those that the index gives; all if none are given. Where few fit, the index
    /// is told.
    fn takes(&self, fits: &Fits<'_>, only: &mut Only) -> Option<Vec<bool>> {
        if fits.is_empty() {
            return None;
        }
        let takes: Vec<bool> = (0..self.conversations.len()).map(|row| fits.conversation(row)).collect();
        let count = takes.iter().filter(|takes| **takes).count();
        if count > takes.len() / MANY {
            return Some(takes);
        }
        let keys = self.keys().iter().zip(&takes).filter(|(_, takes)| **takes).map(|(key, _)| *key);
        only.conversations = Some(Arc::new(keys.collect()));
        None
    }

    /// Asks for more and more messages until the page is full.
    fn far_enough(&self, wanted: &Wanted<'_>, near: &[u32], takes: &Option<Vec<bool>>, page: Page) -> Result<Ranked> {
        let end = page.offset.saturating_add(page.limit).min(FURTHEST);
        let mut window = (2 * end).next_multiple_of(FUSED).max(FUSED);
        loop {
            let searched = self.index.search(wanted, window)?;
            let full = searched.hits.len() >= window;
            let with_all = takes.is_none().then_some(searched.total_with_all);
            let list = self.conversations_of(searched.hits, near, |row| {
                takes.as_ref().is_none_or(|takes| takes.get(row as usize).copied().unwrap_or_default())
            });
            if list.len() > end || !full {
                return Ok(Ranked { list, with_all, nothing: searched.nothing });
            }
            window *= 4;
        }
    }

    /// Each conversation once, by its best message.
    fn conversations_of(&self, hits: Vec<Hit>, near: &[u32], takes: impl Fn(u32) -> bool) -> Vec<Best> {
        let mut seen = FxHashSet::default();
        let mut list: Vec<Best> = Vec::new();
        let mut fused = 0;
        for (place, hit) in hits.into_iter().enumerate() {
            if place == FUSED {
                fused = fuse(&mut list, &mut seen, near);
            }
            let row = self.conversations.find(&hit.conversation_id).filter(|row| takes(*row));
            if let Some(row) = row.filter(|row| seen.insert(*row)) {
                list.push(Best { row, hit: Some(hit), near: false });
            }
        }
        if fused == 0 {
            fuse(&mut list, &mut seen, near);
        }
        list
    }

    /// Conversations whose opening is near the query in meaning, nearest first.
    fn near(&self, query: &Query, fits: &Fits<'_>) -> Result<Vec<u32>> {
        // What must be there word by word, or must not, cannot be seen from a meaning.
        let exact = !query.phrases.is_empty() || !query.without.is_empty();
        if query.words_only || exact || query.words.split(' ').count() < MEANING_WORDS {
            return Ok(Vec::new());
        }
        let keys = (!fits.is_empty()).then(|| self.keys_of(fits));
        let takes = |key: u64| keys.as_ref().is_none_or(|keys| keys.contains(&key));
        let near = self.index.nearest(&text::meaning(&query.words), NEAR, &takes);
        let near = near.into_iter().take_while(|near| near.likeness >= LEAST);
        Ok(near.filter_map(|near| self.conversations.find(&near.message_id)).collect())
    }

    fn keys_of(&self, fits: &Fits<'_>) -> FxHashSet<u64> {
        (0..).zip(self.keys()).filter(|(row, _)| fits.conversation(*row)).map(|(_, key)| *key).collect()
    }

    /// What fits a filter without words, the latest first.
    fn latest(&self, fits: &Fits<'_>) -> Vec<Best> {
        if fits.is_empty() {
            return Vec::new();
        }
        let mut rows: Vec<u32> = (0..self.conversations.len()).filter(|row| fits.conversation(*row)).collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(known(self.conversations.latest(*row))), *row));
        rows.into_iter().map(|row| Best { row, hit: None, near: false }).collect()
    }
}

/// Puts those near in meaning into a list by words; gives how long it is then.
fn fuse(list: &mut Vec<Best>, seen: &mut FxHashSet<u32>, near: &[u32]) -> usize {
    let part = |rank: usize| 1.0 / (K + rank as f64 + 1.0);
    let ranks: FxHashMap<u32, usize> = near.iter().enumerate().map(|(rank, row)| (*row, rank)).collect();
    let mut scored: Vec<(f64, Best)> = Vec::with_capacity(list.len() + near.len());
    for (rank, best) in list.drain(..).enumerate() {
        let other = ranks.get(&best.row);
        let score = part(rank) + other.map_or(0.0, |rank| part(*rank));
        scored.push((score, Best { near: other.is_some(), ..best }));
    }
    for (rank, row) in near.iter().enumerate().filter(|(_, row)| seen.insert(**row)) {
        scored.push((part(rank), Best { row: *row, hit: None, near: true }));
    }
    // Stable: among equals the one that has the words comes first.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    list.extend(scored.into_iter().map(|(_, best)| best));
    list.len()
}

impl Ranked {
    /// What stands on a page, and whether there is more behind it.
    pub(super) fn slice(&self, page: Page) -> (&[Best], bool) {
        let from = page.offset.min(self.list.len());
        let to = page.offset.saturating_add(page.limit).min(self.list.len());
        (self.list.get(from..to).unwrap_or_default(), self.list.len() > to)
    }
}
