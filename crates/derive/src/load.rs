//! Reads from the tables of before what a derive must know of every row: small columns only.

use std::collections::hash_map::Entry;
use std::sync::mpsc::sync_channel;

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{Array, RecordBatch};
use model::tables::{ACTIVITIES, CHANNELS, IDENTITIES, MESSAGES, SIGNALS, Table};
use model::{Id, IdentityKind, MessageKind};
use rustc_hash::FxHashMap;
use text::tier::Signs;
use text::{Meaning, Signal};

use crate::columns::{COLUMNS_OF_THEIR_OWN, Reading, some, some_time};
use crate::error::{DeriveError, Result};
use crate::fresh::{FreshActivity, addressed, subject};
use crate::links::{Answer, ChannelRow, Closed, IdentityRow, Link, Links, NONE, SEPARATOR, Sure, UNDATED, span};
use crate::marks::{Mark, Marks};
use crate::understand::mood;

const MESSAGE_COLUMNS: &[&str] = &[
    "message_id",
    "conversation_id",
    "source",
    "channel",
    "kind",
    "identity_id",
    "time",
    "position",
    "parent_ids",
    "threaded",
    "subject",
    "tags",
    "mentions",
    "accepted_id",
    "closed",
    "seen_in",
    "seen_count",
];
const SIGNAL_COLUMNS: &[&str] = &[
    "question",
    "answer",
    "thanks",
    "complaint",
    "frustration",
    "hostility",
    "story",
    "offer",
    "wants_docs",
    "announcement",
    "event",
    "code",
    "marks",
    "asked_signs",
    "sentiment",
    "meaning",
    "answers_id",
    "answers_confidence",
    "answers_why",
    "words",
];
const ACTIVITY_COLUMNS: &[&str] = &["activity_id", "source", "channel", "identity_id", "time"];
/// Batches read ahead: a few megabytes.
const AHEAD: usize = 8;

/// The files of a table in a manifest.
pub fn files<'a>(manifest: &'a Manifest, table: &Table) -> &'a [FileEntry] {
    manifest.tables.get(table.name).map_or(&[], |files| files)
}

/// Calls `each` with every batch of one file.
pub fn batches(
    tables: &Tables,
    entry: &FileEntry,
    columns: Option<&[&str]>,
    mut each: impl FnMut(RecordBatch) -> Result<()>,
) -> Result<()> {
    for batch in tables.read(entry, columns)? {
        each(batch?)?;
    }
    Ok(())
}

/// Calls `each` with every batch of several files, in order, and the file's place among them. The next
/// batches are read meanwhile.
fn read_ahead(
    tables: &Tables,
    wanted: &[(&FileEntry, &[&str])],
    mut each: impl FnMut(usize, RecordBatch) -> Result<()>,
) -> Result<()> {
    let (sender, receiver) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for (at, (entry, columns)) in wanted.iter().enumerate() {
                let sent = batches(tables, entry, Some(columns), |batch| {
                    // Nobody listens any more after an error elsewhere.
                    sender.send(Ok((at, batch))).map_err(|_| DeriveError::WorkerGone)
                });
                if let Err(error) = sent {
                    let _ = sender.send(Err(error));
                    return;
                }
            }
        });
        receiver.into_iter().try_for_each(|read| {
            let (at, batch) = read?;
            each(at, batch)
        })
    })
}

/// Adds every message of before. `sources` are the ids in the order of the configuration.
pub fn messages(tables: &Tables, before: &Manifest, sources: &[&str], links: &mut Links) -> Result<()> {
    let (messages, signals) = (files(before, &MESSAGES), files(before, &SIGNALS));
    let mut wanted = Vec::with_capacity(2 * messages.len());
    for entry in messages {
        let twin = signals.iter().find(|other| (&other.source, &other.month) == (&entry.source, &entry.month));
        let twin = twin.ok_or(DeriveError::Column { table: "signals", column: "message_id" })?;
        wanted.extend([(entry, MESSAGE_COLUMNS), (twin, SIGNAL_COLUMNS)]);
    }
    links.reserve(messages.iter().map(|entry| entry.rows as usize).sum());
    // Where the file that is being read begins, and how far its twin has come.
    let (mut file, mut first, mut at) = (usize::MAX, 0, 0);
    read_ahead(tables, &wanted, |number, batch| {
        if number != file {
            file = number;
            (first, at) = if number % 2 == 0 { (links.len(), links.len()) } else { (first, first) };
        }
        if number % 2 == 0 {
            let partition = links.partitions.number(&partition_name(wanted[number].0));
            return add_messages(&Reading { table: &MESSAGES, batch: &batch }, sources, partition, first, links);
        }
        add_signals(&Reading { table: &SIGNALS, batch: &batch }, at, links)?;
        at += batch.num_rows();
        Ok(())
    })
}

/// `source/month` of a partition's file.
pub fn partition_name(entry: &FileEntry) -> String {
    format!("{}/{}", entry.source.as_deref().unwrap_or_default(), entry.month.as_deref().unwrap_or_default())
}

fn add_messages(
    reading: &Reading<'_>,
    sources: &[&str],
    partition: u32,
    first: usize,
    links: &mut Links,
) -> Result<()> {
    let (ids, conversations) = (reading.text("message_id")?, reading.text("conversation_id")?);
    let (source, channel, kind) = (reading.text("source")?, reading.text("channel")?, reading.text("kind")?);
    let (author, accepted) = (reading.text("identity_id")?, reading.text("accepted_id")?);
    let closed = reading.text("closed")?;
    let (time, position, threaded) = (reading.time("time")?, reading.int("position")?, reading.bool("threaded")?);
    let (parents, tags, mentions) = (reading.texts("parent_ids")?, reading.texts("tags")?, reading.texts("mentions")?);
    let (subjects, seen, seen_count) =
        (reading.text("subject")?, reading.texts("seen_in")?, reading.int("seen_count")?);
    for row in 0..reading.batch.num_rows() {
        let id = read_id(ids.value(row))?;
        let (subject, reply) = subject(some(subjects, row));
        let start = links.refers.len() as u32;
        if threaded.value(row) {
            links.refers.extend(parents.row(row).filter_map(Id::parse).map(|id| id.short()));
        } else {
            links.refers.extend(mentions.row(row).map(|nick| addressed(source.value(row), nick)));
        }
        let author = some(author, row).and_then(Id::parse).and_then(|id| links.identity(&id));
        let place = sources.iter().position(|known| *known == source.value(row));
        let link = Link {
            id,
            kind: MessageKind::parse(kind.value(row)).unwrap_or(MessageKind::Post),
            threaded: threaded.value(row),
            reply,
            marks: Marks::default(),
            asked_signs: Signs::default(),
            mood: 0,
            answer: Answer::Unknown,
            time: some_time(time, row).unwrap_or(UNDATED),
            position: position.value(row),
            subject,
            closed: Closed::read(some(closed, row)),
            accepted: some(accepted, row).and_then(Id::parse).map_or(0, |id| id.short()),
            before: read_id(conversations.value(row))?.short(),
            author: author.unwrap_or(NONE),
            channel: links.channels.joined([source.value(row), channel.value(row)], "/"),
            partition,
            tags: links.tags.joined(tags.row(row), " "),
            seen: links.seen.joined(seen.row(row), SEPARATOR),
            seen_count: seen_count.value(row) as u32,
            batch: NONE,
            row: (links.len() - first) as u32,
            source: place.unwrap_or_default() as u32,
            refers: (start, links.refers.len() as u32),
        };
        links.add(link);
    }
    Ok(())
}

/// Adds the signals of the messages from number `first` on.
fn add_signals(reading: &Reading<'_>, first: usize, links: &mut Links) -> Result<()> {
    let own = COLUMNS_OF_THEIR_OWN.iter().map(|signal| Ok((*signal, reading.bool(signal.as_str())?)));
    let own = own.collect::<Result<Vec<_>>>()?;
    let (code, words, marks) = (reading.bool("code")?, reading.int("words")?, reading.texts("marks")?);
    let (signs, meanings) = (reading.int("asked_signs")?, reading.text("meaning")?);
    let (answers, why) = (reading.text("answers_id")?, reading.texts("answers_why")?);
    let (confidence, moods) = (reading.float("answers_confidence")?, reading.float("sentiment")?);
    for row in 0..reading.batch.num_rows() {
        let Some(link) = links.all.get_mut(first + row) else { break };
        let mut found = Marks::default();
        own.iter().filter(|(_, column)| column.value(row)).for_each(|(signal, _)| found.add(Mark::Said(*signal)));
        marks.row(row).filter_map(Signal::parse).for_each(|signal| found.add(Mark::Said(signal)));
        link.marks = found.sized(code.value(row), u32::try_from(words.value(row)).unwrap_or_default());
        link.asked_signs = Signs(signs.value(row) as u64);
        link.mood = mood(moods.value(row));
        if confidence.is_valid(row) {
            let sure = Sure { confidence: confidence.value(row) as f32, why: untangle::Why::parse(why.row(row)) };
            let to = some(answers, row).and_then(Id::parse).map(|id| id.short());
            link.answer = to.map_or(Answer::None(sure), |to| Answer::To(to, sure));
        }
        if let Some(meaning) = some(meanings, row).and_then(Meaning::from_text) {
            links.meanings.insert((first + row) as u32, meaning);
        }
    }
    Ok(())
}

fn read_id(text: &str) -> Result<Id> {
    Id::parse(text).ok_or(DeriveError::Column { table: "messages", column: "message_id" })
}

/// Adds every identity of before, without its counts: those are made anew.
pub fn identities(tables: &Tables, before: &Manifest, links: &mut Links) -> Result<()> {
    for entry in files(before, &IDENTITIES) {
        batches(tables, entry, None, |batch| {
            let reading = Reading { table: &IDENTITIES, batch: &batch };
            let (ids, source, kind) = (reading.text("identity_id")?, reading.text("source")?, reading.text("kind")?);
            let (value, name, email) = (reading.text("value")?, reading.text("name")?, reading.text("email")?);
            let (name_time, bot) = (reading.time("name_time")?, reading.bool("bot")?);
            let (account, same) = (reading.text("account")?, reading.texts("same_ids")?);
            for row in 0..batch.num_rows() {
                let name = some(name, row).map(str::to_owned);
                links.sight_identity(IdentityRow {
                    id: read_id(ids.value(row))?,
                    source: source.value(row).to_owned(),
                    kind: IdentityKind::parse(kind.value(row)).unwrap_or(IdentityKind::Name),
                    value: value.value(row).to_owned(),
                    name: name.map(|name| (some_time(name_time, row).unwrap_or(i64::MIN), name)),
                    email: some(email, row).map(str::to_owned),
                    account: some(account, row).map(str::to_owned),
                    same: same.row(row).filter_map(Id::parse).collect(),
                    bot: bot.value(row),
                    seen: None,
                    messages: 0,
                    activities: 0,
                });
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// What the activities of before come to.
#[derive(Default)]
pub struct Counted {
    ids: FxHashMap<u64, u32>,
    /// How many and from when to when, by the short id of who did them.
    people: FxHashMap<u64, (u64, Option<(i64, i64)>)>,
    /// The same by `source/channel`.
    channels: FxHashMap<String, (u64, Option<(i64, i64)>)>,
}

/// Counts every activity of before. `sources` are the ids in the order of the configuration.
pub fn activities(tables: &Tables, before: &Manifest, sources: &[&str]) -> Result<Counted> {
    let mut counted = Counted::default();
    counted.ids.reserve(files(before, &ACTIVITIES).iter().map(|entry| entry.rows as usize).sum());
    let count = |(count, seen): &mut (u64, Option<(i64, i64)>), time: Option<i64>| {
        *count += 1;
        *seen = time.map_or(*seen, |time| span(*seen, time));
    };
    let mut place = String::new();
    for entry in files(before, &ACTIVITIES) {
        let from = sources.iter().position(|source| Some(*source) == entry.source.as_deref());
        let from = from.unwrap_or_default() as u32;
        batches(tables, entry, Some(ACTIVITY_COLUMNS), |batch| {
            let reading = Reading { table: &ACTIVITIES, batch: &batch };
            let (ids, source, channel) =
                (reading.text("activity_id")?, reading.text("source")?, reading.text("channel")?);
            let (who, time) = (reading.text("identity_id")?, reading.time("time")?);
            for row in 0..batch.num_rows() {
                counted.ids.insert(read_id(ids.value(row))?.short(), from);
                let time = some_time(time, row);
                if let Some(who) = some(who, row).and_then(Id::parse) {
                    count(counted.people.entry(who.short()).or_default(), time);
                }
                place.clear();
                place.extend([source.value(row), "/", channel.value(row)]);
                match counted.channels.get_mut(&place) {
                    Some(counts) => count(counts, time),
                    None => count(counted.channels.entry(place.clone()).or_default(), time),
                }
            }
            Ok(())
        })?;
    }
    Ok(counted)
}

/// Adds what is known of the channels of before, without their counts.
pub fn channels(tables: &Tables, before: &Manifest, links: &mut Links) -> Result<()> {
    for entry in files(before, &CHANNELS) {
        batches(tables, entry, None, |batch| {
            let reading = Reading { table: &CHANNELS, batch: &batch };
            let (source, channel) = (reading.text("source")?, reading.text("channel")?);
            let (kind, title) = (reading.text("kind")?, reading.text("title")?);
            for row in 0..batch.num_rows() {
                let number = links.channels.number(&format!("{}/{}", source.value(row), channel.value(row)));
                let (kind, title) = (kind.value(row).to_owned(), some(title, row).map(str::to_owned));
                links.channel_rows.insert(number, ChannelRow { kind, title, activities: 0, seen: None });
            }
            Ok(())
        })?;
    }
    Ok(())
}

impl Links {
    /// Adds the counts of before; identities must be there already.
    pub fn add_activities(&mut self, counted: Counted) {
        self.activities = counted.ids;
        for identity in &mut self.identities {
            if let Some((count, seen)) = counted.people.get(&identity.id.short()) {
                (identity.activities, identity.seen) = (*count, *seen);
            }
        }
        for (place, (count, seen)) in counted.channels {
            let row = self.channel_rows.entry(self.channels.number(&place)).or_default();
            (row.activities, row.seen) = (count, seen);
        }
    }

    /// Counts an activity, of the source at `place` in the configuration; false if it was counted already.
    /// Of one seen in several sources, the first source's row counts: that it comes after another's is an
    /// error, after which everything is made from the archive in the order of the sources.
    pub fn count_activity(&mut self, place: u32, source: &str, fresh: &FreshActivity) -> Result<bool> {
        let FreshActivity { short, who, time, ref channel, .. } = *fresh;
        match self.activities.entry(short) {
            Entry::Occupied(known) if place < *known.get() => return Err(DeriveError::OutOfOrder),
            Entry::Occupied(_) => return Ok(false),
            Entry::Vacant(new) => new.insert(place),
        };
        if let Some(identity) = who.and_then(|id| self.identity(&id)) {
            let identity = &mut self.identities[identity as usize];
            identity.activities += 1;
            identity.seen = time.map_or(identity.seen, |time| span(identity.seen, time));
        }
        let number = self.channels.number(&format!("{source}/{channel}"));
        let row = self.channel_rows.entry(number).or_default();
        row.activities += 1;
        row.seen = time.map_or(row.seen, |time| span(row.seen, time));
        Ok(true)
    }
}
