//! What each person did in each channel, by kind: when first, when last, how often.
//!
//! Whoever asks who is new, who came to do more and who never came back would otherwise read everything that was ever
//! said and done.

use archive::{Manifest, Tables};
use arrow::array::RecordBatch;
use model::tables::{ACTIVITIES, DOINGS};
use model::{ActivityKind, Id};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::{Filling, Reading, some, some_time};
use crate::conversations::Conversations;
use crate::error::Result;
use crate::links::{Links, NONE, UNDATED, span};
use crate::load::{batches, files};
use crate::people::People;

/// Kinds that are no activity: any message, a question, a first answer to somebody else's question.
const WROTE: &str = "wrote";
const ASKED: &str = "asked";
const ANSWERED: &str = "answered";

/// The activities that add to the project; merges of branches are none.
const ADDS: &[ActivityKind] = &[
    ActivityKind::Authored,
    ActivityKind::CoAuthored,
    ActivityKind::Committed,
    ActivityKind::Edited,
    ActivityKind::Merged,
    ActivityKind::Released,
    ActivityKind::Reported,
    ActivityKind::Reviewed,
    ActivityKind::Tested,
];

/// Person, kind, number of the channel.
type Key = (u32, &'static str, u32);

/// How often, and from when to when.
type Did = FxHashMap<Key, (i64, Option<(i64, i64)>)>;

/// The rows of the table; `manifest` holds all activities already.
pub fn read(
    tables: &Tables,
    manifest: &Manifest,
    links: &Links,
    people: &People,
    conversations: &Conversations,
) -> Result<RecordBatch> {
    let mut did = Did::default();
    said(links, people, conversations, &mut did);
    done(tables, manifest, links, people, &mut did)?;
    let mut rows: Vec<_> = did
        .into_iter()
        .map(|((person, kind, channel), did)| {
            let (source, channel) = links.channels.text(channel).split_once('/').unwrap_or_default();
            ((kind, person, source, channel), did)
        })
        .collect();
    rows.sort_unstable();
    let mut filling = Filling::new(&DOINGS);
    for ((kind, person, source, channel), (count, seen)) in rows {
        filling
            .text(people.id(links, person))
            .text(kind)
            .text(source)
            .text(channel)
            .time(seen.map(|(first, _)| first))
            .time(seen.map(|(_, last)| last))
            .int(count);
    }
    filling.finish()
}

fn add(did: &mut Did, key: Key, time: Option<i64>, counts: bool) {
    let (count, seen) = did.entry(key).or_default();
    *count += i64::from(counts);
    *seen = time.map_or(*seen, |time| span(*seen, time));
}

/// Messages: written, asked with, answered with.
fn said(links: &Links, people: &People, conversations: &Conversations, did: &mut Did) {
    let mut helped = FxHashSet::default();
    for (at, link) in links.all.iter().enumerate().filter(|(_, link)| link.channel != NONE) {
        let Some(person) = people.person(link.author) else { continue };
        let time = Some(link.time).filter(|time| *time != UNDATED);
        add(did, (person, WROTE, link.channel), time, true);
        let number = conversations.of[at];
        let conversation = &conversations.all[number as usize];
        if conversation.question && conversation.opening as usize == at {
            add(did, (person, ASKED, link.channel), time, true);
        } else if conversation.question && conversation.helpers.contains(&person) {
            // A conversation counts once for each who took part, by their first message in it as well as their last.
            add(did, (person, ANSWERED, link.channel), time, helped.insert((person, number)));
        }
    }
}

/// Activities, of before and new.
fn done(tables: &Tables, manifest: &Manifest, links: &Links, people: &People, did: &mut Did) -> Result<()> {
    let numbers: FxHashMap<&str, u32> =
        (0..links.channels.len() as u32).map(|number| (links.channels.text(number), number)).collect();
    let columns = ["source", "channel", "kind", "identity_id", "time", "merge"];
    let mut place = String::new();
    for entry in files(manifest, &ACTIVITIES) {
        batches(tables, entry, Some(&columns), |batch| {
            let reading = Reading { table: &ACTIVITIES, batch: &batch };
            let (source, channel, kind) = (reading.text("source")?, reading.text("channel")?, reading.text("kind")?);
            let (who, time, merge) = (reading.text("identity_id")?, reading.time("time")?, reading.bool("merge")?);
            for row in 0..batch.num_rows() {
                let kind = ADDS.iter().map(|kind| kind.as_str()).find(|known| *known == kind.value(row));
                let Some(kind) = kind.filter(|_| !merge.value(row)) else { continue };
                let identity = some(who, row).and_then(Id::parse).and_then(|id| links.identity(&id));
                let Some(person) = identity.and_then(|identity| people.person(identity)) else { continue };
                place.clear();
                place.extend([source.value(row), "/", channel.value(row)]);
                let Some(number) = numbers.get(place.as_str()) else { continue };
                add(did, (person, kind, *number), some_time(time, row), true);
            }
            Ok(())
        })?;
    }
    Ok(())
}
