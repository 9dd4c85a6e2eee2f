//! From a word to the term that stands for it: nothing for common words, else its English stem.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Words whose terms are kept at hand; a power of two. Nine in ten words of a mail are among the
/// latest few thousand, and stemming is a quarter of the work of indexing otherwise.
const KEPT: usize = 1 << 13;

/// Finds terms, and remembers the latest.
pub(crate) struct Terms {
    stemmer: TextAnalyzer,
    /// Each word has one place, by its hash; a newer one takes it. Empty until first used.
    kept: Vec<Kept>,
}

#[derive(Clone, Default)]
struct Kept {
    word: String,
    /// Empty for a common word.
    term: String,
}

impl Default for Terms {
    fn default() -> Terms {
        let stemmer = TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build();
        Terms { stemmer, kept: Vec::new() }
    }
}

/// A clone remembers nothing: one is made for each thread and each question.
impl Clone for Terms {
    fn clone(&self) -> Terms {
        Terms { stemmer: self.stemmer.clone(), kept: Vec::new() }
    }
}

impl Terms {
    /// Puts the term in place of `word`, which is in lower case; false if it has none.
    pub(crate) fn replace(&mut self, word: &mut String) -> bool {
        if self.kept.is_empty() {
            self.kept.resize_with(KEPT, Kept::default);
        }
        let mut hasher = FxHasher::default();
        word.hash(&mut hasher);
        let kept = &mut self.kept[hasher.finish() as usize % KEPT];
        if kept.word != *word {
            kept.word.clone_from(word);
            kept.term.clear();
            if !text::is_common(word) {
                kept.term.push_str(stem(&mut self.stemmer, word).as_deref().unwrap_or(word));
            }
        }
        word.clone_from(&kept.term);
        !word.is_empty()
    }
}

fn stem(stemmer: &mut TextAnalyzer, word: &str) -> Option<String> {
    let mut stream = stemmer.token_stream(word);
    let stem = stream.next()?.text.clone();
    (!stem.is_empty()).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_found() {
        let mut terms = Terms::default();
        for round in 0..2 {
            for number in 0..2 * KEPT {
                let mut word = format!("w{number}ing");
                assert!(terms.replace(&mut word), "{round}");
                assert_eq!(word, format!("w{number}ing"));
            }
            for (word, expected) in [("stopping", "stop"), ("the", ""), ("why", ""), ("reactors", "reactor")] {
                let mut term = word.to_owned();
                assert_eq!(terms.replace(&mut term), !expected.is_empty());
                assert_eq!(term, expected);
            }
        }
    }
}
