//! What people ask about: tags first, else phrases of the titles of their questions.
//!
//! A topic's name is what it is found by, so it is the same from run to run as long as people ask about it. A
//! word or a pair of neighbouring words is a topic where several people ask about it, unless so many do that it
//! tells nothing; the community's own words (tags, labels, components) are preferred to invented ones.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::conversations::Conversations;
use crate::course::State;
use crate::intern::Interner;
use crate::links::{Links, UNDATED};

mod phrases;
mod rows;

pub use rows::rows;

/// A phrase is a topic when at least this many questions of at least two people have it in their title …
const COMMON: usize = 3;
const PEOPLE: usize = 2;
/// … and at most one in this many, unless that is fewer than [`FEW`]: what everybody asks about is no topic.
const RARE: usize = 12;
const FEW: usize = 20;
/// A word is left to the pairs it stands in when they make up more than this share of its questions.
const IN_PAIRS: f64 = 0.6;
/// Phrases that a question is filed under at most, the rarest ones. Tags count apart.
const PER_QUESTION: usize = 3;

/// What a topic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicKind {
    /// A tag, a label or a component of the community's own.
    Tag,
    /// Words of its questions.
    Phrase,
}

/// All topics, and which ones each conversation is about.
#[derive(Debug, Default)]
pub struct Topics {
    names: Interner,
    /// What each is.
    pub kinds: Vec<TopicKind>,
    /// The topics of each conversation, by the conversation's number.
    of: FxHashMap<u32, Vec<u32>>,
}

impl Topics {
    /// Reads the titles of all questions.
    pub fn new(links: &Links, conversations: &Conversations, titles: &[Option<String>]) -> Topics {
        let mut found = Found::default();
        for (number, (one, title)) in (0..).zip(conversations.all.iter().zip(titles)) {
            if one.question {
                let tags = links.tags.text(links.all[one.opening as usize].tags);
                found.add(number, one.opener, tags, title.as_deref().unwrap_or_default());
            }
        }
        found.choose()
    }

    /// A topic's name.
    pub fn name(&self, topic: u32) -> &str {
        self.names.text(topic)
    }

    /// The names of what a conversation is about.
    pub fn of(&self, conversation: u32) -> impl Iterator<Item = &str> {
        self.of.get(&conversation).into_iter().flatten().map(|topic| self.names.text(*topic))
    }

    /// The conversations about each topic, ascending, by the topic's number.
    pub fn conversations(&self) -> Vec<Vec<u32>> {
        let mut about = vec![Vec::new(); self.kinds.len()];
        for (conversation, topics) in &self.of {
            topics.iter().for_each(|topic| about[*topic as usize].push(*conversation));
        }
        about.iter_mut().for_each(|conversations| conversations.sort_unstable());
        about
    }
}

/// What may become a topic, and where it stands.
#[derive(Default)]
struct Found {
    /// Tags as `#tag`, phrases by their key.
    keys: Interner,
    counts: Vec<Count>,
    questions: Vec<(u32, Vec<u32>)>,
}

#[derive(Default, Clone)]
struct Count {
    questions: usize,
    people: FxHashSet<u32>,
    /// Questions in which it stands inside a longer phrase.
    inside: usize,
    /// How it was written, and how often.
    written: BTreeMap<String, usize>,
}

impl Found {
    fn add(&mut self, conversation: u32, opener: Option<u32>, tags: &str, title: &str) {
        let mut here = Vec::new();
        for tag in tags.split_whitespace().map(str::to_lowercase) {
            here.push(self.see(&format!("#{tag}"), tag));
        }
        for phrase in phrases::phrases(title) {
            let number = self.see(&phrase.key, phrase.text);
            self.counts[number as usize].inside += usize::from(phrase.inside);
            here.push(number);
        }
        here.sort_unstable();
        here.dedup();
        for number in &here {
            let count = &mut self.counts[*number as usize];
            count.questions += 1;
            count.people.extend(opener);
        }
        self.questions.push((conversation, here));
    }

    fn see(&mut self, key: &str, written: String) -> u32 {
        let number = self.keys.number(key);
        self.counts.resize(self.keys.len(), Count::default());
        *self.counts[number as usize].written.entry(written).or_default() += 1;
        number
    }

    fn is_tag(&self, number: u32) -> bool {
        self.keys.text(number).starts_with('#')
    }

    /// Whether it is a topic.
    fn tells(&self, number: u32) -> bool {
        let count = &self.counts[number as usize];
        if self.is_tag(number) {
            return true;
        }
        let most = (self.questions.len() / RARE).max(FEW);
        let asked = (COMMON..=most).contains(&count.questions) && count.people.len() >= PEOPLE;
        let word = !self.keys.text(number).contains(' ');
        asked && !(word && count.inside as f64 > IN_PAIRS * count.questions as f64)
    }

    fn choose(self) -> Topics {
        let tells: Vec<bool> = (0..self.keys.len() as u32).map(|number| self.tells(number)).collect();
        let mut topics = Topics::default();
        for (conversation, keys) in &self.questions {
            let (tags, mut phrases): (Vec<u32>, Vec<u32>) =
                keys.iter().filter(|key| tells[**key as usize]).partition(|key| self.is_tag(**key));
            phrases.sort_by_key(|key| (self.counts[*key as usize].questions, self.keys.text(*key)));
            phrases.truncate(PER_QUESTION);
            for key in tags.into_iter().chain(phrases) {
                let topic = topics.add(self.name(key), self.is_tag(key));
                let of = topics.of.entry(*conversation).or_default();
                if !of.contains(&topic) {
                    of.push(topic);
                }
            }
        }
        topics
    }

    /// As it is written most often, the alphabetically first way among equals.
    fn name(&self, key: u32) -> &str {
        let written = self.counts[key as usize].written.iter();
        written.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map_or("", |(name, _)| name)
    }
}

impl Topics {
    fn add(&mut self, name: &str, tag: bool) -> u32 {
        let topic = self.names.number(name);
        match self.kinds.get_mut(topic as usize) {
            Some(kind) if tag => *kind = TopicKind::Tag,
            Some(_) => {}
            None => self.kinds.push(if tag { TopicKind::Tag } else { TopicKind::Phrase }),
        }
        topic
    }
}
