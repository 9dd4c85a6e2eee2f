//! Who has helped with what: a count of evidence, not yet a judgement.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::conversations::Conversations;
use crate::intern::Interner;
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
/// What the name of an area that is a word begins with.
const WORD: &str = "word:";
/// Shorter words are hardly ever a topic.
const LETTERS: usize = 4;

/// What one person did in one area: person, area, evidence.
pub type Evidence = (u32, String, Known);

/// Evidence by person and area (`tag:…`, `channel:…`, `word:…`), from questions that others answered,
/// sorted by both.
pub fn read(links: &Links, conversations: &Conversations, titles: &[Option<String>]) -> Vec<Evidence> {
    let mut areas = Areas::default();
    let questions = conversations.all.iter().zip(titles).filter(|(one, _)| one.question);
    for (conversation, title) in questions.clone() {
        let opening = &links.all[conversation.opening as usize];
        let (source, channel) = links.channels.text(opening.channel).split_once('/').unwrap_or_default();
        let (channel, tags) = (model::channel_area(source, channel), links.tags.text(opening.tags));
        areas.add(&channel, tags, title.as_deref().unwrap_or_default());
    }
    let tells: Vec<bool> = (0..areas.names.len() as u32).map(|area| areas.tells(area)).collect();
    let mut known: FxHashMap<(u32, u32), Known> = FxHashMap::default();
    for ((conversation, _), of) in questions.zip(&areas.of) {
        for person in &conversation.helpers {
            for area in areas.named[of.clone()].iter().filter(|area| tells[**area as usize]) {
                let known = known.entry((*person, *area)).or_default();
                known.answered += 1;
                known.thanked += u64::from(conversation.thanked.contains(person));
                known.last = known.last.max(conversation.last);
            }
        }
    }
    // One conversation on a word is chance.
    known.retain(|(_, area), known| known.answered > 1 || !areas.is_word(*area));
    let ranks = areas.ranks();
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_unstable_by_key(|((person, area), _)| (*person, ranks[*area as usize]));
    known.into_iter().map(|((person, area), known)| (person, areas.names.text(area).to_owned(), known)).collect()
}

/// The areas that the questions name, as numbers: there are far fewer of them than of questions.
#[derive(Default)]
struct Areas {
    names: Interner,
    /// In how many questions each stands.
    counts: Vec<usize>,
    /// The areas of all questions, one after the other.
    named: Vec<u32>,
    /// Which of [`Areas::named`] are each question's.
    of: Vec<Range<usize>>,
}

impl Areas {
    /// Adds a question.
    fn add(&mut self, channel: &str, tags: &str, title: &str) {
        let mut here = vec![self.names.number(channel)];
        here.extend(tags.split_whitespace().map(|tag| self.names.number(&format!("tag:{tag}"))));
        let mut name = WORD.to_owned();
        for word in words(title) {
            name.truncate(WORD.len());
            name.extend(word.chars().flat_map(char::to_lowercase));
            here.push(self.names.number(&name));
        }
        here.sort_unstable();
        here.dedup();
        self.counts.resize(self.names.len(), 0);
        here.iter().for_each(|area| self.counts[*area as usize] += 1);
        let start = self.named.len();
        self.named.extend(here);
        self.of.push(start..self.named.len());
    }

    /// The place of each among all in the order of their names.
    fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by_key(|area| self.names.text(*area));
        let mut ranks = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(area, rank)| ranks[*area as usize] = rank);
        ranks
    }

    fn is_word(&self, area: u32) -> bool {
        self.names.text(area).starts_with(WORD)
    }

    /// Whether it tells people apart: any channel and tag, and words as [`COMMON`] and [`RARE`] say.
    fn tells(&self, area: u32) -> bool {
        let count = self.counts[area as usize];
        let word = self.names.text(area).strip_prefix(WORD);
        word.is_none_or(|word| count >= COMMON && count <= (self.of.len() / RARE).max(COMMON) && text::is_topical(word))
    }
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| word.chars().count() >= LETTERS && !word.bytes().all(|byte| byte.is_ascii_digit()))
}
