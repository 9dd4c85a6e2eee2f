//! The line that was just said, before it is remembered, and what its author was doing.

use std::borrow::Cow;

use crate::names::{Mentions, PersonId};
use crate::window::{Said, Window};
use crate::words::{self, Words};
use crate::{Line, MINUTE};

/// Messages looked back for whom the author talks with.
const PARTNERS_REACH: usize = 48;
/// Partners kept.
const MOST_PARTNERS: usize = 4;

/// The line at hand.
pub(crate) struct Now<'a> {
    pub(crate) window: &'a Window,
    pub(crate) minute: i64,
    pub(crate) author: PersonId,
    pub(crate) mentions: Mentions,
    pub(crate) words: Words,
    /// The weight of each of its words.
    pub(crate) weights: Vec<u32>,
    /// Whom the author talked with, latest first.
    pub(crate) partners: Vec<PersonId>,
    /// The author's last message.
    pub(crate) own: Option<u64>,
}

impl<'a> Now<'a> {
    /// Reads a line that no person but its author needs to be known for.
    pub(crate) fn read(window: &'a mut Window, line: &Line<'_>) -> Now<'a> {
        let author = window.people.author(&lower(line.author));
        let window = &*window;
        let text = lower(line.text);
        let told: Vec<String> = line.addressed.iter().map(|name| lower(name).into_owned()).collect();
        let recent = window.latest().map(|(_, said)| said.author);
        let mentions = window.people.mentions(&text, author, &told, recent);
        let words = words::read(&text, mentions.opening, |token| mentions.is_name(token));
        let own = window.people.get(author).lines.back().copied();
        let partners = partners(window, author);
        let minute = line.time.div_euclid(MINUTE);
        let weights: Vec<u32> = words.ids.iter().map(|id| window.weight(*id)).collect();
        Now { window, minute, author, mentions, words, weights, partners, own }
    }

    /// The line as it is to be remembered, with what it answers.
    pub(crate) fn said(self, number: u64, to: Option<u64>, conversation: u64) -> Said {
        let to_author = to.and_then(|to| self.window.get(to)).map(|to| to.author);
        Said {
            number,
            minute: self.minute,
            author: self.author,
            named: self.mentions.named,
            stranger: self.mentions.stranger,
            words: self.words,
            to,
            to_author,
            conversation,
            answers: 0,
            own_answers: 0,
            answered_by: None,
        }
    }

    /// Whole minutes since a message; a clock that went back counts as none.
    pub(crate) fn minutes_since(&self, said: &Said) -> u64 {
        u64::try_from(self.minute.saturating_sub(said.minute)).unwrap_or(0)
    }

    /// Messages between a place and the line, 0 for the one just before it.
    pub(crate) fn back(&self, place: u64) -> u64 {
        self.window.next.saturating_sub(place + 1)
    }

    /// The summed weight of the words a message shares with the line, and the weight of the rarest.
    pub(crate) fn shared(&self, said: &Said) -> (u32, u32) {
        let (mut sum, mut rarest) = (0, 0);
        let mut theirs = said.words.ids.iter().peekable();
        for (our, weight) in self.words.ids.iter().zip(&self.weights) {
            while theirs.next_if(|their| *their < our).is_some() {}
            if theirs.next_if(|their| *their == our).is_some() {
                sum += weight;
                rarest = rarest.max(*weight);
            }
        }
        (sum, rarest)
    }

    /// How plainly the line names somebody; 0 for not at all.
    pub(crate) fn names(&self, person: PersonId) -> u8 {
        self.mentions.named.iter().find(|named| named.person == person).map_or(0, |named| named.how as u8)
    }

    /// How plainly the line names anybody but the given person.
    pub(crate) fn names_other(&self, person: PersonId) -> u8 {
        let others = self.mentions.named.iter().filter(|named| named.person != person);
        others.map(|named| named.how as u8).max().unwrap_or(0)
    }

    pub(crate) fn partner_rank(&self, person: PersonId) -> u8 {
        self.partners.iter().position(|partner| *partner == person).map_or(0, |at| at as u8 + 1)
    }
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() })
}

fn partners(window: &Window, author: PersonId) -> Vec<PersonId> {
    let mut partners = Vec::with_capacity(MOST_PARTNERS);
    let mut meet = |person: PersonId| {
        if person != author && partners.len() < MOST_PARTNERS && !partners.contains(&person) {
            partners.push(person);
        }
    };
    for (_, said) in window.latest().take(PARTNERS_REACH) {
        if said.author == author {
            said.named.iter().for_each(|named| meet(named.person));
            said.to_author.into_iter().for_each(&mut meet);
        } else if said.to_author == Some(author) || said.names(author) > 0 {
            meet(said.author);
        }
    }
    partners
}
