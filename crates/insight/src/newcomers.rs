//! Who has just come: people first seen in the last thirty days, what they did first, and whether
//! anybody has replied to them. Those who only entered a room are passed over: they did nothing yet.

use model::ActivityKind;
use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::Community;
use crate::columns::{Contributions, Did, Recent, Said, known};
use crate::details::Details;
use crate::views::Newcomer;

/// People shown.
const SHOWN: usize = 15;
/// How far back, in days.
const BACK: i64 = 30;

/// Somebody new.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    person: u32,
    seen: i64,
    first: First,
}

/// What they did first.
#[derive(Debug, Clone, Copy)]
enum First {
    Wrote(Said),
    Did(Did),
}

impl Community {
    /// The latest newcomers, latest first.
    pub(crate) fn newcomers(&self, recent: &Recent, contributions: &Contributions, now: i64) -> Vec<Arrival> {
        let from = now.saturating_sub(BACK * DAY);
        let mut firsts = FxHashMap::<u32, First>::default();
        // Both lists begin with the earliest; of one time the message counts.
        for said in &recent.messages {
            firsts.entry(said.person).or_insert(First::Wrote(*said));
        }
        for did in &contributions.recent {
            let first = firsts.entry(did.person).or_insert(First::Did(*did));
            if did.time < first.time() {
                *first = First::Did(*did);
            }
        }
        let arrival = |(person, first): (u32, First)| {
            let seen = self.people.first_seen.get(person as usize).copied().and_then(known)?;
            (seen > from && seen <= now && !self.people.is_bot(person)).then_some(Arrival { person, seen, first })
        };
        let mut arrivals: Vec<Arrival> = firsts.into_iter().filter_map(arrival).collect();
        arrivals.sort_by_key(|arrival| (std::cmp::Reverse(arrival.seen), arrival.person));
        arrivals.truncate(SHOWN);
        arrivals
    }

    /// An arrival as it is shown.
    pub(crate) fn newcomer(
        &self,
        arrival: &Arrival,
        recent: &Recent,
        contributions: &Contributions,
        details: &Details<'_>,
    ) -> Option<Newcomer> {
        let conversation = arrival.conversation().map(|row| details.conversation(row));
        let (first, answered) = match (arrival.first, &conversation) {
            (First::Wrote(said), Some(conversation)) => {
                let what = format!("{} “{}” on {}", self.wrote(&said), conversation.title, conversation.channel);
                (what, self.is_answered(&said, recent))
            }
            (First::Wrote(_), None) => return None,
            (First::Did(did), _) => (did_in(&did, contributions), false),
        };
        let person = self.person_ref(arrival.person)?;
        Some(Newcomer { person, first_seen: arrival.seen, first, conversation, answered })
    }

    fn wrote(&self, said: &Said) -> &'static str {
        let row = said.conversation as usize;
        match (self.conversations.openers[row] == said.person, self.conversations.question[row]) {
            (true, true) => "asked",
            (true, false) => "opened",
            (false, true) => "answered in",
            (false, false) => "wrote in",
        }
    }

    /// Whether another person, no bot, wrote in the conversation after `said`.
    fn is_answered(&self, said: &Said, recent: &Recent) -> bool {
        let other = |later: &Said| {
            later.conversation == said.conversation && later.person != said.person && !self.people.is_bot(later.person)
        };
        recent.since(said.time).iter().any(other)
    }
}

impl First {
    fn time(&self) -> i64 {
        match self {
            First::Wrote(said) => said.time,
            First::Did(did) => did.time,
        }
    }
}

impl Arrival {
    /// The conversation they wrote in first, if that is what they did.
    pub(crate) fn conversation(&self) -> Option<u32> {
        match self.first {
            First::Wrote(said) => Some(said.conversation),
            First::Did(_) => None,
        }
    }
}

fn did_in(did: &Did, contributions: &Contributions) -> String {
    let verb = match did.kind {
        ActivityKind::Authored | ActivityKind::CoAuthored => "committed to",
        ActivityKind::Merged => "merged into",
        ActivityKind::Reviewed => "reviewed in",
        ActivityKind::Reported => "reported a defect in",
        ActivityKind::Tested => "tested in",
        _ => "edited in",
    };
    format!("{verb} {}", contributions.places.get(did.place).0)
}
