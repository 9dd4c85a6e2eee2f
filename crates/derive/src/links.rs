//! What is kept in memory of every message: how it hangs together with others, not what it says.
//!
//! About 150 bytes a message, so that a million of them fit where one machine has room.

use model::{Id, IdentityKind, MessageKind, Same};
use rustc_hash::{FxHashMap, FxHashSet};
use text::Meaning;
use text::tier::Signs;

use crate::fresh::SegmentRows;
use crate::intern::Interner;
use crate::marks::Marks;

/// Stands for “none” in numbers of identities and batches.
pub const NONE: u32 = u32::MAX;
/// Stands for “no date” in times: sorts last.
pub const UNDATED: i64 = i64::MAX;

/// One message's place in everything.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub kind: MessageKind,
    /// Whether the source tells its conversation.
    pub threaded: bool,
    /// Whether its subject says that it is a reply.
    pub reply: bool,
    /// What it does.
    pub marks: Marks,
    /// The signs of a support tier in it.
    pub asked_signs: Signs,
    /// Its sentiment in hundredths, −100 to 100.
    pub mood: i8,
    /// In chat, the line that it answers, as far as untangling can tell.
    pub answer: Answer,
    /// When, or [`UNDATED`].
    pub time: i64,
    /// Place in the source's own order.
    pub position: i64,
    /// Hash of its subject without prefixes, 0 if it has none.
    pub subject: u64,
    /// Whether its source says that it is done.
    pub closed: Closed,
    /// Short id of the accepted answer, 0 if none.
    pub accepted: u64,
    /// Short id of the conversation it is written under in the tables of before, 0 if it is new.
    pub before: u64,
    /// Its author's number in [`Links::identities`], or [`NONE`].
    pub author: u32,
    /// `source/channel` in [`Links::channels`].
    pub channel: u32,
    /// `source/month` in [`Links::partitions`].
    pub partition: u32,
    /// Its tags, joined by spaces, in [`Links::tags`].
    pub tags: u32,
    /// Every place it was seen, joined by [`SEPARATOR`], in [`Links::seen`].
    pub seen: u32,
    /// How often it was seen.
    pub seen_count: u32,
    /// The batch of the spill its row lies in, or [`NONE`] for the partition's file.
    pub batch: u32,
    /// Its row there.
    pub row: u32,
    /// The source's place in the configuration.
    pub source: u32,
    /// Where its parents (if threaded) or addressees (if not) lie in [`Links::refers`].
    pub refers: (u32, u32),
}

/// How a source says that something it opened has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It has not.
    No,
    /// A change was taken in.
    Merged,
    /// Any other way.
    Done,
}

impl Closed {
    /// Reads `messages.closed`.
    pub fn read(how: Option<&str>) -> Closed {
        match how {
            None => Closed::No,
            Some("merged") => Closed::Merged,
            Some(_) => Closed::Done,
        }
    }
}

/// What untangling says of a line of chat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// It has not been looked at, or is no line of chat.
    Unknown,
    /// It answers no earlier line.
    None(Sure),
    /// It answers the message of this short id.
    To(u64, Sure),
}

/// How sure untangling is of an answer, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sure {
    /// 0 to 1.
    pub confidence: f32,
    /// The reasons.
    pub why: untangle::Why,
}

/// Between the places of [`Link::seen`]: cannot be in a channel's name.
pub const SEPARATOR: &str = "\u{1f}";

/// One identity.
#[derive(Debug, Clone)]
pub struct IdentityRow {
    /// Its id.
    pub id: Id,
    /// The source's id.
    pub source: String,
    /// What it is.
    pub kind: IdentityKind,
    /// What makes it this one.
    pub value: String,
    /// The name last shown, and when ([`i64::MIN`] if undated).
    pub name: Option<(i64, String)>,
    /// Its address.
    pub email: Option<String>,
    /// The account as other sources see it too.
    pub account: Option<String>,
    /// Identities of which its source says that they are the same person, sorted.
    pub same: Vec<Id>,
    /// Whether the source marked it as a bot.
    pub bot: bool,
    /// First and last dated message or activity.
    pub seen: Option<(i64, i64)>,
    /// Messages posted.
    pub messages: u64,
    /// Activities done.
    pub activities: u64,
}

/// What is known of a channel beside its messages.
#[derive(Debug, Clone, Default)]
pub struct ChannelRow {
    /// What it is.
    pub kind: String,
    /// A longer title.
    pub title: Option<String>,
    /// Activities there.
    pub activities: u64,
    /// First and last dated activity.
    pub seen: Option<(i64, i64)>,
}

/// Everything at once.
#[derive(Default)]
pub struct Links {
    /// One entry per message.
    pub all: Vec<Link>,
    by_id: FxHashMap<u64, u32>,
    /// Short ids: parents of threaded messages; identities addressed by the others.
    pub refers: Vec<u64>,
    /// `source/channel`.
    pub channels: Interner,
    /// What is known of each channel, by its number.
    pub channel_rows: FxHashMap<u32, ChannelRow>,
    /// `source/month`.
    pub partitions: Interner,
    /// Tags, joined by spaces.
    pub tags: Interner,
    /// Sets of places.
    pub seen: Interner,
    /// Partitions whose rows change.
    pub dirty: FxHashSet<u32>,
    /// Identities.
    pub identities: Vec<IdentityRow>,
    by_identity: FxHashMap<u64, u32>,
    /// What the openings that ask mean, by the message's number.
    pub meanings: FxHashMap<u32, Meaning>,
    /// Identities that have another name now than in the tables of before.
    pub renamed: FxHashSet<u32>,
    /// The activities known by their short ids, with the place of the source whose row counts.
    pub activities: FxHashMap<u64, u32>,
}

impl Links {
    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Makes room for so many more messages.
    pub fn reserve(&mut self, messages: usize) {
        self.all.reserve(messages);
        self.by_id.reserve(messages);
    }

    /// The message of a short id.
    pub fn find(&self, short: u64) -> Option<u32> {
        self.by_id.get(&short).copied()
    }

    /// The number of an identity, if it is known.
    pub fn identity(&self, id: &Id) -> Option<u32> {
        self.by_identity.get(&id.short()).copied()
    }

    /// The time of every source's newest message, by the source's place.
    pub fn newest(&self) -> FxHashMap<u32, i64> {
        let mut newest = FxHashMap::default();
        for link in self.all.iter().filter(|link| link.time != UNDATED) {
            let time = newest.entry(link.source).or_insert(link.time);
            *time = link.time.max(*time);
        }
        newest
    }

    /// The number of the identity of a short id, if it is known.
    pub fn identity_of(&self, short: u64) -> Option<u32> {
        self.by_identity.get(&short).copied()
    }

    /// What a message refers to.
    pub fn refers(&self, link: &Link) -> &[u64] {
        &self.refers[link.refers.0 as usize..link.refers.1 as usize]
    }

    /// Adds a message of the tables of before: there is one row for each id.
    pub fn add(&mut self, link: Link) {
        self.by_id.insert(link.id.short(), self.all.len() as u32);
        self.all.push(link);
    }

    /// Adds a sighting of a message. Of several, the one of the first source counts, and within a
    /// source the latest collected (a newer version replaces the older one).
    pub fn sight(&mut self, link: Link, meaning: Option<Meaning>) {
        let Some(at) = self.find(link.id.short()) else {
            self.dirty.insert(link.partition);
            self.meanings.extend(meaning.map(|meaning| (self.all.len() as u32, meaning)));
            return self.add(link);
        };
        let seen = self.both_seen(self.all[at as usize].seen, link.seen);
        let old = &mut self.all[at as usize];
        let seen_count = old.seen_count + link.seen_count;
        self.dirty.insert(old.partition);
        if link.source <= old.source {
            self.dirty.insert(link.partition);
            *old = link;
            match meaning {
                Some(meaning) => drop(self.meanings.insert(at, meaning)),
                None => drop(self.meanings.remove(&at)),
            }
        }
        (old.seen, old.seen_count) = (seen, seen_count);
    }

    fn both_seen(&mut self, a: u32, b: u32) -> u32 {
        if a == b {
            return a;
        }
        let mut places: Vec<&str> =
            self.seen.text(a).split(SEPARATOR).chain(self.seen.text(b).split(SEPARATOR)).collect();
        places.sort_unstable();
        places.dedup();
        let joined = places.join(SEPARATOR);
        self.seen.number(&joined)
    }

    /// Adds a sighting of an identity and gives its number. The name shown last is kept, the
    /// alphabetically last one among equals, so that the order of sightings does not matter.
    pub fn sight_identity(&mut self, seen: IdentityRow) -> u32 {
        let Some(number) = self.identity(&seen.id) else {
            let number = self.identities.len() as u32;
            self.by_identity.insert(seen.id.short(), number);
            self.identities.push(seen);
            return number;
        };
        let known = &mut self.identities[number as usize];
        if seen.name > known.name {
            if seen.name.as_ref().map(|(_, name)| name) != known.name.as_ref().map(|(_, name)| name) {
                self.renamed.insert(number);
            }
            known.name = seen.name;
        }
        known.email = known.email.take().or(seen.email);
        known.account = known.account.take().or(seen.account);
        known.same.extend(seen.same);
        known.same.sort_unstable();
        known.same.dedup();
        known.bot |= seen.bot;
        number
    }

    /// Adds what a segment gave, except its full rows. `batches` tells, per month of the segment, the
    /// partition and the batch its rows went to.
    pub fn absorb(&mut self, rows: &mut SegmentRows, source_id: &str, batches: &[(u32, u32)]) {
        for sighting in rows.identities.drain(..) {
            self.sight_identity(sighting);
        }
        for Same(one, other) in rows.same.drain(..) {
            if let Some(number) = self.identity(&one) {
                let same = &mut self.identities[number as usize].same;
                if let Err(place) = same.binary_search(&other) {
                    same.insert(place, other);
                }
            }
        }
        for (name, channel) in std::mem::take(&mut rows.channels) {
            let number = self.channels.number(&format!("{source_id}/{name}"));
            let known = self.channel_rows.entry(number).or_default();
            known.kind = channel.kind;
            known.title = channel.title.or(known.title.take());
        }
        for fresh in rows.links.drain(..) {
            let mut link = fresh.link;
            (link.partition, link.batch) = batches[fresh.month];
            let place = format!("{source_id}/{}", fresh.channel);
            link.channel = self.channels.number(&place);
            link.seen = self.seen.number(&place);
            link.tags = self.tags.number(&fresh.tags);
            link.author = fresh.author.and_then(|id| self.identity(&id)).unwrap_or(NONE);
            let start = self.refers.len() as u32;
            self.refers.extend(fresh.refers);
            link.refers = (start, self.refers.len() as u32);
            self.sight(link, fresh.meaning);
        }
    }
}

/// The span that holds both.
pub fn span(a: Option<(i64, i64)>, time: i64) -> Option<(i64, i64)> {
    Some(a.map_or((time, time), |(first, last)| (first.min(time), last.max(time))))
}
