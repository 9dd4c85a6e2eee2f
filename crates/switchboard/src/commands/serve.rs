//! `switchboard serve`: the pages, in a browser on this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use desk::Desk;
use serde_json::json;

use super::{Done, account};
use crate::config::Config;
use crate::office;
use crate::printer::Printer;
use crate::service;
use crate::session::Session;
use crate::workspace::Workspace;

/// Serve the pages to a browser
///
/// On this machine's own address only, until there are accounts. The section `[server]` of switchboard.toml says under
/// which name a team reaches it, and what everybody may see. What a sync brings meanwhile is seen as soon as it is read.
/// Every page has a JSON twin at the same address with `.json` behind it. Programs ask below /api/v1, which
/// /api/v1/openapi.json describes, and assistants at /mcp; what they may do is in their token (`switchboard token`).
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen [default: `listen` in switchboard.toml, else 127.0.0.1:7474]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Speak TLS with this certificate (PEM; read again when it changes)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
}

/// Where pages are served if nobody says otherwise.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7474);

impl Serve {
    /// Serves until it is told to stop.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let mut config = workspace.config()?;
        let listen = self.listen.or(config.server.listen).unwrap_or(LISTEN);
        config.server.certificate = self.tls_certificate.or(config.server.certificate);
        config.server.key = self.tls_key.or(config.server.key);
        serve(workspace, config, listen, &session.printer)?;
        Ok(Done::Found)
    }
}

/// Serves a workspace until ctrl-c or SIGTERM.
pub fn serve(workspace: Workspace, config: Config, listen: SocketAddr, printer: &Printer) -> Result<()> {
    office::first_tables(&workspace, &config, printer)?;
    let desk = workspace.desk();
    // Brings the desk of an older program up to date. Where nothing can be written, what is there is only read.
    if let Err(error) = Desk::open(&desk)
        && !error.is_unwritable()
    {
        return Err(error.into());
    }
    let service = service::open(workspace, config)?;
    let scheme = if service.gate.certificate.is_some() { "https" } else { "http" };
    let name = service.gate.address.as_ref().map(|address| format!(" as {}", address.origin())).unwrap_or_default();
    // Where others can come, nobody gets in without an account: the first one needs a way.
    let first = match &service.gate.address {
        Some(address) => account::set_up_link(&desk, &address.origin())?,
        None => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    let ready = |address: SocketAddr| {
        if printer.json {
            // Nobody reading it is no reason not to serve.
            let listening = format!("{scheme}://{address}");
            let _ = printer.json(&json!({ "listening": listening, "pages": web::addresses() }));
        }
        printer.note(format_args!("serving {scheme}://{address}{name} (ctrl-c stops it)"));
        if let Some(link) = &first {
            printer.note(format_args!(
                "there are no accounts yet: make the first one at {link}, which works once, for a day"
            ));
        }
    };
    runtime.block_on(web::serve(listen, service, ready))?;
    Ok(())
}
