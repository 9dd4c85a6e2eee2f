//! Who has helped with what: a count of evidence, not yet a judgement.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::conversations::Conversations;
use crate::links::Links;

/// What one person did in one area.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Conversations of others on it that they wrote in.
    pub answered: u64,
    /// Those where they were accepted or thanked.
    pub thanked: u64,
    /// When they last did.
    pub last: Option<i64>,
}

/// A word is an area when at least this many questions have it in their title …
const COMMON: usize = 3;
/// … and at most one in this many: what everybody asks about tells nobody apart.
const RARE: usize = 20;
/// Shorter words are hardly ever a topic.
const LETTERS: usize = 4;

/// Evidence by person and area (`tag:…`, `channel:…`, `word:…`), from questions that others answered.
pub fn read(links: &Links, conversations: &Conversations, titles: &[Option<String>]) -> BTreeMap<(u32, String), Known> {
    let frequent = frequent_words(conversations, titles);
    let mut known: BTreeMap<(u32, String), Known> = BTreeMap::new();
    for (conversation, title) in conversations.all.iter().zip(titles).filter(|(one, _)| one.question) {
        let opening = &links.all[conversation.opening as usize];
        let mut areas = vec![format!("channel:{}", links.channels.text(opening.channel))];
        areas.extend(links.tags.text(opening.tags).split_whitespace().map(|tag| format!("tag:{tag}")));
        let title_words = words(title.as_deref().unwrap_or_default());
        areas.extend(title_words.filter(|word| frequent.contains_key(word)).map(|word| format!("word:{word}")));
        areas.sort_unstable();
        areas.dedup();
        for person in &conversation.helpers {
            for area in &areas {
                let known = known.entry((*person, area.clone())).or_default();
                known.answered += 1;
                known.thanked += u64::from(conversation.thanked.contains(person));
                known.last = known.last.max(conversation.last);
            }
        }
    }
    // One conversation on a word is chance.
    known.retain(|(_, area), known| known.answered > 1 || !area.starts_with("word:"));
    known
}

fn frequent_words(conversations: &Conversations, titles: &[Option<String>]) -> FxHashMap<String, usize> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut questions = 0;
    for (_, title) in conversations.all.iter().zip(titles).filter(|(one, _)| one.question) {
        questions += 1;
        let mut seen: Vec<String> = words(title.as_deref().unwrap_or_default()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts.retain(|_, count| *count >= COMMON && *count <= (questions / RARE).max(COMMON));
    counts
}

fn words(title: &str) -> impl Iterator<Item = String> {
    let words = title.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words
        .filter(|word| word.chars().count() >= LETTERS && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_lowercase)
        .filter(|word| text::is_topical(word))
}
