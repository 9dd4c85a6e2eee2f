//! What people call themselves: nicks, account names, what stands before the `@`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::identity::is_shared;
use crate::letters::{count, initial, plain};
use crate::name::Name;

/// What chat users hang on their nick while they are somewhere.
const WHEREABOUTS: &[&str] = &[
    "afk", "afw", "away", "bbl", "brb", "busy", "dinner", "food", "gone", "home", "irc", "laptop", "lunch", "m",
    "matrix", "meeting", "mobile", "mtg", "office", "off", "phone", "pto", "sick", "sleep", "sleeping", "vacation",
    "web", "work", "zzz",
];
/// What people put before the `@` of a domain of their own, or for one purpose: it names nobody.
const PURPOSES: &[&str] = &[
    "code",
    "dev",
    "devel",
    "email",
    "foss",
    "git",
    "github",
    "hi",
    "home",
    "irc",
    "linux",
    "lists",
    "mailinglist",
    "mailinglists",
    "me",
    "ml",
    "news",
    "opensource",
    "oss",
    "public",
    "spam",
    "work",
];
/// Given names that many bear everywhere.
const FIRST_NAMES: &str = include_str!("first_names.txt");
static KNOWN_FIRST_NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| FIRST_NAMES.split_ascii_whitespace().collect());

/// A nick, an account's name or a local part, without what decorates it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Handle {
    /// Letters and digits, plain.
    pub(crate) text: String,
    /// The same without digits at its end.
    pub(crate) stem: String,
}

/// How one handle is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kin {
    /// The same.
    Same,
    /// The same but for digits at the end.
    Digits,
    /// One is the other with the first part shortened to its initial: `alovelace`, `adalovelace`.
    Initial,
    /// One begins or ends with the other.
    Within,
}

/// What of a name a handle is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Made {
    /// Given and family name.
    Whole,
    /// An initial and the family name.
    InitialLast,
    /// The given name and an initial.
    FirstInitial,
    /// The family name.
    Last,
    /// The given name.
    First,
    /// Initials.
    Initials,
    /// The family name and something else.
    WithLast,
    /// The given name and something else.
    WithFirst,
}

/// Without what says where somebody is: `dave_away`, `dave|lunch`, `dave[m]`, `dave_`.
pub(crate) fn undecorated(text: &str) -> &str {
    let text = text.strip_suffix("[m]").unwrap_or(text);
    let text = text.split('|').next().unwrap_or(text).trim_matches(['_', '`', '^', '-', '\\', '.']);
    let bracket = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let text = bracket.filter(|(_, end)| is_whereabouts(end)).map_or(text, |(start, _)| start);
    match text.rsplit_once(['_', '-']) {
        Some((start, end)) if !start.is_empty() && is_whereabouts(end) => start.trim_end_matches(['_', '-']),
        _ => text,
    }
}

fn is_whereabouts(text: &str) -> bool {
    let text = text.to_lowercase();
    WHEREABOUTS.contains(&text.trim_end_matches(|letter: char| letter.is_ascii_digit()))
}

/// Whether a word is a given name that many bear everywhere.
pub(crate) fn is_first_name(word: &str) -> bool {
    KNOWN_FIRST_NAMES.contains(word)
}

impl Handle {
    /// Reads a nick or an account's name; nothing if it names nobody.
    pub(crate) fn read(text: &str) -> Option<Handle> {
        let letters = plain(undecorated(text.trim()));
        let text: String = letters.chars().filter(|letter| letter.is_alphanumeric()).collect();
        if count(&text) < 2 || is_shared(&letters) || PURPOSES.contains(&text.as_str()) {
            return None;
        }
        let stem = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let stem = if count(stem) < 2 { text.clone() } else { stem.to_owned() };
        Some(Handle { text, stem })
    }

    /// Reads what stands before the `@`.
    pub(crate) fn of_address(local: &str) -> Option<Handle> {
        Handle::read(local.split('+').next().unwrap_or(local))
    }

    /// How this handle is related to another.
    pub(crate) fn kin(&self, other: &Handle) -> Option<Kin> {
        if self.text == other.text {
            return Some(Kin::Same);
        }
        if self.stem == other.stem {
            return Some(Kin::Digits);
        }
        let (short, long) = match self.stem.len() < other.stem.len() {
            true => (&self.stem, &other.stem),
            false => (&other.stem, &self.stem),
        };
        if count(short) < 5 {
            return None;
        }
        let rest = &short[initial(short).len()..];
        if count(rest) > 3 && initial(short) == initial(long) && long.ends_with(rest) {
            return Some(Kin::Initial);
        }
        (long.starts_with(short.as_str()) || long.ends_with(short.as_str())).then_some(Kin::Within)
    }

    /// What of a name this handle is made of, if anything.
    pub(crate) fn made_of(&self, name: &Name) -> Option<Made> {
        let (first, last, handle) = (name.first(), name.last(), self.stem.as_str());
        let is = |parts: &[&str]| parts.concat() == handle;
        let middle = name.words().get(1).map_or("", |word| initial(word));
        let (f, l) = (initial(first), initial(last));
        let initials: String = name.words().iter().map(|word| initial(word)).collect();
        if count(first) < 2 && count(last) < 2 {
            return None;
        }
        Some(match () {
            () if handle == name.words().concat() || is(&[first, last]) || is(&[last, first]) => Made::Whole,
            () if count(last) > 2 && (is(&[f, last]) || is(&[last, f]) || is(&[f, middle, last])) => Made::InitialLast,
            () if count(first) > 2 && (is(&[first, l]) || is(&[l, first])) => Made::FirstInitial,
            () if handle == last => Made::Last,
            () if handle == first => Made::First,
            () if handle == initials || is(&[f, l]) => Made::Initials,
            () if has(handle, first) && has(handle, last) => Made::Whole,
            () if has(handle, last) => Made::WithLast,
            () if has(handle, first) => Made::WithFirst,
            () => return None,
        })
    }
}

/// Whether a handle begins or ends with a word that is long enough not to be there by chance.
fn has(handle: &str, word: &str) -> bool {
    count(word) > 3 && (handle.starts_with(word) || handle.ends_with(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::{Shown, shown};

    fn kin(a: &str, b: &str, expected: Option<Kin>) {
        let read = |text| Handle::read(text).unwrap();
        assert_eq!(read(a).kin(&read(b)), expected, "{a} / {b}");
        assert_eq!(read(b).kin(&read(a)), expected, "{b} / {a}");
    }

    fn made(handle: &str, name: &str, expected: Option<Made>) {
        let Shown::Full(name) = shown(name) else { panic!("{name}") };
        assert_eq!(Handle::read(handle).unwrap().made_of(&name), expected, "{handle} / {name:?}");
    }

    #[test]
    fn decorations_go() {
        for text in ["dave_", "dave_away", "dave|lunch", "Dave[m]", "dave-afk", "`dave`", "dave_mobile", "dave[Away]"] {
            assert_eq!(Handle::read(text).unwrap().text, "dave", "{text}");
        }
        assert_eq!(Handle::of_address("ada+lists").unwrap().text, "ada");
        for nobody in ["info", "me", "", "_", "noreply", "no-reply"] {
            assert_eq!(Handle::of_address(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn kinds_of_kin() {
        kin("ada.lovelace", "AdaLovelace", Some(Kin::Same));
        kin("ada", "ada42", Some(Kin::Digits));
        kin("alovelace", "adalovelace", Some(Kin::Initial));
        kin("lovelace", "lovelaceada", Some(Kin::Within));
        kin("ada", "adalovelace", None);
        kin("ada", "bob", None);
    }

    #[test]
    fn made_of_a_name() {
        made("adalovelace", "Ada Lovelace", Some(Made::Whole));
        made("lovelace-ada", "Ada Lovelace", Some(Made::Whole));
        made("alovelace", "Ada Lovelace", Some(Made::InitialLast));
        made("ablovelace", "Ada B. Lovelace", Some(Made::InitialLast));
        made("adal", "Ada Lovelace", Some(Made::FirstInitial));
        made("lovelace1815", "Ada Lovelace", Some(Made::Last));
        made("ada", "Ada Lovelace", Some(Made::First));
        made("al", "Ada Lovelace", Some(Made::Initials));
        made("thelovelace", "Ada Lovelace", Some(Made::WithLast));
        made("zaphod", "Ada Lovelace", None);
    }

    #[test]
    fn first_names_are_listed_once_and_plain() {
        let names: Vec<&str> = FIRST_NAMES.split_ascii_whitespace().collect();
        assert!(names.is_sorted() && names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| plain(name) == *name));
        assert!(is_first_name("dave") && !is_first_name("zaphod"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(a in ".{0,40}", b in ".{0,40}") {
            if let (Some(a), Some(b)) = (Handle::read(&a), Handle::read(&b)) {
                prop_assert_eq!(a.kin(&b), b.kin(&a));
            }
        }
    }
}
