//! Decisions: added, never changed, and what they come to.

use std::collections::{HashMap, HashSet};

use model::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Deed, Desk, DeskError, Result};

/// One decision of one person about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who decided, by the name they go by here.
    pub who: String,
    /// The stable id of what it is about: a conversation's, a person's or an identity's.
    pub subject: String,
    /// What was decided.
    pub kind: Kind,
    /// More on what was decided, where the kind alone does not say it.
    pub value: Option<String>,
    /// Why, in the decider's words.
    pub note: Option<String>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A conversation needs nobody's attention any more: its case is [`crate::Deed::Resolve`]d as well.
    Closed,
    /// A closed conversation does again: its case is [`crate::Deed::Reopen`]ed as well.
    Reopened,
    /// A person is not to be proposed as a helper.
    DoNotAsk,
    /// A person may be proposed again.
    MayAsk,
    /// This identity and the one in the value are one person's.
    SamePerson,
    /// This identity and the one in the value are two people's: not to be suggested again.
    NotSamePerson,
    /// Whether this identity and the one in the value are one person's is not to be asked until the time
    /// (microseconds UTC) after it in the value.
    PutOff,
    /// This identity is nobody's of those it was merged with; the value holds those, who stay one.
    Apart,
    /// The identities in the value are one person, and nobody else is: nothing is merged with it or suggested
    /// without a person.
    Locked,
    /// The decision on who is who whose number is the value is as if it had never been.
    TakenBack,
    /// A conversation asks for the support tier in the value: `0` to `4`, or [`NONE`] if it asks for no help.
    /// Without a value: as the program thinks.
    AskedTier,
    /// A conversation took the support tier in the value, or [`NONE`] if nobody helped. Without a value: as the
    /// program thinks.
    ObservedTier,
    /// A line of chat answers the message in the value, or [`NONE`]. Without a value: as the program thinks.
    Answers,
}

/// The value of a decision that there is none of what was decided about.
pub const NONE: &str = "none";

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[
        Kind::Closed,
        Kind::Reopened,
        Kind::DoNotAsk,
        Kind::MayAsk,
        Kind::SamePerson,
        Kind::NotSamePerson,
        Kind::PutOff,
        Kind::Apart,
        Kind::Locked,
        Kind::TakenBack,
        Kind::AskedTier,
        Kind::ObservedTier,
        Kind::Answers,
    ];

    /// As it is written in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Closed => "closed",
            Kind::Reopened => "reopened",
            Kind::DoNotAsk => "do_not_ask",
            Kind::MayAsk => "may_ask",
            Kind::SamePerson => "same_person",
            Kind::NotSamePerson => "not_same_person",
            Kind::PutOff => "put_off",
            Kind::Apart => "apart",
            Kind::Locked => "locked",
            Kind::TakenBack => "taken_back",
            Kind::AskedTier => "asked_tier",
            Kind::ObservedTier => "observed_tier",
            Kind::Answers => "answers",
        }
    }

    /// Reads what [`Kind::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

impl Decision {
    /// The same with a value.
    pub fn with(self, value: impl Into<String>) -> Decision {
        Decision { value: Some(value.into()), ..self }
    }

    /// A decision without value and note.
    pub fn new(at: Timestamp, who: &str, subject: &str, kind: Kind) -> Decision {
        Decision { at, who: who.to_owned(), subject: subject.to_owned(), kind, value: None, note: None }
    }
}

impl Desk {
    /// Adds a decision. It is on the disk when this returns.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        match decision.kind {
            Kind::Closed => self.decide_and_change(decision, Deed::Resolve),
            Kind::Reopened => self.decide_and_change(decision, Deed::Reopen),
            _ => insert(&self.connection, decision).map_err(|error| DeskError::sqlite(&self.path, error)),
        }
    }

    /// The latest decision of this kind on each subject, latest first.
    pub fn latest(&self, kind: Kind) -> Result<Vec<Decision>> {
        self.decisions("SELECT * FROM latest_decisions WHERE kind = ?1 ORDER BY id DESC", kind.as_str())
    }

    /// Every decision on a subject, oldest first.
    pub fn history(&self, subject: &str) -> Result<Vec<Decision>> {
        self.decisions("SELECT * FROM decisions WHERE subject = ?1 ORDER BY id", subject)
    }

    /// Ids of the people who are not to be proposed as helpers.
    pub fn do_not_ask(&self) -> Result<HashSet<String>> {
        self.standing(Kind::DoNotAsk, Kind::MayAsk)
    }

    /// The tiers that people gave conversations, by the conversation's id: [`Kind::AskedTier`] or
    /// [`Kind::ObservedTier`].
    pub fn tiers(&self, kind: Kind) -> Result<HashMap<String, Option<u8>>> {
        let tier = |value: String| match value.as_str() {
            NONE => Some(None),
            value => value.parse().ok().filter(|tier| *tier <= 4).map(Some),
        };
        let given = self.given(kind)?.into_iter();
        Ok(given.filter_map(|(subject, value)| Some((subject, tier(value)?))).collect())
    }

    /// What lines of chat answer, by the line's id; none for those that answer nothing.
    pub fn answers(&self) -> Result<HashMap<String, Option<String>>> {
        let given = self.given(Kind::Answers)?.into_iter();
        Ok(given.map(|(subject, value)| (subject, (value != NONE).then_some(value))).collect())
    }

    /// The latest values of a kind, by subject; those that were taken back are left out.
    fn given(&self, kind: Kind) -> Result<Vec<(String, String)>> {
        let latest = self.latest(kind)?.into_iter();
        Ok(latest.filter_map(|decision| Some((decision.subject, decision.value?))).collect())
    }

    /// Subjects on which `kind` was decided and `undone` was not decided after it.
    fn standing(&self, kind: Kind, undone: Kind) -> Result<HashSet<String>> {
        let sql = "SELECT this.subject FROM latest_decisions AS this
            LEFT JOIN latest_decisions AS other ON other.kind = ?2 AND other.subject = this.subject
            WHERE this.kind = ?1 AND coalesce(other.id < this.id, TRUE)";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([kind.as_str(), undone.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }

    fn decisions(&self, sql: &str, argument: &str) -> Result<Vec<Decision>> {
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([argument], read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        let whole = |row: std::result::Result<Decision, String>| {
            row.map_err(|kind| DeskError::Damaged {
                path: self.path.clone(),
                message: format!("it holds a decision of the unknown kind `{kind}`"),
            })
        };
        rows.into_iter().map(whole).collect()
    }
}

/// Adds a decision.
pub(crate) fn insert(connection: &Connection, decision: &Decision) -> rusqlite::Result<()> {
    let sql = "INSERT INTO decisions (at, who, subject, kind, value, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let Decision { at, who, subject, kind, value, note } = decision;
    connection.execute(sql, params![at, who, subject, kind.as_str(), value, note]).map(drop)
}

/// A row as a decision, or the kind that is not known.
pub(crate) fn read(row: &Row) -> rusqlite::Result<std::result::Result<Decision, String>> {
    let kind: String = row.get("kind")?;
    let Some(kind) = Kind::parse(&kind) else {
        return Ok(Err(kind));
    };
    Ok(Ok(Decision {
        at: row.get("at")?,
        who: row.get("who")?,
        subject: row.get("subject")?,
        kind,
        value: row.get("value")?,
        note: row.get("note")?,
    }))
}
