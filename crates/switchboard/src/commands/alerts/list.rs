//! `switchboard alerts list`: the rules, their targets and what is stopped.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use desk::Desk;
use insight::views::AlertView;
use serde_json::json;

use crate::commands::Done;
use crate::config::alerts::Rule;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// What to write into switchboard.toml where there is nothing yet.
pub const EXAMPLE: &str = r#"[mail]
server = "mail.example.org"          # port 587 and STARTTLS; else `port`, `security = "tls"`
from = "Desk <desk@example.org>"
user = "desk"
password = { env = "SMTP_PASSWORD" } # or { file = "path" }

[chats.ops]
kind = "slack"                       # or mattermost, rocketchat, discord, hookshot (Matrix)
url = { env = "OPS_WEBHOOK" }

[webhooks.bot]
url = "https://bot.example.org/hook"
key = { env = "BOT_KEY" }            # signed as Standard Webhooks describes

[[alert]]
name = "late"
when = "promise_broken"              # or promise_near (before = "4h"), angry_newcomer, first_contribution,
                                     # unwatched_question (days = 14)
to = ["mail:ada@example.org", "chat:ops", "webhook:bot"]
in = ["dev-list", "chat/help"]       # sources and channels; everywhere if left out
at = "once"                          # or "daily 09:00", "weekly mon 09:00"
quiet = "4h"                         # what happens meanwhile comes together
"#;

/// List the rules, whom they tell, and what is stopped; without rules, show an example
#[derive(Debug, Args)]
pub struct List {}

impl List {
    /// Lists them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let alerts = workspace.config()?.alerts;
        let stops = match workspace.desk().exists() {
            true => Desk::open(&workspace.desk())?.stopped_alerts()?,
            false => Default::default(),
        };
        if session.printer.json {
            let rules: Vec<_> = alerts.rules.iter().map(|rule| json!({
                "name": rule.about.name, "when": rule.about.when.as_str(), "in": rule.about.within, "to": rule.to,
                "at": rule.at.to_string(), "quiet": rule.quiet, "stopped": stops.contains_key(&rule.about.name),
            })).collect();
            let stops: Vec<_> =
                stops.values().map(|stop| json!({ "subject": stop.subject, "at": stop.at, "who": stop.who })).collect();
            session.printer.json(&json!({ "rules": rules, "targets": alerts.targets(), "stopped": stops }))?;
            return Ok(Done::Found);
        }
        if alerts.rules.is_empty() {
            session.printer.note("there are no rules yet; write some into switchboard.toml, for example:");
            session.printer.data(|out| write!(out, "{EXAMPLE}"))?;
            return Ok(Done::NotFound);
        }
        session.printer.data(|out| {
            alerts.rules.iter().try_for_each(|rule| print(out, rule, stops.contains_key(&rule.about.name)))?;
            if !stops.is_empty() {
                writeln!(out, "\n{BOLD}Stopped{BOLD:#}")?;
            }
            for stop in stops.values() {
                let line = format!("{} by {}, {}", stop.subject, stop.who, show::time(stop.at));
                writeln!(
                    out,
                    "  {} {FAINT}(switchboard alerts resume {}){FAINT:#}",
                    show::clean(&line),
                    show::clean(&stop.subject)
                )?;
            }
            Ok(())
        })?;
        Ok(Done::Found)
    }
}

fn print(out: &mut Out, rule: &Rule, stopped: bool) -> io::Result<()> {
    let place = if rule.about.within.is_empty() { "everywhere".to_owned() } else { rule.about.within.join(", ") };
    let stopped = if stopped { " (stopped)" } else { "" };
    writeln!(out, "{BOLD}{}{BOLD:#}{stopped}", show::clean(&rule.about.name))?;
    let line = format!("{}, {place}; {}, quiet for {}", rule.about.when.as_str(), rule.at, show::length(rule.quiet));
    writeln!(out, "  {}", show::clean(&line))?;
    writeln!(out, "  {FAINT}to {}{FAINT:#}", show::clean(&rule.to.join(", ")))
}

/// Prints what fired.
pub fn found(out: &mut Out, found: &[AlertView]) -> io::Result<()> {
    for alert in found {
        writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&alert.what))?;
        let place = alert
            .conversation
            .as_ref()
            .map_or(String::new(), |conversation| format!("{} · ", show::place(conversation)));
        let line = format!("{place}{} · {} · rule {}", show::time(alert.at), alert.subject, alert.rule);
        writeln!(out, "  {FAINT}{}{FAINT:#}", show::clean(&line))?;
        writeln!(out, "  because {}", show::clean(&alert.why))?;
    }
    Ok(())
}
