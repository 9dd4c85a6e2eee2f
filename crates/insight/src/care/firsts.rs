//! First contributions of every kind in the last thirty days: to celebrate, to thank, and to ask for the second.

use model::ActivityKind;
use model::time::DAY;
use schemars::JsonSchema;
use serde::Serialize;

use super::guides::Told;
use super::{Circle, thanks};
use crate::columns::{Doing, Entry, Lives, Pages, State};
use crate::views::{FirstCount, FirstDeed, FirstView, Firsts};
use crate::{Community, Result};

/// How far back, in days.
const BACK: i64 = 30;

/// What was done for the first time, what counts most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstKind {
    /// A change to the code.
    Change,
    /// A review of somebody else's change.
    Review,
    /// A page of the documentation, or an edit of one.
    Page,
    /// An answer to somebody else's question.
    Answer,
    /// A report of a defect.
    Report,
    /// Coming to an event.
    Event,
    /// A message.
    Message,
}

/// Which first contributions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FirstsAsk {
    /// Of this kind only.
    pub kind: Option<FirstKind>,
    /// Pass over so many people.
    pub offset: usize,
    /// List at most so many people.
    pub limit: usize,
}

/// Somebody who did something for the first time.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(super) person: u32,
    /// What counts most first.
    pub(super) did: Vec<(FirstKind, Entry)>,
    pub(super) unanswered: bool,
}

impl FirstKind {
    /// Every kind, what counts most first.
    pub const ALL: &'static [FirstKind] = &[
        FirstKind::Change,
        FirstKind::Review,
        FirstKind::Page,
        FirstKind::Answer,
        FirstKind::Report,
        FirstKind::Event,
        FirstKind::Message,
    ];

    /// As it is written in addresses and twins.
    pub fn as_str(self) -> &'static str {
        match self {
            FirstKind::Change => "change",
            FirstKind::Review => "review",
            FirstKind::Page => "page",
            FirstKind::Answer => "answer",
            FirstKind::Report => "report",
            FirstKind::Event => "event",
            FirstKind::Message => "message",
        }
    }

    /// Reads what [`FirstKind::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<FirstKind> {
        FirstKind::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    fn of(entry: &Entry, pages: &Pages) -> Option<FirstKind> {
        use ActivityKind::{Attended, Authored, CoAuthored, Edited, Reported, Reviewed};
        let is_page = || entry.conversation().is_some_and(|row| pages.is_page(row));
        match entry.doing() {
            Doing::Opened if is_page() => Some(FirstKind::Page),
            Doing::Asked | Doing::Opened | Doing::Wrote => Some(FirstKind::Message),
            Doing::Helped => Some(FirstKind::Answer),
            Doing::Did(Authored | CoAuthored) => Some(FirstKind::Change),
            Doing::Did(Reviewed) => Some(FirstKind::Review),
            Doing::Did(Edited) => Some(FirstKind::Page),
            Doing::Did(Reported) => Some(FirstKind::Report),
            Doing::Did(Attended) => Some(FirstKind::Event),
            Doing::Did(_) => None,
        }
    }
}

/// When each kind of thing was done first, by whoever did `entries` (the latest first) until `now`.
pub(super) fn first_of_each(entries: &[Entry], pages: &Pages, now: i64) -> [Option<Entry>; FirstKind::ALL.len()] {
    let mut firsts = [None; FirstKind::ALL.len()];
    for entry in entries.iter().filter(|entry| entry.time() <= now) {
        if let Some(kind) = FirstKind::of(entry, pages) {
            firsts[kind as usize] = Some(*entry);
        }
    }
    firsts
}

impl Community {
    /// First contributions of the last thirty days, and who could be given the keys.
    pub fn firsts(&self, ask: &FirstsAsk) -> Result<Firsts> {
        self.settle(self.first_views(ask))
    }

    fn first_views(&self, ask: &FirstsAsk) -> Result<Firsts> {
        let circle = self.circle()?;
        let now = circle.moment.now;
        let arrived = self.arrived(now)?;
        let staff = |one: &&Arrived| !circle.marks.is_staff(one.person);
        let has = |one: &Arrived, wanted: FirstKind| one.did.iter().any(|(kind, _)| *kind == wanted);
        let count = |kind: &FirstKind| FirstCount {
            kind: *kind,
            people: arrived.iter().filter(staff).filter(|one| has(one, *kind)).count() as u64,
        };
        let kinds = FirstKind::ALL.iter().map(count).filter(|count| count.people > 0).collect();
        let fitting: Vec<&Arrived> =
            arrived.iter().filter(staff).filter(|one| ask.kind.is_none_or(|kind| has(one, kind))).collect();
        let shown = fitting.iter().skip(ask.offset).take(ask.limit);
        let mut told = Told::default();
        Ok(Firsts {
            as_of: now,
            from: now.saturating_sub(BACK * DAY),
            total: fitting.len() as u64,
            kinds,
            people: shown
                .filter_map(|one| self.first_view(one, &circle, &mut told).transpose())
                .collect::<Result<_>>()?,
            keys: self.ready_for_keys(&circle)?,
        })
    }

    pub(super) fn arrived(&self, now: i64) -> Result<std::sync::Arc<Vec<Arrived>>> {
        self.care.firsts.get(now, || self.find_arrived(now))
    }

    fn find_arrived(&self, now: i64) -> Result<Vec<Arrived>> {
        let (lives, pages) = (self.lives()?, self.pages()?);
        let from = now.saturating_sub(BACK * DAY);
        let people = (0..self.people.len() as u32).filter(|person| !self.people.is_bot(*person));
        let mut arrived: Vec<Arrived> =
            people.filter_map(|person| self.arrival(person, &lives, &pages, (from, now))).collect();
        arrived.sort_by_key(|one| {
            let first = one.did.first();
            let (kind, time) = first.map_or((FirstKind::Message, 0), |(kind, entry)| (*kind, entry.time()));
            (!one.unanswered, kind, std::cmp::Reverse(time), one.person)
        });
        Ok(arrived)
    }

    fn arrival(&self, person: u32, lives: &Lives, pages: &Pages, (from, now): (i64, i64)) -> Option<Arrived> {
        let entries = lives.of(person);
        let latest = entries.iter().find(|entry| entry.time() <= now)?;
        if latest.time() <= from {
            return None;
        }
        let firsts = first_of_each(entries, pages, now);
        let mut did: Vec<(FirstKind, Entry)> = FirstKind::ALL
            .iter()
            .zip(firsts)
            .filter_map(|(kind, entry)| Some((*kind, entry?)))
            .filter(|(_, entry)| entry.time() > from)
            .collect();
        // A first answer is a message as well: it is told of once. Who wrote before in any way writes no first message.
        let wrote_before = firsts.iter().flatten().any(|entry| entry.conversation().is_some() && entry.time() <= from);
        if wrote_before || did.len() > 1 {
            did.retain(|(kind, _)| *kind != FirstKind::Message);
        }
        let unanswered = did.iter().any(|(kind, entry)| *kind == FirstKind::Message && self.is_left_alone(entry));
        (!did.is_empty()).then_some(Arrived { person, did, unanswered })
    }

    /// Whether it is a question that nobody has answered.
    fn is_left_alone(&self, entry: &Entry) -> bool {
        let Some(row) = entry.conversation().filter(|_| entry.doing() == Doing::Asked) else { return false };
        self.conversations.state[row as usize] == State::Waiting && self.conversations.helpers(row).is_empty()
    }

    pub(super) fn first_view(&self, one: &Arrived, circle: &Circle, told: &mut Told) -> Result<Option<FirstView>> {
        let Some(person) = self.person_ref(one.person) else { return Ok(None) };
        let (lives, ranks) = (self.lives()?, self.ranks(circle.moment.now)?);
        let entries: Vec<Entry> = one.did.iter().map(|(_, entry)| *entry).collect();
        let views = self.entry_views(&entries, &lives)?;
        let did: Vec<FirstDeed> =
            one.did.iter().zip(views).map(|((kind, _), entry)| FirstDeed { kind: *kind, entry }).collect();
        // Whoever waits for an answer themselves is not asked to give one.
        let open = !one.unanswered && self.is_open_to(one.person, circle);
        let next = if open { self.next_asks(one.person, &circle.moment)?.into_iter().next() } else { None };
        let solved = one.did.iter().any(|(_, entry)| {
            let row = entry.conversation().map(|row| row as usize);
            row.is_some_and(|row| self.conversations.state[row] == State::Resolved)
        });
        let thanks = match one.unanswered {
            true => thanks::unanswered(&person.name, &did),
            false => thanks::draft(&person.name, &did, solved, next.as_ref()),
        };
        let mentor = self.mentor(one, circle, told)?;
        let level = ranks.level(one.person);
        Ok(Some(FirstView { person, level, did, unanswered: one.unanswered, thanks, next, mentor }))
    }
}
