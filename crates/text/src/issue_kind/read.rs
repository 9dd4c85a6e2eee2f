//! What stands in an issue that tells its kind.

use std::ops::Range;

use super::prose::{Prose, prose};
use crate::linear::{Bag, HASH_OF_NOTHING, hash};
use crate::words::{Word, words};

/// Words of a body that are looked at, from its beginning.
const MOST_WORDS: usize = 1500;
/// Words of a body that are looked at once more by themselves: what somebody wants, they say early.
const EARLY: usize = 60;
/// Parts of words have these many bytes.
const PARTS: Range<usize> = 3..6;
/// Words of a body whose parts are looked at.
const IN_PARTS: usize = 250;
/// Bytes that the beginning of a word has: `crashes` and `crashed` begin alike.
const STEM: usize = 5;

/// Groups of features: each weighs the same.
mod group {
    pub(super) const TITLE: u8 = 0;
    pub(super) const TITLE_PARTS: u8 = 1;
    pub(super) const TITLE_STEMS: u8 = 2;
    pub(super) const BODY: u8 = 3;
    pub(super) const BODY_PARTS: u8 = 4;
    pub(super) const BODY_STEMS: u8 = 5;
    pub(super) const EARLY: u8 = 6;
    pub(super) const HEADINGS: u8 = 7;
    pub(super) const SHAPE: u8 = 8;
    pub(super) const ALL: u8 = 9;
}

/// The features, and the text that their places are in: title, then prose, then headings.
pub(super) fn read(title: &str, body: &str) -> (Bag, String) {
    let prose = prose(body);
    let text = format!("{title}\n{}\n{}", prose.text, prose.headings);
    let at = title.len() + 1;
    let mut bag = Bag::default();
    add_words(&mut bag, group::TITLE, title, 0, usize::MAX);
    add_stems(&mut bag, group::TITLE_STEMS, title, 0);
    add_parts(&mut bag, group::TITLE_PARTS, title, 0, EARLY);
    add_words(&mut bag, group::BODY, &prose.text, at, MOST_WORDS);
    add_stems(&mut bag, group::BODY_STEMS, &prose.text, at);
    add_parts(&mut bag, group::BODY_PARTS, &prose.text, at, IN_PARTS);
    add_words(&mut bag, group::EARLY, &prose.text, at, EARLY);
    add_words(&mut bag, group::HEADINGS, &prose.headings, at + prose.text.len() + 1, EARLY * 2);
    add_all(&mut bag, body);
    add_shape(&mut bag, title, &prose, body);
    bag.unique();
    (bag, text)
}

/// Words, pairs of neighbours, and question marks.
fn add_words(bag: &mut Bag, group: u8, text: &str, offset: usize, most: usize) {
    let mut before: Option<(u64, usize)> = None;
    for word in words(text).filter(counts).take(most) {
        let own = hash(HASH_OF_NOTHING, word.text.to_lowercase().as_bytes());
        bag.add(group, own, offset + word.start..offset + word.end);
        if let Some((first, start)) = before {
            bag.add(group, first.wrapping_mul(3) ^ own, offset + start..offset + word.end);
        }
        before = Some((own, word.start));
    }
}

fn counts(word: &Word<'_>) -> bool {
    word.is_word || word.text.starts_with('?')
}

/// Beginnings of words, alone and two or three in a row.
fn add_stems(bag: &mut Bag, group: u8, text: &str, offset: usize) {
    let mut before = [(0_u64, 0); 2];
    for (number, word) in words(text).filter(counts).take(MOST_WORDS).enumerate() {
        let stem: String = word.text.to_lowercase().chars().take(STEM).collect();
        let own = hash(HASH_OF_NOTHING, stem.as_bytes());
        let [(second, second_start), (first, first_start)] = before;
        let pair = second.wrapping_mul(3) ^ own;
        let rows =
            [(own, word.start), (pair, second_start), (first.wrapping_mul(5) ^ pair.wrapping_mul(7), first_start)];
        for (row, start) in rows.into_iter().take(number + 1) {
            bag.add(group, row, offset + start..offset + word.end);
        }
        before = [(own, word.start), before[0]];
    }
}

/// Parts of words.
fn add_parts(bag: &mut Bag, group: u8, text: &str, offset: usize, most: usize) {
    for word in words(text).filter(|word| word.is_word).take(most) {
        let lower = format!(" {} ", word.text.to_lowercase());
        for part in PARTS.flat_map(|size| lower.as_bytes().windows(size)) {
            bag.add(group, hash(HASH_OF_NOTHING, part), offset + word.start..offset + word.end);
        }
    }
}

/// All words of the body, also those of code, traces and the form's own remarks: what somebody shows is telling too.
fn add_all(bag: &mut Bag, body: &str) {
    for word in words(body).filter(counts).take(MOST_WORDS) {
        bag.add(group::ALL, hash(HASH_OF_NOTHING, word.text.to_lowercase().as_bytes()), 0..0);
    }
}

/// Phrases that say what somebody is after; the first of each row names it.
const PHRASES: &[&[&str]] = &[
    &[
        "how to",
        "how do ",
        "how can ",
        "is there a way",
        "is there any",
        "is it possible",
        "any idea",
        "why is ",
        "why do",
        "what is the",
        "can i ",
        "should i ",
    ],
    &[
        "would be nice",
        "would be great",
        "would be good",
        "would be useful",
        "would be helpful",
        "feature request",
        "it'd be",
        "should support",
        "should allow",
        "please add",
        "ability to",
        "i would like",
        "i'd like",
        "i want",
        "i wish",
        "suggest",
        "proposal",
        "propose",
        "add support",
        "add option",
        "add an option",
        "allow ",
    ],
    &[
        "bug",
        "crash",
        "regression",
        "fails",
        "failed",
        "broken",
        "not work",
        "n't work",
        "incorrect",
        "wrong",
        "unexpected",
        "error",
        "exception",
        "segfault",
        "leak",
        "hang",
    ],
    &[
        "help",
        "question",
        "confus",
        "understand",
        "i tried",
        "i am trying",
        "i'm trying",
        "stack overflow",
        "stackoverflow",
        "documentation",
        "tutorial",
        "thanks",
    ],
    &["traceback", "exception:", "error:", "stack trace", "core dumped"],
    &["steps to reproduce", "actual behavior", "expected behavior", "current behavior", "reproduc"],
];

/// How the issue looks: whether it asks, how long it is, what it shows and says, how the title begins.
fn add_shape(bag: &mut Bag, title: &str, prose: &Prose, body: &str) {
    let mut add = |name: &str, value: usize| {
        bag.add(group::SHAPE, hash(hash(HASH_OF_NOTHING, name.as_bytes()), &value.to_le_bytes()), 0..0);
    };
    let text = &prose.text;
    let count = |mark: &str| text.matches(mark).take(4).count();
    add("title asks", usize::from(title.contains('?')));
    add("asks", count("? ").min(3));
    add("code", count("xcode").min(2));
    add("images", count("ximage").min(2));
    add("links", count("xlink").min(3));
    add("length", text.len().checked_ilog2().unwrap_or(0) as usize);
    add("whole length", body.len().checked_ilog2().unwrap_or(0) as usize);
    add("headings", prose.headings.lines().take(5).count());
    add("boxes", usize::from(text.contains("- [ ]") || text.contains("- [x]")));
    add("steps", usize::from(text.lines().any(|line| line.trim_start().starts_with("1."))));
    add("title's length", title.split_whitespace().count() / 3);
    let title = title.to_lowercase();
    let lower = text.to_lowercase();
    let mut begins = title.split_whitespace();
    let (first, second) = (begins.next().unwrap_or_default(), begins.next().unwrap_or_default());
    add(first, usize::MAX);
    add(&format!("{first} {second}"), usize::MAX);
    add("prefix", usize::from(first.ends_with(':') || first.starts_with('[')));
    for (number, phrases) in PHRASES.iter().enumerate() {
        let within = |text: &str| phrases.iter().filter(|phrase| text.contains(**phrase)).take(3).count();
        add("title says", number * 2 + within(&title).min(1));
        add("says", number * 4 + within(&lower));
    }
}
