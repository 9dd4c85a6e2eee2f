//! `switchboard alerts`: tell whoever should know what happened.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use super::Done;
use crate::alerts::{self, Checked};
use crate::config::Config;
use crate::session::Session;

pub mod list;
mod log;
mod stop;
pub mod test;

/// Tell people what happened that they should know: broken promises, angry newcomers, first contributions …
///
/// The rules are the sections `[[alert]]` of switchboard.toml. Without a command, looks what happened and sends what is
/// due, as `sync` does at its end. Nothing is told twice: what was queued once is remembered. Exit code 1 if a
/// message could not be sent.
#[derive(Debug, Args)]
pub struct Alerts {
    #[command(subcommand)]
    command: Option<AlertsCommand>,
    /// How to look.
    #[command(flatten)]
    looking: Looking,
}

#[derive(Debug, Subcommand)]
enum AlertsCommand {
    Check(Check),
    Send(Send),
    List(list::List),
    Log(log::Log),
    Test(test::Test),
    Stop(stop::Stop),
    Resume(stop::Resume),
}

/// How to look for what happened.
#[derive(Debug, Args)]
struct Looking {
    /// Queue and send nothing, print what would be: of the last 7 days, whenever the rules were made
    #[arg(long)]
    dry_run: bool,
    /// Look so many days back, whenever the rules were made, and also where nothing has happened for a week
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=30))]
    back: Option<u32>,
}

/// Look what happened and queue it, without sending
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    looking: Looking,
}

/// Send what is queued and due
#[derive(Debug, Args)]
pub struct Send {}

impl Alerts {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            None => both(&self.looking, session),
            Some(AlertsCommand::Check(check)) => {
                let workspace = session.workspace()?;
                let config = configured(workspace.config()?)?;
                look(&check.looking, &alerts::Alerts { workspace: &workspace, config: &config }, session)
                    .map(|_| Done::Found)
            }
            Some(AlertsCommand::Send(_)) => {
                let workspace = session.workspace()?;
                let config = workspace.config()?;
                send(&alerts::Alerts { workspace: &workspace, config: &config }, session)
            }
            Some(AlertsCommand::List(list)) => list.run(session),
            Some(AlertsCommand::Log(log)) => log.run(session),
            Some(AlertsCommand::Test(test)) => test.run(session),
            Some(AlertsCommand::Stop(stop)) => stop.run(session),
            Some(AlertsCommand::Resume(resume)) => resume.run(session),
        }
    }
}

fn both(looking: &Looking, session: &Session) -> Result<Done> {
    let workspace = session.workspace()?;
    let config = configured(workspace.config()?)?;
    let alerts = alerts::Alerts { workspace: &workspace, config: &config };
    look(looking, &alerts, session)?;
    if looking.dry_run { Ok(Done::Found) } else { send(&alerts, session) }
}

fn configured(config: Config) -> Result<Config> {
    if config.alerts.rules.is_empty() {
        bail!("there are no alerts; add a section [[alert]] to switchboard.toml, `switchboard alerts list` shows how");
    }
    Ok(config)
}

fn look(looking: &Looking, alerts: &alerts::Alerts<'_>, session: &Session) -> Result<()> {
    let printer = &session.printer;
    // A dry run is asked for to see something: an archive has no last week, so it is looked at as of its end.
    let back = looking.back.or(looking.dry_run.then_some(7));
    let checked = alerts.check(back, looking.dry_run)?;
    let Checked { found, queued, over, asleep } = &checked;
    if *asleep {
        printer.note(
            "nothing has happened for a week: this is read as an archive, of which nobody is told (--back DAYS does)",
        );
    }
    if looking.dry_run {
        if printer.json {
            printer.json(&checked)?;
        } else {
            printer.data(|out| list::found(out, found))?;
        }
        printer.note(format_args!(
            "{} would be told of; nothing was queued",
            crate::show::counted(found.len() as u64, "thing")
        ));
    } else {
        let entries = crate::show::counted(*queued as u64, "new alert");
        let dropped = if *over > 0 { format!(", {over} no longer so") } else { String::new() };
        printer.note(format_args!("{entries}{dropped}"));
    }
    Ok(())
}

fn send(alerts: &alerts::Alerts<'_>, session: &Session) -> Result<Done> {
    let sent = alerts.send()?;
    sent.tell(&session.printer);
    if session.printer.json {
        session.printer.json(&sent)?;
    }
    let is_well = sent.later + sent.failed + sent.unsure == 0;
    Ok(if is_well { Done::Found } else { Done::NotFound })
}
