//! `switchboard actions`: what was decided to be done, by whom, and which number should move by it.

use anyhow::Result;
use clap::Args;

use super::Done;
use super::record::RecordCommand;
use crate::session::Session;

/// Write down what was decided to be done for a tier, a channel or a goal
///
/// Fields: what, about_kind, about, who, due, done, metric, outcome.
#[derive(Debug, Args)]
pub struct Actions {
    #[command(subcommand)]
    command: Option<RecordCommand>,
}

impl Actions {
    /// Does it; lists them if nothing else is said.
    pub fn run(self, session: &Session) -> Result<Done> {
        self.command.unwrap_or(RecordCommand::List).run(session, "actions")
    }
}
