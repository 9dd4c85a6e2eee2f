//! Who changed what: all that the desk knows of it, in one list.
//!
//! Steps on cases, decisions, preferences, saved texts and tokens are logs already. What is changed besides those
//! (the team, sources, settings) is noted by [`Desk::note_change`]. Nothing of it is ever changed or removed.

use model::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Desk, Result};

/// A change to be noted. Holds no message's body, mail address or secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted<'a> {
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who, as they are called.
    pub who: &'a str,
    /// The area, in a word: `team`, `sources`, `settings`.
    pub area: &'a str,
    /// What they did, to go on after their name: `changed the address`.
    pub what: &'a str,
    /// Whom or what it is about.
    pub subject: Option<&'a str>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When, microseconds UTC.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// `cases`, `decisions`, `preferences`, `asked`, `texts`, `tokens`, `people` (erased), or an area of [`Noted`].
    pub area: String,
    /// What: a few words, or for `decisions` the [`crate::Kind`].
    pub what: String,
    /// Whom or what it is about: an id, or a name.
    pub subject: Option<String>,
    /// Why, in their words.
    pub why: Option<String>,
    /// How many cases it is about, if any.
    pub cases: u64,
    /// The number of the step, for what can be taken back by it.
    pub step: Option<i64>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Which lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditAsk {
    /// Of this person only.
    pub who: Option<String>,
    /// Of this area only.
    pub area: Option<String>,
    /// So many are left out, from the newest on.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// Each log with the same columns. `closed` and `reopened` are steps as well, and stand there.
const LOGS: &[&str] = &[
    "SELECT id, at, who, 'cases' AS area, what,
        (SELECT conversation FROM case_events WHERE step = steps.id LIMIT 1) AS subject,
        (SELECT note FROM case_events WHERE step = steps.id AND kind <> 'note' LIMIT 1) AS why,
        cases, id AS step, undone FROM steps",
    "SELECT id, at, who, 'decisions' AS area, kind AS what, subject, note AS why, 0 AS cases, NULL AS step,
        0 AS undone FROM decisions WHERE kind NOT IN ('closed', 'reopened')",
    "SELECT id, at, who, 'preferences' AS area, 'wrote down what they like to be asked' AS what, person AS subject,
        NULL AS why, 0 AS cases, NULL AS step, 0 AS undone FROM preferences",
    "SELECT id, at, who, 'asked' AS area, 'asked them for help' AS what, person AS subject, NULL AS why, 0 AS cases,
        NULL AS step, 0 AS undone FROM asked",
    "SELECT id, at, who, 'texts' AS area, iif(text IS NULL, 'removed the ', 'saved the ') || kind AS what,
        name AS subject, NULL AS why, 0 AS cases, NULL AS step, 0 AS undone FROM saved",
    "SELECT id, made AS at, who, 'tokens' AS area, 'made a token (' || scopes || ')' AS what, name AS subject,
        NULL AS why, 0 AS cases, NULL AS step, 0 AS undone FROM tokens",
    "SELECT id, at, who, area, what, subject, NULL AS why, 0 AS cases, NULL AS step, 0 AS undone FROM changes",
    "SELECT id, at, who, 'people' AS area,
        iif(done IS NULL, 'began to erase somebody', 'erased somebody (' || items || ' items)') AS what,
        NULL AS subject, NULL AS why, 0 AS cases, NULL AS step, 0 AS undone FROM erasures",
];

impl Desk {
    /// Notes a change.
    pub fn note_change(&mut self, noted: &Noted<'_>) -> Result<()> {
        self.write(|transaction| Ok(insert(transaction, noted)?))
    }

    /// Who changed what, newest first.
    pub fn audit(&self, ask: &AuditAsk) -> Result<Vec<AuditLine>> {
        let AuditAsk { who, area, offset, limit } = ask;
        let most = i64::try_from(offset.saturating_add(*limit)).unwrap_or(i64::MAX);
        let skip = i64::try_from(*offset).unwrap_or(i64::MAX);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&audit_sql())?;
            let rows = statement.query_map(params![who, area, most, skip], line)?;
            rows.collect()
        })
    }

    /// Everybody who changed something, by name.
    pub fn audit_names(&self) -> Result<Vec<String>> {
        let names = LOGS.iter().map(|log| format!("SELECT who FROM ({log})")).collect::<Vec<_>>().join(" UNION ");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{names} ORDER BY 1"))?;
            statement.query_map([], |row| row.get(0))?.collect()
        })
    }
}

/// Numbers ascend with time, so that of each log only its newest lines have to be looked at.
fn audit_sql() -> String {
    let newest = |log: &&str| {
        format!(
            "SELECT * FROM (SELECT * FROM ({log}) WHERE (?1 IS NULL OR who = ?1) AND (?2 IS NULL OR area = ?2)
             ORDER BY id DESC LIMIT ?3)"
        )
    };
    let logs: Vec<String> = LOGS.iter().map(newest).collect();
    format!("{} ORDER BY at DESC, area, id DESC LIMIT ?3 - ?4 OFFSET ?4", logs.join(" UNION ALL "))
}

/// Notes a change, in the transaction that makes it.
pub(crate) fn insert(connection: &Connection, noted: &Noted<'_>) -> rusqlite::Result<()> {
    let Noted { at, who, area, what, subject } = noted;
    let sql = "INSERT INTO changes (at, who, area, what, subject) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.prepare_cached(sql)?.execute(params![at, who, area, what, subject]).map(drop)
}

fn line(row: &Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine {
        at: row.get("at")?,
        who: row.get("who")?,
        area: row.get("area")?,
        what: row.get("what")?,
        subject: row.get("subject")?,
        why: row.get("why")?,
        cases: u64::try_from(row.get::<_, i64>("cases")?).unwrap_or(0),
        step: row.get("step")?,
        undone: row.get("undone")?,
    })
}
