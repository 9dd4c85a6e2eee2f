//! `switchboard alerts stop | resume`: no more of this, and again.

use anyhow::{Result, bail};
use clap::Args;
use desk::{Desk, Stop as Word};
use model::Id;
use serde_json::json;

use crate::cli::usage;
use crate::commands::Done;
use crate::config::Config;
use crate::session::{self, Session};

/// Send nothing more by a rule, to a target, or about one conversation or person
///
/// What is queued of it is not sent, also when it is resumed later.
#[derive(Debug, Args)]
pub struct Stop {
    /// A rule's name, a target (mail:ADDRESS, webhook:NAME, chat:NAME), or an id that an alert names
    subject: String,
    /// Who says so
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "somebody")]
    who: String,
}

/// Let go on what was stopped, or send once more what failed
#[derive(Debug, Args)]
pub struct Resume {
    /// What was stopped, or a number of `alerts log`
    subject: String,
    /// Who says so
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "somebody")]
    who: String,
}

impl Stop {
    /// Stops it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        check(&self.subject, &workspace.config()?)?;
        let mut desk = Desk::open(&workspace.desk())?;
        let taken_out = desk.stop_alerts(&Word::new(session::now(), &self.who, &self.subject, true))?;
        let out = if taken_out > 0 { format!("; {taken_out} that waited are not sent") } else { String::new() };
        session.printer.note(format_args!("stopped{out}; `switchboard alerts resume {}` lets it go on", self.subject));
        if session.printer.json {
            session.printer.json(&json!({ "stopped": self.subject, "taken_out": taken_out }))?;
        }
        Ok(Done::Found)
    }
}

impl Resume {
    /// Lets it go on.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let mut desk = Desk::open(&workspace.desk())?;
        match self.subject.parse::<i64>() {
            Ok(number) => {
                if !desk.send_again(number, session::now())? {
                    bail!(
                        "nothing of the number {number} failed or is unsure; `switchboard alerts log` lists the numbers"
                    );
                }
                session.printer.note("queued; `switchboard alerts send` sends it");
            }
            Err(_) => {
                if !desk.stopped_alerts()?.contains_key(&self.subject) {
                    bail!("`{}` is not stopped; `switchboard alerts list` says what is", self.subject);
                }
                desk.stop_alerts(&Word::new(session::now(), &self.who, &self.subject, false))?;
                session.printer.note("it goes on, with what happens from now on");
            }
        }
        if session.printer.json {
            session.printer.json(&json!({ "resumed": self.subject }))?;
        }
        Ok(Done::Found)
    }
}

/// Whether there is anything of this name to stop: a typing error must not look like a success.
fn check(subject: &str, config: &Config) -> Result<()> {
    let is_rule = config.alerts.rules.iter().any(|rule| rule.about.name == subject);
    let is_target = config.alerts.targets().iter().any(|target| target == subject);
    if is_rule || is_target || Id::parse(subject).is_some() {
        return Ok(());
    }
    Err(usage(format!("`{subject}` is no rule, target or id; `switchboard alerts list` shows the rules and targets")))
}
