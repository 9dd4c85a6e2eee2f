//! Who is meant by a name in a query.

use model::tables::IDENTITIES;

use crate::columns::{each_batch, files};
use crate::{Community, Result};

impl Community {
    /// The people that a name in lower case may mean: by their id, where every word of it begins a word
    /// of their name, or if nobody is called that, by a whole address or nick.
    pub(crate) fn called(&self, name: &str) -> Result<Vec<u32>> {
        if let Some(person) = self.people.find(name) {
            return Ok(vec![person]);
        }
        let mut people = self.named(name)?;
        if people.is_empty() {
            people = self.with_identity(name)?;
        }
        Ok(people)
    }

    /// The people in whose name every word of `name` (in lower case) begins a word.
    pub(crate) fn named(&self, name: &str) -> Result<Vec<u32>> {
        let wanted = words(name);
        let Some(first) = wanted.first() else { return Ok(Vec::new()) };
        let names = (0..).zip(self.names()?);
        // Nearly all names are passed over by the cheaper look, which is made ready once and not for each.
        let look = memchr::memmem::Finder::new(first);
        let holds = |name: &str| look.find(name.as_bytes()).is_some();
        let called = names.filter(|(_, name)| holds(name) && begin(&wanted, &words(name)));
        Ok(called.map(|(person, _)| person).collect())
    }

    /// Those with an identity of this value (an address, a nick). Addresses are not kept in memory.
    fn with_identity(&self, value: &str) -> Result<Vec<u32>> {
        let mut people = Vec::new();
        let columns = ["person_id", "value", "email"];
        each_batch(&self.tables, &IDENTITIES, files(&self.manifest, &IDENTITIES), &columns, |batch| {
            let (ids, values, emails) = (batch.texts("person_id")?, batch.texts("value")?, batch.texts("email")?);
            let is = |row: &usize| values.value(*row) == value || crate::columns::text_at(emails, *row) == Some(value);
            people.extend((0..batch.rows()).filter(is).filter_map(|row| self.people.find(ids.value(row))));
            Ok(())
        })?;
        Ok(people)
    }
}

pub(crate) fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether every wanted word begins one of the words. None wanted is nobody.
pub(crate) fn begin(wanted: &[&str], words: &[&str]) -> bool {
    !wanted.is_empty() && wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}
