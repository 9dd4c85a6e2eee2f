//! About a message that may be answered, whatever the line is.

use super::NONE;
use crate::now::Now;
use crate::sieve::scale;
use crate::window::Said;
use crate::words::sign;

const SIGNS: [(&str, u32); 16] = [
    ("said question", sign::QUESTION),
    ("said asking", sign::ASKING),
    ("said greeting", sign::GREETING),
    ("said thanks", sign::THANKS),
    ("said yes or no", sign::YES_NO),
    ("said goes on", sign::GOES_ON),
    ("said link", sign::LINK),
    ("said advice", sign::ADVICE),
    ("said trouble", sign::TROUBLE),
    ("said laughs", sign::LAUGHS),
    ("said asks all", sign::ASKS_ALL),
    ("said calls bot", sign::BOT_CALL),
    ("said ends open", sign::ENDS_OPEN),
    ("said first person", sign::FIRST_PERSON),
    ("said second person", sign::SECOND_PERSON),
    ("said points", sign::POINTS),
];
const OTHERS: [&str; 17] = [
    "said names",
    "said opens",
    "said answers own",
    "answers",
    "own answers",
    "talk lines since",
    "talk lines",
    "talk minutes since",
    "author's lines",
    "author's first line",
    "author's lines since",
    "author is bot",
    "said length",
    "before it the same author",
    "after it the same author",
    "authors since",
    "said to stranger",
];

pub(super) const COUNT: usize = SIGNS.len() + OTHERS.len();
pub(super) const NAMES: [&str; COUNT] = {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = if at < OTHERS.len() { OTHERS[at] } else { SIGNS[at - OTHERS.len()].0 };
        at += 1;
    }
    names
};

pub(super) fn features(now: &Now<'_>, place: u64, said: &Said) -> [(&'static str, u8); COUNT] {
    let window = now.window;
    let talk = window.talk(said.conversation);
    let talk_last = window.get(talk.last).map_or(NONE, |last| scale(now.minutes_since(last)));
    let author = window.people.get(said.author);
    let lines_since = author.lines.iter().rev().take_while(|line| **line > place).take(16).count();
    let by_author = |place: Option<u64>| {
        let said_there = place.and_then(|place| window.get(place));
        u8::from(said_there.is_some_and(|there| there.author == said.author))
    };
    let others = [
        said.named.iter().map(|named| named.how as u8).max().unwrap_or(0),
        u8::from(said.to.is_none()),
        u8::from(said.to_author == Some(said.author)),
        scale(u64::from(said.answers)),
        scale(u64::from(said.own_answers)),
        scale(talk.last.saturating_sub(place)),
        scale(u64::from(talk.lines)),
        talk_last,
        scale(author.lines.len() as u64),
        u8::from(author.lines.front() == Some(&place)),
        scale(lines_since as u64),
        u8::from(author.bot),
        scale(u64::from(said.words.length)),
        by_author(place.checked_sub(1)),
        by_author(Some(place + 1)),
        authors_since(now, place),
        u8::from(said.stranger),
    ];
    let mut values = NAMES.map(|name| (name, 0));
    for (value, other) in values.iter_mut().zip(others) {
        value.1 = other.min(NONE);
    }
    for (value, (_, sign)) in values.iter_mut().skip(OTHERS.len()).zip(SIGNS) {
        value.1 = u8::from(said.words.signs & sign != 0);
    }
    values
}

/// How many people spoke after it, up to 6; people who speak in turns count once.
fn authors_since(now: &Now<'_>, place: u64) -> u8 {
    let mut seen = [u32::MAX; 6];
    let mut count = 0;
    for (_, said) in now.window.latest().take(now.back(place).min(24) as usize) {
        if count < seen.len() && !seen[..count].contains(&said.author) {
            seen[count] = said.author;
            count += 1;
        }
    }
    count as u8
}
