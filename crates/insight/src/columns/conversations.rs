//! Every conversation's small facts. Titles stay in the table until they are shown.

use std::ops::Range;

use archive::{FileEntry, Manifest, Tables};
use model::Id;
use model::tables::CONVERSATIONS;
use rustc_hash::FxHashMap;

use super::{Batch, NEVER, NOBODY, Numbers, People, Places, each_batch, files, shape, text_at};
use crate::Result;

/// How far a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    NotQuestion,
    Waiting,
    AskedBack,
    Abandoned,
    Moved,
    Answered,
    Resolved,
}

impl State {
    /// As it is written in the table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            State::NotQuestion => "not_question",
            State::Waiting => "waiting",
            State::AskedBack => "asked_back",
            State::Abandoned => "abandoned",
            State::Moved => "moved",
            State::Answered => "answered",
            State::Resolved => "resolved",
        }
    }

    fn parse(text: &str) -> Option<State> {
        const ALL: [State; 7] = [
            State::NotQuestion,
            State::Waiting,
            State::AskedBack,
            State::Abandoned,
            State::Moved,
            State::Answered,
            State::Resolved,
        ];
        ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One entry per conversation in every column, in the order of the table's rows.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    pub(crate) ids: Vec<Id>,
    /// Numbers into `places`.
    pub(crate) place: Vec<u32>,
    pub(crate) openers: Vec<u32>,
    pub(crate) opened: Vec<i64>,
    pub(crate) last: Vec<i64>,
    pub(crate) waiting_since: Vec<i64>,
    pub(crate) first_response: Vec<i64>,
    pub(crate) messages: Vec<u32>,
    pub(crate) question: Vec<bool>,
    pub(crate) state: Vec<State>,
    /// The tier that the opening asks for.
    pub(crate) asked: Vec<Option<u8>>,
    /// The tier that it took.
    pub(crate) observed: Vec<Option<u8>>,
    helpers: Lists,
    thanked: Lists,
    pub(crate) places: Places,
    by_id: Numbers,
    /// The numbers of the table's rows, where some of them are left out.
    table_rows: Option<Vec<u32>>,
    /// By person: the newest message of the sources they wrote on, theirs or not.
    pub(crate) heard: Vec<i64>,
    /// By person: the row of the earliest conversation they wrote in.
    first: Vec<u32>,
    by_opener: ByPerson,
    by_helper: ByPerson,
}

/// Rows by person: one after another, and where each person's end.
#[derive(Debug, Default)]
struct ByPerson {
    rows: Vec<u32>,
    ends: Vec<u32>,
}

impl ByPerson {
    /// Of pairs of a person and a row; of each person in the order of `pairs`, which are gone through twice.
    fn of(pairs: impl Iterator<Item = (u32, u32)> + Clone, people: usize) -> ByPerson {
        let known = pairs.filter(|(person, _)| (*person as usize) < people);
        // Where the next row of each person goes: first where theirs begin, at last where they end.
        let mut ends = vec![0; people];
        known.clone().for_each(|(person, _)| ends[person as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        let mut rows = vec![0; sum as usize];
        for (person, row) in known {
            let next = &mut ends[person as usize];
            rows[*next as usize] = row;
            *next += 1;
        }
        ByPerson { rows, ends }
    }

    fn rows(&self, person: u32) -> &[u32] {
        let end = self.ends.get(person as usize).copied().unwrap_or_default();
        let start = (person as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.rows.get(start.unwrap_or_default() as usize..end as usize).unwrap_or_default()
    }
}

/// Lists of people, one after another.
#[derive(Debug, Default)]
struct Lists {
    ends: Vec<u32>,
    people: Vec<u32>,
}

impl Lists {
    fn push(&mut self, people: impl Iterator<Item = u32>) {
        self.people.extend(people.filter(|person| *person != NOBODY));
        self.ends.push(self.people.len() as u32);
    }

    fn at(&self, row: u32) -> &[u32] {
        self.people.get(self.places(row)).unwrap_or_default()
    }

    /// Where a row's people stand among those of all.
    fn places(&self, row: u32) -> Range<usize> {
        let end = self.ends.get(row as usize).copied().unwrap_or_default();
        let start = (row as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..end as usize
    }
}

const COLUMNS: &[&str] = &[
    "conversation_id",
    "source",
    "channel",
    "opener_person_id",
    "opened",
    "last_time",
    "messages",
    "is_question",
    "state",
    "waiting_since",
    "first_response",
    "helper_person_ids",
    "thanked_person_ids",
    "asked_tier",
    "observed_tier",
];

/// The numbers of the rows that are not left out; `None` if all are there.
fn table_rows(tables: &Tables, entries: &[FileEntry]) -> Result<Option<Vec<u32>>> {
    if !tables.hides_any() {
        return Ok(None);
    }
    let (mut all, mut start) = (Vec::new(), 0);
    for entry in entries {
        let seen = tables.seen_rows(entry)?.unwrap_or_default();
        all.extend(seen.into_iter().map(|row| u32::try_from(start + row).unwrap_or(u32::MAX)));
        start += entry.rows;
    }
    Ok(Some(all))
}

impl Conversations {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People) -> Result<Conversations> {
        let entries = files(manifest, &CONVERSATIONS);
        let mut conversations = Conversations::default();
        conversations.reserve(entries.iter().map(|entry| entry.rows as usize).sum());
        each_batch(tables, &CONVERSATIONS, entries, COLUMNS, |batch| conversations.add(batch, people))?;
        conversations.by_id = Numbers::of(&conversations.ids);
        conversations.helpers.people.shrink_to_fit();
        conversations.thanked.people.shrink_to_fit();
        conversations.table_rows = table_rows(tables, entries)?;
        conversations.find_first(people.len());
        conversations.find_heard(people.len());
        conversations.sort_by_people(people.len());
        Ok(conversations)
    }

    /// Makes room for so many rows: columns that grow end up to twice as long as they need be.
    fn reserve(&mut self, rows: usize) {
        self.ids.reserve_exact(rows);
        for numbers in [&mut self.place, &mut self.openers, &mut self.messages] {
            numbers.reserve_exact(rows);
        }
        for times in [&mut self.opened, &mut self.last, &mut self.waiting_since, &mut self.first_response] {
            times.reserve_exact(rows);
        }
        for tiers in [&mut self.asked, &mut self.observed] {
            tiers.reserve_exact(rows);
        }
        self.question.reserve_exact(rows);
        self.state.reserve_exact(rows);
        self.helpers.ends.reserve_exact(rows);
        self.thanked.ends.reserve_exact(rows);
    }

    fn sort_by_people(&mut self, people: usize) {
        let all = 0..self.len();
        let opened = all.clone().map(|row| (self.openers[row as usize], row));
        self.by_opener = ByPerson::of(opened, people);
        let helped = all.flat_map(|row| self.helpers(row).iter().map(move |person| (*person, row)));
        self.by_helper = ByPerson::of(helped, people);
    }

    fn find_heard(&mut self, people: usize) {
        let mut newest = FxHashMap::<&str, i64>::default();
        for row in 0..self.len() {
            let newest = newest.entry(self.place(row).0).or_insert(NEVER);
            *newest = self.last[row as usize].max(*newest);
        }
        let mut heard = vec![NEVER; people];
        for row in 0..self.len() {
            let newest = newest[self.place(row).0];
            for person in self.helpers(row).iter().chain([&self.openers[row as usize]]) {
                if let Some(heard) = heard.get_mut(*person as usize) {
                    *heard = newest.max(*heard);
                }
            }
        }
        self.heard = heard;
    }

    fn find_first(&mut self, people: usize) {
        let mut first = vec![NOBODY; people];
        let mut earliest = vec![i64::MAX; people];
        for row in 0..self.len() {
            let opened = self.opened[row as usize];
            for person in self.helpers(row).iter().chain([&self.openers[row as usize]]) {
                if let Some(earliest) = earliest.get_mut(*person as usize)
                    && opened != NEVER
                    && opened < *earliest
                {
                    *earliest = opened;
                    first[*person as usize] = row;
                }
            }
        }
        self.first = first;
    }

    fn add(&mut self, batch: &Batch, people: &People) -> Result<()> {
        let start = self.ids.len() as u32;
        for id in batch.texts("conversation_id")?.iter().flatten() {
            let id = Id::parse(id).ok_or_else(|| shape(&CONVERSATIONS, "a conversation's id is none"))?;
            self.ids.push(id);
        }
        self.add_places(batch)?;
        let openers = batch.texts("opener_person_id")?;
        self.openers.extend((0..batch.rows()).map(|row| people.find_or_nobody(text_at(openers, row))));
        for (name, column) in [
            ("opened", &mut self.opened),
            ("last_time", &mut self.last),
            ("waiting_since", &mut self.waiting_since),
            ("first_response", &mut self.first_response),
        ] {
            let times = batch.times(name)?;
            column.extend((0..batch.rows()).map(|row| times.at(row)));
        }
        let messages = batch.ints("messages")?.values().iter();
        self.messages.extend(messages.map(|count| u32::try_from(*count).unwrap_or_default()));
        self.question.extend(batch.bools("is_question")?.values().iter());
        for state in batch.texts("state")?.iter().flatten() {
            let state = State::parse(state).ok_or_else(|| shape(&CONVERSATIONS, "it holds a state not known here"))?;
            self.state.push(state);
        }
        for (name, tiers) in [("asked_tier", &mut self.asked), ("observed_tier", &mut self.observed)] {
            let column = batch.ints(name)?;
            tiers.extend(column.iter().map(|tier| tier.and_then(|tier| u8::try_from(tier).ok())));
        }
        for (name, lists) in [("helper_person_ids", &mut self.helpers), ("thanked_person_ids", &mut self.thanked)] {
            let column = batch.lists(name)?;
            (0..batch.rows()).for_each(|row| lists.push(column.at(row).map(|id| people.find_or_nobody(Some(id)))));
        }
        debug_assert_eq!(self.ids.len(), start as usize + batch.rows());
        Ok(())
    }

    fn add_places(&mut self, batch: &Batch) -> Result<()> {
        let (sources, channels) = (batch.texts("source")?, batch.texts("channel")?);
        let mut place = self.place.last().copied().unwrap_or_default();
        for row in 0..batch.rows() {
            // The table is sorted by source: most often it is the place of the row before.
            place = self.places.number(place, sources.value(row), channels.value(row));
            self.place.push(place);
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> u32 {
        self.ids.len() as u32
    }

    /// The number of its row in the table, whose files follow one another.
    pub(crate) fn table_row(&self, row: u32) -> u32 {
        self.table_rows.as_ref().map_or(row, |rows| rows.get(row as usize).copied().unwrap_or(u32::MAX))
    }

    /// A conversation by id, as written in the tables.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.row(Id::parse(id)?)
    }

    /// A conversation by id.
    pub(crate) fn row(&self, id: Id) -> Option<u32> {
        self.by_id.find(&self.ids, id)
    }

    /// The rows of the conversations that a person opened, ascending.
    pub(crate) fn opened_by(&self, person: u32) -> impl Iterator<Item = u32> {
        self.by_opener.rows(person).iter().copied()
    }

    /// The rows of the conversations of others that a person wrote in, ascending.
    pub(crate) fn helped_by(&self, person: u32) -> impl Iterator<Item = u32> {
        self.by_helper.rows(person).iter().copied()
    }

    /// Source and channel.
    pub(crate) fn place(&self, row: u32) -> (&str, &str) {
        self.places.get(self.place[row as usize])
    }

    /// People other than the opener who wrote in it, bots not counted, in order of first message.
    pub(crate) fn helpers(&self, row: u32) -> &[u32] {
        self.helpers.at(row)
    }

    /// Where the helpers of a conversation stand among the helpers of all, in their order.
    pub(crate) fn helper_places(&self, row: u32) -> Range<usize> {
        self.helpers.places(row)
    }

    /// People whose message was accepted, or who wrote last before the opener's thanks.
    pub(crate) fn thanked(&self, row: u32) -> &[u32] {
        self.thanked.at(row)
    }

    /// The earliest opened conversation that a person wrote in; none if nobody knows when.
    pub(crate) fn first_of(&self, person: u32) -> Option<u32> {
        self.first.get(person as usize).copied().filter(|row| *row != NOBODY)
    }

    /// Its latest time: of its last message, else of its first; [`NEVER`] if it has none.
    pub(crate) fn latest(&self, row: u32) -> i64 {
        match self.last[row as usize] {
            NEVER => self.opened[row as usize],
            last => last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_person() {
        let pairs = [(1, 10), (NOBODY, 11), (0, 12), (1, 13), (3, 14)];
        let by_person = ByPerson::of(pairs.into_iter(), 5);
        let found: Vec<&[u32]> = (0..6).map(|person| by_person.rows(person)).collect();
        assert_eq!(found, [&[12][..], &[10, 13], &[], &[14], &[], &[]]);
        assert!(ByPerson::default().rows(0).is_empty());
    }
}
