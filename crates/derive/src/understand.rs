//! What one message says: everything that later steps need of its text, read once.

use model::{Message, MessageKind};
use text::tier::{Asked, Known, Signs, asked_signs};
use text::{Meaning, Sentiment, Signal, Signals};

use crate::marks::Marks;

/// Characters of [`Understood::lead`].
const LEAD: usize = 160;

/// A message, understood.
pub struct Understood {
    /// How its own words begin.
    pub lead: String,
    /// What it does, and the words that made it so.
    pub signals: Signals,
    /// [`Understood::signals`] and [`Understood::facts`] as bits.
    pub marks: Marks,
    /// Each signal with its words, as `thanks: that worked`.
    pub why: Vec<String>,
    /// Its mood.
    pub sentiment: f32,
    /// The words that made it so.
    pub sentiment_why: Vec<String>,
    /// Its language, ISO 639-1.
    pub language: Option<&'static str>,
    /// The signs of a support tier in it.
    pub asked_signs: Signs,
    /// What subject and own words mean, if it opens something and asks, or is a page.
    pub meaning: Option<Meaning>,
}
