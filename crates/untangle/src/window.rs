//! The last [`WINDOW`] messages of a channel and what is known about each. Everything here is a function of
//! those messages, the [`WINDOW`] before each of them, and their answers: what is older is forgotten whole.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::names::{Named, Naming, People, PersonId};
use crate::words::Words;

/// Messages remembered; system lines are none.
pub const WINDOW: usize = 1000;

/// Recent lines remembered of each word.
const LINES_OF_WORD: usize = 4;
/// A word said in more of the window's lines than this tells nothing.
const EVERYDAY: u32 = 50;

/// One remembered message. Messages are numbered by their place among messages (`place`), from 0.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its number among all lines, system lines too.
    pub(crate) number: u64,
    pub(crate) minute: i64,
    pub(crate) author: PersonId,
    pub(crate) named: Vec<Named>,
    pub(crate) stranger: bool,
    pub(crate) words: Words,
    /// What it answers.
    pub(crate) to: Option<u64>,
    pub(crate) to_author: Option<PersonId>,
    /// The place of its conversation's opening.
    pub(crate) conversation: u64,
    /// The latest answers to it: how many, by its own author, and who answered last.
    pub(crate) answers: u32,
    pub(crate) own_answers: u32,
    pub(crate) answered_by: Option<PersonId>,
}

impl Said {
    /// How plainly it names somebody; 0 for not at all.
    pub(crate) fn names(&self, person: PersonId) -> u8 {
        self.named.iter().find(|named| named.person == person).map_or(0, |named| named.how as u8)
    }

    /// How plainly it names anybody but the given person.
    pub(crate) fn names_other(&self, person: PersonId) -> u8 {
        self.named.iter().filter(|named| named.person != person).map(|named| named.how as u8).max().unwrap_or(0)
    }

    /// Whether it is addressed to somebody.
    pub(crate) fn addressed(&self) -> bool {
        self.named.iter().any(|named| named.how >= Naming::AtEnd)
    }
}

/// What is known of a conversation within the window.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Talk {
    pub(crate) lines: u32,
    pub(crate) last: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Word {
    lines: u32,
    recent: [u64; LINES_OF_WORD],
}

/// The remembered messages.
#[derive(Debug, Default)]
pub(crate) struct Window {
    said: VecDeque<Said>,
    /// The place of the next message.
    pub(crate) next: u64,
    pub(crate) people: People,
    words: FxHashMap<u32, Word>,
    talks: FxHashMap<u64, Talk>,
}

impl Window {
    /// The message at a place, if it is remembered.
    pub(crate) fn get(&self, place: u64) -> Option<&Said> {
        let back = self.next.checked_sub(place)? as usize;
        self.said.len().checked_sub(back).and_then(|at| self.said.get(at))
    }

    /// The place of the line of a number, if it is remembered.
    pub(crate) fn place_of(&self, number: u64) -> Option<u64> {
        let at = self.said.binary_search_by_key(&number, |said| said.number).ok()?;
        Some(self.next - (self.said.len() - at) as u64)
    }

    /// The latest messages with their places, latest first.
    pub(crate) fn latest(&self) -> impl Iterator<Item = (u64, &Said)> {
        self.said.iter().rev().enumerate().map(|(back, said)| (self.next - 1 - back as u64, said))
    }

    pub(crate) fn talk(&self, conversation: u64) -> Talk {
        self.talks.get(&conversation).copied().unwrap_or_default()
    }

    /// How much it tells that two lines share this word, from 0 (everyday) to 10 (rarest).
    pub(crate) fn weight(&self, word: u32) -> u32 {
        let lines = self.words.get(&word).map_or(0, |word| word.lines);
        if lines > EVERYDAY { 0 } else { (WINDOW as u32 / (lines + 1)).ilog2() + 1 }
    }

    /// The places of the latest lines with this word.
    pub(crate) fn lines_with(&self, word: u32) -> impl Iterator<Item = u64> {
        let word = self.words.get(&word).copied().unwrap_or_default();
        let known = (word.lines as usize).min(LINES_OF_WORD);
        word.recent.into_iter().take(known)
    }

    /// Remembers a message that `said` tells all about but its answers, and forgets the oldest.
    pub(crate) fn add(&mut self, said: Said) {
        let place = self.next;
        self.people.note(said.author, &said.named, place);
        for word in &said.words.ids {
            let word = self.words.entry(*word).or_default();
            word.lines += 1;
            word.recent.rotate_right(1);
            word.recent[0] = place;
        }
        let talk = self.talks.entry(said.conversation).or_default();
        talk.lines += 1;
        talk.last = place;
        if let Some(to) = said.to {
            self.answered(to, said.author);
        }
        self.said.push_back(said);
        self.next += 1;
        if self.said.len() > WINDOW {
            self.forget();
        }
    }

    fn answered(&mut self, to: u64, by: PersonId) {
        let back = (self.next - to) as usize;
        let Some(said) = self.said.len().checked_sub(back).and_then(|at| self.said.get_mut(at)) else { return };
        said.answers += 1;
        if said.author == by {
            said.own_answers += 1;
        } else {
            said.answered_by = Some(by);
        }
    }

    fn forget(&mut self) {
        let Some(oldest) = self.said.pop_front() else { return };
        self.people.forget(oldest.author, &oldest.named);
        for id in &oldest.words.ids {
            if let Some(word) = self.words.get_mut(id) {
                word.lines -= 1;
                if word.lines == 0 {
                    self.words.remove(id);
                }
            }
        }
        if let Some(talk) = self.talks.get_mut(&oldest.conversation) {
            talk.lines -= 1;
            if talk.lines == 0 {
                self.talks.remove(&oldest.conversation);
            }
        }
    }
}
