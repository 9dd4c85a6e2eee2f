//! The phrases of a title: its topical words, and pairs of them that stand side by side.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Letters of a word that may be a topic.
const LETTERS: usize = 3;
/// Words of a title that are looked at.
const WORDS: usize = 40;

/// Words too general to be a topic alone; beside another word (`update server`) they may tell something.
static GENERAL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("general.txt").split_whitespace().collect());

/// A phrase of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What it is found by: its words without plural endings, in the order of the alphabet.
    pub key: String,
    /// As it stands there, in lower case.
    pub text: String,
    /// Whether it is a word that stands in one of the pairs.
    pub inside: bool,
}

/// Every phrase of a title, each once.
pub fn phrases(title: &str) -> Vec<Phrase> {
    let words: Vec<Option<String>> = words(title).take(WORDS).collect();
    let pair = |at: usize| words.get(at)?.as_deref().zip(words.get(at + 1)?.as_deref());
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut add = |phrase: Phrase| match phrases.iter_mut().find(|known| known.key == phrase.key) {
        Some(known) => known.inside |= phrase.inside,
        None => phrases.push(phrase),
    };
    for (at, word) in words.iter().enumerate() {
        let Some(word) = word else { continue };
        let inside = pair(at).is_some() || at > 0 && pair(at - 1).is_some();
        let general = |word: &str| GENERAL.contains(word) || GENERAL.contains(stem(word));
        if !general(word) {
            add(Phrase { key: stem(word).to_owned(), text: word.clone(), inside });
        }
        if let Some((one, other)) = pair(at).filter(|(one, other)| one != other && !(general(one) && general(other))) {
            let mut key = [stem(one), stem(other)];
            key.sort_unstable();
            add(Phrase { key: key.join(" "), text: format!("{one} {other}"), inside: false });
        }
    }
    phrases
}

/// The words of a title in lower case; `None` for one that is no topic.
fn words(title: &str) -> impl Iterator<Item = Option<String>> {
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '+' | '#' | '.' | '-');
    title.split(move |letter: char| !inside(letter)).filter(|word| !word.is_empty()).map(|word| {
        let word = word.trim_matches(|letter: char| matches!(letter, '.' | '-' | '_')).trim_start_matches(['+', '#']);
        let word = word.to_lowercase();
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        (letters >= LETTERS && text::is_topical(&word)).then_some(word)
    })
}

/// A word without the ending of its plural.
fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > LETTERS && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &[&str]) {
        let found: Vec<String> = phrases(title)
            .into_iter()
            .map(|phrase| format!("{}{}", phrase.text, if phrase.inside { " (inside)" } else { "" }))
            .collect();
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn phrases_are_topical_neighbours() {
        check("How do I stop the reactor?", &["reactor"]);
        check("update server list", &[]);
        check("update the reactor server", &["reactor (inside)", "reactor server"]);
        check(
            "TLS certificates expire",
            &["tls (inside)", "tls certificates", "certificates (inside)", "certificates expire", "expire (inside)"],
        );
        check("node.js and C++ in 2.0", &["node.js"]);
        check("", &[]);
    }

    #[test]
    fn order_and_plural_do_not_matter() {
        let key = |title: &str| phrases(title).into_iter().map(|phrase| phrase.key).find(|key| key.contains(' '));
        assert_eq!(key("reactor shutdown"), key("Shutdown reactors"));
        assert_eq!(stem("status"), "status");
        assert_eq!(stem("class"), "class");
    }
}
