//! `switchboard view`: queries kept as views of the desk.

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::SavedKind;
use insight::View as BuiltIn;
use insight::query::Query;

use super::{Done, saved};
use crate::cli::usage;
use crate::session::Session;
use crate::show;

/// Views of the desk: queries under a name, which `desk --view NAME` lists
#[derive(Debug, Args)]
pub struct View {
    #[command(subcommand)]
    command: ViewCommand,
}

#[derive(Debug, Subcommand)]
enum ViewCommand {
    /// Keep a query, in place of the one of that name
    Save(Save),
    /// List them
    List,
    /// Remove one
    Remove(saved::Named),
}

#[derive(Debug, Args)]
struct Save {
    #[command(flatten)]
    keep: saved::Keep,
}

impl View {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            ViewCommand::Save(Save { keep }) => {
                if BuiltIn::parse(keep.name()).is_some() {
                    return Err(usage(format!("`{}` is a view of the desk already; choose another name", keep.name())));
                }
                keep.run(session, SavedKind::View, understood)
            }
            ViewCommand::List => saved::list(session, SavedKind::View),
            ViewCommand::Remove(named) => named.remove(session, SavedKind::View),
        }
    }
}

/// A view whose query is not understood would show what nobody meant.
fn understood(text: &str) -> Result<()> {
    match Query::parse(text, 0, None).notes.first() {
        Some(note) => Err(usage(show::clean(note))),
        None => Ok(()),
    }
}
