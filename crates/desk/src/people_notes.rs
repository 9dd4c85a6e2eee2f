//! What the team writes down about people: tags and notes, private to the team.
//!
//! They come in the same steps as what is decided about cases ([`Desk::undo`] takes back either). A person is named by
//! any of their identities' ids; whoever reads asks for all that a person goes by today, so that a merge loses nothing.

use std::collections::{BTreeMap, BTreeSet};

use model::Timestamp;
use rusqlite::{TransactionBehavior, params, params_from_iter};

use crate::{Desk, DeskError, Result, Step};

/// Characters of a tag, and of a note, at most.
const TAG: usize = 80;
const NOTE: usize = 10_000;

/// Something to write down about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChange {
    /// They get a tag.
    Tag(String),
    /// They lose a tag.
    Untag(String),
    /// A note.
    Note(String),
    /// The note of this number is no longer shown.
    RemoveNote(i64),
}

/// A note about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonNote {
    /// Its number.
    pub number: i64,
    /// When it was written, microseconds UTC.
    pub at: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// What it says.
    pub text: String,
}

impl PersonChange {
    fn kind(&self) -> &'static str {
        match self {
            PersonChange::Tag(_) => "tag",
            PersonChange::Untag(_) => "untag",
            PersonChange::Note(_) => "note",
            PersonChange::RemoveNote(_) => "remove_note",
        }
    }

    fn value(&self) -> String {
        match self {
            PersonChange::Tag(text) | PersonChange::Untag(text) | PersonChange::Note(text) => text.trim().to_owned(),
            PersonChange::RemoveNote(number) => number.to_string(),
        }
    }

    /// What a step says of it. Never the note itself: steps are listed to everybody of the team.
    fn words(&self) -> String {
        match self {
            PersonChange::Tag(tag) => format!("tagged {}", tag.trim()),
            PersonChange::Untag(tag) => format!("took the tag {} away", tag.trim()),
            PersonChange::Note(_) => "wrote a note".to_owned(),
            PersonChange::RemoveNote(_) => "removed a note".to_owned(),
        }
    }

    fn check(&self) -> Result<()> {
        let wrong = |message: String| Err(DeskError::Wrong(message));
        let is_tag = |tag: &str| {
            !tag.is_empty()
                && tag.chars().count() <= TAG
                && !tag.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        match self {
            PersonChange::Tag(tag) | PersonChange::Untag(tag) if !is_tag(tag.trim()) => {
                wrong(format!("a tag is one word of at most {TAG} characters; write it with `-` for spaces"))
            }
            PersonChange::Note(text) if text.trim().is_empty() => {
                wrong("the note is empty; write what others should know".to_owned())
            }
            PersonChange::Note(text) if text.chars().count() > NOTE => {
                wrong(format!("a note has at most {NOTE} characters; keep the rest elsewhere and link to it"))
            }
            _ => Ok(()),
        }
    }
}

impl Desk {
    /// Writes all of `changes` down about every one of `people` (ids): one step, all or nothing, on the disk when this
    /// returns.
    pub fn change_people(
        &mut self,
        people: &[String],
        changes: &[PersonChange],
        who: &str,
        at: Timestamp,
    ) -> Result<Step> {
        changes.iter().try_for_each(PersonChange::check)?;
        if people.is_empty() || changes.is_empty() {
            return Err(DeskError::Wrong("nobody was chosen; choose at least one person and what to do".to_owned()));
        }
        let said: Vec<String> = changes.iter().map(PersonChange::words).collect();
        let what = match people.len() {
            1 => format!("{} (a person)", said.join(", ")),
            many => format!("{} ({many} people)", said.join(", ")),
        };
        let mut write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute("INSERT INTO steps (at, who, what) VALUES (?1, ?2, ?3)", params![at, who, what])?;
            let step = transaction.last_insert_rowid();
            let sql = "INSERT INTO person_events (step, person, kind, value) VALUES (?1, ?2, ?3, ?4)";
            for person in people {
                for change in changes {
                    let values = params![step, person, change.kind(), change.value()];
                    transaction.prepare_cached(sql)?.execute(values)?;
                }
            }
            transaction.commit()?;
            Ok(step)
        };
        let number = write().map_err(|error| DeskError::sqlite(&self.path, error))?;
        Ok(Step { number, at, who: who.to_owned(), what, cases: 0, undoes: None, undone: false })
    }

    /// The tags that stand, sorted, by the id they were given to.
    pub fn people_tags(&self) -> Result<BTreeMap<String, BTreeSet<String>>> {
        let sql = "SELECT person, kind, value FROM person_events JOIN steps ON steps.id = step
            WHERE NOT undone AND kind IN ('tag', 'untag') ORDER BY person_events.id";
        let query = || {
            let mut tags = BTreeMap::<String, BTreeSet<String>>::new();
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (person, kind, value): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let of = tags.entry(person).or_default();
                if kind == "tag" {
                    of.insert(value);
                } else {
                    of.remove(&value);
                }
            }
            tags.retain(|_, tags| !tags.is_empty());
            Ok(tags)
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// The notes that stand about whoever goes by one of these ids, latest first.
    pub fn person_notes(&self, ids: &[String]) -> Result<Vec<PersonNote>> {
        let marks: Vec<String> = (1..=ids.len()).map(|number| format!("?{number}")).collect();
        let marks = marks.join(", ");
        let sql = format!(
            "SELECT event.id, at, who, event.value FROM person_events AS event JOIN steps ON steps.id = event.step
            WHERE NOT undone AND event.kind = 'note' AND event.person IN ({marks}) AND NOT EXISTS (
                SELECT 1 FROM person_events AS other JOIN steps AS later ON later.id = other.step
                WHERE other.person IN ({marks}) AND other.kind = 'remove_note' AND NOT later.undone
                AND other.value = CAST(event.id AS TEXT)
            ) ORDER BY event.id DESC"
        );
        let query = || {
            let mut statement = self.connection.prepare(&sql)?;
            let note = |row: &rusqlite::Row| {
                Ok(PersonNote { number: row.get(0)?, at: row.get(1)?, who: row.get(2)?, text: row.get(3)? })
            };
            statement.query_map(params_from_iter(ids), note)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// The number of the latest step: what was written down about people is the same while it is.
    pub fn latest_step(&self) -> Result<i64> {
        let sql = "SELECT coalesce(max(id), 0) FROM steps";
        let query = || self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Removes for good what was written down about whoever goes by one of these ids; gives how many lines that were.
    pub fn forget_people_notes(&mut self, ids: &[String]) -> Result<usize> {
        let marks = vec!["?"; ids.len()].join(", ");
        let sql = format!("DELETE FROM person_events WHERE person IN ({marks})");
        self.connection.execute(&sql, params_from_iter(ids)).map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, Desk) {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        (folder, desk)
    }

    fn ids(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn tags(desk: &Desk) -> String {
        let line = |(person, tags): (String, BTreeSet<String>)| {
            format!("{person}:{}", tags.into_iter().collect::<Vec<_>>().join(","))
        };
        desk.people_tags().unwrap().into_iter().map(line).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn many_are_tagged_in_one_step_and_untagged_by_one_undo() {
        let (_folder, mut desk) = desk();
        let tag = |tag: &str| PersonChange::Tag(tag.to_owned());
        desk.change_people(&ids(&["a"]), &[tag("speaker")], "me", 1).unwrap();
        let step = desk.change_people(&ids(&["a", "b", "c"]), &[tag(" mentor ")], "me", 2).unwrap();
        assert_eq!(step.what, "tagged mentor (3 people)");
        assert_eq!(tags(&desk), "a:mentor,speaker b:mentor c:mentor");
        desk.change_people(&ids(&["b"]), &[PersonChange::Untag("mentor".into())], "me", 3).unwrap();
        assert_eq!(tags(&desk), "a:mentor,speaker c:mentor");
        let undone = desk.undo(step.number, "me", 4).unwrap();
        assert_eq!(tags(&desk), "a:speaker");
        desk.undo(undone.number, "me", 5).unwrap();
        assert_eq!(tags(&desk), "a:mentor,speaker c:mentor");
        assert_eq!(desk.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn notes_are_removed_taken_back_and_forgotten() {
        let (_folder, mut desk) = desk();
        let notes = |desk: &Desk| {
            let notes = desk.person_notes(&ids(&["a", "a2"])).unwrap();
            notes.into_iter().map(|note| note.text).collect::<Vec<_>>().join("|")
        };
        let write = |desk: &mut Desk, person: &str, text: &str| {
            desk.change_people(&ids(&[person]), &[PersonChange::Note(text.into())], "me", 1).unwrap()
        };
        write(&mut desk, "a", "likes tea");
        write(&mut desk, "a2", "the same, as another");
        write(&mut desk, "b", "somebody else");
        assert_eq!(notes(&desk), "the same, as another|likes tea");
        let number = desk.person_notes(&ids(&["a"])).unwrap()[0].number;
        let step = desk.change_people(&ids(&["a"]), &[PersonChange::RemoveNote(number)], "me", 2).unwrap();
        assert_eq!(notes(&desk), "the same, as another");
        desk.undo(step.number, "me", 3).unwrap();
        assert_eq!(notes(&desk), "the same, as another|likes tea");
        assert_eq!(desk.forget_people_notes(&ids(&["a", "a2"])).unwrap(), 3);
        assert_eq!(notes(&desk), "");
    }

    #[test]
    fn what_cannot_be_written_down_is_refused() {
        let (_folder, mut desk) = desk();
        let mut check = |people: &[&str], change: PersonChange| {
            assert!(matches!(desk.change_people(&ids(people), &[change], "me", 1), Err(DeskError::Wrong(_))));
        };
        check(&[], PersonChange::Tag("a".into()));
        check(&["a"], PersonChange::Tag(" ".into()));
        check(&["a"], PersonChange::Tag("two words".into()));
        check(&["a"], PersonChange::Tag("x".repeat(81)));
        check(&["a"], PersonChange::Note("\n".into()));
        check(&["a"], PersonChange::Note("x".repeat(10_001)));
    }
}
