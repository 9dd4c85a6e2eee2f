//! `switchboard serve`: the pages, in a browser on this machine.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use super::Done;
use crate::config::Config;
use crate::printer::Printer;
use crate::service;
use crate::session::Session;
use crate::workspace::Workspace;

/// Serve the pages to a browser on this machine
///
/// On this machine's own address only: there are no accounts yet. What a sync brings meanwhile is seen as soon as it is
/// read. Every page has a JSON twin at the same address with `.json` behind it. Programs ask below /api/v1, which
/// /api/v1/openapi.json describes, and assistants at /mcp; what they may do is in their token (`switchboard token`).
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7474")]
    listen: SocketAddr,
}

impl Serve {
    /// Serves until it is told to stop.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        serve(workspace, config, self.listen, &session.printer)?;
        Ok(Done::Found)
    }
}

/// Serves a workspace until ctrl-c or SIGTERM.
pub fn serve(workspace: Workspace, config: Config, listen: SocketAddr, printer: &Printer) -> Result<()> {
    let service = service::open(workspace, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    let ready = |address: SocketAddr| {
        if printer.json {
            // Nobody reading it is no reason not to serve.
            let _ = printer.json(&json!({ "listening": format!("http://{address}"), "pages": web::addresses() }));
        }
        printer.note(format_args!("serving http://{address} (ctrl-c stops it)"));
    };
    runtime.block_on(web::serve(listen, service, ready))?;
    Ok(())
}
