//! Cuts a text into word pieces as BERT does (uncased; J. Devlin et al., 2019): lower case, no accents, every
//! mark of punctuation and every ideograph for itself, and then of each word again and again the longest piece
//! that is known. A word of which any rest is unknown has no pieces. The only difference: vowel signs of Indian
//! scripts are taken for accents.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Before a piece that continues a word.
const CONTINUES: &str = "##";
/// Longer words have no pieces (the transformer's own limit, which keeps time linear).
const LONGEST_WORD: usize = 100;

/// The known pieces.
pub(super) struct Pieces<'a> {
    first: FxHashMap<&'a str, u32>,
    more: FxHashMap<&'a str, u32>,
    /// Bytes of the longest piece.
    longest: usize,
}

impl<'a> Pieces<'a> {
    /// Of a list with a piece a line: its number is that of its line, from 0.
    pub(super) fn new(names: &'a str) -> Pieces<'a> {
        let mut pieces = Pieces { first: FxHashMap::default(), more: FxHashMap::default(), longest: 0 };
        for (number, name) in (0..).zip(names.lines()) {
            match name.strip_prefix(CONTINUES) {
                Some(rest) if !rest.is_empty() => pieces.more.insert(rest, number),
                _ => pieces.first.insert(name, number),
            };
            pieces.longest = pieces.longest.max(name.len());
        }
        pieces
    }

    /// Calls `found` with each piece's number, in order, until it says false.
    pub(super) fn of(&self, text: &str, mut found: impl FnMut(u32) -> bool) {
        let mut plain = String::new();
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            plain.clear();
            simplify(word, &mut plain);
            if !self.of_chunk(&plain, &mut found) {
                return;
            }
        }
    }

    /// The pieces of what stood between white space.
    fn of_chunk(&self, chunk: &str, found: &mut impl FnMut(u32) -> bool) -> bool {
        let mut rest = chunk;
        while let Some(first) = rest.chars().next() {
            let end = match stands_alone(first) {
                true => first.len_utf8(),
                false => rest.find(stands_alone).unwrap_or(rest.len()),
            };
            if !self.of_word(&rest[..end], found) {
                return false;
            }
            rest = &rest[end..];
        }
        true
    }

    fn of_word(&self, word: &str, found: &mut impl FnMut(u32) -> bool) -> bool {
        if let Some(piece) = self.first.get(word) {
            return found(*piece);
        }
        if word.len() > LONGEST_WORD && word.chars().count() > LONGEST_WORD {
            return true;
        }
        // A word has no more pieces than characters.
        let (mut pieces, mut count) = ([0; LONGEST_WORD], 0);
        let mut rest = word;
        while !rest.is_empty() {
            let known = if count == 0 { &self.first } else { &self.more };
            let Some((piece, end)) = self.longest_of(known, rest) else { return true };
            pieces[count] = piece;
            count += 1;
            rest = &rest[end..];
        }
        pieces[..count].iter().all(|piece| found(*piece))
    }

    /// The longest piece that `rest` begins with, and where it ends.
    fn longest_of(&self, known: &FxHashMap<&str, u32>, rest: &str) -> Option<(u32, usize)> {
        let most = rest.len().min(self.longest);
        let ends = (1..=most).rev().filter(|end| rest.is_char_boundary(*end));
        ends.filter_map(|end| known.get(&rest[..end]).map(|piece| (*piece, end))).next()
    }
}

/// Appends a word in lower case, without accents and characters that are not seen.
fn simplify(word: &str, plain: &mut String) {
    if word.is_ascii() {
        plain.extend(word.chars().filter(|c| !c.is_ascii_control()).map(|c| c.to_ascii_lowercase()));
        return;
    }
    let seen = word.chars().filter(|c| !is_unseen(*c));
    plain.extend(seen.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{b}' | '\u{c}' | '\u{85}')
}

/// Control and format characters, and what stands for a character that was lost.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{fffd}' | '\u{feff}' | '\u{61c}' | '\u{180e}' | '\u{e000}'..='\u{f8ff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}')
}

/// Punctuation and ideographs.
fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    is_punctuation(c) || is_ideograph(c)
}

/// Unicode's punctuation (general category P) where people write it: Latin-1, the general block, and that of
/// East Asia.
fn is_punctuation(c: char) -> bool {
    matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{37e}' | '\u{387}')
        || matches!(
            c,
            '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}'
        )
        || matches!(
            c,
            '\u{60c}' | '\u{60d}' | '\u{61b}' | '\u{61e}' | '\u{61f}' | '\u{66a}'
                ..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}'
        )
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}')
        || matches!(
            c,
            '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}'
        )
        || matches!(c, '\u{2768}'..='\u{2775}' | '\u{27e6}'..='\u{27ef}' | '\u{2983}'..='\u{2998}' | '\u{2e00}'..='\u{2e4f}')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{303d}' | '\u{30a0}' | '\u{30fb}')
        || matches!(c, '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}')
        || matches!(c, '\u{ff3b}'..='\u{ff3d}' | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
}

/// The blocks of ideographs that the transformer's own tokenizer sets apart; kana and hangul are words.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}')
        || matches!(c, '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}
