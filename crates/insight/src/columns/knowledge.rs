//! Who has shown to know what: knowledge areas, each with its people.

use archive::{Manifest, Tables};
use model::tables::KNOWLEDGE;
use rustc_hash::FxHashMap;

use super::{People, each_batch, files};
use crate::Result;

/// People kept for one area: beyond them nobody is suggested for having helped with it.
const PER_AREA: usize = 50;

/// One person's knowledge of one area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Knows {
    pub(crate) person: u32,
    /// Conversations of others on it that they wrote in.
    pub(crate) answered: u32,
    /// Those where they were accepted or thanked.
    pub(crate) thanked: u32,
    /// When they last did; [`super::NEVER`] if unknown.
    pub(crate) last: i64,
}

/// Areas as the table names them (`tag:…`, `channel:…`, `word:…`), each with those who helped most.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    areas: FxHashMap<Box<str>, Vec<Knows>>,
}

impl Knowledge {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People) -> Result<Knowledge> {
        let mut knowledge = Knowledge::default();
        let columns = ["person_id", "area", "answered", "thanked", "last_time"];
        each_batch(tables, &KNOWLEDGE, files(manifest, &KNOWLEDGE), &columns, |batch| {
            let (ids, areas, last) = (batch.texts("person_id")?, batch.texts("area")?, batch.times("last_time")?);
            let (answered, thanked) = (batch.ints("answered")?, batch.ints("thanked")?);
            let count = |value: i64| u32::try_from(value).unwrap_or_default();
            for row in 0..batch.rows() {
                let Some(person) = people.find(ids.value(row)) else { continue };
                let (answered, thanked) = (count(answered.value(row)), count(thanked.value(row)));
                let knows = Knows { person, answered, thanked, last: last.at(row) };
                match knowledge.areas.get_mut(areas.value(row)) {
                    Some(area) => area.push(knows),
                    None => drop(knowledge.areas.insert(areas.value(row).into(), vec![knows])),
                }
            }
            Ok(())
        })?;
        for area in knowledge.areas.values_mut() {
            area.sort_by_key(|knows| std::cmp::Reverse((knows.answered + knows.thanked, knows.last, knows.person)));
            area.truncate(PER_AREA);
        }
        Ok(knowledge)
    }

    /// Those who helped most with an area, most first.
    pub(crate) fn area(&self, name: &str) -> &[Knows] {
        self.areas.get(name).map_or(&[], Vec::as_slice)
    }
}
