//! Names of people, as they are written in many ways.

use crate::handle::undecorated;
use crate::letters::{count, is_ideographic, plain};

/// What is written beside a name and belongs to nobody's.
const TITLES: &[&str] = &["dr", "esq", "ii", "iii", "iv", "jr", "mr", "mrs", "ms", "phd", "prof", "sr"];
/// More words than this are a sentence.
const MOST_WORDS: usize = 6;

/// A name of two words or more, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    /// In the order in which they are said, given name first, in plain letters; an initial is one letter.
    words: Vec<String>,
}

/// What a text that is shown as a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Given name and family name, or more.
    Full(Name),
    /// One word: a given name, or a nick.
    Word(String),
    /// Nothing about who it is.
    Nothing,
}

/// How one name is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Alike {
    /// The same words, in whatever order.
    Same,
    /// One has a middle name more than the other.
    Longer,
    /// A given name is shortened: Dave and David, or only its initial.
    Shorter,
    /// Two names.
    Different,
}

/// Reads what is shown as a name.
pub(crate) fn shown(text: &str) -> Shown {
    let text = before_notes(text.trim().trim_matches(['"', '\'']));
    if text.contains('@') || text.contains("://") {
        return Shown::Nothing;
    }
    let text = if text.contains(char::is_whitespace) { text } else { undecorated(text) };
    let turned = match text.split_once(',') {
        Some((family, given)) if !given.contains(',') && !is_title(given) => format!("{given} {family}"),
        _ => text.replace(',', " "),
    };
    let words = words(&turned);
    match words.as_slice() {
        [] => Shown::Nothing,
        [word] => one_word(text.trim(), word),
        words if words.len() > MOST_WORDS || !words.iter().any(|word| word.len() > 1) => Shown::Nothing,
        _ => Shown::Full(Name { words }),
    }
}

/// Without what is in brackets or after `via`, `|`: where somebody is or works.
fn before_notes(text: &str) -> &str {
    let end = [" (", " [", " via ", " | ", " <", " - "].iter().filter_map(|mark| text.find(mark)).min();
    text[..end.unwrap_or(text.len())].trim().trim_matches(['"', '\''])
}

fn is_title(text: &str) -> bool {
    TITLES.contains(&plain(text).trim().trim_end_matches('.'))
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | '_' | '·'));
    let letters = |part: &str| plain(part).chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    parts.map(letters).filter(|word| !word.is_empty() && !TITLES.contains(&word.as_str())).collect()
}

/// `AdaLovelace` is a name, and so are two letters that are syllables; else it is a nick or a first name.
fn one_word(text: &str, word: &str) -> Shown {
    if word.chars().all(is_ideographic) && count(word) > 1 {
        let family: String = word.chars().take(1).collect();
        return Shown::Full(Name { words: vec![word.chars().skip(1).collect(), family] });
    }
    let hump = text.char_indices().skip(2).find(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
    if let Some((given, family)) = hump.and_then(|at| text.split_at_checked(at)) {
        let capital = |part: &str| part.starts_with(char::is_uppercase) && part.chars().skip(1).all(char::is_lowercase);
        if capital(given) && capital(family) && count(given) > 2 && count(family) > 2 {
            return Shown::Full(Name { words: vec![plain(given), plain(family)] });
        }
    }
    Shown::Word(word.to_owned())
}

impl Name {
    /// A name as the local part of an address spells it: `ada.lovelace`.
    pub(crate) fn spelled(local: &str) -> Option<Name> {
        let words: Vec<&str> = local.split(['.', '_', '-']).collect();
        let letters = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let long = words.iter().filter(|word| word.len() > 2).count();
        let name = (2..=3).contains(&words.len()) && words.iter().all(letters) && long >= 2;
        (name && words.iter().all(|word| !word.is_empty()))
            .then(|| Name { words: words.into_iter().map(str::to_owned).collect() })
    }

    /// The given name.
    pub(crate) fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The family name.
    pub(crate) fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// All words.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The words in an order that does not depend on how the name was written.
    pub(crate) fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    fn middle(&self) -> &[String] {
        self.words.get(1..self.words.len().saturating_sub(1)).unwrap_or_default()
    }

    fn is_same(&self, other: &Name) -> bool {
        self.words == other.words || self.sorted() == other.sorted() || self.words.concat() == other.words.concat()
    }

    /// How this name is related to another.
    pub(crate) fn alike(&self, other: &Name) -> Alike {
        let length = |name: &Name| name.words.iter().map(String::len).sum::<usize>();
        if length(self) == length(other) && self.is_same(other) {
            return Alike::Same;
        }
        let whole = count(self.last()).max(count(other.last())) > 1;
        if !whole || !begins(self.last(), other.last()) || !fits(self.middle(), other.middle()) {
            return Alike::Different;
        }
        match is_short_for(self.first(), other.first()) {
            true if self.first() == other.first() && self.last() == other.last() => Alike::Longer,
            true => Alike::Shorter,
            false => Alike::Different,
        }
    }
}

/// Whether one is the other or its initial.
fn begins(a: &str, b: &str) -> bool {
    a == b || count(a) == 1 && b.starts_with(a) || count(b) == 1 && a.starts_with(b)
}

/// Whether middle names can be those of one person: one has none, or each is the other's or its initial.
fn fits(a: &[String], b: &[String]) -> bool {
    a.is_empty() || b.is_empty() || a.len() == b.len() && a.iter().zip(b).all(|(a, b)| begins(a, b))
}

/// Whether one given name can stand for the other: an initial, or the same beginning (Dave, David).
fn is_short_for(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    begins(a, b) || same >= 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(a: &str, b: &str, expected: Alike) {
        let full = |text| match shown(text) {
            Shown::Full(name) => name,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(full(a).alike(&full(b)), expected, "{a} / {b}");
        assert_eq!(full(b).alike(&full(a)), expected, "{b} / {a}");
    }

    #[test]
    fn one_name_in_many_spellings() {
        for other in ["LOVELACE, Ada", "ada lovelace", "Dr. Ada Lovelace", "Ada Lovelace (Engines)", "Ada_Lovelace"] {
            check("Ada Lovelace", other, Alike::Same);
        }
        check("AdaLovelace", "Ada Lovelace", Alike::Same);
        check("José Peña", "Jose Pena", Alike::Same);
        check("王小明", "小明 王", Alike::Same);
        check("Ada Lovelace via Dev", "Ada Lovelace", Alike::Same);
    }

    #[test]
    fn middle_names_and_short_ones() {
        check("Ada B. Lovelace", "Ada Lovelace", Alike::Longer);
        check("Ada B. Lovelace", "Ada Byron Lovelace", Alike::Longer);
        check("A. Lovelace", "Ada Lovelace", Alike::Shorter);
        check("Dave Null", "David Null", Alike::Shorter);
        check("Ada L.", "Ada Lovelace", Alike::Shorter);
    }

    #[test]
    fn two_names() {
        check("Ada Lovelace", "Ada Byron", Alike::Different);
        check("Ada B. Lovelace", "Ada C. Lovelace", Alike::Different);
        check("Ada Lovelace", "Charles Lovelace", Alike::Different);
    }

    #[test]
    fn what_is_no_full_name() {
        assert_eq!(shown("dave"), Shown::Word("dave".into()));
        assert_eq!(shown("dave_away"), Shown::Word("dave".into()));
        for text in ["", "ada@example.org", "A B", "https://example.org", "- -"] {
            assert_eq!(shown(text), Shown::Nothing, "{text}");
        }
        assert_eq!(Name::spelled("ada.lovelace").map(|name| name.words.len()), Some(2));
        assert_eq!(Name::spelled("ada2.x"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(a in ".{0,60}", b in ".{0,60}") {
            if let (Shown::Full(a), Shown::Full(b)) = (shown(&a), shown(&b)) {
                prop_assert_eq!(a.alike(&a), Alike::Same);
                prop_assert_eq!(a.alike(&b), b.alike(&a));
            }
        }
    }
}
