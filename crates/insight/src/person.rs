//! One person: their identities, what they did, what they know.

use model::IdentityKind;
use model::tables::{KNOWLEDGE, Table};

use crate::columns::{Batch, files, known};
use crate::helpers::knows;
use crate::views::{ConversationRef, IdentityView, PersonPage};
use crate::{Community, InsightError, Result, names};

/// Conversations shown.
const CONVERSATIONS: usize = 50;
/// Knowledge areas shown.
const AREAS: usize = 20;

impl Community {
    /// A person by id; `None` if there is none of that id.
    pub fn person(&self, id: &str) -> Result<Option<PersonPage>> {
        let person = self.people.find(id);
        Ok(person.map(|person| self.settle(self.person_page(person))).transpose()?.flatten())
    }

    pub(crate) fn person_page(&self, person: u32) -> Result<Option<PersonPage>> {
        let Some(reference) = self.person_ref(person) else { return Ok(None) };
        let counts = self.roster()?.counts.get(person as usize).copied().unwrap_or_default();
        Ok(Some(PersonPage {
            bot: self.people.is_bot(person),
            identities: self.identities(person)?,
            first_seen: known(self.people.first_seen[person as usize]),
            last_seen: known(self.people.last_seen[person as usize]),
            messages: counts.messages.into(),
            activities: counts.activities.into(),
            asked: counts.asked.into(),
            helped: counts.helped.into(),
            thanked: counts.thanked.into(),
            knows: self.knows(&reference.id)?,
            conversations: self.latest_conversations(person)?,
            person: reference,
        }))
    }

    fn identities(&self, person: u32) -> Result<Vec<IdentityView>> {
        let mut identities = Vec::new();
        self.identities_of(person, &["source", "kind", "value", "name", "proof"], |batch, row| {
            let text = |name| batch.text(name, row);
            let kind = text("kind")?.unwrap_or_default();
            let nick = text("value")?.filter(|_| kind == IdentityKind::Nick.as_str());
            identities.push(IdentityView {
                source: text("source")?.unwrap_or_default().to_owned(),
                kind: kind.to_owned(),
                name: text("name")?.or(nick).and_then(names::presentable),
                proof: text("proof")?.map(str::to_owned),
            });
            Ok(())
        })?;
        Ok(identities)
    }

    fn knows(&self, id: &str) -> Result<Vec<(String, String)>> {
        let (mut areas, known_here) = (Vec::new(), self.areas()?);
        self.rows_of(&KNOWLEDGE, id, |batch, row| {
            let small = |name| Ok::<_, InsightError>(u32::try_from(batch.count(name, row)?).unwrap_or(u32::MAX));
            let (answered, thanked) = (small("answered")?, small("thanked")?);
            let (last, area) = (batch.times("last_time")?.at(row), batch.texts("area")?.value(row));
            let topic = area.split_once(':').filter(|(kind, _)| *kind != "channel").map(|(_, topic)| topic);
            if topic.is_none_or(|topic| self.is_of_here(&known_here, topic)) {
                areas.push((answered, thanked, last, area.to_owned()));
            }
            Ok(())
        })?;
        areas.sort_by_key(|(answered, thanked, last, _)| std::cmp::Reverse((answered + thanked, *last)));
        areas.truncate(AREAS);
        let named = |(answered, thanked, last, area): (u32, u32, i64, String)| {
            let sentence = knows(&area, answered, thanked, known(last))?;
            Some((area.split_once(':')?.1.to_owned(), sentence))
        };
        Ok(areas.into_iter().filter_map(named).collect())
    }

    /// The conversations a person wrote in, those with a time, latest first.
    fn latest_conversations(&self, person: u32) -> Result<Vec<(ConversationRef, i64)>> {
        let conversations = &self.conversations;
        let theirs = conversations.opened_by(person).chain(conversations.helped_by(person));
        let dated = |row: u32| known(conversations.latest(row)).map(|time| (time, row));
        let mut found: Vec<(i64, u32)> = theirs.filter_map(dated).collect();
        found.sort_unstable_by_key(|found| std::cmp::Reverse(*found));
        found.truncate(CONVERSATIONS);
        let titles = self.titles()?;
        Ok(found.into_iter().map(|(time, row)| (self.conversation_ref(row, &titles), time)).collect())
    }

    /// The rows of a table whose `person_id` is `id`; fast where it is sorted by that.
    pub(crate) fn rows_of(
        &self,
        table: &'static Table,
        id: &str,
        mut take: impl FnMut(&Batch, usize) -> Result<()>,
    ) -> Result<()> {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        for file in files(&self.manifest, table) {
            for batch in self.tables.read_where_in(file, "person_id", &[id], &columns)? {
                let batch = Batch { table, batch };
                (0..batch.rows()).try_for_each(|row| take(&batch, row))?;
            }
        }
        Ok(())
    }
}
