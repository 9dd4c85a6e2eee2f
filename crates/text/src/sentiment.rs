//! How somebody feels in a technical text: pleased, displeased, or neither.
//!
//! Killing a process is nothing bad, and an error is not an offence: the model was made from posts of Stack
//! Overflow whose feelings people had judged (`cargo xtask train sentiment`; the data is Senti4SD's, F. Calefato
//! et al., Sentiment Polarity Detection for Software Development, 2018).

use std::ops::Range;
use std::sync::LazyLock;

use crate::linear::{Bag, HASH_OF_NOTHING, Model, hash, likeliest};
use crate::words::{Word, words};

mod lexicon;
#[cfg(test)]
mod tests;

static BYTES: &[u8] = include_bytes!("../models/sentiment.bin");
static MODEL: LazyLock<Option<Model<'static, 3>>> = LazyLock::new(|| Model::read(BYTES));

/// What somebody feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feeling {
    /// Displeased: annoyed, sad, angry, disappointed.
    Negative,
    /// Neither, or both.
    Neutral,
    /// Pleased: glad, thankful, impressed.
    Positive,
}

impl Feeling {
    /// All, in the order of the model's classes.
    pub const ALL: [Feeling; 3] = [Feeling::Negative, Feeling::Neutral, Feeling::Positive];
}

/// A text's sentiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentiment {
    /// The likeliest feeling.
    pub feeling: Feeling,
    /// From -1, surely displeased, to 1, surely pleased.
    pub score: f32,
    /// How likely the feeling is, up to 1.
    pub confidence: f32,
    /// Where in the text the words are that spoke most for it, at most three, the strongest first; none where
    /// it is neutral.
    pub why: Vec<Range<usize>>,
}

/// Words of a text that are looked at, from its beginning.
const MOST_WORDS: usize = 400;
/// Words after a negation that it turns.
const REACH: usize = 3;
/// Parts of words have this many bytes.
const PART: usize = 4;
/// Longer words have no parts.
const LONGEST: usize = 24;

/// The sentiment of a writer's own words ([`crate::own_words`]).
pub fn sentiment(own: &str) -> Sentiment {
    let Some(model) = MODEL.as_ref() else {
        return Sentiment { feeling: Feeling::Neutral, score: 0.0, confidence: 0.0, why: Vec::new() };
    };
    let bag = features(own);
    let likely = model.judge(&bag);
    let class = likeliest(&likely);
    let feeling = Feeling::ALL[class];
    let why = if feeling == Feeling::Neutral { Vec::new() } else { model.why(&bag, class, 3) };
    Sentiment { feeling, score: likely[2] - likely[0], confidence: likely[class], why }
}

/// What the model looks at.
pub fn features(text: &str) -> Bag {
    let mut reader = Reader::default();
    for word in words(text).take(MOST_WORDS) {
        reader.read(&word);
    }
    reader.finish()
}

/// Groups of features.
mod group {
    pub(super) const WORDS: u8 = 0;
    pub(super) const PARTS: u8 = 1;
    pub(super) const LEXICON: u8 = 2;
}

/// The hashes of words begin with it when a negation stands before them.
const TURNED: u64 = 1;

#[derive(Default)]
struct Reader {
    bag: Bag,
    /// The hash and the start of the word before, and of the one before that.
    before: [(u64, usize); 2],
    /// How many words a negation still reaches.
    turned: usize,
    /// Known words that please and displease.
    known: [usize; 2],
    lower: String,
}

impl Reader {
    fn read(&mut self, word: &Word<'_>) {
        self.lower.clear();
        self.lower.extend(word.text.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
        let place = word.start..word.end;
        let own = hash(HASH_OF_NOTHING, self.lower.as_bytes());
        self.bag.add(group::WORDS, own, place.clone());
        let [(before, start), (first, first_start)] = self.before;
        let pair = before.wrapping_mul(3) ^ own;
        self.bag.add(group::WORDS, pair, start..place.end);
        self.bag.add(group::WORDS, first.wrapping_mul(5) ^ pair.wrapping_mul(7), first_start..place.end);
        if self.turned > 0 && word.is_word {
            self.bag.add(group::WORDS, own ^ TURNED, place.clone());
        }
        if word.is_word && word.text.len() > 2 && word.text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.bag.add(group::LEXICON, hash(HASH_OF_NOTHING, b"loud"), 0..0);
        }
        self.read_lexicon(word, before, start);
        self.read_parts(word);
        self.turned = if is_negation(&self.lower) {
            REACH
        } else if word.is_word {
            self.turned.saturating_sub(1)
        } else if matches!(word.text.as_bytes().first(), Some(b',' | b'\'' | b'"' | b'`')) {
            self.turned
        } else {
            0
        };
        self.before = [(own, word.start), self.before[0]];
    }

    fn read_lexicon(&mut self, word: &Word<'_>, before: u64, start: usize) {
        let Some(pleases) = lexicon::pleases(&self.lower) else { return };
        let turned = pleases != (self.turned > 0);
        self.known[usize::from(turned)] += 1;
        let sign = [u8::from(pleases), u8::from(self.turned > 0)];
        self.bag.add(group::LEXICON, hash(HASH_OF_NOTHING, &sign), word.start..word.end);
        self.bag.add(group::LEXICON, hash(before, &sign), start..word.end);
    }

    /// Parts of words stand for words that were not seen before: `annoyingly`, `thx`.
    fn read_parts(&mut self, word: &Word<'_>) {
        if !word.is_word || self.lower.len() > LONGEST {
            return;
        }
        self.lower.insert(0, '<');
        self.lower.push('>');
        let bytes = self.lower.as_bytes();
        let ends = [&bytes[..bytes.len().min(3)], &bytes[bytes.len().saturating_sub(3)..]];
        for part in bytes.windows(PART).chain(bytes.windows(PART + 1)).chain(ends) {
            self.bag.add(group::PARTS, hash(HASH_OF_NOTHING, part), word.start..word.end);
        }
    }

    fn finish(mut self) -> Bag {
        let [(last, start), _] = self.before;
        self.bag.add(group::WORDS, hash(last, b"$"), start..start);
        let [bad, good] = self.known.map(|count| count.min(3) as u8);
        self.bag.add(group::LEXICON, hash(HASH_OF_NOTHING, &[b'=', bad, good]), 0..0);
        self.bag
    }
}

fn is_negation(lower: &str) -> bool {
    lower.ends_with("n't")
        || matches!(
            lower,
            "not" | "no" | "never" | "none" | "nothing" | "without" | "hardly" | "cannot" | "nor" | "neither"
        )
        || matches!(
            lower,
            "dont" | "doesnt" | "didnt" | "isnt" | "wasnt" | "cant" | "wont" | "arent" | "wouldnt" | "couldnt"
        )
}
