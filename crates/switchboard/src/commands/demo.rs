//! `switchboard demo`: a made-up community, from nothing to its pages in one command.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use insight::views::{CaseList, ToThank, Today};
use insight::{CaseAsk, Community};
use serde_json::json;

use super::serve::serve;
use super::{Done, desk, init};
use crate::config::{self, Template};
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::workspace::Workspace;
use crate::{community, replace, show};

/// How many of each list are printed.
const SHOWN: usize = 5;

/// Make up a community, show who is waiting and who could help, and serve its pages
///
/// Several hundred people over four years on a list, a chat, a question-and-answer site and a
/// repository, made by a seeded generator: nobody in it is real.
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to make it, a new or empty folder (else a temporary one, which stays)
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// What chance begins from: the same seed gives the same people and the same messages
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// End after printing what was found
    #[arg(long)]
    no_serve: bool,
    /// Where to serve the pages
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7474")]
    listen: SocketAddr,
}

impl Demo {
    /// Makes it, shows it, serves it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let printer = &session.printer;
        let folder = match &self.folder {
            Some(folder) => std::path::absolute(folder)?,
            None => tempfile::Builder::new().prefix("switchboard-demo-").tempdir()?.keep(),
        };
        printer.note(format_args!("making up a community in {}", folder.display()));
        let workspace = self.make(session, &folder)?;
        let config = workspace.config()?;
        let pipeline = Pipeline { workspace: &workspace, config: &config, printer };
        {
            let _lock = Lock::take(&workspace, "demo", std::time::Duration::ZERO, printer)?;
            pipeline.collect(&config.named(&[])?)?;
            let derived = pipeline.derive()?;
            pipeline.index()?;
            pipeline.tell(&derived);
        }
        let community = community::open(&workspace, &config)?;
        let today = community.today()?;
        let desk = community.cases(&CaseAsk { limit: SHOWN, helpers: true, ..CaseAsk::default() })?;
        if printer.json {
            printer.json(&json!({ "workspace": folder, "today": today }))?;
        } else {
            printer.data(|out| print(out, &community, &today, &desk))?;
        }
        drop(community);
        printer.note(format_args!("\nto look around: switchboard -C {} status", folder.display()));
        if !self.no_serve {
            serve(workspace, config, self.listen, printer)?;
        }
        Ok(Done::Found)
    }

    /// Simulates the community and configures a workspace beside it.
    fn make(&self, session: &Session, folder: &Path) -> Result<Workspace> {
        let mut settings = simulate::Settings::demo();
        settings.seed = self.seed.unwrap_or(settings.seed);
        let data = folder.join("data");
        let mut line = session.printer.progress("simulating");
        let mut progress =
            |progress: simulate::Progress| line.set(progress.done, progress.total, || "messages".to_owned());
        simulate::write(&settings, &data, &mut progress)?;
        drop(line);
        init::make(folder, &Template { name: "The Demonstration Community", simulated: true })?;
        let workspace = Workspace::at(folder)?;
        let file = workspace.config_file();
        let mut text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        for (name, kind, options) in SOURCES {
            text = config::add_section(&text, name, kind, &toml::from_str(options)?)?;
        }
        replace::text(&file, &text)?;
        Ok(workspace)
    }
}

/// Name, kind and options of each place where the simulated people are, and of what is said of them.
const SOURCES: [(&str, &str, &str); 6] = [
    ("list", "mbox", "path = 'data/list'"),
    ("chat", "irc-log", "path = 'data/chat'"),
    ("forum", "stackexchange-dump", "path = 'data/forum'"),
    ("code", "git", "path = 'data/code'"),
    ("calendar", "calendar", "path = 'data/events'"),
    (
        "downloads",
        "table",
        "path = 'data/numbers'\nrows = 'measurements'\ncolumns.time = 'week'\nvalues = ['downloads']",
    ),
];

fn print(out: &mut Out, community: &Community, today: &Today, desk: &CaseList) -> io::Result<()> {
    let now = community.now();
    writeln!(out, "\n{BOLD}{}{BOLD:#}, made up by a generator: nobody in it is real", today.community)?;
    writeln!(out, "{FAINT}as of {}{FAINT:#}", show::time(now.time))?;
    writeln!(out, "\n{BOLD}Waiting for an answer: {}{BOLD:#}", show::count(today.waiting_total))?;
    desk.cases.iter().try_for_each(|case| desk::print(out, case, now))?;
    writeln!(out, "\n{BOLD}To thank{BOLD:#}")?;
    today.to_thank.iter().take(SHOWN).try_for_each(|thanks| print_thanks(out, thanks))
}

fn print_thanks(out: &mut Out, thanks: &ToThank) -> io::Result<()> {
    writeln!(out, "  {BOLD}{}{BOLD:#}: {}", show::clean(&thanks.person.name), show::clean(&thanks.why))
}
