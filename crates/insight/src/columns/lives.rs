//! Everything everybody did, person by person: an index of messages and activities, made once per snapshot.
//!
//! Sixteen bytes for one conversation and day, or one activity. What has no time is left out.

use archive::{Manifest, Tables};
use model::ActivityKind;
use model::tables::ACTIVITIES;
use model::time::{DAY, SECOND};
use rustc_hash::FxHashMap;

use super::{Conversations, NEVER, NOBODY, People, Places, each_batch, each_message, files, row_numbers, text_at};
use crate::Result;

const MINUTE: i64 = 60 * SECOND;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Doing {
    /// Opened a conversation with a question.
    Asked,
    /// Opened another conversation.
    Opened,
    /// Wrote in somebody else's question.
    Helped,
    /// Wrote anything else.
    Wrote,
    /// Anything but writing.
    Did(ActivityKind),
}

/// One thing that somebody did, or several alike on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Minutes since 1970, UTC; of several the latest.
    minute: u32,
    /// For what was written the conversation's row, else the row in the file.
    row: u32,
    /// For activities: the file, counted in the manifest's order.
    file: u16,
    place: u16,
    doing: u8,
    times: u8,
}

/// Entries by person.
#[derive(Debug, Default)]
pub(crate) struct Lives {
    ends: Vec<u32>,
    entries: Vec<Entry>,
    place_ends: Vec<u32>,
    /// Numbers into `places`, and how much was done there; of each person the most first.
    by_place: Vec<(u16, u32)>,
    pub(crate) places: Places,
}

/// What is written before activities' kinds.
const WRITTEN: [Doing; 4] = [Doing::Asked, Doing::Opened, Doing::Helped, Doing::Wrote];

impl Doing {
    fn number(self) -> u8 {
        let place = match self {
            Doing::Asked => 0,
            Doing::Opened => 1,
            Doing::Helped => 2,
            Doing::Wrote => 3,
            Doing::Did(kind) => 4 + ActivityKind::ALL.iter().position(|known| *known == kind).unwrap_or_default(),
        };
        u8::try_from(place).unwrap_or(u8::MAX)
    }

    fn of(number: u8) -> Doing {
        let number = usize::from(number);
        let did = || ActivityKind::ALL.get(number.saturating_sub(4)).copied().unwrap_or(ActivityKind::Other);
        WRITTEN.get(number).copied().unwrap_or_else(|| Doing::Did(did()))
    }

    /// As it is written in addresses and twins.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Doing::Asked => "asked",
            Doing::Opened => "opened",
            Doing::Helped => "helped",
            Doing::Wrote => "wrote",
            Doing::Did(kind) => kind.as_str(),
        }
    }

    /// Whether it helped others or added to the project. Coming, leaving and voting do not.
    pub(crate) fn gives(self) -> bool {
        use ActivityKind::{Authored, CoAuthored, Edited, Merged, Released, Reported, Reviewed, Tested};
        match self {
            Doing::Helped => true,
            Doing::Did(kind) => {
                matches!(kind, Authored | CoAuthored | Edited | Merged | Released | Reported | Reviewed | Tested)
            }
            _ => false,
        }
    }

    /// Whether somebody who did only this was there to be talked with: coming, going and voting are silent.
    pub(crate) fn takes_part(self) -> bool {
        self.is_written() || self.gives() || self == Doing::Did(ActivityKind::Attended)
    }

    /// Whether only coming and going: of a day and place, one entry is enough.
    fn is_passing(self) -> bool {
        use ActivityKind::{Joined, Kicked, Left, Renamed};
        matches!(self, Doing::Did(Joined | Kicked | Left | Renamed))
    }

    /// Whether it is a message.
    pub(crate) fn is_written(self) -> bool {
        !matches!(self, Doing::Did(_))
    }
}

impl Entry {
    /// Microseconds UTC, to the minute.
    pub(crate) fn time(&self) -> i64 {
        i64::from(self.minute) * MINUTE
    }

    pub(crate) fn doing(&self) -> Doing {
        Doing::of(self.doing)
    }

    /// How often.
    pub(crate) fn times(&self) -> u32 {
        u32::from(self.times)
    }

    /// Its place's number in [`Lives::places`].
    pub(crate) fn place(&self) -> u32 {
        u32::from(self.place)
    }

    /// The conversation's row, if it was written in one.
    pub(crate) fn conversation(&self) -> Option<u32> {
        self.doing().is_written().then_some(self.row)
    }

    /// File (in the manifest's order) and row of an activity.
    pub(crate) fn activity(&self) -> Option<(usize, u64)> {
        (!self.doing().is_written()).then_some((usize::from(self.file), u64::from(self.row)))
    }

    fn day(&self) -> i64 {
        self.time().div_euclid(DAY)
    }

    /// What entries of one day that are shown as one have in common.
    fn alike(&self) -> (u8, u16, u32) {
        if self.doing().is_passing() { (self.doing, self.place, 0) } else { (self.doing, self.file, self.row) }
    }
}

impl Lives {
    pub(crate) fn read(
        tables: &Tables,
        manifest: &Manifest,
        people: &People,
        conversations: &Conversations,
    ) -> Result<Lives> {
        let mut all: Vec<(u32, Entry)> = Vec::new();
        let mut lives = Lives::default();
        lives.read_messages(tables, manifest, people, conversations, &mut all)?;
        lives.read_activities(tables, manifest, people, &mut all)?;
        lives.fold(all, people.len());
        lives.count_places(people.len());
        Ok(lives)
    }

    fn read_messages(
        &mut self,
        tables: &Tables,
        manifest: &Manifest,
        people: &People,
        conversations: &Conversations,
        all: &mut Vec<(u32, Entry)>,
    ) -> Result<()> {
        // The same numbers as the conversations' places have.
        for (source, channel) in conversations.places.all() {
            self.places.number(u32::MAX, source, channel);
        }
        each_message(tables, manifest, people, conversations, |conversation, person, time| {
            let doing = doing(conversations, conversation, person, time);
            let place = conversations.place[conversation as usize];
            self.add(all, person, time, Entry::new(doing, conversation, 0, place));
        })
    }

    fn read_activities(
        &mut self,
        tables: &Tables,
        manifest: &Manifest,
        people: &People,
        all: &mut Vec<(u32, Entry)>,
    ) -> Result<()> {
        let columns = ["source", "channel", "kind", "identity_id", "time"];
        for (number, file) in files(manifest, &ACTIVITIES).iter().enumerate() {
            let numbers = row_numbers(tables, file)?;
            let (mut numbers, mut place) = (numbers.into_iter(), 0);
            each_batch(tables, &ACTIVITIES, [file], &columns, |batch| {
                let (kinds, times, identities) =
                    (batch.texts("kind")?, batch.times("time")?, batch.texts("identity_id")?);
                let (sources, channels) = (batch.texts("source")?, batch.texts("channel")?);
                for (row, at) in (0..batch.rows()).zip(numbers.by_ref()) {
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    let person = people.of_identity(text_at(identities, row));
                    let doing = Doing::Did(ActivityKind::parse(kinds.value(row)).unwrap_or(ActivityKind::Other));
                    place = self.places.number(place, sources.value(row), channels.value(row));
                    self.add(all, person, times.at(row), Entry::new(doing, at, number, place));
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn add(&self, all: &mut Vec<(u32, Entry)>, person: u32, time: i64, entry: Entry) {
        if person != NOBODY && time != NEVER {
            let minute = u32::try_from(time.div_euclid(MINUTE).max(0)).unwrap_or(u32::MAX);
            all.push((person, Entry { minute, ..entry }));
        }
    }

    /// Makes one entry of those that are alike on one day; of each person the latest first.
    fn fold(&mut self, mut all: Vec<(u32, Entry)>, people: usize) {
        let minute = |entry: &Entry| std::cmp::Reverse(entry.minute);
        all.sort_unstable_by_key(|(person, entry)| {
            (*person, std::cmp::Reverse(entry.day()), entry.alike(), minute(entry), entry.row)
        });
        all.dedup_by(|(person, entry), (other, kept)| {
            let same = person == other && entry.day() == kept.day() && entry.alike() == kept.alike();
            if same {
                kept.times = kept.times.saturating_add(1);
            }
            same
        });
        all.sort_by_key(|(person, entry)| (*person, minute(entry)));
        self.ends = vec![0; people];
        for (person, _) in &all {
            if let Some(end) = self.ends.get_mut(*person as usize) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut self.ends {
            sum += *end;
            *end = sum;
        }
        self.entries = all.into_iter().map(|(_, entry)| entry).collect();
        // Collecting takes over the larger room of what was sorted.
        self.entries.shrink_to_fit();
    }

    fn count_places(&mut self, people: usize) {
        let mut counts = FxHashMap::<u16, u32>::default();
        for person in 0..people {
            counts.clear();
            for entry in self.of(person as u32) {
                *counts.entry(entry.place).or_default() += entry.times();
            }
            let start = self.by_place.len();
            self.by_place.extend(counts.drain());
            self.by_place[start..].sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
            self.place_ends.push(self.by_place.len() as u32);
        }
        self.by_place.shrink_to_fit();
    }

    /// What a person did, the latest first.
    pub(crate) fn of(&self, person: u32) -> &[Entry] {
        self.entries.get(range(&self.ends, person)).unwrap_or_default()
    }

    /// The places of everybody, one after another.
    pub(crate) fn all_places(&self) -> impl Iterator<Item = &(u16, u32)> {
        self.by_place.iter()
    }

    /// The places (numbers into [`Lives::places`]) where a person did something, and how much; the most first.
    pub(crate) fn places_of(&self, person: u32) -> &[(u16, u32)] {
        self.by_place.get(range(&self.place_ends, person)).unwrap_or_default()
    }
}

impl Entry {
    fn new(doing: Doing, row: u32, file: usize, place: u32) -> Entry {
        // More places or files than that are the last one.
        let small = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        Entry { minute: 0, row, file: small(file), place: small(place as usize), doing: doing.number(), times: 1 }
    }
}

fn doing(conversations: &Conversations, row: u32, person: u32, time: i64) -> Doing {
    let at = row as usize;
    match (conversations.openers[at] == person, conversations.question[at]) {
        (true, true) if time == conversations.opened[at] => Doing::Asked,
        (true, false) if time == conversations.opened[at] => Doing::Opened,
        (false, true) => Doing::Helped,
        _ => Doing::Wrote,
    }
}

fn range(ends: &[u32], at: u32) -> std::ops::Range<usize> {
    let end = ends.get(at as usize).copied().unwrap_or_default();
    let start = (at as usize).checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or_default();
    start.min(end) as usize..end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doing_is_read_back() {
        let all = WRITTEN.into_iter().chain(ActivityKind::ALL.iter().map(|kind| Doing::Did(*kind)));
        for doing in all {
            assert_eq!(Doing::of(doing.number()), doing);
        }
        assert_eq!(size_of::<Entry>(), 16);
    }
}
