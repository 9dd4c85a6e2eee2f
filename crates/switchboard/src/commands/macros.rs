//! `switchboard macro`: several deeds under one name.

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::{Macro as Deeds, SavedKind};

use super::case::{By, Room, draft};
use super::{Done, saved};
use crate::cli::usage;
use crate::session::Session;

/// Macros: several deeds under one name, such as a tag, a handing over and a draft
///
/// A macro is text, one deed a line: `tag tls`, `hand-over 3 a defect`, `park 7d`, `take`, `assign NAME`, `release`,
/// `resolve`, `reopen`, `not-a-question`, `note TEXT`, `draft CANNED`.
#[derive(Debug, Args)]
pub struct Macro {
    #[command(subcommand)]
    command: MacroCommand,
}

#[derive(Debug, Subcommand)]
enum MacroCommand {
    /// Keep a macro, in place of the one of that name; `;` in a TEXT ends a line
    Add(saved::Keep),
    /// List them
    List,
    /// Show one
    Show(saved::Named),
    /// Remove one
    Remove(saved::Named),
    /// Run one: its deeds are one step that `case undo` takes back, its drafts are printed
    Run(Run),
}

#[derive(Debug, Args)]
struct Run {
    /// Its name
    name: String,
    /// The cases' ids
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<String>,
    #[command(flatten)]
    by: By,
}

impl Macro {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let fine = |text: &str| Deeds::parse(&lines(text)).map(drop).map_err(usage);
        match self.command {
            MacroCommand::Add(keep) => keep.run(session, SavedKind::Macro, fine),
            MacroCommand::List => saved::list(session, SavedKind::Macro),
            MacroCommand::Show(named) => named.show(session, SavedKind::Macro),
            MacroCommand::Remove(named) => named.remove(session, SavedKind::Macro),
            MacroCommand::Run(run) => run.run(session),
        }
    }
}

impl Run {
    fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let ids = room.find_all(&self.cases)?;
        let saved = room.desk()?.saved(SavedKind::Macro, &self.name)?;
        let deeds = Deeds::parse(&lines(&saved.text))?;
        // A draft that is missing is found before anything is done.
        for name in deeds.drafts() {
            room.desk()?.saved(SavedKind::Canned, name)?;
        }
        let changes = deeds.changes(&room.who, room.community.now().time);
        if !changes.is_empty() {
            room.change(&ids, &changes)?;
        }
        for id in &ids {
            for name in deeds.drafts() {
                draft::canned(&room, id, name)?;
            }
        }
        Ok(Done::Found)
    }
}

fn lines(text: &str) -> String {
    text.replace(';', "\n")
}
