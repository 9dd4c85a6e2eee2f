//! What people made that names a knowledge area: commits and reviews by their subjects, pages by their titles,
//! talks by what they were called.

use archive::{Manifest, Tables};
use model::ActivityKind;
use model::tables::{ACTIVITIES, EVENTS, MESSAGES};
use rustc_hash::FxHashMap;

use super::{Areas, NOBODY, People, each_batch, files, text_at};
use crate::Result;

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Made {
    Change,
    Review,
    Page,
    Talk,
}

/// One thing that somebody made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) person: u32,
    pub(crate) made: Made,
    /// [`super::NEVER`] if unknown.
    pub(crate) time: i64,
}

/// Deeds by knowledge area.
#[derive(Debug, Default)]
pub(crate) struct Work {
    by_area: FxHashMap<u32, Vec<Deed>>,
}

impl Work {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People, areas: &Areas) -> Result<Work> {
        let mut work = Work::default();
        let talks = titles(tables, manifest)?;
        let columns = ["kind", "identity_id", "time", "object", "detail", "merge"];
        each_batch(tables, &ACTIVITIES, files(manifest, &ACTIVITIES), &columns, |batch| {
            let (kinds, times, merges) = (batch.texts("kind")?, batch.times("time")?, batch.bools("merge")?);
            let (identities, details) = (batch.texts("identity_id")?, batch.texts("detail")?);
            let objects = batch.texts("object")?;
            for row in 0..batch.rows() {
                let (Some(detail), false) = (text_at(details, row), merges.value(row)) else { continue };
                let Some(made) = made(kinds.value(row), detail) else { continue };
                let talk = || text_at(objects, row).and_then(|event| talks.get(event)).map(String::as_str);
                let Some(words) = (if made == Made::Talk { talk() } else { Some(detail) }) else { continue };
                let deed = Deed { person: people.of_identity(text_at(identities, row)), made, time: times.at(row) };
                work.add(deed, words, areas);
            }
            Ok(())
        })?;
        work.read_pages(tables, manifest, people, areas)?;
        work.by_area.values_mut().for_each(Vec::shrink_to_fit);
        Ok(work)
    }

    fn read_pages(&mut self, tables: &Tables, manifest: &Manifest, people: &People, areas: &Areas) -> Result<()> {
        for file in files(manifest, &MESSAGES) {
            let columns = ["kind", "identity_id", "time", "subject"];
            for batch in tables.read_where_in(file, "kind", &[model::MessageKind::Page.as_str()], &columns)? {
                let batch = super::Batch { table: &MESSAGES, batch };
                let (identities, times) = (batch.texts("identity_id")?, batch.times("time")?);
                let subjects = batch.texts("subject")?;
                for row in 0..batch.rows() {
                    let person = people.of_identity(text_at(identities, row));
                    let deed = Deed { person, made: Made::Page, time: times.at(row) };
                    self.add(deed, text_at(subjects, row).unwrap_or_default(), areas);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, deed: Deed, words: &str, areas: &Areas) {
        if deed.person != NOBODY {
            areas.named(words).into_iter().for_each(|area| self.by_area.entry(area).or_default().push(deed));
        }
    }

    /// What was made about an area, in no order.
    pub(crate) fn area(&self, area: u32) -> &[Deed] {
        self.by_area.get(&area).map_or(&[], Vec::as_slice)
    }
}

/// The titles of events, by their ids.
fn titles(tables: &Tables, manifest: &Manifest) -> Result<FxHashMap<String, String>> {
    let mut found = FxHashMap::default();
    each_batch(tables, &EVENTS, files(manifest, &EVENTS), &["event_id", "title"], |batch| {
        let (ids, titles) = (batch.texts("event_id")?, batch.texts("title")?);
        found.extend((0..batch.rows()).map(|row| (ids.value(row).to_owned(), titles.value(row).to_owned())));
        Ok(())
    })?;
    Ok(found)
}

fn made(kind: &str, detail: &str) -> Option<Made> {
    match ActivityKind::parse(kind)? {
        ActivityKind::Authored | ActivityKind::CoAuthored => Some(Made::Change),
        ActivityKind::Reviewed => Some(Made::Review),
        ActivityKind::Attended if detail.starts_with("speaker") => Some(Made::Talk),
        _ => None,
    }
}
