//! Which knowledge areas each conversation touches: its topics, numbered, and what a text names of them.

use archive::{Manifest, Tables};
use model::tables::CONVERSATIONS;
use rustc_hash::FxHashMap;

use super::{each_batch, files};
use crate::Result;

/// Words of the longest phrase that a text is searched for; topics of more words are found by their conversations.
const LONGEST: usize = 3;
/// Words of a text that are looked at: what it is about is said early.
const WORDS: usize = 400;
/// Areas of a text that count at most.
const MOST: usize = 20;

/// Knowledge areas by number, and those of each conversation, by its row.
#[derive(Debug, Default)]
pub(crate) struct Areas {
    names: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
    ends: Vec<u32>,
    all: Vec<u32>,
}

impl Areas {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest) -> Result<Areas> {
        let mut areas = Areas::default();
        each_batch(tables, &CONVERSATIONS, files(manifest, &CONVERSATIONS), &["topics"], |batch| {
            let topics = batch.lists("topics")?;
            for row in 0..batch.rows() {
                for topic in topics.at(row) {
                    let number = areas.number(topic);
                    areas.all.push(number);
                }
                areas.ends.push(areas.all.len() as u32);
            }
            Ok(())
        })?;
        Ok(areas)
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    /// Whether any conversation touches an area of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The areas of a conversation.
    pub(crate) fn of(&self, row: u32) -> &[u32] {
        let end = self.ends.get(row as usize).copied().unwrap_or_default();
        let start = (row as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(crate) fn name(&self, area: u32) -> &str {
        self.names.get(area as usize).map_or("", |name| name)
    }

    /// The areas that a text names, in its order, each once. A tag of several words (`mutual-tls`) is found with
    /// spaces too.
    pub(crate) fn named(&self, text: &str) -> Vec<u32> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '#')));
        let trimmed = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty());
        let words: Vec<&str> = trimmed.take(WORDS).collect();
        let mut found = Vec::new();
        for start in 0..words.len() {
            for length in 1..=LONGEST.min(words.len() - start) {
                let phrase = &words[start..start + length];
                let written = [phrase.join(" "), phrase.join("-")];
                let known = written.iter().take(length.min(2)).filter_map(|name| self.numbers.get(name.as_str()));
                for area in known {
                    if found.len() < MOST && !found.contains(area) {
                        found.push(*area);
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut areas = Areas::default();
        for name in ["tls", "mutual-tls", "power failure", "c++", "2.6"] {
            areas.number(name);
        }
        let found: Vec<&str> = areas.named(text).into_iter().map(|area| areas.name(area)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_text_names_areas() {
        check("Mutual TLS, after a power  failure?", &["mutual-tls", "tls", "power failure"]);
        check("C++ since 2.6.", &["c++", "2.6"]);
        check("tls TLS Tls", &["tls"]);
        check("", &[]);
        check(&"word ".repeat(100_000), &[]);
    }
}
