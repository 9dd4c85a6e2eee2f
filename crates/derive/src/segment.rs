//! One segment's items to rows, laid out in columns by month.

use std::panic::{AssertUnwindSafe, catch_unwind};

use archive::Archive;
use model::tables::ACTIVITIES;
use model::{Id, Item, Message, Problem, Rows, Stage, Timestamp, time};
use rustc_hash::FxHashMap;
use source::run::{PROBLEM_KIND, StoredProblem};
use source::{Normalizer, erase};

use crate::columns::{Beside, Filling, WideFilling, push_activity};
use crate::error::Result;
use crate::facts::facts;
use crate::fresh::{FreshActivity, FreshLink, SegmentRows, addressed, subject};
use crate::links::{Answer, Closed, IdentityRow, Link, NONE, UNDATED};
use crate::people::is_bot;
use crate::understand::Understood;

/// The partition of what has no date at all.
const NO_MONTH: &str = "unknown";

/// Turns the items of a segment into rows. `taken_back` tells the rows of items that a later one replaced.
pub fn segment(
    archive: &Archive,
    id: &str,
    source: usize,
    number: u64,
    normalizer: &Normalizer,
    taken_back: impl Fn(u64) -> bool,
) -> Result<SegmentRows> {
    let segment = archive.segment(id, number)?;
    let mut making = Making::new(id, source, number, segment.head().collected_at);
    let (mut items, mut item, mut rows) = (segment.items()?, Item::default(), Rows::default());
    while let Some(row) = items.read(&mut item)? {
        if taken_back(row) {
            continue;
        }
        if item.kind == PROBLEM_KIND {
            making.stored_problem(&item.bytes);
            continue;
        }
        if item.kind == erase::KIND {
            match erase::rows(&item.bytes) {
                Some(read) => rows = read,
                None => making.problem("unreadable erased item", "", None, "written by another version of the program"),
            }
            making.take(&mut rows, row);
            continue;
        }
        // A normalizer must not panic; if one does, its neighbours still count.
        if catch_unwind(AssertUnwindSafe(|| normalizer(&item, &mut rows))).is_err() {
            rows = Rows::default();
            making.problem("normalizer failed", &item.id, None, "a defect in the program; please report it");
        }
        making.take(&mut rows, row);
    }
    making.finish()
}

struct Making<'a> {
    id: &'a str,
    number: u64,
    collected_at: Timestamp,
    rows: SegmentRows,
    messages: Months<WideFilling>,
    activities: Months<Filling>,
    identities: FxHashMap<Id, IdentityRow>,
}

struct Months<T> {
    places: FxHashMap<String, usize>,
    fillings: Vec<(String, T, u32)>,
}

impl<T> Months<T> {
    /// The place, the filling and the next row of a month.
    fn of(&mut self, month: &str, new: impl FnOnce() -> T) -> (usize, &mut T, u32) {
        let place = match self.places.get(month) {
            Some(place) => *place,
            None => {
                self.places.insert(month.to_owned(), self.fillings.len());
                self.fillings.push((month.to_owned(), new(), 0));
                self.fillings.len() - 1
            }
        };
        let (_, filling, rows) = &mut self.fillings[place];
        *rows += 1;
        (place, filling, *rows - 1)
    }
}

impl<T> Default for Months<T> {
    fn default() -> Self {
        Months { places: FxHashMap::default(), fillings: Vec::new() }
    }
}

impl<'a> Making<'a> {
    fn new(id: &'a str, source: usize, number: u64, collected_at: Timestamp) -> Self {
        Making {
            id,
            number,
            collected_at,
            rows: SegmentRows { source, ..SegmentRows::default() },
            messages: Months::default(),
            activities: Months::default(),
            identities: FxHashMap::default(),
        }
    }

    fn problem(&mut self, what: &str, file: &str, offset: Option<u64>, detail: &str) {
        let (what, file, detail) = (what.to_owned(), file.to_owned(), detail.to_owned());
        self.rows.problems.push(Problem { stage: Stage::Normalize, what, file, offset, detail });
    }

    fn stored_problem(&mut self, bytes: &[u8]) {
        match serde_json::from_slice::<StoredProblem>(bytes) {
            Ok(StoredProblem { what, file, offset, detail }) => {
                self.rows.problems.push(Problem { stage: Stage::Collect, what, file, offset, detail });
            }
            Err(_) => self.problem("unreadable problem", "", None, "written by another version of the program"),
        }
    }

    fn take(&mut self, rows: &mut Rows, row: u64) {
        for identity in rows.identities.drain(..) {
            self.identity(identity);
        }
        for channel in rows.channels.drain(..) {
            self.rows.channels.entry(channel.name.clone()).or_insert(channel);
        }
        self.rows.problems.append(&mut rows.problems);
        self.rows.same.append(&mut rows.same);
        self.rows.facts.extend(facts(rows));
        for message in rows.messages.drain(..) {
            self.message(&message, row);
        }
        for activity in rows.activities.drain(..) {
            let time = activity.time.filter(|time| time::is_plausible(*time, self.collected_at));
            if time.is_none() && activity.time.is_some() {
                self.problem("date cannot be", &activity.channel, None, activity.kind.as_str());
            }
            let month = time.map_or_else(|| NO_MONTH.to_owned(), time::month);
            let (place, filling, at) = self.activities.of(&month, || Filling::new(&ACTIVITIES));
            push_activity(filling, &activity, self.id, &month, time);
            self.rows.acts.push(FreshActivity {
                short: activity.id.short(),
                who: activity.who,
                time,
                channel: activity.channel,
                place: (place, at),
            });
        }
    }

    fn identity(&mut self, identity: model::Identity) {
        let bot = is_bot(&identity);
        let model::Identity { id, kind, value, name, email, account, seen, .. } = identity;
        let name = name.map(|name| (seen.unwrap_or(i64::MIN), name));
        match self.identities.get_mut(&id) {
            Some(known) => {
                known.bot |= bot;
                known.email = known.email.take().or(email);
                known.account = known.account.take().or(account);
                if name > known.name {
                    known.name = name;
                }
            }
            None => {
                let source = self.id.to_owned();
                let (messages, activities) = (0, 0);
                let same = Vec::new();
                let row = IdentityRow {
                    id,
                    source,
                    kind,
                    value,
                    name,
                    email,
                    account,
                    same,
                    bot,
                    seen: None,
                    messages,
                    activities,
                };
                self.identities.insert(id, row);
            }
        }
    }

    fn message(&mut self, message: &Message, item_row: u64) {
        let (time, estimated) = self.time(message);
        if time.is_none() && message.time.is_some() {
            self.problem("date cannot be", &message.channel, None, "it lies after the message was collected");
        }
        let month = time.map_or_else(|| NO_MONTH.to_owned(), time::month);
        let understood = Understood::new(message);
        let item = format!("{}/{}/{item_row}", self.id, self.number);
        let (place, filling, row) = self.messages.of(&month, WideFilling::new);
        let beside =
            Beside { source: self.id, month: &month, time: (time, estimated), item: &item, understood: &understood };
        filling.push(message, &beside);
        let (subject, reply) = subject(message.subject.as_deref());
        let link = Link {
            id: message.id,
            kind: message.kind,
            threaded: message.threaded,
            reply,
            marks: understood.marks,
            asked_signs: understood.asked_signs,
            mood: understood.mood(),
            answer: Answer::Unknown,
            time: time.unwrap_or(UNDATED),
            position: message.order,
            subject,
            closed: Closed::read(message.closed.as_deref()),
            accepted: message.accepted.map_or(0, |id| id.short()),
            before: 0,
            author: NONE,
            channel: NONE,
            partition: NONE,
            tags: 0,
            seen: 0,
            seen_count: 1,
            batch: NONE,
            row,
            source: self.rows.source as u32,
            refers: (0, 0),
        };
        self.rows.links.push(FreshLink {
            link,
            author: message.author,
            channel: message.channel.clone(),
            tags: message.tags.join(" "),
            refers: refers(message, self.id),
            meaning: understood.meaning,
            month: place,
        });
    }

    /// The time to write: the source's if it can be, else its best guess.
    fn time(&self, message: &Message) -> (Option<i64>, bool) {
        let plausible = |time: &i64| time::is_plausible(*time, self.collected_at);
        match message.time.filter(plausible) {
            Some(time) => (Some(time), false),
            None => (message.time_guess.filter(plausible), true),
        }
    }

    fn finish(self) -> Result<SegmentRows> {
        let mut rows = self.rows;
        for (month, mut filling, _) in self.messages.fillings {
            rows.messages.push((month, filling.finish()?));
        }
        for (month, mut filling, _) in self.activities.fillings {
            rows.activities.push((month, filling.finish()?));
        }
        rows.identities = self.identities.into_values().collect();
        rows.identities.sort_by_key(|identity| identity.id);
        Ok(rows)
    }
}

/// What a message refers to: its parents, or in chat the identities it addresses.
fn refers(message: &Message, source: &str) -> Vec<u64> {
    match message.threaded {
        true => message.parents.iter().map(Id::short).collect(),
        false => message.mentions.iter().map(|nick| addressed(source, nick)).collect(),
    }
}
