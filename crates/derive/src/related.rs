//! Conversations that belong together though they are two: one question asked in two places, and a new
//! question in an old thread.

use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::conversations::Conversations;
use crate::links::{Links, UNDATED};

/// Who asks the same elsewhere does so within days.
const ASKED_AGAIN: i64 = 3 * DAY;
/// From this likeness on, two questions of one person within days are the same question.
const SAME: f32 = 0.8;

/// Marks what belongs together. `hijacks` are messages that open a conversation, with those they reply to.
pub fn relate(links: &Links, hijacks: &FxHashMap<u32, u32>, conversations: &mut Conversations) {
    let mut pairs = Vec::new();
    for (message, parent) in hijacks {
        pairs.push((conversations.of[*message as usize], conversations.of[*parent as usize]));
    }
    let mut asked: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, conversation) in (0..).zip(&conversations.all).filter(|(_, one)| one.question) {
        if let Some(opener) = conversation.opener {
            asked.entry(opener).or_default().push(number);
        }
    }
    for questions in asked.values_mut() {
        let opening = |number: u32| &links.all[conversations.all[number as usize].opening as usize];
        questions.retain(|number| opening(*number).time != UNDATED);
        questions.sort_by_key(|number| (opening(*number).time, opening(*number).id));
        for (at, one) in questions.iter().enumerate() {
            let later = questions[at + 1..].iter();
            let near = later.take_while(|other| opening(**other).time - opening(*one).time <= ASKED_AGAIN);
            pairs.extend(near.filter(|other| is_same(links, conversations, *one, **other)).map(|other| (*one, *other)));
        }
    }
    for (one, other) in pairs.into_iter().filter(|(one, other)| one != other) {
        conversations.all[one as usize].related.insert(other);
        conversations.all[other as usize].related.insert(one);
    }
}

/// Whether two openings ask the same in different places.
fn is_same(links: &Links, conversations: &Conversations, one: u32, other: u32) -> bool {
    let [a, b] = [one, other].map(|number| conversations.all[number as usize].opening);
    let (first, second) = (&links.all[a as usize], &links.all[b as usize]);
    let meanings = || Some(links.meanings.get(&a)?.likeness(links.meanings.get(&b)?));
    first.channel != second.channel
        && (first.subject != 0 && first.subject == second.subject || meanings().is_some_and(|same| same >= SAME))
}
