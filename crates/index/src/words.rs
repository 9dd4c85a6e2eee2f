//! How text is split into terms.
//!
//! A word is a run of letters and digits; an apostrophe inside it stays. Two to four words joined by
//! one of [`JOINERS`] or `::` make a compound (`reactor.stop`, `connection_lost`, `2.7.18`), which is a
//! term beside its words; a word of two to four humps (`stopListening`) is a term beside those. So the
//! name of a function or an error is found whole and by its parts. A CJK character is a word of its
//! own. Terms are in lower case and cut to their English stem; words longer than [`LONGEST`] bytes
//! (keys, encoded attachments) and common words are left out, see [`text::is_common`].
//!
//! Positions count the smallest words, those left out too, whatever stands between them: `a.b: c`, `"a" b/c`
//! and `a b (c)` have the same. A compound stands where its first word does, and says in its length how many it is.

use std::ops::Range;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::terms::Terms;

/// The name under which an index knows this way of splitting.
pub(crate) const NAME: &str = "words";
/// The longest term, in bytes before lower-casing. Names of people, functions and errors are shorter.
const LONGEST: usize = 48;
/// What joins words to a name. Where one stands in a term, the term's words are terms as well.
const JOINERS: [char; 3] = ['.', '-', '_'];
/// More words or humps than this are no name any more but a path, a list or encoded bytes.
const MOST_PARTS: usize = 4;

/// Splits, lower-cases, leaves the common words out and stems.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(Words::default())
}

#[derive(Clone, Default)]
pub(crate) struct Words {
    token: Token,
    terms: Terms,
    waiting: Vec<Piece>,
}

/// A word, a hump or a compound.
#[derive(Clone)]
struct Piece {
    range: Range<usize>,
    position: usize,
    /// How many of the smallest words it is.
    length: usize,
}

pub(crate) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
    terms: &'a mut Terms,
    /// The pieces of the compound before `at`, in order of position, the longest first.
    waiting: &'a mut Vec<Piece>,
    /// How many of them were given.
    given: usize,
    /// Of the next smallest word.
    position: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.waiting.clear();
        WordStream {
            text,
            at: 0,
            token: &mut self.token,
            terms: &mut self.terms,
            waiting: &mut self.waiting,
            given: 0,
            position: 0,
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            while let Some(piece) = self.waiting.get(self.given).cloned() {
                self.given += 1;
                if piece.range.len() <= LONGEST && self.give(piece) {
                    return true;
                }
            }
            if !self.split_next() {
                return false;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

impl WordStream<'_> {
    /// Makes a piece the token; false if it is too common to be a term.
    fn give(&mut self, piece: Piece) -> bool {
        self.token.position = piece.position;
        self.token.position_length = piece.length;
        self.token.offset_from = piece.range.start;
        self.token.offset_to = piece.range.end;
        lower(&self.text[piece.range], &mut self.token.text);
        self.terms.replace(&mut self.token.text)
    }

    /// Puts the pieces of the next compound into `waiting`; false at the end of the text.
    fn split_next(&mut self) -> bool {
        let Some(start) = next_word(self.text, self.at) else {
            return false;
        };
        self.waiting.clear();
        self.given = 0;
        let first = self.position;
        let mut end = word_end(self.text, start);
        self.push_word(start..end);
        let mut words = 1;
        while let Some(next) = after_joiner(self.text, end) {
            end = word_end(self.text, next);
            self.push_word(next..end);
            words += 1;
        }
        if (2..=MOST_PARTS).contains(&words) {
            let whole = Piece { range: start..end, position: first, length: self.position - first };
            self.waiting.insert(0, whole);
        }
        self.at = end;
        true
    }

    /// Adds a word and, if it is a name of a few humps (`stopListening`), those behind it.
    fn push_word(&mut self, word: Range<usize>) {
        let position = self.position;
        let humps = humps(self.text, &word);
        let length = humps.len().max(1);
        self.position += length;
        self.waiting.push(Piece { range: word, position, length });
        let humps = (position..).zip(humps).map(|(position, range)| Piece { range, position, length: 1 });
        self.waiting.extend(humps);
    }
}

/// Characters of scripts that write without spaces: kana, Han, and Hangul syllables.
pub(crate) fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() && !stands_alone(letter)
}

/// Where the next word starts. Most text is ASCII: its bytes need not be put together to letters.
fn next_word(text: &str, from: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[from..];
    let at = from + bytes.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    Some(at + text[at..].find(char::is_alphanumeric)?)
}

/// Where the word that starts at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = &text.as_bytes()[start..];
    let plain = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    match bytes.get(plain) {
        Some(b'\'' | 0x80..) => word_end_by_letters(text, start),
        _ => start + plain,
    }
}

fn word_end_by_letters(text: &str, start: usize) -> usize {
    let mut letters = text[start..].char_indices().peekable();
    if let Some((_, first)) = letters.next_if(|(_, letter)| stands_alone(*letter)) {
        return start + first.len_utf8();
    }
    while let Some((at, letter)) = letters.next() {
        let apostrophe = matches!(letter, '\'' | '’') && letters.peek().is_some_and(|(_, next)| in_word(*next));
        if !in_word(letter) && !apostrophe {
            return start + at;
        }
    }
    text.len()
}

fn lower(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        return out.make_ascii_lowercase();
    }
    for letter in word.chars() {
        match letter {
            '’' => out.push('\''),
            letter => out.extend(letter.to_lowercase()),
        }
    }
}

/// Where the next word of the compound starts, if a joiner and a word follow at `end`.
fn after_joiner(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let joiner = if rest.starts_with("::") { 2 } else { usize::from(rest.starts_with(JOINERS)) };
    let next = rest[joiner..].chars().next()?;
    (joiner > 0 && in_word(next)).then_some(end + joiner)
}

/// The humps of a word (`stopListening`) that has two to [`MOST_PARTS`] of them; none of any other.
fn humps(text: &str, word: &Range<usize>) -> Vec<Range<usize>> {
    let mut humps = Vec::new();
    if text.as_bytes()[word.clone()].iter().skip(1).all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return humps;
    }
    let (mut start, mut previous) = (word.start, ' ');
    for (at, letter) in text[word.clone()].char_indices() {
        if previous.is_lowercase() && letter.is_uppercase() {
            humps.push(start..word.start + at);
            start = word.start + at;
            if humps.len() >= MOST_PARTS {
                return Vec::new();
            }
        }
        previous = letter;
    }
    if !humps.is_empty() {
        humps.push(start..word.end);
    }
    humps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream(text);
        let mut terms = Vec::new();
        stream.process(&mut |token| terms.push(token.text.clone()));
        terms
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut terms = terms(text);
        terms.sort();
        assert_eq!(terms.join(" "), expected, "{text}");
    }

    #[test]
    fn words_are_lower_case_stems() {
        check("Stopping the Reactors", "reactor stop");
        check("Won’t, won't: it's the user's", "user won't won't");
        check("ÜBER straße", "straße über");
        check("", "");
        check("... --- !!!", "");
    }

    #[test]
    fn names_are_found_whole_and_by_their_words() {
        check("reactor.stop()", "reactor reactor.stop stop");
        check("connection_lost", "connect connection_lost lost");
        check("__init__", "init");
        check("std::io::Error", "error io std std::io::error");
        check("Python 2.7.18", "18 2 2.7.18 7 python");
        check("reactor.stopListening", "listen reactor reactor.stoplisten stop stoplisten");
        check("HTTPServer", "httpserver");
        check("v.w.x.y.z", "v w x y z");
        check("end. Begin", "begin end");
    }

    #[test]
    fn encoded_bytes_and_scripts_without_spaces() {
        check(&"x".repeat(LONGEST + 1), "");
        check("aGVsBGsDdKdFg", "agvsbgsddkdfg");
        check("東京 tower", "tower 京 東");
    }

    /// The terms with their positions, `term@position`, compounds `term@position+length`.
    #[track_caller]
    fn check_places(text: &str, expected: &str) {
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream(text);
        let mut places = Vec::new();
        stream.process(&mut |token| {
            let length = if token.position_length > 1 { format!("+{}", token.position_length) } else { String::new() };
            places.push(format!("{}@{}{length}", token.text, token.position));
        });
        assert_eq!(places.join(" "), expected, "{text}");
    }

    #[test]
    fn positions_count_words_whatever_stands_between_them() {
        check_places("reactor.stop(), lost", "reactor.stop@0+2 reactor@0 stop@1 lost@2");
        check_places("\"reactor\" -> [stop]\n> lost", "reactor@0 stop@1 lost@2");
        check_places("the reactor is lost", "reactor@1 lost@3");
        check_places("x.stopListening y", "x.stoplisten@0+3 x@0 stoplisten@1+2 stop@1 listen@2 y@3");
        check_places("go.go", "go.go@0+2 go@0 go@1");
        check_places("東京 tower", "東@0 京@1 tower@2");
        check_places(&format!("a1 {} b1", "x".repeat(LONGEST + 1)), "a1@0 b1@2");
    }

    proptest! {
        #[test]
        fn positions_never_go_back(text in "[a-zA-Z ._'-]{0,60}") {
            let mut analyzer = analyzer();
            let mut stream = analyzer.token_stream(&text);
            let mut last = 0;
            stream.process(&mut |token| {
                assert!(token.position >= last);
                last = token.position;
            });
        }

        #[test]
        fn any_text_is_split_within_bounds(text in any::<String>()) {
            // A letter may grow threefold in lower case.
            prop_assert!(terms(&text).iter().all(|term| !term.is_empty() && term.len() <= 3 * LONGEST));
        }

        #[test]
        fn any_name_is_split(text in "[a-zA-Z'’_.:東é-]{0,60}") {
            terms(&text);
        }
    }
}
