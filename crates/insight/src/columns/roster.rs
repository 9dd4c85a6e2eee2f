//! What lists of people show of each: counts, organizations, what they know. Read once per snapshot.

use archive::{Manifest, Tables};
use model::tables::{AFFILIATIONS, IDENTITIES, KNOWLEDGE, PEOPLE};
use rustc_hash::FxHashMap;

use super::{NOBODY, People, each_batch, files, known, text_at};
use crate::{Result, names};

/// What one person did, in numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) messages: u32,
    pub(crate) activities: u32,
    pub(crate) asked: u32,
    pub(crate) helped: u32,
    pub(crate) thanked: u32,
}

/// Somebody's time at an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stay {
    pub(crate) person: u32,
    /// Number into [`Roster::organizations`].
    pub(crate) organization: u32,
    /// Microseconds UTC, if known.
    pub(crate) from: Option<i64>,
    /// Microseconds UTC, that instant not included, if it ended.
    pub(crate) until: Option<i64>,
    /// Number into [`Roster::bases`].
    pub(crate) basis: u32,
}

/// What a person helped with, and how often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) person: u32,
    /// Number into [`Roster::areas`].
    pub(crate) area: u32,
    pub(crate) answered: u32,
}

/// One entry per person where nothing else is said.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) counts: Vec<Counts>,
    /// In lower case: the names and nicks a person goes by, one per line. No addresses.
    pub(crate) called: Vec<Box<str>>,
    /// By person.
    pub(crate) stays: Vec<Stay>,
    /// By person, what they helped with most first.
    pub(crate) knows: Vec<Area>,
    pub(crate) organizations: Names,
    pub(crate) areas: Names,
    pub(crate) bases: Names,
    /// Identities (rows of their table in the order of the manifest) by person.
    identities: Vec<(u32, u32)>,
}

/// Texts, numbered.
#[derive(Debug, Default)]
pub(crate) struct Names {
    list: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |name| name)
    }

    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }
}

impl Roster {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest, people: &People) -> Result<Roster> {
        let mut roster = Roster { counts: vec![Counts::default(); people.len()], ..Roster::default() };
        roster.read_counts(tables, manifest, people)?;
        roster.read_names(tables, manifest, people)?;
        roster.read_stays(tables, manifest, people)?;
        roster.read_areas(tables, manifest, people)?;
        Ok(roster)
    }

    fn read_counts(&mut self, tables: &Tables, manifest: &Manifest, people: &People) -> Result<()> {
        let columns = ["person_id", "messages", "activities", "asked", "helped", "thanked"];
        each_batch(tables, &PEOPLE, files(manifest, &PEOPLE), &columns, |batch| {
            let ids = batch.texts("person_id")?;
            for row in 0..batch.rows() {
                let small =
                    |name| Ok::<_, crate::InsightError>(u32::try_from(batch.count(name, row)?).unwrap_or(u32::MAX));
                let person = people.find_or_nobody(Some(ids.value(row)));
                if let Some(counts) = self.counts.get_mut(person as usize) {
                    *counts = Counts {
                        messages: small("messages")?,
                        activities: small("activities")?,
                        asked: small("asked")?,
                        helped: small("helped")?,
                        thanked: small("thanked")?,
                    };
                }
            }
            Ok(())
        })
    }

    fn read_names(&mut self, tables: &Tables, manifest: &Manifest, people: &People) -> Result<()> {
        let mut called: Vec<String> = people.names.iter().map(|name| name.to_lowercase()).collect();
        let mut at = 0;
        let columns = ["person_id", "kind", "value", "name"];
        each_batch(tables, &IDENTITIES, files(manifest, &IDENTITIES), &columns, |batch| {
            let (ids, kinds) = (batch.texts("person_id")?, batch.texts("kind")?);
            let (values, shown) = (batch.texts("value")?, batch.texts("name")?);
            for row in 0..batch.rows() {
                let person = people.find_or_nobody(Some(ids.value(row)));
                self.identities.push((person, at));
                at += 1;
                let Some(called) = called.get_mut(person as usize) else { continue };
                let nick = (kinds.value(row) == model::IdentityKind::Nick.as_str()).then(|| values.value(row));
                for name in [text_at(shown, row), nick].into_iter().flatten().filter_map(names::presentable) {
                    let name = name.to_lowercase();
                    if !called.split('\n').any(|known| known == name) {
                        called.push('\n');
                        called.push_str(&name);
                    }
                }
            }
            Ok(())
        })?;
        self.identities.sort_unstable();
        self.called = called.into_iter().map(String::into_boxed_str).collect();
        Ok(())
    }

    fn read_stays(&mut self, tables: &Tables, manifest: &Manifest, people: &People) -> Result<()> {
        let columns = ["person_id", "organization", "from_time", "until_time", "basis"];
        each_batch(tables, &AFFILIATIONS, files(manifest, &AFFILIATIONS), &columns, |batch| {
            let (ids, organizations, bases) =
                (batch.texts("person_id")?, batch.texts("organization")?, batch.texts("basis")?);
            let (from, until) = (batch.times("from_time")?, batch.times("until_time")?);
            for row in 0..batch.rows() {
                let person = people.find_or_nobody(Some(ids.value(row)));
                let name = names::one_line(organizations.value(row));
                if person == NOBODY || name.is_empty() || name.contains('@') {
                    continue;
                }
                let (organization, basis) = (self.organizations.number(&name), self.bases.number(bases.value(row)));
                let (from, until) = (known(from.at(row)), known(until.at(row)));
                self.stays.push(Stay { person, organization, from, until, basis });
            }
            Ok(())
        })?;
        self.stays.sort_by_key(|stay| (stay.person, std::cmp::Reverse(stay.from), stay.organization));
        // One stay may be known of several identities.
        self.stays.dedup();
        Ok(())
    }

    fn read_areas(&mut self, tables: &Tables, manifest: &Manifest, people: &People) -> Result<()> {
        let columns = ["person_id", "area", "answered"];
        each_batch(tables, &KNOWLEDGE, files(manifest, &KNOWLEDGE), &columns, |batch| {
            let (ids, areas, answered) = (batch.texts("person_id")?, batch.texts("area")?, batch.ints("answered")?);
            for row in 0..batch.rows() {
                let person = people.find_or_nobody(Some(ids.value(row)));
                // Where somebody helps is said of channels already.
                let Some(("tag" | "word", name)) = areas.value(row).split_once(':') else { continue };
                if person == NOBODY || name.contains('@') {
                    continue;
                }
                let area = self.areas.number(name);
                self.knows.push(Area {
                    person,
                    area,
                    answered: u32::try_from(answered.value(row)).unwrap_or_default(),
                });
            }
            Ok(())
        })?;
        self.knows.sort_by_key(|knows| (knows.person, std::cmp::Reverse(knows.answered), knows.area));
        Ok(())
    }

    /// Where a person is and was, the latest first.
    pub(crate) fn stays_of(&self, person: u32) -> &[Stay] {
        of(&self.stays, person, |stay| stay.person)
    }

    /// What a person helped with, most first.
    pub(crate) fn knows_of(&self, person: u32) -> &[Area] {
        of(&self.knows, person, |knows| knows.person)
    }

    /// The rows of a person's identities in their table, counted through its files.
    pub(crate) fn identities_of(&self, person: u32) -> impl Iterator<Item = u64> {
        of(&self.identities, person, |(person, _)| *person).iter().map(|(_, row)| u64::from(*row))
    }
}

impl Stay {
    /// Whether somebody is there at a time.
    pub(crate) fn is_at(&self, time: i64) -> bool {
        self.from.is_none_or(|from| from <= time) && self.until.is_none_or(|until| until > time)
    }
}

/// A person's part of what is sorted by person.
fn of<T>(all: &[T], person: u32, key: impl Fn(&T) -> u32) -> &[T] {
    let start = all.partition_point(|one| key(one) < person);
    let length = all[start..].partition_point(|one| key(one) == person);
    &all[start..start + length]
}
