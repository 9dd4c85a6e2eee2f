//! Question marks that ask.

use std::ops::Range;

/// Bytes shown of a question: its end is what matters.
const LONGEST: usize = 120;

/// Calls `found` with every sentence that a question mark ends.
pub(super) fn find(prose: &str, mut found: impl FnMut(Range<usize>)) {
    for at in memchr::memchr_iter(b'?', prose.as_bytes()) {
        if asks(prose, at) {
            found(sentence(prose, at));
        }
    }
}

/// A question mark at the end of a word. `(?)` doubts a word; ` ?` alone on a line says nothing.
fn asks(prose: &str, at: usize) -> bool {
    let before = prose[..at].chars().next_back();
    let after = prose[at + 1..].chars().next();
    let word = before.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, ')' | '"' | '\'' | '`' | ' ' | '”' | '’' | ']' | '.' | '!' | '*' | '\u{a0}')
    });
    let ends = after.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '?' | '!' | '"' | '\'' | ')' | '”' | '.' | ',' | ':' | ';' | '-' | '*')
    });
    let from = prose.ceil_char_boundary(at.saturating_sub(LONGEST));
    let line = prose[from..at].rsplit('\n').next().unwrap_or_default();
    word && ends && line.contains(char::is_alphanumeric)
}

/// The sentence that ends with the mark at `at`, or its last words.
fn sentence(prose: &str, at: usize) -> Range<usize> {
    let from = prose.ceil_char_boundary(at.saturating_sub(LONGEST));
    let begin = prose[from..at].rfind(['.', '!', '?', '\n']).map_or(from, |end| from + end + 1);
    let blank = prose[begin..at].len() - prose[begin..at].trim_start().len();
    begin + blank..at + 1
}
