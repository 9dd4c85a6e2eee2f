//! About a line and a message that it may answer.

use std::sync::LazyLock;

use super::NONE;
use crate::names::PersonId;
use crate::now::Now;
use crate::sieve::{Sight, scale};
use crate::window::Said;
use crate::words::sign;

pub(super) const COUNT: usize = 49;

/// Of the line itself, that is of answering nothing.
pub(super) fn itself() -> [(&'static str, u8); COUNT] {
    static ITSELF: LazyLock<[(&str, u8); COUNT]> =
        LazyLock::new(|| NAMES.map(|name| (name, if name == "itself" || FAR.contains(&name) { NONE } else { 0 })));
    *ITSELF
}

/// Features of steps, in which the line itself counts as far away.
const FAR: [&str; 6] =
    ["back", "minutes", "sieve's rank", "sieve's gap", "rank among its author's", "rank among those naming me"];

const NAMES: [&str; COUNT] = [
    "itself",
    "back",
    "minutes",
    "same author",
    "names its author",
    "names another",
    "named me",
    "named a third",
    "both name",
    "rank among its author's",
    "own lines since",
    "own lines naming its author since",
    "its author's lines to others since",
    "after own last",
    "own last was to its author",
    "its author's last was to me",
    "partner's rank",
    "answered me",
    "answered own last",
    "answered by me",
    "answered by its author",
    "answered by another",
    "talk of own last",
    "talk of named person's last",
    "talk's last",
    "rank among those naming me",
    "weight of shared words",
    "rarest shared word",
    "share of shared words",
    "same first word",
    "sieve's rank",
    "sieve's gap",
    "its author's last line",
    "nothing between",
    "its author spoke with another after it",
    "unanswered question",
    "I named its author before",
    "its author named me before",
    "asks me back",
    "length beside",
    "own lines in its talk",
    "its talk opened by me",
    "its talk opened by its author",
    "its talk opened by named",
    "named person's lines in its talk",
    "shared with what it answered",
    "shared by it and own last",
    "answered named person",
    "named me since",
];

pub(super) fn features(
    now: &Now<'_>,
    sight: &Sight,
    said: &Said,
    rank: usize,
    best: f32,
) -> [(&'static str, u8); COUNT] {
    let window = now.window;
    let place = sight.place;
    let me = window.people.get(now.author);
    let author = window.people.get(said.author);
    let own = now.own.and_then(|own| window.get(own));
    let author_last = author.lines.back().and_then(|last| window.get(*last));
    let same = said.author == now.author;
    let (shared, rarest) = now.shared(said);
    let total: u32 = now.weights.iter().sum();
    let both = said.named.iter().filter(|named| now.names(named.person) > 0).map(|named| named.how as u8).max();
    let rank_of = |lines: &std::collections::VecDeque<u64>| {
        lines.iter().rev().take(14).position(|line| *line == place).map_or(NONE, |at| scale(at as u64))
    };
    let own_since = me.lines.iter().rev().take_while(|line| **line > place).take(16);
    let own_naming = own_since.clone().filter(|line| window.get(**line).is_some_and(|own| own.names(said.author) > 0));
    let theirs_since = author.lines.iter().rev().take_while(|line| **line > place).take(16);
    let to_others =
        theirs_since.filter(|line| window.get(**line).is_some_and(|theirs| theirs.names_other(now.author) >= 2));
    let named_talk = now.mentions.named.iter().any(|named| {
        let last = window.people.get(named.person).lines.back().and_then(|last| window.get(*last));
        last.is_some_and(|last| last.conversation == said.conversation)
    });
    let named_before = |by: &crate::names::Person, whom: u32| {
        by.lines
            .iter()
            .rev()
            .take(24)
            .filter(|line| window.get(**line).is_some_and(|said| said.names(whom) > 0))
            .count()
    };
    let opener = window.place_of(said.conversation).and_then(|place| window.get(place)).map(|opening| opening.author);
    let yes = |set: bool| u8::from(set);
    let asks = said.words.signs & (sign::QUESTION | sign::ASKING) != 0;
    let values = [
        0,
        scale(now.back(place)),
        scale(now.minutes_since(said)),
        yes(same),
        now.names(said.author),
        now.names_other(said.author),
        said.names(now.author),
        said.names_other(now.author),
        both.unwrap_or(0),
        rank_of(&author.lines),
        scale(own_since.count() as u64),
        scale(own_naming.count() as u64),
        scale(to_others.count() as u64),
        yes(now.own < Some(place)),
        yes(own.is_some_and(|own| own.to_author == Some(said.author))),
        yes(author_last.is_some_and(|last| last.to_author == Some(now.author))),
        now.partner_rank(said.author),
        yes(said.to_author == Some(now.author)),
        yes(said.to.is_some() && said.to == now.own),
        yes(answered_by_me(now, place)),
        yes(said.own_answers > 0),
        yes(said.answered_by.is_some_and(|by| by != now.author)),
        yes(own.is_some_and(|own| own.conversation == said.conversation)),
        yes(named_talk),
        yes(window.talk(said.conversation).last == place),
        rank_of(&me.named_in),
        scale(u64::from(shared) / 3),
        rarest as u8,
        (shared * 14).checked_div(total).map_or(NONE, |share| share as u8),
        yes(now.words.first != 0 && now.words.first == said.words.first),
        rank as u8,
        ((best - sight.score) * 2.0).clamp(0.0, 14.0) as u8,
        yes(author.lines.back() == Some(&place)),
        yes(same && now.back(place) == 0),
        yes(author_last.is_some_and(|last| last.to_author.is_some_and(|to| to != now.author && to != said.author))),
        yes(asks && said.answers == said.own_answers),
        if same { 0 } else { scale(named_before(me, said.author) as u64) },
        if same { 0 } else { scale(named_before(author, now.author) as u64) },
        yes(asks && said.names(now.author) > 0),
        if said.words.length > now.words.length { 1 } else { 0 },
        lines_in(now, now.author, said.conversation),
        yes(opener == Some(now.author)),
        yes(opener == Some(said.author)),
        opener.map_or(0, |opener| now.names(opener)),
        now.mentions.named.iter().map(|named| lines_in(now, named.person, said.conversation)).max().unwrap_or(0),
        said.to.and_then(|to| window.get(to)).map_or(0, |to| scale(u64::from(now.shared(to).0) / 3)),
        own.map_or(0, |own| scale(u64::from(shared_by(now, own, said)) / 3)),
        said.to_author.map_or(0, |to| now.names(to)),
        scale(me.named_in.iter().rev().take_while(|line| **line > place).take(16).count() as u64),
    ];
    let mut named = NAMES.map(|name| (name, 0));
    for (slot, value) in named.iter_mut().zip(values) {
        slot.1 = value.min(NONE);
    }
    named
}

/// Whether one of the author's latest lines answers the message.
fn answered_by_me(now: &Now<'_>, place: u64) -> bool {
    let me = now.window.people.get(now.author);
    me.lines.iter().rev().take(12).any(|line| now.window.get(*line).is_some_and(|own| own.to == Some(place)))
}

/// How many of a person's latest lines belong to a conversation, in steps.
fn lines_in(now: &Now<'_>, person: PersonId, conversation: u64) -> u8 {
    let lines = now.window.people.get(person).lines.iter().rev().take(12);
    scale(lines.filter(|line| now.window.get(**line).is_some_and(|own| own.conversation == conversation)).count() as u64)
}

/// The summed weight of the words two messages share.
fn shared_by(now: &Now<'_>, one: &Said, other: &Said) -> u32 {
    let mut theirs = other.words.ids.iter().peekable();
    let both = one.words.ids.iter().filter(|our| {
        while theirs.next_if(|their| their < our).is_some() {}
        theirs.next_if(|their| their == our).is_some()
    });
    both.map(|word| now.window.weight(*word)).sum()
}
