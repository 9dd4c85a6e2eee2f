//! The table `suggestions`: people who may be one. Decides nothing.
//!
//! What a likeness is worth is worked out in the crate `people`; here it is told where two people met: in which
//! conversations both wrote, and in which weeks both were seen in two sources. Signatures and profiles that
//! name another account are not read yet.

use arrow::array::RecordBatch;
use model::Id;
use model::tables::SUGGESTIONS;
use people::{LEAST, Meeting, Profile, Reason, Suggestion, suggest};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::Filling;
use crate::conversations::Conversations;
use crate::decided::Decided;
use crate::error::Result;
use crate::links::{Links, UNDATED};
use crate::people::{People, plain};

const WEEK: i64 = 7 * 86_400 * 1_000_000;
/// Digits kept of a score: more would be different on another machine.
const DIGITS: f64 = 10_000.0;

/// The rows of the table.
pub fn read(links: &Links, people: &People, conversations: &Conversations, decided: &Decided) -> Result<RecordBatch> {
    let known = |id: &String| Id::parse(id).and_then(|id| links.identity(&id)).map(|at| people.of[at as usize]);
    let settled: FxHashSet<u32> = decided.locked.iter().flatten().filter_map(known).collect();
    let pair = |(a, b): &(String, String)| known(a).zip(known(b)).map(|(a, b)| (a.min(b), a.max(b)));
    let refused: FxHashSet<(u32, u32)> = decided.refused.iter().filter_map(pair).collect();
    // Bots and whom somebody has settled are nobody's likeness, and keep their numbers.
    let profile = |(number, person): (u32, &crate::people::Person)| {
        let asked = !person.bot && !settled.contains(&number);
        let identities = person.identities.iter().filter(|_| asked);
        Profile::new(identities.map(|at| plain(&links.identities[*at as usize])))
    };
    let profiles: Vec<Profile> = (0..).zip(&people.all).map(profile).collect();
    let met = Met::new(links, people, conversations);
    let mut found = suggest(&profiles, LEAST, |a, b| met.meeting(a, b));
    found.retain(|one| !refused.contains(&(one.a, one.b)));
    // People are numbered in the order of their ids.
    found.sort_unstable_by_key(|one| (one.a, one.b));
    let mut filling = Filling::new(&SUGGESTIONS);
    for Suggestion { a, b, score, reasons } in &found {
        let words = |against: bool| {
            reasons.iter().filter(move |reason| reason.is_against() == against).map(|reason: &Reason| reason.words())
        };
        filling
            .text(people.id(links, *a))
            .text(people.id(links, *b))
            .float((score * DIGITS).round() / DIGITS)
            .texts(words(false))
            .texts(words(true));
    }
    filling.finish()
}

/// Where everybody was: sorted lists, by the person's number.
struct Met {
    conversations: Vec<Vec<u32>>,
    /// Weeks, each with the source.
    weeks: Vec<Vec<(i64, u32)>>,
}

impl Met {
    fn new(links: &Links, people: &People, conversations: &Conversations) -> Met {
        let mut met =
            Met { conversations: vec![Vec::new(); people.all.len()], weeks: vec![Vec::new(); people.all.len()] };
        let mut sources: FxHashMap<&str, u32> = FxHashMap::default();
        let number = |source| {
            let next = sources.len() as u32;
            *sources.entry(source).or_insert(next)
        };
        let places: Vec<u32> = links.identities.iter().map(|one| one.source.as_str()).map(number).collect();
        for (link, conversation) in links.all.iter().zip(&conversations.of) {
            let Some(person) = people.person(link.author) else { continue };
            met.conversations[person as usize].push(*conversation);
            if link.time != UNDATED {
                met.weeks[person as usize].push((link.time.div_euclid(WEEK), places[link.author as usize]));
            }
        }
        // Of activities only the first and the last are at hand.
        for (identity, (person, place)) in links.identities.iter().zip(people.of.iter().zip(&places)) {
            let times = identity.seen.into_iter().flat_map(|(first, last)| [first, last]);
            met.weeks[*person as usize].extend(times.map(|time| (time.div_euclid(WEEK), *place)));
        }
        for list in &mut met.conversations {
            list.sort_unstable();
            list.dedup();
        }
        for list in &mut met.weeks {
            list.sort_unstable();
            list.dedup();
        }
        met
    }

    fn meeting(&self, a: u32, b: u32) -> Meeting {
        let (one, other) = (&self.conversations[a as usize], &self.conversations[b as usize]);
        let (fewer, more) = if one.len() < other.len() { (one, other) } else { (other, one) };
        let conversations = fewer.iter().filter(|number| more.binary_search(number).is_ok()).count() as u32;
        let (one, other) = (&self.weeks[a as usize], &self.weeks[b as usize]);
        let elsewhere = |(week, source): &(i64, u32)| {
            let from = other.partition_point(|(before, _)| before < week);
            other[from..].iter().take_while(|(same, _)| same == week).any(|(_, place)| place != source)
        };
        Meeting { conversations, same_week: one.iter().any(elsewhere), ..Meeting::default() }
    }
}
