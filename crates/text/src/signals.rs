//! What a message says and wants: plain signs in its writer's own words, each with the words that are it.
//!
//! English well, and the commonest words of German, French, Spanish and Portuguese. They err on the side of silence:
//! a model may say more, a person may correct either. The phrases are data, in `phrases/`.

use std::ops::Range;

use crate::facts::Facts;
use crate::language::{self, Language};
use crate::prose::Prose;
use crate::sentiment::{self, Sentiment};
use crate::tier::{self, Signs};
pub use kind::Signal;

mod expand;
mod kind;
mod matcher;
mod pages;
mod phrases;
mod question;
#[cfg(test)]
mod tests;

/// Of one signal no more reasons than this are kept: they are shown to people.
const MOST_REASONS: usize = 3;
/// A text of no more words than this says thanks even where that stands alone like a sign-off.
const SHORT: u32 = 12;

/// A sign, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is a sign of.
    pub signal: Signal,
    /// It stands in the subject, and not in the own words.
    pub in_subject: bool,
    /// The words that are it: bytes of the own words, or of the subject.
    pub words: Range<usize>,
}

/// What the words of one message say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signals {
    /// The signs, at most three of a kind, in the order of the text; the subject's come last.
    pub found: Vec<Found>,
    /// Which signals have a sign: one bit each.
    set: u32,
}

impl Signals {
    /// Whether there is a sign of it.
    pub fn has(&self, signal: Signal) -> bool {
        self.set & signal.bit() != 0
    }

    /// The signs of one signal.
    pub fn reasons(&self, signal: Signal) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |found| found.signal == signal)
    }

    fn is_full(&self, signal: Signal) -> bool {
        self.reasons(signal).count() >= MOST_REASONS
    }

    fn add(&mut self, found: Found) {
        if !self.is_full(found.signal) && !self.reasons(found.signal).any(|other| overlap(other, &found)) {
            self.set |= found.signal.bit();
            self.found.push(found);
        }
    }
}

fn overlap(one: &Found, other: &Found) -> bool {
    one.in_subject == other.in_subject && one.words.start < other.words.end && other.words.start < one.words.end
}

/// All that own words tell, read in one pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What they say and want.
    pub signals: Signals,
    /// What stands in them beside that.
    pub facts: Facts,
    /// The language they are in, where that is sure.
    pub language: Option<Language>,
    /// The signs of the support tier that they ask for ([`crate::tier::Asked`]).
    pub asked: Signs,
    /// How their writer feels, from the prose alone; its words are bytes of the own words.
    pub sentiment: Sentiment,
}

/// Reads a message's own words ([`crate::own_words`]). A reply's subject is somebody else's question and not looked
/// at.
pub fn read(subject: Option<&str>, own: &str) -> Reading {
    let prose = Prose::new(own);
    let mut signals = Signals::default();
    read_prose(&prose, own, &mut signals);
    let subject = subject.filter(|subject| !crate::subject_key(subject).reply);
    if let Some(subject) = subject {
        read_subject(subject, &mut signals);
    }
    let asked = tier::signs(subject, &prose.text, &signals, &prose.facts);
    let mut sentiment = sentiment::sentiment(&prose.text);
    sentiment.why.iter_mut().for_each(|words| *words = prose.own(own, words.clone()));
    Reading { signals, facts: prose.facts, language: language::of(&prose), asked, sentiment }
}

/// The signals alone of what [`read`] gives.
pub fn signals(subject: Option<&str>, own: &str) -> Signals {
    read(subject, own).signals
}

fn read_prose(prose: &Prose, own: &str, signals: &mut Signals) {
    let mut signed_off = None;
    let mut add = |signal, place: Range<usize>| {
        // Looked at once more only while reasons are wanted: one line may hold a million of them.
        if signals.is_full(signal) {
            return;
        }
        if signal == Signal::Thanks && is_sign_off(line_at(&prose.text, place.start)) {
            signed_off = Some(place);
            return;
        }
        signals.add(Found { signal, in_subject: false, words: prose.own(own, place) });
    };
    question::find(&prose.text, |place| add(Signal::Question, place));
    matcher::find(&prose.text, &mut add);
    for link in pages::find(prose, own) {
        signals.add(Found { signal: Signal::PointsToPage, in_subject: false, words: link });
    }
    if let Some(place) = signed_off
        && prose.facts.words <= SHORT
        && !signals.has(Signal::Question)
    {
        signals.add(Found { signal: Signal::Thanks, in_subject: false, words: prose.own(own, place) });
    }
    signals.found.sort_by_key(|found| (found.words.start, found.words.end));
}

/// A subject asks, announces, complains; nobody is thanked or answered in one.
fn read_subject(subject: &str, signals: &mut Signals) {
    const OF_SUBJECTS: &[Signal] = &[
        Signal::Question,
        Signal::Complaint,
        Signal::Frustration,
        Signal::Announcement,
        Signal::Event,
        Signal::Urgent,
        Signal::Production,
        Signal::Newcomer,
        Signal::WantsDocs,
    ];
    let mut add = |signal, words| signals.add(Found { signal, in_subject: true, words });
    question::find(subject, |words| add(Signal::Question, words));
    matcher::find(subject, |signal, words| {
        if OF_SUBJECTS.contains(&signal) {
            add(signal, words);
        }
    });
}

fn line_at(text: &str, at: usize) -> &str {
    let begin = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
    &text[begin..end]
}

/// A line that holds nothing but thanks and perhaps a name: `Thanks,`, `Many thanks!`, `Thanks, Jo`.
fn is_sign_off(line: &str) -> bool {
    const FILLERS: &[&str] = &[
        "thanks", "thank", "you", "many", "very", "so", "much", "a", "lot", "again", "and", "regards", "danke", "merci",
    ];
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let adds_nothing = |word: &str| {
        word.starts_with(char::is_uppercase) || FILLERS.iter().any(|filler| word.eq_ignore_ascii_case(filler))
    };
    words.clone().take(6).count() <= 5 && words.all(adds_nothing)
}
