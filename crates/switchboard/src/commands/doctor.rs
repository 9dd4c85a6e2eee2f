//! `switchboard doctor`: is everything whole, and what to do where it is not.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::Done;
use crate::printer::{BAD, BOLD, GOOD, Out};
use crate::session::Session;
use crate::show;

mod archive;
mod derived;
mod machine;
mod settings;

/// Check that everything is whole: configuration, segments, cursors, tables, full text, desk, disk, clock
///
/// Reads every byte of the workspace and changes nothing. Exit code 1 if something is wrong.
#[derive(Debug, Args)]
pub struct Doctor {}

/// What was looked at, and what was found.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What was looked at: `archive dev-list`.
    what: String,
    /// In a few words, what is there: `3 segments, 2,447 items`.
    found: String,
    /// What is wrong, each with what to do; empty if nothing is.
    wrong: Vec<String>,
    /// What is not as it could be, but no harm.
    notes: Vec<String>,
}

impl Check {
    fn new(what: impl Into<String>) -> Check {
        Check { what: what.into(), found: String::new(), wrong: Vec::new(), notes: Vec::new() }
    }

    fn wrong(&mut self, what: impl std::fmt::Display) {
        self.wrong.push(what.to_string());
    }

    fn note(&mut self, what: impl std::fmt::Display) {
        self.notes.push(what.to_string());
    }
}

impl Doctor {
    /// Looks at everything.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let (config, settings) = settings::check(&workspace);
        let mut checks = vec![settings];
        checks.extend(archive::check(&workspace, config.as_ref(), &session.printer));
        checks.extend(derived::check(&workspace));
        checks.extend(machine::check(&workspace));
        if session.printer.json {
            session.printer.json(&checks)?;
        } else {
            session.printer.data(|out| checks.iter().try_for_each(|check| print(out, check)))?;
        }
        let wrong = checks.iter().map(|check| check.wrong.len() as u64).sum::<u64>();
        if wrong == 0 {
            session.printer.note("everything is whole");
            return Ok(Done::Found);
        }
        session.printer.note(format_args!("{} found", show::counted(wrong, "fault")));
        Ok(Done::NotFound)
    }
}

fn print(out: &mut Out, check: &Check) -> io::Result<()> {
    let (style, mark) = if check.wrong.is_empty() { (GOOD, "whole") } else { (BAD, "WRONG") };
    writeln!(out, "{style}{mark}{style:#}  {BOLD}{}{BOLD:#}  {}", check.what, show::clean(&check.found))?;
    for (style, lines) in [(BAD, &check.wrong), (crate::printer::FAINT, &check.notes)] {
        lines.iter().try_for_each(|line| writeln!(out, "       {style}{}{style:#}", show::clean(line)))?;
    }
    Ok(())
}
