//! `switchboard man`: the manual page, from the same definitions as `--help`.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};

use super::Done;
use crate::cli::{Cli, usage};
use crate::session::Session;

/// Print the manual page
///
/// To read it: switchboard man | man -l -
#[derive(Debug, Args)]
pub struct Man {
    /// The page of one command
    command: Option<String>,
}

impl Man {
    /// Prints it as roff.
    pub fn run(self, session: &Session) -> Result<Done> {
        let mut program = Cli::command();
        program.build();
        let command = match &self.command {
            None => program,
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let command = found.ok_or_else(|| usage(format!("there is no command `{name}`")))?;
                // A page is called as git's are: switchboard-sync(1).
                command.display_name(format!("switchboard-{name}"))
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        session.printer.data(|out| out.write_all(&page))?;
        Ok(Done::Found)
    }
}
