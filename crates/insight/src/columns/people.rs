//! Who there is: the people, and which identity is whose.

use archive::{Manifest, Tables};
use model::Id;
use model::tables::{IDENTITIES, PEOPLE};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{NOBODY, each_batch, files, shape, text_at};
use crate::{Result, names};

/// One entry per person in every column, in the order of the table.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) ids: Vec<Id>,
    /// As they may be shown.
    pub(crate) names: Vec<Box<str>>,
    pub(crate) bots: Vec<bool>,
    pub(crate) first_seen: Vec<i64>,
    pub(crate) last_seen: Vec<i64>,
    /// Questions of others they wrote in.
    pub(crate) helped: Vec<i64>,
    by_id: FxHashMap<Id, u32>,
    by_identity: FxHashMap<Id, u32>,
}

impl People {
    pub(crate) fn read(tables: &Tables, manifest: &Manifest) -> Result<People> {
        let mut people = People::default();
        let mut nameless = people.read_people(tables, manifest)?;
        people.read_identities(tables, manifest, &mut nameless)?;
        for person in nameless {
            people.names[person as usize] = names::stand_in(people.ids[person as usize]).into();
        }
        Ok(people)
    }

    /// Gives the people without a name that may be shown.
    fn read_people(&mut self, tables: &Tables, manifest: &Manifest) -> Result<Vec<u32>> {
        let mut nameless = Vec::new();
        let columns = ["person_id", "name", "bot", "first_seen", "last_seen", "helped"];
        each_batch(tables, &PEOPLE, files(manifest, &PEOPLE), &columns, |batch| {
            let (ids, names, bots) = (batch.texts("person_id")?, batch.texts("name")?, batch.bools("bot")?);
            let (first, last) = (batch.times("first_seen")?, batch.times("last_seen")?);
            self.helped.extend(batch.ints("helped")?.values());
            for row in 0..batch.rows() {
                let person = self.ids.len() as u32;
                let id = Id::parse(ids.value(row)).ok_or_else(|| shape(&PEOPLE, "a person's id is none"))?;
                let name = text_at(names, row).and_then(names::presentable);
                if name.is_none() {
                    nameless.push(person);
                }
                self.ids.push(id);
                self.names.push(name.unwrap_or_default().into());
                self.bots.push(bots.value(row));
                self.first_seen.push(first.at(row));
                self.last_seen.push(last.at(row));
                self.by_id.insert(id, person);
            }
            Ok(())
        })?;
        Ok(nameless)
    }

    /// Whose each identity is; a nick names those who have no name.
    fn read_identities(&mut self, tables: &Tables, manifest: &Manifest, nameless: &mut Vec<u32>) -> Result<()> {
        let columns = ["identity_id", "person_id", "kind", "value"];
        each_batch(tables, &IDENTITIES, files(manifest, &IDENTITIES), &columns, |batch| {
            let (ids, people) = (batch.texts("identity_id")?, batch.texts("person_id")?);
            let (kinds, values) = (batch.texts("kind")?, batch.texts("value")?);
            for row in 0..batch.rows() {
                let person = self.find(people.value(row));
                let (Some(id), Some(person)) = (Id::parse(ids.value(row)), person) else { continue };
                self.by_identity.insert(id, person);
                let name = &mut self.names[person as usize];
                if name.is_empty()
                    && kinds.value(row) == model::IdentityKind::Nick.as_str()
                    && let Some(nick) = names::presentable(values.value(row))
                {
                    *name = nick.into();
                }
            }
            Ok(())
        })?;
        nameless.retain(|person| self.names[*person as usize].is_empty());
        Ok(())
    }

    /// A person by id: the one of the tables, or any identity's, which was the person's before a merge.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        let id = Id::parse(id)?;
        self.by_id.get(&id).or_else(|| self.by_identity.get(&id)).copied()
    }

    /// A person by id; [`NOBODY`] for none or an unknown one.
    pub(crate) fn find_or_nobody(&self, id: Option<&str>) -> u32 {
        id.and_then(|id| self.find(id)).unwrap_or(NOBODY)
    }

    /// The person behind an identity; [`NOBODY`] for none or an unknown one.
    pub(crate) fn of_identity(&self, id: Option<&str>) -> u32 {
        id.and_then(Id::parse).and_then(|id| self.by_identity.get(&id).copied()).unwrap_or(NOBODY)
    }

    /// The identities of some people, in no particular order.
    pub(crate) fn identities(&self, people: &FxHashSet<u32>) -> impl Iterator<Item = Id> {
        self.by_identity.iter().filter(|(_, person)| people.contains(person)).map(|(id, _)| *id)
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether this is a known person who is a bot.
    pub(crate) fn is_bot(&self, person: u32) -> bool {
        self.bots.get(person as usize).copied().unwrap_or(false)
    }
}
