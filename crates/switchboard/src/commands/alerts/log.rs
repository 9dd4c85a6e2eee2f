//! `switchboard alerts log`: what was sent, what waits, and what went wrong.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use desk::{Delivery, Desk, Entry};
use serde_json::json;

use crate::alerts;
use crate::commands::Done;
use crate::printer::{BAD, BOLD, FAINT, GOOD};
use crate::session::Session;
use crate::show;

/// List what was sent, what waits to be, and what went wrong, latest first
///
/// Exit code 1 if there is nothing. Texts are forgotten thirty days after they were sent.
#[derive(Debug, Args)]
pub struct Log {
    /// Only what is so
    #[arg(long, value_enum)]
    state: Option<State>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 30)]
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    /// Waiting for its time, or being sent
    Queued,
    /// Sent
    Sent,
    /// Refused, or tried for days
    Failed,
    /// Stopped by a person or by the target
    Stopped,
    /// May or may not have arrived
    Unsure,
    /// No longer so when its time came
    Over,
}

impl Log {
    /// Lists it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let states: &[Delivery] = match self.state {
            None => &[],
            Some(State::Queued) => &[Delivery::Queued, Delivery::Sending, Delivery::Handed],
            Some(State::Sent) => &[Delivery::Sent],
            Some(State::Failed) => &[Delivery::Failed],
            Some(State::Stopped) => &[Delivery::Stopped],
            Some(State::Unsure) => &[Delivery::Unsure],
            Some(State::Over) => &[Delivery::Over],
        };
        let log = match workspace.desk().exists() {
            true => Desk::open(&workspace.desk())?.alerts_log(states, self.limit)?,
            false => Vec::new(),
        };
        if session.printer.json {
            session.printer.json(&log.iter().map(value).collect::<Vec<_>>())?;
        } else if log.is_empty() {
            session.printer.note("nothing of the kind");
        } else {
            session.printer.data(|out| log.iter().try_for_each(|entry| print(out, entry)))?;
        }
        Ok(if log.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn value(entry: &Entry) -> serde_json::Value {
    let alert = &entry.alert;
    json!({
        "number": entry.number, "state": entry.state.as_str(), "rule": alert.rule, "subject": alert.subject,
        "happened": alert.happened, "target": alert.target, "at": alert.at, "due": alert.due, "next": entry.next,
        "attempts": entry.attempts, "ended": entry.ended, "error": entry.error, "message": entry.message,
        "what": alerts::text_of(entry),
    })
}

fn print(out: &mut crate::printer::Out, entry: &Entry) -> std::io::Result<()> {
    let alert = &entry.alert;
    let (style, when) = match entry.state {
        Delivery::Sent => (GOOD, entry.ended),
        Delivery::Failed | Delivery::Unsure => (BAD, entry.ended),
        Delivery::Queued | Delivery::Sending | Delivery::Handed => (FAINT, Some(entry.next)),
        Delivery::Stopped | Delivery::Over => (FAINT, entry.ended),
    };
    let what = alerts::text_of(entry);
    let what = if what.is_empty() { "(text forgotten)".to_owned() } else { what };
    let when = when.map_or(String::new(), show::time);
    let state = entry.state.as_str();
    writeln!(
        out,
        "{}. {style}{state}{style:#} {when} {BOLD}{}{BOLD:#}",
        entry.number,
        show::clean(&show::cut(&what, 90))
    )?;
    let line = format!("rule {} to {} · {}", alert.rule, alert.target, alert.subject);
    writeln!(out, "   {FAINT}{}{FAINT:#}", show::clean(&line))?;
    let Some(error) = &entry.error else { return Ok(()) };
    let again = match entry.state {
        Delivery::Failed | Delivery::Unsure => format!("; switchboard alerts resume {} sends it again", entry.number),
        _ => String::new(),
    };
    writeln!(out, "   {}{again}", show::clean(error))
}
