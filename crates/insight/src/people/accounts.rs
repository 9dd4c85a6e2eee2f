//! The identities of people, and who has an address.

use arrow::array::StringArray;
use model::tables::IDENTITIES;

use crate::columns::{Batch, files, known, text_at};
use crate::views::{AccountView, PersonRef};
use crate::{Community, Result, names};

const COLUMNS: &[&str] = &[
    "identity_id",
    "source",
    "kind",
    "value",
    "name",
    "email",
    "account",
    "proof",
    "first_seen",
    "last_seen",
    "messages",
    "activities",
];

/// People found by an address at most: more than one is a defect of the data.
const FOUND: usize = 20;

impl Community {
    /// A person's identities, by source and id; with addresses only if `addresses`.
    pub(super) fn accounts(&self, person: u32, addresses: bool) -> Result<Vec<AccountView>> {
        let mut accounts = Vec::new();
        self.identities_of(person, COLUMNS, |batch, row| {
            accounts.push(account(batch, row, addresses)?);
            Ok(())
        })?;
        Ok(accounts)
    }

    /// The rows of a person's identities, some columns of them.
    pub(crate) fn identities_of(
        &self,
        person: u32,
        columns: &[&str],
        mut take: impl FnMut(&Batch, usize) -> Result<()>,
    ) -> Result<()> {
        let rows: Vec<u64> = self.roster()?.identities_of(person).collect();
        let mut start = 0;
        for file in files(&self.manifest, &IDENTITIES) {
            let inside = rows.iter().filter(|row| (start..start + file.rows).contains(row));
            let places: Vec<u64> = inside.map(|row| row - start).collect();
            start += file.rows;
            if places.is_empty() {
                continue;
            }
            for batch in self.tables.read_rows(file, &places, columns)? {
                let batch = Batch { table: &IDENTITIES, batch };
                (0..batch.rows()).try_for_each(|row| take(&batch, row))?;
            }
        }
        Ok(())
    }

    /// Whose address, account or nick this is, whole and in any case; a stranger's part of an address finds nobody.
    pub fn people_by_address(&self, address: &str) -> Result<Vec<PersonRef>> {
        self.settle(self.by_address(&address.trim().to_lowercase()))
    }

    fn by_address(&self, address: &str) -> Result<Vec<PersonRef>> {
        let mut found: Vec<u32> = Vec::new();
        for column in ["email", "value"] {
            for file in files(&self.manifest, &IDENTITIES) {
                for batch in self.tables.read_where_in(file, column, &[address], &["person_id"])? {
                    let batch = Batch { table: &IDENTITIES, batch };
                    let ids: &StringArray = batch.texts("person_id")?;
                    found.extend(ids.iter().flatten().filter_map(|id| self.people.find(id)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found.into_iter().take(FOUND).filter_map(|person| self.person_ref(person)).collect())
    }
}

fn account(batch: &Batch, row: usize, addresses: bool) -> Result<AccountView> {
    let text = |name: &str| Ok::<_, crate::InsightError>(text_at(batch.texts(name)?, row).map(str::to_owned));
    let kind = text("kind")?.unwrap_or_default();
    let value = text("value")?;
    let nick = value.clone().filter(|_| kind == model::IdentityKind::Nick.as_str());
    let value = match text("email")? {
        Some(email) => Some(email),
        None => text("account")?.or(value),
    };
    Ok(AccountView {
        id: text("identity_id")?.unwrap_or_default(),
        source: text("source")?.unwrap_or_default(),
        name: text("name")?.or(nick).as_deref().and_then(names::presentable),
        value: value.filter(|_| addresses).map(|value| names::one_line(&value)),
        proof: text("proof")?,
        first_seen: known(batch.times("first_seen")?.at(row)),
        last_seen: known(batch.times("last_seen")?.at(row)),
        messages: batch.count("messages", row)?,
        activities: batch.count("activities", row)?,
        kind,
    })
}
