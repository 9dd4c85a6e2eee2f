//! Conversations that the source itself tells: native threads and mail references.
//!
//! A message belongs with everything it refers to, also with messages that nobody has: two replies
//! to a mail that is missing are one conversation. So missing parents, several roots and loops need
//! no special care. Only a reply whose references lead nowhere falls back on its subject, within
//! [`SUBJECT_DAYS`] and its own channel.

use model::MessageKind;
use model::time::DAY;
use rustc_hash::FxHashMap;

use crate::links::{Link, Links, UNDATED};
use crate::union::Groups;

/// How long after the last message of a subject a stray reply may still belong to it. Long threads
/// keep answering within weeks, and generic subjects (“help”) come again within months.
const SUBJECT_DAYS: i64 = 30;

/// Joins the threaded messages of each conversation in `groups`, whose first members are the links. Gives the
/// messages that ask something new inside an old thread, each with the one it replies to: they open a
/// conversation of their own.
pub fn group(links: &Links, groups: &mut Groups) -> FxHashMap<u32, u32> {
    let hijacks = hijacks(links);
    let mut missing: FxHashMap<u64, u32> = FxHashMap::default();
    let mut strays = Vec::new();
    for (at, link) in links.all.iter().enumerate().filter(|(_, link)| link.threaded) {
        let mut known = hijacks.contains_key(&(at as u32));
        let parents = if known { &[] } else { links.refers(link) };
        for parent in parents {
            let other = match links.find(*parent) {
                Some(other) => {
                    known |= other != at as u32;
                    other
                }
                None => *missing.entry(*parent).or_insert_with(|| groups.add()),
            };
            groups.join(at as u32, other);
            // What a hijacker replied to is another conversation, also for those who answer the hijacker.
            if hijacks.contains_key(&other) {
                break;
            }
        }
        if !known && link.subject != 0 && link.time != UNDATED {
            strays.push(at as u32);
        }
    }
    by_subject(links, groups, strays);
    hijacks
}

/// Messages that are sent as a reply but ask something under a subject of their own.
fn hijacks(links: &Links) -> FxHashMap<u32, u32> {
    let hijack = |(at, link): (u32, &Link)| {
        let (_, parent) = links.refers(link).iter().find_map(|parent| Some((*parent, links.find(*parent)?)))?;
        let old = &links.all[parent as usize];
        let new_subject = !link.reply && link.subject != 0 && old.subject != 0 && link.subject != old.subject;
        let asks = link.marks.does(text::Signal::Question) && link.kind == MessageKind::Post;
        (new_subject && asks && parent != at).then_some((at, parent))
    };
    (0..).zip(&links.all).filter(|(_, link)| link.threaded).filter_map(hijack).collect()
}

/// `strays` are messages none of whose parents is known: openings and replies that lost their thread.
fn by_subject(links: &Links, groups: &mut Groups, mut strays: Vec<u32>) {
    let key = |at: u32| {
        let link = &links.all[at as usize];
        (link.time, link.position, link.id)
    };
    strays.sort_unstable_by_key(|at| key(*at));
    let mut last: FxHashMap<(u32, u64), (i64, u32)> = FxHashMap::default();
    for at in strays {
        let link = &links.all[at as usize];
        let before = last.insert((link.channel, link.subject), (link.time, at));
        if let Some((time, other)) = before
            && link.reply
            && link.time - time <= SUBJECT_DAYS * DAY
        {
            groups.join(at, other);
        }
    }
}
