//! Words that tell nothing about a topic.

/// English words that tell nothing about a topic: four in ten of all words written. Those that are
/// also names of things (can, may, will, it as IT) are kept, rarity weighs them well enough.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by",
    "could", "did", "didn't", "do", "does", "doesn't", "don't", "for", "from", "had", "has", "have", "he",
    "her", "here", "his", "how", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it's",
    "its", "just", "me", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "some", "than",
    "that", "that's", "the", "their", "them", "then", "there", "these", "they", "this", "to", "too", "was",
    "we", "were", "what", "when", "where", "which", "who", "why", "with", "would", "you", "your",
];

/// English words that ask, complain or are polite: they may tell texts apart, but are no topic.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "after", "again", "anybody", "anyone", "before", "best", "better", "between", "break", "breaks", "broken",
    "can't", "cannot", "change", "changes", "different", "doing", "done", "error", "errors", "every", "fail",
    "failed", "failing", "fails", "find", "first", "gets", "getting", "give", "gives", "good", "help", "issue",
    "issues", "keep", "know", "like", "long", "make", "makes", "many", "more", "most", "much", "need", "needed",
    "needs", "never", "only", "other", "over", "please", "possible", "problem", "problems", "question",
    "questions", "really", "right", "same", "somebody", "someone", "something", "still", "such", "sure", "take",
    "thank", "thanks", "thing", "things", "tried", "trying", "under", "until", "using", "very", "want", "wants",
    "ways", "while", "without", "work", "working", "works", "wrong",
];

/// Whether a word, in lower case, is too common to tell what an English text is about.
pub fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// Whether a word, in lower case, may be what an English text is about.
pub fn is_topical(word: &str) -> bool {
    !is_common(word) && ASKING.binary_search(&word).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(COMMON.is_sorted());
        assert!(ASKING.is_sorted());
    }

    #[test]
    fn topics() {
        assert_eq!(["the", "broken", "reactor", "東京"].map(is_topical), [false, false, true, true]);
    }
}
