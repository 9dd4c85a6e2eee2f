//! Erasing people: what the desk knows about them goes, and hashes stay by which they are recognized.
//!
//! An erasure begins here, in one transaction: from then on it is on record and goes on until it is done, whoever is killed
//! in between ([`Desk::unfinished_erasures`]).

use model::{Mark, Of, Timestamp, mark};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{Desk, Result, SavedKind};

/// A person to be erased.
pub struct Erasing<'a> {
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who asks for it.
    pub who: &'a str,
    /// What they are recognized by, under the key of [`Desk::erasing_key`].
    pub marks: &'a [Mark],
    /// The ids of their identities.
    pub identities: &'a [String],
    /// The ids of the conversations in which they wrote: what was to be told of those may quote them.
    pub conversations: &'a [String],
    /// A text without what they are called; `None` where it does not name them.
    pub without: &'a dyn Fn(&str) -> Option<String>,
}

/// Everybody who was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasedPeople {
    /// The key of the marks.
    pub key: [u8; 32],
    /// What they are recognized by.
    pub marks: Vec<Mark>,
}

/// Tables with a column that says whom a row is about: such rows go.
const ABOUT: &[(&str, &str)] = &[
    ("decisions", "subject"),
    ("preferences", "person"),
    ("asked", "person"),
    ("person_events", "person"),
    ("outbox", "subject"),
    ("alert_stops", "subject"),
];

/// Kinds of records that are about one person, whose id stands in them.
const RECORDS_ABOUT: [SavedKind; 2] = [SavedKind::Approach, SavedKind::Story];

/// Texts that people wrote, in which somebody may be named: table, key, column.
const TEXTS: &[(&str, &str, &str)] = &[
    ("decisions", "id", "value"),
    ("decisions", "id", "note"),
    ("steps", "id", "what"),
    ("case_events", "id", "value"),
    ("case_events", "id", "note"),
    ("cases", "conversation", "note"),
    ("cases", "conversation", "why"),
    ("cases", "conversation", "tags"),
    ("person_events", "id", "value"),
    ("preferences", "id", "likes"),
    ("preferences", "id", "dislikes"),
    ("saved", "id", "name"),
    ("saved", "id", "text"),
    ("outbox", "id", "text"),
    ("outbox", "id", "error"),
    ("changes", "id", "what"),
    ("changes", "id", "subject"),
];

impl Desk {
    /// The key of the hashes; `fresh`, which must be random, if there was none.
    pub fn erasing_key(&mut self, fresh: [u8; 32]) -> Result<[u8; 32]> {
        self.write(|transaction| {
            transaction.execute("INSERT OR IGNORE INTO erased_key (only, key) VALUES (1, ?1)", [fresh])?;
            Ok(key(transaction)?.unwrap_or(fresh))
        })
    }

    /// Who was erased; `None` if nobody was.
    pub fn erased(&self) -> Result<Option<ErasedPeople>> {
        self.read(|connection| {
            let Some(key) = key(connection)? else { return Ok(None) };
            let mut statement = connection.prepare_cached("SELECT mark FROM erased ORDER BY mark")?;
            let marks = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(Some(ErasedPeople { key, marks }).filter(|erased| !erased.marks.is_empty()))
        })
    }

    /// Whether this is the id of somebody who was erased, or of one of their identities.
    pub fn is_erased(&self, id: &str) -> Result<bool> {
        self.read(|connection| {
            let Some(key) = key(connection)? else { return Ok(false) };
            let mut statement = connection.prepare_cached("SELECT 1 FROM erased WHERE mark = ?1")?;
            statement.exists([mark(&key, Of::Id, id)])
        })
    }

    /// Begins to erase somebody: all that is here about them is gone when this returns, and the erasure is on record.
    /// Gives its number.
    pub fn begin_erasure(&mut self, erasing: &Erasing<'_>) -> Result<i64> {
        // What is deleted is overwritten in the file, not only given up.
        self.read(|connection| connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(())))?;
        self.write(|transaction| {
            let Erasing { at, who, marks, identities, conversations, without } = erasing;
            let number = record(transaction, marks, who, *at)?;
            let triggers = without_triggers(transaction)?;
            for (table, column) in ABOUT {
                let mut delete = transaction.prepare(&format!("DELETE FROM {table} WHERE {column} = ?1"))?;
                identities.iter().try_for_each(|id| delete.execute([id]).map(drop))?;
            }
            leave_pairs(transaction, identities)?;
            leave_records(transaction, identities)?;
            for conversation in *conversations {
                let sql = "UPDATE outbox SET text = NULL, state = CASE WHEN state IN ('queued', 'sending', 'handed')
                    THEN 'over' ELSE state END WHERE subject = ?1";
                transaction.prepare_cached(sql)?.execute([conversation])?;
            }
            for (table, key, column) in TEXTS {
                rewrite(transaction, table, key, column, *without)?;
            }
            triggers.iter().try_for_each(|sql| transaction.execute_batch(sql))?;
            Ok(number)
        })
    }

    /// Adds what people who were erased are recognized by, too: an erasure of its own, since something of theirs may have
    /// been collected by it.
    pub fn recognize_erased(&mut self, marks: &[Mark], who: &str, at: Timestamp) -> Result<i64> {
        self.write(|transaction| Ok(record(transaction, marks, who, at)?))
    }

    /// The numbers of the erasures that began and are not done.
    pub fn unfinished_erasures(&self) -> Result<Vec<i64>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM erasures WHERE done IS NULL ORDER BY id")?;
            statement.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// Says that an erasure is done: `items` of the archive were written anew for it.
    pub fn finish_erasure(&mut self, number: i64, at: Timestamp, items: u64) -> Result<()> {
        let items = i64::try_from(items).unwrap_or(i64::MAX);
        self.write(|transaction| {
            let sql = "UPDATE erasures SET done = ?2, items = ?3 WHERE id = ?1";
            Ok(transaction.execute(sql, params![number, at, items]).map(drop)?)
        })
    }

    /// Writes the file anew, so that nothing of what was deleted is left in it or in the log beside it. False if somebody
    /// reads at this moment, so that the log stays for now.
    pub fn leave_nothing_deleted(&self) -> Result<bool> {
        self.read(|connection| {
            connection.execute_batch("VACUUM")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))
        })
    }
}

/// Puts an erasure on record; gives its number.
fn record(transaction: &Transaction<'_>, marks: &[Mark], who: &str, at: Timestamp) -> rusqlite::Result<i64> {
    transaction.execute("INSERT INTO erasures (at, who) VALUES (?1, ?2)", params![at, who])?;
    let number = transaction.last_insert_rowid();
    for mark in marks {
        let sql = "INSERT OR IGNORE INTO erased (mark, erasure) VALUES (?1, ?2)";
        transaction.prepare_cached(sql)?.execute(params![mark, number])?;
    }
    Ok(number)
}

fn key(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    connection.query_row("SELECT key FROM erased_key", [], |row| row.get(0)).optional()
}

/// Logs refuse to be changed; erasing is the one exception. Gives what makes the triggers again.
fn without_triggers(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        transaction.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")?;
    let triggers = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let triggers: Vec<(String, String)> = triggers.collect::<rusqlite::Result<_>>()?;
    triggers.iter().try_for_each(|(name, _)| transaction.execute_batch(&format!("DROP TRIGGER \"{name}\"")))?;
    Ok(triggers.into_iter().map(|(_, sql)| sql).collect())
}

/// Takes somebody out of what is kept in [`crate::Record`]s: those about them go, others no longer name them.
fn leave_records(transaction: &Transaction, identities: &[String]) -> rusqlite::Result<()> {
    let about = RECORDS_ABOUT.map(|kind| format!("'{}'", kind.as_str())).join(", ");
    for id in identities.iter().filter(|id| !id.is_empty()) {
        let sql = format!(
            "DELETE FROM saved WHERE kind IN ({about}) AND (kind, name) IN
                (SELECT kind, name FROM saved WHERE instr(text, ?1) > 0)"
        );
        transaction.prepare_cached(&sql)?.execute([id])?;
        let sql = "UPDATE saved SET text = replace(text, ?1, '') WHERE instr(text, ?1) > 0";
        transaction.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

/// Takes the ids out of decisions that are about others as well: who is one person with whom, who is not.
fn leave_pairs(transaction: &Transaction<'_>, identities: &[String]) -> rusqlite::Result<()> {
    let mut rest = transaction.prepare("SELECT id, kind, value FROM decisions WHERE instr(value, ?1) > 0")?;
    for id in identities {
        let rows = rest.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<(i64, String, String)> = rows.collect::<rusqlite::Result<_>>()?;
        for (number, kind, value) in rows {
            let others: Vec<&str> = value.split_whitespace().filter(|word| word != id).collect();
            // A pair is nothing without its second half; a list goes on without them.
            let is_list = matches!(kind.as_str(), "apart" | "locked");
            match is_list && !others.is_empty() {
                true => transaction
                    .execute("UPDATE decisions SET value = ?2 WHERE id = ?1", params![number, others.join(" ")])?,
                false => transaction.execute("DELETE FROM decisions WHERE id = ?1", [number])?,
            };
        }
    }
    Ok(())
}

/// Writes the texts of a column without what somebody is called.
fn rewrite(
    transaction: &Transaction<'_>,
    table: &str,
    key: &str,
    column: &str,
    without: &dyn Fn(&str) -> Option<String>,
) -> rusqlite::Result<()> {
    let mut all = transaction.prepare(&format!("SELECT {key}, {column} FROM {table} WHERE {column} <> ''"))?;
    let mut changed: Vec<(rusqlite::types::Value, String)> = Vec::new();
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(text) = without(row.get_ref(1)?.as_str().unwrap_or_default()) {
            changed.push((row.get(0)?, text));
        }
    }
    drop(rows);
    let mut update = transaction.prepare(&format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1"))?;
    changed.iter().try_for_each(|(key, text)| update.execute(params![key, text]).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuditAsk, Decision, Kind, PersonChange};

    const KEY: [u8; 32] = [3; 32];

    fn erase(desk: &mut Desk, ids: &[&str]) -> i64 {
        let identities: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let without = |text: &str| text.contains("Alice").then(|| text.replace("Alice", "[erased]"));
        let (marks, conversations) = (&[mark(&KEY, Of::Id, "a1")], &["m1".to_owned()]);
        let erasing = Erasing { at: 9, who: "me", marks, identities: &identities, conversations, without: &without };
        desk.begin_erasure(&erasing).unwrap()
    }

    #[test]
    fn what_is_about_somebody_goes_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let mut desk = Desk::open(&path).unwrap();
        assert_eq!(desk.erased().unwrap(), None);
        let key = desk.erasing_key(KEY).unwrap();
        assert_eq!((key, desk.erasing_key([4; 32]).unwrap()), (KEY, KEY));
        let mut decide = |subject: &str, kind: Kind, value: &str| {
            let decision = Decision { note: Some("said Alice".to_owned()), ..Decision::new(1, "me", subject, kind) };
            desk.decide(&decision.with(value)).unwrap();
        };
        decide("a1", Kind::SamePerson, "a2");
        decide("b1", Kind::NotSamePerson, "a1");
        decide("b1", Kind::Locked, "b1 a2 b2");
        decide("b1", Kind::SamePerson, "b2");
        let ids = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        desk.change_people(&ids(&["a1", "b1"]), &[PersonChange::Note("met Alice".into())], "me", 1).unwrap();
        let story = |person: &str| crate::Story {
            title: "how they run it".to_owned(),
            person: Some(person.to_owned()),
            ..crate::Story::default()
        };
        desk.keep("hers", &story("a2"), "me", 1).unwrap();
        desk.keep("his", &story("b1"), "me", 1).unwrap();
        for (person, said) in [("a2", "Hello"), ("b1", "Hello, as I said to Alice")] {
            let said = crate::Approach { person: person.into(), said: said.into(), ..Default::default() };
            desk.keep_new(person, &said, "me", 1).unwrap();
        }
        let number = erase(&mut desk, &["a1", "a2"]);
        assert_eq!(desk.records::<crate::Story>().unwrap().into_keys().collect::<Vec<_>>(), ["his"]);
        let kept = desk.records::<crate::Approach>().unwrap();
        let kept: Vec<_> = kept.values().map(|kept| kept.record.said.as_str()).collect();
        assert_eq!(kept, ["Hello, as I said to [erased]"]);
        assert_eq!(desk.unfinished_erasures().unwrap(), [number]);
        let log: Vec<_> = desk.people_log().unwrap().into_iter().map(|one| one.decision).collect();
        let told: Vec<_> = log.iter().map(|one| (one.subject.as_str(), one.value.as_deref().unwrap())).collect();
        assert_eq!(told, [("b1", "b1 b2"), ("b1", "b2")]);
        assert!(log.iter().all(|one| one.note.as_deref() == Some("said [erased]")));
        assert_eq!(desk.person_notes(&ids(&["a1", "a2"])).unwrap(), []);
        assert_eq!(desk.person_notes(&ids(&["b1"])).unwrap()[0].text, "met [erased]");
        assert_eq!(desk.erased().unwrap().map(|erased| (erased.key, erased.marks.len())), Some((KEY, 1)));
        assert_eq!((desk.is_erased("a1").unwrap(), desk.is_erased("b1").unwrap()), (true, false));
        desk.finish_erasure(number, 10, 5).unwrap();
        assert_eq!(desk.unfinished_erasures().unwrap(), [0_i64; 0]);
        assert!(desk.leave_nothing_deleted().unwrap());
        let line = &desk.audit(&AuditAsk { area: Some("people".into()), limit: 9, ..AuditAsk::default() }).unwrap()[0];
        assert_eq!((line.who.as_str(), line.what.as_str()), ("me", "erased somebody (5 items)"));
        assert_eq!(desk.check().unwrap(), Vec::<String>::new());
        // Logs are logs again.
        assert!(desk.connection.execute("DELETE FROM decisions", []).is_err());
        drop(desk);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(5).any(|window| window == b"Alice"));
        }
    }
}
