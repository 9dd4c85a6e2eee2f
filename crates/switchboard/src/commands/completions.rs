//! `switchboard completions`: what a shell needs to complete our commands.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Done;
use crate::cli::Cli;
use crate::session::Session;

/// Print completions for a shell
///
/// For bash: switchboard completions bash > ~/.local/share/bash-completion/completions/switchboard
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub fn run(self, session: &Session) -> Result<Done> {
        // Into memory first: the generator takes a closed pipe for a defect.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "switchboard", &mut script);
        session.printer.data(|out| out.write_all(&script))?;
        Ok(Done::Found)
    }
}
