//! `switchboard canned`: canned answers, which `case draft --canned` fills in.

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::SavedKind;

use super::{Done, saved};
use crate::session::Session;

/// Canned answers with variables, for drafts that a person sends
///
/// {asker}, {title}, {channel}, {me}, {link} (where the conversation can be read) and {link:ID} (another one) are filled
/// in by `case draft CASE --canned NAME`.
#[derive(Debug, Args)]
pub struct Canned {
    #[command(subcommand)]
    command: CannedCommand,
}

#[derive(Debug, Subcommand)]
enum CannedCommand {
    /// Keep an answer, in place of the one of that name
    Add(saved::Keep),
    /// List them
    List,
    /// Show one
    Show(saved::Named),
    /// Remove one
    Remove(saved::Named),
}

impl Canned {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            CannedCommand::Add(keep) => keep.run(session, SavedKind::Canned, |_| Ok(())),
            CannedCommand::List => saved::list(session, SavedKind::Canned),
            CannedCommand::Show(named) => named.show(session, SavedKind::Canned),
            CannedCommand::Remove(named) => named.remove(session, SavedKind::Canned),
        }
    }
}
