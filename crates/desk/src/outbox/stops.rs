//! Stopping alerts, and letting them go on again.

use std::collections::BTreeMap;

use model::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Desk, DeskError, Result};

/// Somebody stopped alerts, or let them go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Of what: a rule's name, a target, the id of a conversation or a person.
    pub subject: String,
    /// Whether they are stopped from then on.
    pub stopped: bool,
}

impl Stop {
    /// A word of somebody.
    pub fn new(at: Timestamp, who: &str, subject: &str, stopped: bool) -> Stop {
        Stop { at, who: who.to_owned(), subject: subject.to_owned(), stopped }
    }
}

impl Desk {
    /// Stops alerts or lets them go on. What is queued of what is stopped is not sent, also when it goes on later:
    /// it would be old by then. Gives how many entries that were.
    pub fn stop_alerts(&mut self, word: &Stop) -> Result<usize> {
        self.outbox(|transaction| stop(transaction, word))
    }

    /// What is stopped, by rule's name, target or id.
    pub fn stopped_alerts(&self) -> Result<BTreeMap<String, Stop>> {
        let sql = "SELECT at, who, subject, stopped FROM alert_stops AS this
            WHERE stopped = 1 AND id = (SELECT max(id) FROM alert_stops AS other WHERE other.subject = this.subject)";
        let query = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                Ok(Stop { at: row.get(0)?, who: row.get(1)?, subject: row.get(2)?, stopped: row.get(3)? })
            })?;
            rows.map(|row| row.map(|stop| (stop.subject.clone(), stop))).collect::<rusqlite::Result<_>>()
        };
        query().map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

pub(super) fn stop(transaction: &Transaction<'_>, word: &Stop) -> rusqlite::Result<usize> {
    let Stop { at, who, subject, stopped } = word;
    transaction.execute(
        "INSERT INTO alert_stops (at, who, subject, stopped) VALUES (?1, ?2, ?3, ?4)",
        params![at, who, subject, stopped],
    )?;
    if !stopped {
        return Ok(0);
    }
    // What somebody is about to send is stopped too: who sends asks once more before it goes out.
    let sql = "UPDATE outbox SET state = 'stopped', ended = ?2, lease = NULL
        WHERE state IN ('queued', 'sending') AND (rule = ?1 OR subject = ?1 OR target = ?1)";
    transaction.execute(sql, params![subject, at])
}

/// Whether any of these is stopped.
pub(super) fn is_any_stopped(transaction: &Transaction<'_>, subjects: [&String; 3]) -> rusqlite::Result<bool> {
    let mut statement =
        transaction.prepare_cached("SELECT stopped FROM alert_stops WHERE subject = ?1 ORDER BY id DESC LIMIT 1")?;
    for subject in subjects {
        if statement.query_row([subject], |row| row.get(0)).optional()?.unwrap_or(false) {
            return Ok(true);
        }
    }
    Ok(false)
}
