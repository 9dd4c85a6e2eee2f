//! Which people are bots: by what any of their identities is called, and by how they write.

use model::Id;
use people::{Behaviour, BotSign, bot_sign, signs};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::links::{Link, Links, NONE, UNDATED};
use crate::people::{People, plain};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;

/// Marks those who are.
pub fn mark(links: &Links, people: &mut People) {
    let behaviours = behaviours(links, people);
    for (number, person) in people.all.iter_mut().enumerate() {
        let identities = person.identities.iter().map(|at| &links.identities[*at as usize]);
        let mut found: Vec<BotSign> = identities
            .filter(|identity| identity.bot)
            // What does not show in the latest name was in an earlier one or said by the source.
            .map(|identity| bot_sign(&plain(identity), false).unwrap_or(BotSign::Marked))
            .chain(behaviours.get(&(number as u32)).map(signs).unwrap_or_default())
            .collect();
        found.sort_unstable();
        found.dedup();
        person.bot = !found.is_empty();
        person.signs = found;
    }
}

/// How everybody writes who wrote enough to tell.
fn behaviours(links: &Links, people: &People) -> FxHashMap<u32, Behaviour> {
    let mut all: FxHashMap<u32, Behaviour> = FxHashMap::default();
    let mut subjects: FxHashMap<(u32, u64), u64> = FxHashMap::default();
    let by = |link: &Link| people.person(link.author);
    for (link, person) in links.all.iter().filter_map(|link| Some((link, by(link)?))) {
        let behaviour = all.entry(person).or_default();
        if link.time != UNDATED {
            behaviour.messages += 1;
            behaviour.hours[link.time.div_euclid(HOUR).rem_euclid(24) as usize] += 1;
        }
        if link.subject != 0 && !link.reply {
            behaviour.opened += 1;
            *subjects.entry((person, link.subject)).or_default() += 1;
        }
    }
    for ((person, _), count) in subjects {
        let behaviour = all.entry(person).or_default();
        behaviour.one_subject = behaviour.one_subject.max(count);
    }
    // One sign is none: whose times are to be compared has another already.
    let tries = |behaviour: &Behaviour| signs(&Behaviour { at_once: behaviour.messages, ..*behaviour }).len() > 1;
    all.retain(|_, behaviour| tries(behaviour));
    if !all.is_empty() {
        answers_at_once(links, people, &mut all);
    }
    all
}

/// Counts who writes within a second after another in the same channel. Where no message of a channel tells
/// seconds, nobody does.
fn answers_at_once(links: &Links, people: &People, all: &mut FxHashMap<u32, Behaviour>) {
    let with_seconds: FxHashSet<u32> =
        links.all.iter().filter(|link| link.time % (60 * SECOND) != 0).map(|link| link.channel).collect();
    let told = |link: &&Link| link.time != UNDATED && link.author != NONE && with_seconds.contains(&link.channel);
    let mut order: Vec<&Link> = links.all.iter().filter(told).collect();
    order.sort_unstable_by_key(|link| -> (u32, i64, i64, Id) { (link.channel, link.time, link.position, link.id) });
    for pair in order.windows(2) {
        let [before, link] = pair else { continue };
        let (other, person) = (people.person(before.author), people.person(link.author));
        if other == person || before.channel != link.channel || link.time - before.time > SECOND {
            continue;
        }
        if let Some(behaviour) = person.and_then(|person| all.get_mut(&person)) {
            behaviour.at_once += 1;
        }
    }
}
