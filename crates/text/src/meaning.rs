//! What a text is about, as a vector: texts about the same thing point the same way, in whatever words.
//!
//! A text is cut into the word pieces of a sentence transformer, and the vectors these were given by
//! `models/distil.py` (which says how, and what each choice was measured to bring) are added up. That costs
//! microseconds. What is lost against the transformer itself is the order of the words.

use std::sync::LazyLock;

use base64::prelude::{BASE64_STANDARD as STANDARD, Engine as _};
use pieces::Pieces;
use table::Table;

mod pieces;
mod table;
#[cfg(test)]
mod tests;

/// Numbers in a [`Meaning`].
pub const DIMENSIONS: usize = 192;

/// Word pieces of a text that are read at most: what a text is about is said early, and no text may take
/// longer than some tens of microseconds.
const MOST_PIECES: usize = 384;

static BYTES: &[u8] = include_bytes!("../models/meaning.bin");
static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(BYTES));

struct Model {
    table: Table<'static>,
    pieces: Pieces<'static>,
}

impl Model {
    /// Reads the table; nothing where it is damaged.
    fn read(bytes: &'static [u8]) -> Option<Model> {
        let (table, names) = Table::read(bytes)?;
        Some(Model { table, pieces: Pieces::new(names) })
    }
}

/// Where a text points. Its length carries nothing; that of a text without a known word is zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Meaning([i8; DIMENSIONS]);

impl Meaning {
    /// The cosine of two texts' angle: 1 where they point the same way, around 0 where they have nothing to
    /// do with each other, 0 where one says nothing.
    pub fn likeness(&self, other: &Meaning) -> f32 {
        let lengths = dot(self, self) as f32 * dot(other, other) as f32;
        if lengths > 0.0 { dot(self, other) as f32 / lengths.sqrt() } else { 0.0 }
    }

    /// Whether the text had no word that is known.
    pub fn is_nothing(&self) -> bool {
        self.0.iter().all(|value| *value == 0)
    }

    /// The numbers, the largest of them 127 or -127: for adding up, or to keep.
    pub fn values(&self) -> &[i8; DIMENSIONS] {
        &self.0
    }

    /// The meaning with these numbers, as [`Self::values`] gave them.
    pub fn from_values(values: [i8; DIMENSIONS]) -> Meaning {
        Meaning(values)
    }

    /// The numbers in base64 (RFC 4648), to keep in a column of text.
    pub fn to_text(&self) -> String {
        STANDARD.encode(self.0.map(|value| value as u8))
    }

    /// What [`Self::to_text`] gave; none for any other text.
    pub fn from_text(text: &str) -> Option<Meaning> {
        let bytes: [u8; DIMENSIONS] = STANDARD.decode(text).ok()?.try_into().ok()?;
        Some(Meaning(bytes.map(|byte| byte as i8)))
    }

    /// The direction of a sum of vectors; of several meanings, what they have in common.
    pub fn from_sum(sum: &[f32; DIMENSIONS]) -> Meaning {
        let most = sum.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
        let scale = if most > 0.0 && most.is_finite() { 127.0 / most } else { 0.0 };
        // Never out of range: `as` saturates, and what is no number becomes 0.
        Meaning(sum.map(|value| (value * scale).round() as i8))
    }
}

impl std::fmt::Debug for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Meaning({}, {}, {}, …)", self.0[0], self.0[1], self.0[2])
    }
}

fn dot(one: &Meaning, other: &Meaning) -> i32 {
    one.0.iter().zip(&other.0).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// What a text is about, from its first few hundred words. Give it prose: [`crate::own_words`], or a title.
pub fn meaning(text: &str) -> Meaning {
    let mut sum = [0.0; DIMENSIONS];
    if let Some(model) = MODEL.as_ref() {
        let mut read = 0;
        model.pieces.of(text, |piece| {
            model.table.add(piece, &mut sum);
            read += 1;
            read < MOST_PIECES
        });
    }
    Meaning::from_sum(&sum)
}
