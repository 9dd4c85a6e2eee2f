//! The commands, one file each: its arguments, what it calls, and how it prints what it got.

use anyhow::Result;

use crate::cli::Command;
use crate::session::Session;

pub mod account;
pub mod actions;
pub mod add;
pub mod alerts;
pub mod announcements;
pub mod ask;
mod beside;
pub mod blips;
pub mod canned;
pub mod case;
pub mod completions;
pub mod correct;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod erase;
pub mod events;
pub mod explain;
pub mod export;
pub mod goals;
pub mod init;
pub mod introduce;
pub mod macros;
pub mod man;
pub mod mcp;
pub mod metric;
pub mod metrics;
pub mod output;
pub mod peers;
pub mod people;
pub mod problems;
pub mod rebuild;
mod record;
pub mod report;
mod saved;
pub mod search;
pub mod serve;
pub mod sources;
pub mod sql;
pub mod status;
pub mod stories;
pub mod sync;
pub mod tables;
pub mod tiers;
pub mod token;
pub mod topics;
pub mod view;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Exit code 0.
    Found,
    /// There was nothing to find, or something was found wrong: exit code 1.
    NotFound,
}

/// Runs one command.
pub fn run(session: &Session, command: Command) -> Result<Done> {
    match command {
        Command::Init(command) => command.run(session),
        Command::Add(command) => command.run(session),
        Command::Sync(command) => command.run(session),
        Command::Status(command) => command.run(session),
        Command::Desk(command) => command.run(session),
        Command::Case(command) => command.run(session),
        Command::Canned(command) => command.run(session),
        Command::Macro(command) => command.run(session),
        Command::View(command) => command.run(session),
        Command::Search(command) => command.run(session),
        Command::Ask(command) => command.run(session),
        Command::Introduce(command) => command.run(session),
        Command::Explain(command) => command.run(session),
        Command::Correct(command) => command.run(session),
        Command::Tiers(command) => command.run(session),
        Command::Topics(command) => command.run(session),
        Command::Goals(command) => command.run(session),
        Command::Blips(command) => command.run(session),
        Command::Events(command) => command.run(session),
        Command::Stories(command) => command.run(session),
        Command::Announcements(command) => command.run(session),
        Command::Actions(command) => command.run(session),
        Command::Peers(command) => command.run(session),
        Command::Metrics(command) => command.run(session),
        Command::Metric(command) => command.run(session),
        Command::Report(command) => command.run(session),
        Command::Sql(command) => command.run(session),
        Command::Tables(command) => command.run(session),
        Command::Export(command) => command.run(session),
        Command::Alerts(command) => command.run(session),
        Command::People(command) => command.run(session),
        Command::Erase(command) => command.run(session),
        Command::Serve(command) => command.run(session),
        Command::Mcp(command) => command.run(session),
        Command::Account(command) => command.run(session),
        Command::Token(command) => command.run(session),
        Command::Problems(command) => command.run(session),
        Command::Doctor(command) => command.run(session),
        Command::Rebuild(command) => command.run(session),
        Command::Demo(command) => command.run(session),
        Command::Sources(command) => command.run(session),
        Command::Completions(command) => command.run(session),
        Command::Man(command) => command.run(session),
    }
}
