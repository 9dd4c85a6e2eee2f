//! What openings that ask, and pages, mean: one vector each, searched from end to end.
//!
//! 192 bytes each: 200,000 of them are 38 MB, and comparing a text with all of them takes some milliseconds.

use archive::{Manifest, Tables};
use model::Id;
use model::tables::SIGNALS;
use rustc_hash::FxHashMap;
use text::{DIMENSIONS, Meaning};

use super::{Conversations, each_batch, files, text_at};
use crate::Result;

/// The vectors of a snapshot.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    /// Conversations, by what opens them.
    pub(crate) openings: Vectors,
    /// Other messages that have one, as pages and their sections, by their ids; the keys of [`Meanings::others`].
    pub(crate) ids: Vec<Id>,
    pub(crate) others: Vectors,
}

/// Vectors with a key each.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    keys: Vec<u32>,
    places: FxHashMap<u32, u32>,
    vectors: Vec<[i8; DIMENSIONS]>,
    /// One through each one's length.
    scales: Vec<f32>,
}

impl Meanings {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, conversations: &Conversations) -> Result<Meanings> {
        let mut meanings = Meanings::default();
        let columns = ["message_id", "conversation_id", "meaning"];
        each_batch(tables, &SIGNALS, files(manifest, &SIGNALS), &columns, |batch| {
            let (messages, opened) = (batch.texts("message_id")?, batch.texts("conversation_id")?);
            let given = batch.texts("meaning")?;
            for row in 0..batch.rows() {
                let Some(meaning) = text_at(given, row).and_then(Meaning::from_text) else { continue };
                let conversation = conversations.find(opened.value(row));
                if messages.value(row) == opened.value(row)
                    && let Some(conversation) = conversation
                {
                    meanings.openings.push(conversation, &meaning);
                }
                // A page is an opening too.
                if let Some(id) = Id::parse(messages.value(row))
                    && conversation.is_none_or(|row| !conversations.question[row as usize])
                {
                    meanings.others.push(meanings.ids.len() as u32, &meaning);
                    meanings.ids.push(id);
                }
            }
            Ok(())
        })?;
        Ok(meanings)
    }
}

impl Vectors {
    fn push(&mut self, key: u32, meaning: &Meaning) {
        self.places.insert(key, self.keys.len() as u32);
        self.keys.push(key);
        self.vectors.push(*meaning.values());
        self.scales.push(scale(meaning.values()));
    }

    /// The keys whose vectors point most in the direction of `meaning`, at most `limit`, with the cosine, the
    /// likest first; only those that `keep` keeps and that are at least `least` alike.
    pub(crate) fn nearest(
        &self,
        meaning: &Meaning,
        limit: usize,
        least: f32,
        keep: impl Fn(u32) -> bool,
    ) -> Vec<(u32, f32)> {
        let own = scale(meaning.values());
        let mut found: Vec<(u32, f32)> = Vec::new();
        for ((vector, key), scale) in self.vectors.iter().zip(&self.keys).zip(&self.scales) {
            let likeness = dot(vector, meaning.values()) as f32 * scale * own;
            if likeness >= least && keep(*key) {
                found.push((*key, likeness));
            }
        }
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, order);
        }
        found.truncate(limit);
        found.sort_unstable_by(order);
        found
    }

    /// How alike the vector of `key` is; none if it has none.
    pub(crate) fn likeness(&self, key: u32, meaning: &Meaning) -> Option<f32> {
        let place = *self.places.get(&key)? as usize;
        Some(dot(&self.vectors[place], meaning.values()) as f32 * self.scales[place] * scale(meaning.values()))
    }
}

fn dot(one: &[i8; DIMENSIONS], other: &[i8; DIMENSIONS]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// One through the length; 0 for a vector that says nothing.
fn scale(vector: &[i8; DIMENSIONS]) -> f32 {
    let squared = dot(vector, vector);
    if squared > 0 { 1.0 / (squared as f32).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_come_first() {
        let texts = ["the certificate has expired", "my lunch was cold", "certificates expire", ""];
        let mut vectors = Vectors::default();
        for (key, text) in (0..).zip(texts) {
            vectors.push(key, &text::meaning(text));
        }
        let asked = text::meaning("an expired certificate");
        let near = vectors.nearest(&asked, 2, -1.0, |_| true);
        assert_eq!(near.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [0, 2]);
        assert!((near[0].1 - asked.likeness(&text::meaning(texts[0]))).abs() < 1e-6);
        assert_eq!(vectors.nearest(&asked, 9, -1.0, |key| key != 0).len(), 3);
        assert_eq!(vectors.likeness(0, &asked), Some(near[0].1));
        assert_eq!(vectors.likeness(9, &asked), None);
    }
}
