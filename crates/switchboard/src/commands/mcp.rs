//! `switchboard mcp`: tools for an assistant, over stdin and stdout.

use anyhow::{Context, Result};
use clap::Args;
use desk::{Scope, Scopes};

use super::Done;
use crate::service;
use crate::session::Session;

/// Let an assistant ask: a server of the Model Context Protocol over stdin and stdout
///
/// Started by the assistant's program, which is told to run `switchboard -C WORKSPACE mcp`. The tools only read: similar
/// questions, who knows, who waits, conversations, people, metrics, the tables and SQL over them. Mail addresses are
/// hidden. `switchboard serve` has the same over HTTP, at /mcp, with a token.
#[derive(Debug, Args)]
pub struct Mcp {
    /// Let the assistant see mail addresses and accounts
    #[arg(long)]
    addresses: bool,
    /// Leave out SQL
    #[arg(long)]
    no_sql: bool,
}

impl Mcp {
    /// Talks until the assistant hangs up.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        let addresses = self.addresses.then_some(Scope::Addresses);
        let sql = (!self.no_sql).then_some(Scope::Sql);
        let scopes = Scopes::of(addresses.into_iter().chain(sql));
        let service = service::open(workspace, config)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
        session.printer.note("talking to an assistant over stdin and stdout (the end of stdin stops it)");
        let spoken = runtime.block_on(web::speak(service, scopes));
        // A thread may still wait for a line of stdin that never comes.
        runtime.shutdown_background();
        spoken?;
        Ok(Done::Found)
    }
}
