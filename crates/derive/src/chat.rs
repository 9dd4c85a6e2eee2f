//! Chat grouped by time and mention: a plain rule, to be replaced by untangling.
//!
//! In the order in which a channel was written, a line belongs to the conversation of
//! 1. the latest line of the person it addresses, within [`ADDRESSED`];
//! 2. else its writer's own latest line, within [`OWN`];
//! 3. else, unless it asks something itself, the line just before it, within [`NEXT`];
//!
//! and else it opens one.

use model::time::SECOND;
use rustc_hash::FxHashMap;

use crate::links::{Link, Links, NONE, UNDATED};
use crate::union::Groups;

/// People answer somebody by name within the hour, or not at all.
const ADDRESSED: i64 = 3_600 * SECOND;
/// Somebody who goes on after ten minutes mostly begins anew.
const OWN: i64 = 600 * SECOND;
/// An answer without a name follows at once.
const NEXT: i64 = 300 * SECOND;

#[derive(Default)]
struct Room {
    /// Latest line of each identity (by short id).
    latest: FxHashMap<u64, (i64, u32)>,
    last: Option<(i64, u32)>,
}

/// Joins the chat messages of each conversation in `groups`, whose first members are the links.
pub fn group(links: &Links, groups: &mut Groups) {
    let mut order: Vec<u32> = (0..links.len() as u32).filter(|at| !links.all[*at as usize].threaded).collect();
    let key = |at: u32| {
        let link = &links.all[at as usize];
        (link.channel, link.time, link.position, link.id)
    };
    order.sort_unstable_by_key(|at| key(*at));
    let mut room = Room::default();
    let mut channel = NONE;
    for at in order {
        let link = &links.all[at as usize];
        if link.channel != channel {
            (room, channel) = (Room::default(), link.channel);
        }
        if link.time == UNDATED {
            continue;
        }
        if let Some(other) = room.answered(links, link) {
            groups.join(at, other);
        }
        if link.author != NONE {
            let author = links.identities[link.author as usize].id.short();
            room.latest.insert(author, (link.time, at));
        }
        room.last = Some((link.time, at));
    }
}

impl Room {
    fn answered(&self, links: &Links, link: &Link) -> Option<u32> {
        let within = |line: Option<&(i64, u32)>, bound: i64| {
            line.filter(|(time, _)| link.time - time <= bound).map(|(_, at)| *at)
        };
        let addressed = links.refers(link).iter().find_map(|nick| within(self.latest.get(nick), ADDRESSED));
        let own = || {
            let author = links.identities.get(link.author as usize)?.id.short();
            within(self.latest.get(&author), OWN)
        };
        let next = || if link.question { None } else { within(self.last.as_ref(), NEXT) };
        addressed.or_else(own).or_else(next)
    }
}
