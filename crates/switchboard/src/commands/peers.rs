//! `switchboard peers`: what other communities offer, and what they have that we do not.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use insight::views::{Directory, KindUse, PeerView};

use super::Done;
use super::beside;
use super::record::RecordCommand;
use crate::community;
use crate::printer::{BOLD, Out};
use crate::session::Session;
use crate::show;

/// Show which channels other communities offer, and what they have that we do not
///
/// What ships was published in April 2023; what you keep takes its place. Fields: project, channel, kind, vendor, address,
/// run_by, access, status, covers, archived, searchable, note, looked, hidden.
#[derive(Debug, Args)]
pub struct Peers {
    #[command(subcommand)]
    command: Option<PeersCommand>,
    /// The channels of this project only, one by one
    #[arg(long, value_name = "NAME")]
    project: Option<String>,
}

#[derive(Debug, Subcommand)]
enum PeersCommand {
    /// A peer's numbers beside ours, where its public archive is collected in a workspace of its own
    Beside {
        /// That workspace's folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    #[command(flatten)]
    Channel(RecordCommand),
}

impl Peers {
    /// Does it; shows what they use if nothing else is said.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            Some(PeersCommand::Beside { folder }) => return beside::run(session, &folder),
            Some(PeersCommand::Channel(command)) => return command.run(session, "peers"),
            None => {}
        }
        let workspace = session.workspace()?;
        let mut directory = community::open(&workspace, &workspace.config()?)?.directory()?;
        if let Some(project) = &self.project {
            directory.channels.retain(|peer| peer.project.eq_ignore_ascii_case(project));
        }
        let empty = directory.channels.is_empty();
        match (session.printer.json, self.project.is_some()) {
            (true, _) => session.printer.json(&directory)?,
            (false, true) => session.printer.data(|out| channels(out, &directory.channels))?,
            (false, false) => session.printer.data(|out| kinds(out, &directory))?,
        }
        Ok(if empty { Done::NotFound } else { Done::Found })
    }
}

fn kinds(out: &mut Out, directory: &Directory) -> io::Result<()> {
    let row = |kind: &KindUse| {
        let ours = if kind.ours { "we too" } else { "" };
        let numbers = [kind.projects, kind.by_company, kind.closed].map(show::count);
        [vec![kind.kind.clone()], numbers.to_vec(), vec![ours.to_owned()]].concat()
    };
    let rows: Vec<_> = directory.kinds.iter().map(row).collect();
    show::columns(out, &["channel", "projects", "a company runs one", "not open to all", ""], &rows, &[1, 2, 3])?;
    if !directory.lacking.is_empty() {
        writeln!(out, "\n{BOLD}Every third has, and we do not:{BOLD:#} {}", directory.lacking.join(", "))?;
    }
    writeln!(out, "\n{} projects; size, age and who pays differ", directory.projects)
}

fn channels(out: &mut Out, peers: &[PeerView]) -> io::Result<()> {
    let row = |peer: &PeerView| {
        let said = [&peer.channel, &peer.kind, &peer.run_by, &peer.access, &peer.status, &peer.looked, &peer.address];
        said.map(|text| show::clean(text).into_owned()).to_vec()
    };
    let rows: Vec<_> = peers.iter().map(row).collect();
    show::columns(out, &["channel", "kind", "run by", "who gets in", "state", "looked at", "where"], &rows, &[])
}
