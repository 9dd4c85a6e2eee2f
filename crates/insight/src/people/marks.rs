//! Tags that the team gave people, by person, kept as long as nothing is written on the desk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use desk::Desk;
use rustc_hash::FxHashMap;

use super::STAFF;
use crate::{Community, Result};

/// Who has which tag.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// The desk's latest step when they were read.
    step: i64,
    tags: FxHashMap<u32, BTreeSet<String>>,
    all: BTreeSet<String>,
}

impl Marks {
    /// The desk's latest step when they were read.
    pub(crate) fn step(&self) -> i64 {
        self.step
    }

    pub(crate) fn of(&self, person: u32) -> impl Iterator<Item = &str> {
        self.tags.get(&person).into_iter().flatten().map(String::as_str)
    }

    pub(crate) fn has(&self, person: u32, tag: &str) -> bool {
        self.tags.get(&person).is_some_and(|tags| tags.contains(tag))
    }

    pub(crate) fn is_staff(&self, person: u32) -> bool {
        self.has(person, STAFF)
    }

    /// Every tag that anybody has, sorted.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(String::as_str)
    }
}

impl Community {
    /// The desk, to be read; `None` where there is none yet.
    pub(crate) fn desk(&self) -> Result<Option<Desk>> {
        if !self.desk_file.exists() {
            return Ok(None);
        }
        Ok(Some(Desk::open_read_only(&self.desk_file)?))
    }

    pub(crate) fn marks(&self, desk: Option<&Desk>) -> Result<Arc<Marks>> {
        let Some(desk) = desk else { return Ok(Arc::default()) };
        let step = desk.latest_step()?;
        if let Some(marks) = self.marks.get().filter(|marks| marks.step == step) {
            return Ok(marks);
        }
        let marks = Arc::new(self.read_marks(desk.people_tags()?, step));
        self.marks.put(marks.clone());
        Ok(marks)
    }

    fn read_marks(&self, given: BTreeMap<String, BTreeSet<String>>, step: i64) -> Marks {
        let mut marks = Marks { step, ..Marks::default() };
        for (id, tags) in given {
            // Who was merged since has the tags of both.
            if let Some(person) = self.people.find(&id) {
                marks.all.extend(tags.iter().cloned());
                marks.tags.entry(person).or_default().extend(tags);
            }
        }
        marks
    }
}
