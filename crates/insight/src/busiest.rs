//! Where much is going on: conversations by messages in the last seven days, bots not counted.

use model::time::DAY;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Community;
use crate::columns::{NOBODY, Recent};
use crate::details::Details;
use crate::views::Busy;

/// Conversations shown.
const SHOWN: usize = 10;
/// How far back, in days.
const BACK: i64 = 7;

/// One conversation's last days.
#[derive(Debug, Default)]
pub(crate) struct Bustle {
    pub(crate) row: u32,
    messages: u64,
    people: FxHashSet<u32>,
    last: i64,
}

impl Community {
    /// The busiest conversations, busiest first.
    pub(crate) fn busiest(&self, recent: &Recent, now: i64) -> Vec<Bustle> {
        let mut conversations = FxHashMap::<u32, Bustle>::default();
        let by_people = |person: u32| !self.people.is_bot(person);
        for said in recent.since(now.saturating_sub(BACK * DAY)).iter().filter(|said| by_people(said.person)) {
            let bustle = conversations.entry(said.conversation).or_default();
            bustle.row = said.conversation;
            bustle.messages += 1;
            bustle.last = said.time;
            if said.person != NOBODY {
                bustle.people.insert(said.person);
            }
        }
        let mut busiest: Vec<Bustle> = conversations.into_values().collect();
        busiest
            .sort_by_key(|bustle| (std::cmp::Reverse((bustle.messages, bustle.people.len(), bustle.last)), bustle.row));
        busiest.truncate(SHOWN);
        busiest
    }
}

impl Bustle {
    /// As it is shown.
    pub(crate) fn view(&self, details: &Details<'_>) -> Busy {
        Busy {
            conversation: details.conversation(self.row),
            messages: self.messages,
            people: self.people.len() as u64,
            last: self.last,
        }
    }
}
