//! Claiming what is due, and what becomes of it.

use model::{Id, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Entry, entries, stops};
use crate::{Desk, Result};

/// Entries of one message at most: more become another message.
const MOST: i64 = 200;

/// What one process may send, until its lease ends: the entries of one message to one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The message's id, the same for every try to send it.
    pub message: String,
    /// Where it goes.
    pub target: String,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// What it says, oldest first.
    pub entries: Vec<Entry>,
    lease: Timestamp,
}

/// How sending ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It was sent.
    Sent,
    /// It was not; it is tried again then.
    Later {
        /// When.
        next: Timestamp,
        /// What happened.
        error: String,
    },
    /// It was not, and is not tried again.
    Failed {
        /// What happened.
        error: String,
    },
    /// The target is gone for good: nothing is sent to it until a person resumes it.
    Gone {
        /// What happened.
        error: String,
    },
    /// Nobody knows whether it was.
    Unsure {
        /// What happened.
        error: String,
    },
}

impl Desk {
    /// Claims the message that is due longest, until `lease`; targets in `skip` are left alone. `None` if nothing is
    /// due. No other process gets any of it before the lease is over.
    pub fn claim_alerts(&mut self, now: Timestamp, lease: Timestamp, skip: &[String]) -> Result<Option<Claim>> {
        self.outbox(|transaction| {
            recover(transaction, now)?;
            let due = "SELECT * FROM outbox WHERE state = 'queued' AND next <= ?1 ORDER BY next, id";
            let first = {
                let mut statement = transaction.prepare_cached(due)?;
                let mut rows = statement.query_map([now], super::entry)?;
                rows.find(|row| row.as_ref().map_or(true, |entry| !skip.contains(&entry.alert.target))).transpose()?
            };
            let Some(first) = first else { return Ok(None) };
            let claimed = match &first.message {
                // What was tried as one message stays one.
                Some(message) => {
                    let sql = "SELECT * FROM outbox WHERE message = ?1 AND state = 'queued' ORDER BY id";
                    entries(transaction, sql, [message])?
                }
                None => {
                    let sql = "SELECT * FROM outbox WHERE target = ?1 AND state = 'queued' AND next <= ?2
                        AND message IS NULL ORDER BY id LIMIT ?3";
                    entries(transaction, sql, params![first.alert.target, now, MOST])?
                }
            };
            // An entry is part of one message only, so its key names the message.
            let key = |entry: &Entry| {
                let alert = &entry.alert;
                [&alert.rule, &alert.subject, &alert.happened, &alert.target].map(String::as_str).join("\n")
            };
            let named = claimed.first().map_or_else(String::new, key);
            let message = first.message.unwrap_or_else(|| Id::message("outbox", &named).to_string());
            let attempt = claimed.iter().map(|entry| entry.attempts).max().unwrap_or_default().saturating_add(1);
            for entry in &claimed {
                transaction.execute(
                    "UPDATE outbox SET state = 'sending', message = ?2, attempts = ?3, lease = ?4 WHERE id = ?1",
                    params![entry.number, message, attempt, lease],
                )?;
            }
            Ok(Some(Claim { message, target: first.alert.target, attempt, entries: claimed, lease }))
        })
    }

    /// Notes that the message may be out from now on. Says no if it is this process's no more: then nothing may be
    /// sent.
    pub fn hand_over(&mut self, claim: &Claim, now: Timestamp) -> Result<bool> {
        self.outbox(|transaction| {
            let sql = "UPDATE outbox SET state = 'handed'
                WHERE message = ?1 AND attempts = ?2 AND lease = ?3 AND lease > ?4 AND state = 'sending'";
            let Claim { message, attempt, lease, entries, .. } = claim;
            let handed = transaction.execute(sql, params![message, attempt, lease, now])?;
            // Some may have been stopped meanwhile: then it is another message, put together anew.
            if handed < entries.len() {
                let back = "UPDATE outbox SET state = 'queued', lease = NULL, message = NULL, attempts = attempts - 1
                    WHERE message = ?1 AND attempts = ?2 AND lease = ?3 AND state = 'handed'";
                transaction.execute(back, params![message, attempt, lease])?;
            }
            Ok(handed > 0 && handed == entries.len())
        })
    }

    /// Notes how sending ended.
    pub fn settle(&mut self, claim: &Claim, ended: &Ended, now: Timestamp) -> Result<()> {
        self.outbox(|transaction| {
            let (state, next, error) = match ended {
                Ended::Sent => ("sent", None, None),
                Ended::Later { next, error } => ("queued", Some(*next), Some(error)),
                Ended::Failed { error } => ("failed", None, Some(error)),
                Ended::Gone { error } => ("stopped", None, Some(error)),
                Ended::Unsure { error } => ("unsure", None, Some(error)),
            };
            // A result that comes when the lease is over is still the truth, unless somebody else is at it.
            let sql = "UPDATE outbox SET state = ?4, next = coalesce(?5, next), error = ?6, lease = NULL,
                    ended = CASE WHEN ?4 = 'queued' THEN NULL ELSE ?7 END
                WHERE message = ?1 AND attempts = ?2 AND state IN ('sending', 'handed', 'unsure')
                    AND (lease IS NULL OR lease = ?3)";
            let Claim { message, attempt, lease, target, .. } = claim;
            transaction.execute(sql, params![message, attempt, lease, state, next, error, now])?;
            if matches!(ended, Ended::Gone { .. }) {
                stops::stop(transaction, &stops::Stop::new(now, "the target", target, true))?;
            }
            Ok(())
        })
    }

    /// When the next entry that is queued is due, if any is.
    pub fn next_alert(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(next) FROM outbox WHERE state = 'queued'";
        let next = self.connection.query_row(sql, [], |row| row.get(0)).optional();
        next.map(Option::flatten).map_err(|error| crate::DeskError::sqlite(&self.path, error))
    }
}

/// What processes left that ended before they were done.
fn recover(transaction: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    let unsent = "UPDATE outbox SET state = 'queued', lease = NULL
        WHERE lease <= ?1 AND (state = 'sending' OR (state = 'handed' AND again = 1))";
    transaction.execute(unsent, [now])?;
    let unsure = "UPDATE outbox SET state = 'unsure', lease = NULL, ended = ?1,
            error = 'the program ended while it was being sent; it may or may not have arrived'
        WHERE lease <= ?1 AND state = 'handed'";
    transaction.execute(unsure, [now]).map(|_| ())
}
