//! What kind of help an issue asks for: the repair of a defect, something new, or an answer.
//!
//! Made from issues whose maintainers had labelled them (`cargo xtask train issues`; the data is that of NLBSE'24,
//! R. Kallis et al., The NLBSE'24 Tool Competition). Whose repository it is, it is not told.

use std::ops::Range;
use std::sync::LazyLock;

use crate::linear::{Bag, HASH_OF_NOTHING, Model, hash, likeliest};
use crate::words::{Word, words};

mod prose;
#[cfg(test)]
mod tests;

static BYTES: &[u8] = include_bytes!("../models/issues.bin");
static MODEL: LazyLock<Option<Model<'static, 3>>> = LazyLock::new(|| Model::read(BYTES));

/// Kinds of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Something does not do what it should.
    Bug,
    /// Something should be there that is not.
    Feature,
    /// Somebody wants to know, or cannot get on.
    Question,
}

impl Kind {
    /// All, in the order of the model's classes.
    pub const ALL: [Kind; 3] = [Kind::Bug, Kind::Feature, Kind::Question];
}

/// What an issue asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueKind {
    /// The likeliest kind.
    pub kind: Kind,
    /// How likely it is, up to 1.
    pub confidence: f32,
    /// The words that spoke most for it, at most three, the strongest first.
    pub why: Vec<String>,
}

/// Words of a body that are looked at, from its beginning.
const MOST_WORDS: usize = 1500;
/// Words of a body that are looked at once more by themselves: what somebody wants, they say early.
const EARLY: usize = 60;
/// Parts of a title's words have these many bytes.
const PARTS: Range<usize> = 3..6;

/// The kind of an issue.
pub fn issue_kind(title: &str, body: &str) -> IssueKind {
    let Some(model) = MODEL.as_ref() else {
        return IssueKind { kind: Kind::Question, confidence: 0.0, why: Vec::new() };
    };
    let (bag, text) = read(title, body);
    let likely = model.judge(&bag);
    let class = likeliest(&likely);
    let why = model.why(&bag, class, 3).into_iter().filter_map(|place| text.get(place)).map(str::to_owned);
    IssueKind { kind: Kind::ALL[class], confidence: likely[class], why: why.collect() }
}

/// What the model looks at.
pub fn features(title: &str, body: &str) -> Bag {
    read(title, body).0
}

/// Groups of features.
mod group {
    pub(super) const TITLE: u8 = 0;
    pub(super) const PARTS: u8 = 1;
    pub(super) const BODY: u8 = 2;
    pub(super) const EARLY: u8 = 3;
    pub(super) const HEADINGS: u8 = 4;
    pub(super) const SHAPE: u8 = 5;
}

/// The features, and the text that their places are in: title, then prose, then headings.
fn read(title: &str, body: &str) -> (Bag, String) {
    let prose = prose::prose(body);
    let mut bag = Bag::default();
    let mut text = format!("{title}\n");
    add_words(&mut bag, group::TITLE, title, 0, usize::MAX);
    add_parts(&mut bag, title);
    add_words(&mut bag, group::BODY, &prose.text, text.len(), MOST_WORDS);
    add_words(&mut bag, group::EARLY, &prose.text, text.len(), EARLY);
    text.push_str(&prose.text);
    text.push('\n');
    add_words(&mut bag, group::HEADINGS, &prose.headings, text.len(), EARLY * 2);
    text.push_str(&prose.headings);
    add_shape(&mut bag, title, &prose.text);
    bag.unique();
    (bag, text)
}

/// Words, pairs of neighbours, and question marks.
fn add_words(bag: &mut Bag, group: u8, text: &str, offset: usize, most: usize) {
    let mut before: Option<(u64, usize)> = None;
    for word in words(text).filter(counts).take(most) {
        let lower = word.text.to_lowercase();
        let own = hash(HASH_OF_NOTHING, lower.as_bytes());
        bag.add(group, own, offset + word.start..offset + word.end);
        if let Some((first, start)) = before {
            bag.add(group, first.wrapping_mul(3) ^ own, offset + start..offset + word.end);
        }
        before = Some((own, word.start));
    }
}

fn counts(word: &Word<'_>) -> bool {
    word.is_word || word.text.starts_with('?')
}

/// Parts of the title's words.
fn add_parts(bag: &mut Bag, title: &str) {
    for word in words(title).filter(|word| word.is_word).take(EARLY) {
        let lower = format!(" {} ", word.text.to_lowercase());
        for size in PARTS {
            for part in lower.as_bytes().windows(size) {
                bag.add(group::PARTS, hash(HASH_OF_NOTHING, part), word.start..word.end);
            }
        }
    }
}

/// How the issue looks: whether it asks, how long it is, what it shows, how the title begins.
fn add_shape(bag: &mut Bag, title: &str, prose: &str) {
    let mut add = |name: &str, value: usize| {
        bag.add(group::SHAPE, hash(hash(HASH_OF_NOTHING, name.as_bytes()), &value.to_le_bytes()), 0..0);
    };
    let count = |mark: &str| prose.matches(mark).take(4).count();
    add("title asks", usize::from(title.contains('?')));
    add("asks", count("? ").min(3));
    add("code", count("xcode").min(2));
    add("images", count("ximage").min(2));
    add("links", count("xlink").min(2));
    add("length", prose.len().checked_ilog2().unwrap_or(0) as usize);
    add("title's length", title.split_whitespace().count() / 3);
    let first = title.split_whitespace().next().unwrap_or_default().to_lowercase();
    add(&first, usize::MAX);
}
