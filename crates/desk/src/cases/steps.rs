//! Steps: deciding about many cases at once, taking that back, and the trace that both leave.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use model::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::{Case, Change, Deed, Subject, one, write};
use crate::decision::insert;
use crate::{Decision, Desk, DeskError, Result};

/// One act of a person on one or many cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number, by which it can be undone; larger than those of all before it.
    pub number: i64,
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What, in a few words: `tagged spam, resolved`.
    pub what: String,
    /// How many cases it is about.
    pub cases: u64,
    /// The step that it takes back.
    pub undoes: Option<i64>,
    /// Whether it is taken back itself.
    pub undone: bool,
}

/// What a step did to one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseEvent {
    /// The number of the step.
    pub step: i64,
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What, and why.
    pub change: Change,
    /// [`Subject::seen`].
    pub seen: Option<Timestamp>,
    /// Whether the step is taken back.
    pub undone: bool,
}

const EVENTS: &str = "SELECT event.*, step.at, step.who, step.undone
    FROM case_events AS event JOIN steps AS step ON step.id = event.step";

impl Desk {
    /// Decides all of `changes`, in their order, about every one of `subjects`: one step, all or nothing, on the
    /// disk when this returns.
    ///
    /// Taking what another has is an error that names them ([`DeskError::Held`]), unless it is forced.
    pub fn change(&mut self, subjects: &[Subject], changes: &[Change], who: &str, at: Timestamp) -> Result<Step> {
        changes.iter().try_for_each(Change::check)?;
        if subjects.is_empty() || changes.is_empty() {
            return Err(DeskError::Wrong("there is nothing to change; name a case and what to do".to_owned()));
        }
        let mut said: Vec<String> = changes.iter().map(|change| change.deed.words()).collect();
        said.dedup();
        let pen = Pen::take(self)?;
        let step = pen.step(who, at, &said.join(", "), None)?;
        let mut held = Vec::new();
        for subject in subjects {
            pen.change(subject, changes, &step, &mut held)?;
        }
        match held.first() {
            Some((conversation, holder, since)) => Err(DeskError::Held {
                conversation: conversation.clone(),
                holder: holder.clone(),
                since: *since,
                others: held.len() - 1,
            }),
            None => pen.put_down(step.number, step.number),
        }
    }

    /// Takes a step back, as if it had never been, by another step; to take back that one is to do it again. Only
    /// what this step did goes: what was decided since stays.
    pub fn undo(&mut self, number: i64, who: &str, at: Timestamp) -> Result<Step> {
        let pen = Pen::take(self)?;
        let found = pen.read_step(number)?.ok_or(DeskError::NoStep(number))?;
        if found.undone {
            return Err(DeskError::Undone(number));
        }
        let step = pen.step(who, at, &format!("took back step {number} ({})", found.what), Some(number))?;
        pen.set_undone(number, true)?;
        let mut concerned = number;
        // To take back an undoing is to let what it undid stand again, however often that was done.
        let (mut undoes, mut undone) = (found.undoes, true);
        while let Some(number) = undoes {
            undone = !undone;
            pen.set_undone(number, undone)?;
            concerned = number;
            undoes = pen.read_step(number)?.and_then(|step| step.undoes);
        }
        pen.refold(concerned)?;
        pen.put_down(step.number, concerned)
    }

    /// Adds a decision that also changes a case, both or neither.
    pub(crate) fn decide_and_change(&mut self, decision: &Decision, deed: Deed) -> Result<()> {
        let pen = Pen::take(self)?;
        pen.or(insert(&pen.transaction, decision))?;
        let Decision { at, who, subject, note, .. } = decision;
        let step = pen.step(who, *at, &deed.words(), None)?;
        pen.change(&subject.as_str().into(), &[Change { deed, note: note.clone() }], &step, &mut Vec::new())?;
        pen.put_down(step.number, step.number).map(drop)
    }

    /// The latest steps, latest first, at most `limit`.
    pub fn steps(&self, limit: usize) -> Result<Vec<Step>> {
        let sql = "SELECT * FROM steps ORDER BY id DESC LIMIT ?1";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], read_step)?.collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// The conversations that a step changed; of an undoing, those of what it undid.
    pub fn step_cases(&self, number: i64) -> Result<Vec<String>> {
        let sql = "WITH RECURSIVE way (id) AS (
                SELECT ?1 UNION ALL SELECT undoes FROM steps JOIN way USING (id) WHERE undoes IS NOT NULL
            ) SELECT DISTINCT conversation FROM case_events WHERE step IN way ORDER BY conversation";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Everything that was ever decided about a case, oldest first, what was taken back among it.
    pub fn case_history(&self, conversation: &str) -> Result<Vec<CaseEvent>> {
        let sql = format!("{EVENTS} WHERE event.conversation = ?1 ORDER BY event.id");
        let query = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map([conversation], read_event)?.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok::<_, rusqlite::Error>(rows.into_iter().map(|(_, event)| event).collect())
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// How many cases are not what the events come to: none, unless the file was tampered with.
    pub(crate) fn wrong_cases(&self) -> Result<usize> {
        let sql = format!("{EVENTS} ORDER BY event.id");
        let query = || {
            let mut statement = self.connection.prepare(&sql)?;
            statement.query_map([], read_event)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let events = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        let (kept, made) = (self.cases()?, fold(&events));
        let wrong = kept.iter().filter(|(id, case)| made.get(*id) != Some(case)).count();
        Ok(wrong + made.keys().filter(|id| !kept.contains_key(*id)).count())
    }
}

/// What events, oldest first, come to, without those that are undone. A case all of whose events are undone is a
/// case about which nothing was decided.
fn fold(events: &[(String, CaseEvent)]) -> HashMap<String, Case> {
    let mut cases = HashMap::new();
    for (conversation, event) in events {
        let case = cases.entry(conversation.clone()).or_insert_with(|| Case::new(conversation));
        if !event.undone {
            case.apply(event);
        }
    }
    cases
}

/// A transaction that writes cases; nothing of it stands until it is put down.
struct Pen<'a> {
    transaction: Transaction<'a>,
    path: &'a Path,
}

impl<'a> Pen<'a> {
    fn take(desk: &'a mut Desk) -> Result<Pen<'a>> {
        let Desk { path, connection } = desk;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        transaction.map(|transaction| Pen { transaction, path }).map_err(|error| DeskError::sqlite(path, error))
    }

    fn or<T>(&self, answer: rusqlite::Result<T>) -> Result<T> {
        answer.map_err(|error| DeskError::sqlite(self.path, error))
    }

    fn step(&self, who: &str, at: Timestamp, what: &str, undoes: Option<i64>) -> Result<Step> {
        let sql = "INSERT INTO steps (at, who, what, undoes) VALUES (?1, ?2, ?3, ?4)";
        self.or(self.transaction.execute(sql, params![at, who, what, undoes]))?;
        let number = self.transaction.last_insert_rowid();
        Ok(Step { number, at, who: who.to_owned(), what: what.to_owned(), cases: 0, undoes, undone: false })
    }

    fn change(
        &self,
        subject: &Subject,
        changes: &[Change],
        step: &Step,
        held: &mut Vec<(String, String, Timestamp)>,
    ) -> Result<()> {
        let id = subject.conversation.as_str();
        let mut case = self.or(one(&self.transaction, id))?.unwrap_or_else(|| Case::new(id));
        for change in changes {
            if let (Deed::Take { holder, force: false }, Some(other)) = (&change.deed, &case.holder)
                && holder != other
                && case.is_held()
            {
                held.push((id.to_owned(), other.clone(), case.held_since.unwrap_or(step.at)));
                return Ok(());
            }
            let event = event(step, change.clone(), subject.seen);
            self.add(id, &event)?;
            case.apply(&event);
            if let Some((other, deed)) = change.deed.mirror(id) {
                let event = self::event(step, Change { deed, note: change.note.clone() }, None);
                let mut mirrored = self.or(one(&self.transaction, other))?.unwrap_or_else(|| Case::new(other));
                self.add(other, &event)?;
                mirrored.apply(&event);
                self.or(write(&self.transaction, &mirrored))?;
            }
        }
        self.or(write(&self.transaction, &case))
    }

    fn add(&self, conversation: &str, event: &CaseEvent) -> Result<()> {
        let sql =
            "INSERT INTO case_events (step, conversation, kind, value, note, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let Change { deed, note } = &event.change;
        let values = params![event.step, conversation, deed.kind(), deed.value(), note, event.seen];
        self.or(self.transaction.prepare_cached(sql).and_then(|mut add| add.execute(values))).map(drop)
    }

    fn set_undone(&self, number: i64, undone: bool) -> Result<()> {
        let sql = "UPDATE steps SET undone = ?2 WHERE id = ?1";
        self.or(self.transaction.execute(sql, params![number, undone])).map(drop)
    }

    fn read_step(&self, number: i64) -> Result<Option<Step>> {
        let sql = "SELECT * FROM steps WHERE id = ?1";
        self.or(self.transaction.query_row(sql, [number], read_step).optional())
    }

    /// Makes the cases of a step again from all of their events.
    fn refold(&self, number: i64) -> Result<()> {
        let sql = format!(
            "{EVENTS} WHERE event.conversation IN (SELECT conversation FROM case_events WHERE step = ?1) ORDER BY event.id"
        );
        let read = || {
            let mut statement = self.transaction.prepare(&sql)?;
            statement.query_map([number], read_event)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let cases = fold(&self.or(read())?);
        // In the order of the projection's keys: the pages of its tree are then written one after another.
        let ids: BTreeSet<&String> = cases.keys().collect();
        ids.into_iter().try_for_each(|id| self.or(write(&self.transaction, &cases[id])))
    }

    /// Makes a step stand that is about the conversations whose events are those of the step `concerned`; gives it
    /// as it is now.
    fn put_down(self, number: i64, concerned: i64) -> Result<Step> {
        let sql = "UPDATE steps SET cases = (SELECT count(DISTINCT conversation) FROM case_events WHERE step = ?2)
            WHERE id = ?1";
        self.or(self.transaction.execute(sql, [number, concerned]))?;
        let step = self.read_step(number)?.ok_or(DeskError::NoStep(number))?;
        let Pen { transaction, path } = self;
        transaction.commit().map_err(|error| DeskError::sqlite(path, error))?;
        Ok(step)
    }
}

impl Case {
    /// Whether somebody has it in hand: what is done is nobody's any more.
    fn is_held(&self) -> bool {
        !matches!(self.state, super::CaseState::Resolved | super::CaseState::NotQuestion)
    }
}

fn event(step: &Step, change: Change, seen: Option<Timestamp>) -> CaseEvent {
    CaseEvent { step: step.number, at: step.at, who: step.who.clone(), change, seen, undone: false }
}

fn read_step(row: &Row) -> rusqlite::Result<Step> {
    Ok(Step {
        number: row.get("id")?,
        at: row.get("at")?,
        who: row.get("who")?,
        what: row.get("what")?,
        cases: row.get::<_, i64>("cases").map(|cases| u64::try_from(cases).unwrap_or_default())?,
        undoes: row.get("undoes")?,
        undone: row.get("undone")?,
    })
}

/// An event and its conversation. One of a kind not known here, which only tampering can have brought, is an error.
fn read_event(row: &Row) -> rusqlite::Result<(String, CaseEvent)> {
    let (kind, value): (String, Option<String>) = (row.get("kind")?, row.get("value")?);
    let deed = Deed::parse(&kind, value.as_deref()).ok_or_else(|| {
        let message = format!("it holds an event of the unknown kind `{kind}`");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, message.into())
    })?;
    let event = CaseEvent {
        step: row.get("step")?,
        at: row.get("at")?,
        who: row.get("who")?,
        change: Change { deed, note: row.get("note")? },
        seen: row.get("seen")?,
        undone: row.get("undone")?,
    };
    Ok((row.get("conversation")?, event))
}
