//! The command line: what `--help`, the completions and the man page are made from.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

use crate::commands;

/// The support desk of an open source community: who is waiting for an answer, and who can help
///
/// Switchboard gathers what people say and do on every channel a project has, works out who waits for
/// an answer and who could give it, and keeps everything in one folder. Nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "The tour: init, add, sync, desk, serve. `switchboard demo` shows it all on a made-up community."
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for every command")]
pub struct Global {
    /// The workspace; without it, the current folder or the nearest one above it with a switchboard.toml
    #[arg(short = 'C', long = "workspace", value_name = "DIR", env = "SWITCHBOARD_WORKSPACE", global = true)]
    pub workspace: Option<PathBuf>,
    /// Print nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what happens on the way (SWITCHBOARD_LOG chooses more finely, as `derive=debug`)
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Draw no progress lines, even on a terminal
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Print results as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// For the pages: write how far it is to stderr, a line each time, and let others go first
    #[arg(long, global = true, hide = true)]
    pub reports: bool,
}

/// The commands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    Init(commands::init::Init),
    Add(commands::add::Add),
    Sync(commands::sync::Sync),
    Status(commands::status::Status),
    Desk(commands::desk::Desk),
    Case(commands::case::Case),
    Canned(commands::canned::Canned),
    Macro(commands::macros::Macro),
    View(commands::view::View),
    Search(commands::search::Search),
    Ask(commands::ask::Ask),
    Introduce(commands::introduce::Introduce),
    Explain(commands::explain::Explain),
    Correct(commands::correct::Correct),
    Tiers(commands::tiers::Tiers),
    Topics(commands::topics::Topics),
    Goals(commands::goals::Goals),
    Blips(commands::blips::Blips),
    Events(commands::events::Events),
    Stories(commands::stories::Stories),
    Announcements(commands::announcements::Announcements),
    Actions(commands::actions::Actions),
    Peers(commands::peers::Peers),
    Metrics(commands::metrics::Metrics),
    Metric(commands::metric::Metric),
    Report(commands::report::Report),
    Sql(commands::sql::Sql),
    Tables(commands::tables::Tables),
    Export(commands::export::Export),
    Alerts(commands::alerts::Alerts),
    People(commands::people::People),
    Erase(commands::erase::Erase),
    Serve(commands::serve::Serve),
    Mcp(commands::mcp::Mcp),
    Account(commands::account::Account),
    Token(commands::token::Token),
    Problems(commands::problems::Problems),
    Doctor(commands::doctor::Doctor),
    Rebuild(commands::rebuild::Rebuild),
    Demo(commands::demo::Demo),
    Sources(commands::sources::Sources),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

/// How long to wait for another process that is writing to the workspace.
#[derive(Debug, Args)]
pub struct Wait {
    /// Seconds to wait for another process that is writing to the workspace
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub wait: u64,
    /// Fail at once if another process is writing to the workspace
    #[arg(long, conflicts_with = "wait")]
    pub no_wait: bool,
}

impl Wait {
    /// The time to wait, zero for not at all.
    pub fn duration(&self) -> std::time::Duration {
        std::time::Duration::from_secs(if self.no_wait { 0 } else { self.wait })
    }
}

/// An error of the command line that only the workspace could show, such as a source that it does not
/// have: printed and ended (exit code 2) as clap does with its own.
pub fn usage(message: impl std::fmt::Display) -> anyhow::Error {
    clap::Error::raw(ErrorKind::ValueValidation, format_args!("{message}\n")).into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_says_what_it_is_for() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }
}
