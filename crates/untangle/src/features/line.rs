//! About the line alone, whatever it answers.

use super::NONE;
use crate::now::Now;
use crate::sieve::{Sight, scale};
use crate::words::sign;

const SIGNS: [(&str, u32); 20] = [
    ("line question", sign::QUESTION),
    ("line asking", sign::ASKING),
    ("line greeting", sign::GREETING),
    ("line thanks", sign::THANKS),
    ("line yes or no", sign::YES_NO),
    ("line goes on", sign::GOES_ON),
    ("line link", sign::LINK),
    ("line advice", sign::ADVICE),
    ("line trouble", sign::TROUBLE),
    ("line works", sign::WORKS),
    ("line laughs", sign::LAUGHS),
    ("line asks all", sign::ASKS_ALL),
    ("line negation", sign::NEGATION),
    ("line calls bot", sign::BOT_CALL),
    ("line first person", sign::FIRST_PERSON),
    ("line second person", sign::SECOND_PERSON),
    ("line points", sign::POINTS),
    ("line corrects", sign::CORRECTS),
    ("line hedge", sign::HEDGE),
    ("line tried", sign::TRY),
];
const OTHERS: [&str; 26] = [
    "line names",
    "line names how many",
    "line names stranger",
    "own lines",
    "own last back",
    "own last minutes",
    "own last answered",
    "own last question",
    "own last names",
    "named me since own last",
    "named me back",
    "named me minutes",
    "named person's last back",
    "named person's last minutes",
    "named person named me",
    "length",
    "minutes of last 20",
    "authors of last 10",
    "weight of words",
    "best of sieve",
    "second of sieve",
    "author is bot",
    "most shared in reach",
    "own last opens",
    "own talk since",
    "own talk minutes",
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

pub(super) fn features(now: &Now<'_>, seen: &[Sight], sights: &[Sight]) -> [(&'static str, u8); COUNT] {
    let window = now.window;
    let me = window.people.get(now.author);
    let own = now.own.and_then(|place| window.get(place));
    let back = |place: Option<u64>| place.map_or(NONE, |place| scale(now.back(place)));
    let minutes = |place: Option<u64>| {
        place.and_then(|place| window.get(place)).map_or(NONE, |said| scale(now.minutes_since(said)))
    };
    let since_own = me.named_in.iter().rev().take_while(|place| Some(**place) > now.own).take(16).count();
    let named_me = me.named_in.back().copied();
    let first_named = now.mentions.named.iter().max_by_key(|named| named.how).map(|named| named.person);
    let named_last = first_named.and_then(|person| window.people.get(person).lines.back().copied());
    let named_named_me = first_named.is_some_and(|person| {
        me.named_in.iter().rev().take(4).any(|place| window.get(*place).is_some_and(|said| said.author == person))
    });
    let mut authors: Vec<_> = window.latest().take(10).map(|(_, said)| said.author).collect();
    authors.sort_unstable();
    authors.dedup();
    let pace = window.latest().nth(19).map_or(NONE, |(_, said)| scale(now.minutes_since(said)));
    let weight: u32 = now.weights.iter().sum();
    let score = |rank: usize| sights.get(rank).map_or(0, |sight| (sight.score * 1.5 + 8.0).clamp(0.0, 15.0) as u8);
    let others = [
        now.mentions.named.iter().map(|named| named.how as u8).max().unwrap_or(0),
        now.mentions.named.len() as u8,
        u8::from(now.mentions.stranger),
        scale(me.lines.len() as u64),
        back(now.own),
        minutes(now.own),
        own.map_or(0, |own| scale(u64::from(own.answers - own.own_answers)) + 1),
        own.map_or(0, |own| u8::from(own.words.signs & sign::QUESTION != 0) + 1),
        own.map_or(0, |own| u8::from(own.addressed()) + 1),
        scale(since_own as u64),
        back(named_me),
        minutes(named_me),
        back(named_last),
        minutes(named_last),
        u8::from(named_named_me),
        scale(u64::from(now.words.length)),
        pace,
        authors.len() as u8,
        scale(u64::from(weight) / 4),
        score(0),
        score(1),
        u8::from(me.bot),
        seen.iter().map(|sight| sight.shared).max().unwrap_or(0),
        own.map_or(NONE, |own| u8::from(own.to.is_none())),
        own.map_or(NONE, |own| scale(window.talk(own.conversation).last.saturating_sub(now.own.unwrap_or(0)))),
        minutes(own.map(|own| window.talk(own.conversation).last)),
    ];
    let mut values = NAMES.map(|name| (name, 0));
    for (value, other) in values.iter_mut().zip(others) {
        value.1 = other.min(NONE);
    }
    for (value, (_, sign)) in values.iter_mut().skip(OTHERS.len()).zip(SIGNS) {
        value.1 = u8::from(now.words.signs & sign != 0);
    }
    values
}
