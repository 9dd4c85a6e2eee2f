//! `switchboard people log`: who decided what on who is who.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use desk::{Desk, Numbered};
use serde_json::json;

use super::who;
use crate::commands::{Done, output};
use crate::printer::FAINT;
use crate::session::Session;
use crate::show;

/// List what was decided on who is who: by whom, when and why
///
/// Exit code 1 if nothing was.
#[derive(Debug, Args)]
pub struct Log {
    /// Only about this person
    person: Option<String>,
}

impl Log {
    /// Lists it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let mut log = match workspace.desk().exists() {
            true => Desk::open(&workspace.desk())?.people_log()?,
            false => Vec::new(),
        };
        if let Some(person) = &self.person {
            let engine = output::engine(&workspace)?;
            let person = who::find(&engine, person)?.identity.person_id;
            let ids: Vec<String> = who::identities(&engine, &person)?.into_iter().map(|one| one.identity_id).collect();
            log.retain(|one| concerns(one, &ids));
        }
        let found = if log.is_empty() { Done::NotFound } else { Done::Found };
        if session.printer.json {
            let line = |one: &Numbered| {
                let Numbered { number, decision, taken_back } = one;
                json!({ "number": number, "at": decision.at, "who": decision.who, "kind": decision.kind.as_str(),
                        "subject": decision.subject, "value": decision.value, "note": decision.note,
                        "taken_back": taken_back })
            };
            session.printer.json(&log.iter().map(line).collect::<Vec<_>>())?;
        } else if log.is_empty() {
            session.printer.note("nothing was decided");
        } else {
            session.printer.data(|out| {
                for Numbered { number, decision, taken_back } in &log {
                    let back = if *taken_back { " (taken back)" } else { "" };
                    let (kind, value) = (decision.kind.as_str(), decision.value.as_deref().unwrap_or_default());
                    let line = format!("{number}. {kind} {} {value}{back}", decision.subject);
                    writeln!(out, "{}", show::clean(&line))?;
                    let note = decision.note.as_deref().map_or(String::new(), |note| format!(": {note}"));
                    let line = format!("{}, {}{note}", decision.who, show::time(decision.at));
                    writeln!(out, "   {FAINT}{}{FAINT:#}", show::clean(&line))?;
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

fn concerns(one: &Numbered, ids: &[String]) -> bool {
    let value = one.decision.value.iter().flat_map(|value| value.split_whitespace());
    std::iter::once(one.decision.subject.as_str()).chain(value).any(|word| ids.iter().any(|id| id == word))
}
