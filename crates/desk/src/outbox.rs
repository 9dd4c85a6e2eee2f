//! What is to be sent, so that nothing is lost and nothing is sent twice.
//!
//! An entry is one thing for one target; rule, subject, what happened and target are its key, so that putting it here
//! a second time does nothing. Entries of one target that are due together become one message.
//!
//! ```text
//! queued ─claim─▶ sending ─hand over─▶ handed ─settle─▶ sent, failed, stopped, unsure
//!    ▲               │                    │
//!    └── lease over ─┘                    └─ lease over ─▶ unsure (queued, where the target drops what it has)
//! ```
//!
//! Each arrow is one transaction. Whoever claims has a lease; a process that was killed lets it run out. Killed before
//! it handed the message over, nothing went out and it is queued again. Killed after, nobody knows: a webhook's
//! receiver drops what comes again with its id, so that is sent again; a mail or a line of chat is not, but stays
//! `unsure` for a person to look at ([`Desk::send_again`]). Losing one alert in such a moment and saying so is better
//! than sending two: an alert that comes twice teaches people to ignore alerts.
//!
//! Texts are personal data: [`Desk::forget_sent`] takes them out thirty days after they went out.

use model::Timestamp;
use model::time::DAY;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use crate::{Desk, DeskError, Result};

mod claim;
mod stops;

pub use claim::{Claim, Ended};
pub use stops::Stop;

/// Days that the text of what has ended is kept.
pub const TEXT_DAYS: i64 = 30;
/// Days that is kept what has ended, when, and why: longer than any rule looks back.
pub const KEPT_DAYS: i64 = 366;

/// Something to say to one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The rule that says so, by its name.
    pub rule: String,
    /// Stable id of the conversation or person that it is about.
    pub subject: String,
    /// What happened to it, so that the next thing that happens to it is another one.
    pub happened: String,
    /// Where it goes: `mail:ADDRESS`, `webhook:NAME`, `chat:NAME`.
    pub target: String,
    /// Whether the target drops what comes a second time with the same id.
    pub again: bool,
    /// When it happened.
    pub at: Timestamp,
    /// When it should go out.
    pub due: Timestamp,
    /// What to say, in whatever form the caller reads back.
    pub text: String,
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It waits for its time.
    Queued,
    /// Somebody is about to send it.
    Sending,
    /// Somebody is sending it, and it may be out already.
    Handed,
    /// It was sent.
    Sent,
    /// It was tried as often as makes sense, or refused.
    Failed,
    /// A person, or the target itself, said that it should not be sent.
    Stopped,
    /// Nobody knows whether it was sent.
    Unsure,
    /// It was no longer so when its time came.
    Over,
}

impl Delivery {
    /// Every state.
    pub const ALL: &'static [Delivery] = &[
        Delivery::Queued,
        Delivery::Sending,
        Delivery::Handed,
        Delivery::Sent,
        Delivery::Failed,
        Delivery::Stopped,
        Delivery::Unsure,
        Delivery::Over,
    ];

    /// As it is written in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Delivery::Queued => "queued",
            Delivery::Sending => "sending",
            Delivery::Handed => "handed",
            Delivery::Sent => "sent",
            Delivery::Failed => "failed",
            Delivery::Stopped => "stopped",
            Delivery::Unsure => "unsure",
            Delivery::Over => "over",
        }
    }

    /// Reads what [`Delivery::as_str`] wrote; `None` for any other word.
    pub fn parse(text: &str) -> Option<Delivery> {
        Delivery::ALL.iter().copied().find(|state| state.as_str() == text)
    }
}

/// An alert in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, larger than those of all before it.
    pub number: i64,
    /// What it is; the text is empty where it was forgotten.
    pub alert: Alert,
    /// When it was put here.
    pub queued: Timestamp,
    /// When it is tried next.
    pub next: Timestamp,
    /// How far it is.
    pub state: Delivery,
    /// The message that it is part of.
    pub message: Option<String>,
    /// Tries so far.
    pub attempts: u32,
    /// When it came to its end.
    pub ended: Option<Timestamp>,
    /// Why the last try failed.
    pub error: Option<String>,
}

impl Desk {
    /// Puts alerts into the outbox, all or none; those that were ever put there before are left out. Those whose rule,
    /// subject or target is stopped are put there as such, so that they do not come when it goes on. Gives how many
    /// are new and will be sent.
    pub fn queue_alerts(&mut self, alerts: &[Alert], now: Timestamp) -> Result<usize> {
        self.outbox(|transaction| {
            let mut new = 0;
            let mut insert = transaction.prepare(
                "INSERT OR IGNORE INTO outbox
                    (rule, subject, happened, target, again, at, queued, due, next, text, state, ended)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11)",
            )?;
            for alert in alerts {
                let Alert { rule, subject, happened, target, again, at, due, text } = alert;
                let (state, ended) = match stops::is_any_stopped(transaction, [rule, subject, target])? {
                    true => (Delivery::Stopped, Some(now)),
                    false => (Delivery::Queued, None),
                };
                let values = params![rule, subject, happened, target, again, at, now, due, text, state.as_str(), ended];
                new += insert.execute(values)? * usize::from(state == Delivery::Queued);
            }
            Ok(new)
        })
    }

    /// Since when a rule looks: now, if nobody asked for this rule with this condition before.
    pub fn rule_since(&mut self, name: &str, condition: &str, now: Timestamp) -> Result<Timestamp> {
        self.outbox(|transaction| {
            transaction.execute(
                "INSERT INTO alert_rules (name, condition, since) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET condition = excluded.condition, since = excluded.since
                 WHERE condition <> excluded.condition",
                params![name, condition, now],
            )?;
            transaction.query_row("SELECT since FROM alert_rules WHERE name = ?1", [name], |row| row.get(0))
        })
    }

    /// When the next alert of a rule to a target may go out, given how long it is quiet after each: with those that
    /// wait for that already, if there are any.
    pub fn after_quiet(&self, rule: &str, target: &str, now: Timestamp, quiet: i64) -> Result<Timestamp> {
        let sql = "SELECT max(due) FROM outbox WHERE rule = ?1 AND target = ?2 AND state NOT IN ('stopped', 'over')";
        let query = || self.connection.query_row(sql, [rule, target], |row| row.get::<_, Option<Timestamp>>(0));
        let latest = query().map_err(|error| DeskError::sqlite(&self.path, error))?;
        Ok(match latest {
            Some(due) if due > now => due,
            Some(due) => now.max(due.saturating_add(quiet)),
            None => now,
        })
    }

    /// Takes out of the queue what a rule said after `from` and does not say any more: `holds` is asked for each
    /// entry that was never tried. Gives how many.
    pub fn drop_queued(
        &mut self,
        rule: &str,
        from: Timestamp,
        now: Timestamp,
        holds: impl Fn(&Alert) -> bool,
    ) -> Result<usize> {
        self.outbox(|transaction| {
            let sql = "SELECT * FROM outbox WHERE rule = ?1 AND at > ?2 AND state = 'queued' AND attempts = 0";
            let queued = entries(transaction, sql, params![rule, from])?;
            let over: Vec<i64> = queued.iter().filter(|one| !holds(&one.alert)).map(|one| one.number).collect();
            for number in &over {
                transaction
                    .execute("UPDATE outbox SET state = 'over', ended = ?2 WHERE id = ?1", params![number, now])?;
            }
            Ok(over.len())
        })
    }

    /// What is in the outbox in any of these states (all if there are none), the latest first, at most `limit`.
    pub fn alerts_log(&self, states: &[Delivery], limit: usize) -> Result<Vec<Entry>> {
        let states = if states.is_empty() { Delivery::ALL } else { states };
        let states = states.iter().map(|state| format!("'{}'", state.as_str())).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT * FROM outbox WHERE state IN ({states}) ORDER BY id DESC LIMIT ?1");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        entries(&self.connection, &sql, params![limit]).map_err(|error| DeskError::sqlite(&self.path, error))
    }

    /// Queues an entry that failed, or of which nobody knows whether it was sent, once more. Gives whether there was
    /// one of this number.
    pub fn send_again(&mut self, number: i64, now: Timestamp) -> Result<bool> {
        self.outbox(|transaction| {
            let sql = "UPDATE outbox SET state = 'queued', next = ?2, attempts = 0, ended = NULL, error = NULL
                WHERE id = ?1 AND state IN ('failed', 'unsure') AND text IS NOT NULL";
            Ok(transaction.execute(sql, params![number, now])? > 0)
        })
    }

    /// Takes out the texts of what ended more than [`TEXT_DAYS`] ago, and all of what ended more than [`KEPT_DAYS`]
    /// ago. Gives how many entries changed.
    pub fn forget_sent(&mut self, now: Timestamp) -> Result<usize> {
        let failed = |error| DeskError::sqlite(&self.path, error);
        // What is taken out is overwritten, not only let go of.
        self.connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(())).map_err(failed)?;
        self.outbox(|transaction| {
            let text = "UPDATE outbox SET text = NULL WHERE ended < ?1 AND text IS NOT NULL";
            let forgotten = transaction.execute(text, [now.saturating_sub(TEXT_DAYS * DAY)])?;
            let removed = "DELETE FROM outbox WHERE ended < ?1";
            Ok(forgotten + transaction.execute(removed, [now.saturating_sub(KEPT_DAYS * DAY)])?)
        })
    }

    /// Does something in one transaction that no other writer gets in between of.
    fn outbox<T>(&mut self, act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        let run = |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = act(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run(&mut self.connection).map_err(|error| DeskError::sqlite(&self.path, error))
    }
}

fn entries(connection: &Connection, sql: &str, parameters: impl rusqlite::Params) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map(parameters, entry)?.collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let state: String = row.get("state")?;
    Ok(Entry {
        number: row.get("id")?,
        alert: Alert {
            rule: row.get("rule")?,
            subject: row.get("subject")?,
            happened: row.get("happened")?,
            target: row.get("target")?,
            again: row.get("again")?,
            at: row.get("at")?,
            due: row.get("due")?,
            text: row.get::<_, Option<String>>("text")?.unwrap_or_default(),
        },
        queued: row.get("queued")?,
        next: row.get("next")?,
        // The table's own check lets no other word in.
        state: Delivery::parse(&state).unwrap_or(Delivery::Failed),
        message: row.get("message")?,
        attempts: row.get("attempts")?,
        ended: row.get("ended")?,
        error: row.get("error")?,
    })
}
