//! Texts kept under a name: canned answers, macros and views, and the records of [`crate::Record`].
//!
//! Saving under a name that is taken takes its place; what was there before stays in the file.

use std::collections::BTreeMap;

use model::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Desk, DeskError, Result};

/// A text that people type has at most so many characters, a record so many.
const LONGEST: usize = 50_000;
const LONGEST_RECORD: usize = 1_000_000;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SavedKind {
    /// The draft of an answer, with variables such as `{asker}`.
    Canned,
    /// What to do, one thing a line: [`crate::Macro`].
    Macro,
    /// A query over conversations.
    View,
    /// What a channel is for, or all of them together: text for people.
    Strategy,
    /// [`crate::Goal`].
    Goal,
    /// [`crate::Retired`], under the name of a metric.
    Retired,
    /// [`crate::Doubt`].
    Doubt,
    /// [`crate::Explanation`].
    Explanation,
    /// [`crate::Action`].
    Action,
    /// [`crate::Announcement`].
    Announcement,
    /// [`crate::EventPlan`], under the event's id or a name of its own.
    EventPlan,
    /// [`crate::PeerChannel`].
    PeerChannel,
    /// [`crate::Story`].
    Story,
    /// [`crate::Approach`].
    Approach,
    /// [`crate::Report`].
    Report,
}

/// A text under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name: letters, digits, `-` and `_`.
    pub name: String,
    /// The text.
    pub text: String,
    /// Who saved it.
    pub who: String,
    /// When, microseconds UTC.
    pub at: Timestamp,
}

impl SavedKind {
    /// As it is written in the file and in errors.
    pub fn as_str(self) -> &'static str {
        match self {
            SavedKind::Canned => "canned answer",
            SavedKind::Macro => "macro",
            SavedKind::View => "view",
            SavedKind::Strategy => "strategy",
            SavedKind::Goal => "goal",
            SavedKind::Retired => "retired metric",
            SavedKind::Doubt => "doubt",
            SavedKind::Explanation => "explanation",
            SavedKind::Action => "action",
            SavedKind::Announcement => "announcement",
            SavedKind::EventPlan => "plan of an event",
            SavedKind::PeerChannel => "peer's channel",
            SavedKind::Story => "story",
            SavedKind::Approach => "approach",
            SavedKind::Report => "report",
        }
    }

    fn longest(self) -> usize {
        match self {
            SavedKind::Canned | SavedKind::Macro | SavedKind::View | SavedKind::Strategy => LONGEST,
            _ => LONGEST_RECORD,
        }
    }
}

impl Desk {
    /// Keeps a text under a name, in place of what it held before.
    pub fn save(&mut self, kind: SavedKind, name: &str, text: &str, who: &str, at: Timestamp) -> Result<()> {
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if name.is_empty() || name.chars().count() > 50 || !name.chars().all(fine) {
            return Err(DeskError::Wrong("a name has up to 50 letters, digits, `-` and `_`; write another".to_owned()));
        }
        let longest = kind.longest();
        if text.trim().is_empty() || text.chars().count() > longest {
            return Err(DeskError::Wrong(format!("a {} has 1 to {longest} characters; write another", kind.as_str())));
        }
        put(&self.connection, kind, name, Some(text), who, at).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Removes what is kept under a name. Fails if nothing is.
    pub fn unsave(&mut self, kind: SavedKind, name: &str, who: &str, at: Timestamp) -> Result<()> {
        self.saved(kind, name)?;
        put(&self.connection, kind, name, None, who, at).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// What is kept under a name. The error where nothing is names what there is.
    pub fn saved(&self, kind: SavedKind, name: &str) -> Result<Saved> {
        let mut all = self.all_saved(kind)?;
        all.remove(name).ok_or_else(|| {
            let names: Vec<&str> = all.keys().map(String::as_str).collect();
            let known = if names.is_empty() { "there are none yet".to_owned() } else { names.join(", ") };
            let name = name.chars().filter(|c| !c.is_control()).take(50).collect();
            DeskError::NotSaved { kind: kind.as_str(), name, known }
        })
    }

    /// Everything of a kind, by name.
    pub fn all_saved(&self, kind: SavedKind) -> Result<BTreeMap<String, Saved>> {
        let sql = "SELECT * FROM saved AS this WHERE kind = ?1 AND text IS NOT NULL AND
            id = (SELECT max(id) FROM saved AS other WHERE other.kind = this.kind AND other.name = this.name)";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([kind.as_str()], read)?.collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

fn put(
    connection: &Connection,
    kind: SavedKind,
    name: &str,
    text: Option<&str>,
    who: &str,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO saved (at, who, kind, name, text) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![at, who, kind.as_str(), name, text]).map(drop)
}

fn read(row: &Row) -> rusqlite::Result<(String, Saved)> {
    let name: String = row.get("name")?;
    Ok((name.clone(), Saved { name, text: row.get("text")?, who: row.get("who")?, at: row.get("at")? }))
}
