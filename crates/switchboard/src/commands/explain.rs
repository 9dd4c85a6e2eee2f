//! `switchboard explain`: what was decided about a message, a conversation or a person, why, and how to
//! correct it.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{Decided, Explained};

use super::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Explain every decision about a message, a conversation or a person, and how to correct it
///
/// Ids stand in every list (`desk`, `ask`, `people`) and in the tables. Exit code 1 if there is nothing of
/// that id.
#[derive(Debug, Args)]
pub struct Explain {
    /// The id
    id: String,
}

impl Explain {
    /// Explains it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let explained = community::open(&workspace, &workspace.config()?)?.explain(&self.id)?;
        let Some(explained) = explained else {
            session.printer.note(format_args!("there is nothing of the id `{}`", show::clean(&self.id)));
            return Ok(Done::NotFound);
        };
        if session.printer.json {
            session.printer.json(&explained)?;
        } else {
            session.printer.data(|out| print(out, &explained))?;
        }
        Ok(Done::Found)
    }
}

fn print(out: &mut Out, explained: &Explained) -> io::Result<()> {
    let Explained { id, what, title, conversation, decided, history } = explained;
    writeln!(out, "{BOLD}{}{BOLD:#}", if title.is_empty() { id.into() } else { show::clean(title) })?;
    writeln!(out, "{FAINT}{} {id}{FAINT:#}", what.join(" and "))?;
    if let Some(conversation) = conversation.as_ref().filter(|conversation| *conversation != id) {
        writeln!(out, "{FAINT}in the conversation {conversation}{FAINT:#}")?;
    }
    decided.iter().try_for_each(|one| print_one(out, one))?;
    if !history.is_empty() {
        writeln!(out, "\n{BOLD}What people decided{BOLD:#}")?;
    }
    for entry in history {
        let value = entry.value.as_deref().unwrap_or("as the program thinks");
        let note = entry.note.as_ref().map(|note| format!(": {}", show::clean(note))).unwrap_or_default();
        writeln!(out, "  {} {} {} {value}{note}", show::time(entry.at), show::clean(&entry.who), entry.kind)?;
    }
    Ok(())
}

fn print_one(out: &mut Out, one: &Decided) -> io::Result<()> {
    let sure = one.confidence.map(|sure| format!(" {FAINT}({:.0} % sure){FAINT:#}", sure * 100.0)).unwrap_or_default();
    writeln!(out, "\n  {}: {BOLD}{}{BOLD:#}{sure}", one.what, show::clean(&one.value))?;
    for why in &one.why {
        writeln!(out, "    because {}", show::clean(why))?;
    }
    match &one.correct {
        Some(command) => writeln!(out, "    {FAINT}to correct it: {command}{FAINT:#}"),
        None => Ok(()),
    }
}
