//! `switchboard alerts test`: whether a target can be sent to.

use anyhow::{Result, anyhow};
use clap::Args;
use notify::{Group, Item, Message};
use serde_json::json;

use crate::alerts::Targets;
use crate::cli::usage;
use crate::commands::Done;
use crate::config::Config;
use crate::session::{self, Session};

/// Send a made-up alert to one target, to see whether it arrives
#[derive(Debug, Args)]
pub struct Test {
    /// The target: mail:ADDRESS, webhook:NAME or chat:NAME
    target: String,
}

impl Test {
    /// Sends it. It leaves no trace in the outbox.
    pub fn run(self, session: &Session) -> Result<Done> {
        let config = session.workspace()?.config()?;
        config.alerts.check_target(&self.target).map_err(usage)?;
        send_test(&config, &self.target)?;
        session.printer.note(format_args!("sent to {}", self.target));
        if session.printer.json {
            session.printer.json(&json!({ "target": self.target, "sent": true }))?;
        }
        Ok(Done::Found)
    }
}

/// Sends a made-up alert to a target. It leaves no trace in the outbox.
pub fn send_test(config: &Config, target: &str) -> Result<()> {
    let now = session::now();
    let message = Message {
        id: format!("test-{now}"),
        at: jiff::Timestamp::from_microsecond(now)?,
        subject: format!("[{}] a test of Switchboard's alerts", config.community.name),
        groups: vec![Group {
            title: "A test".to_owned(),
            items: vec![Item {
                head: "Nobody waits: this only shows that alerts arrive here".to_owned(),
                details: vec![format!("sent by `switchboard alerts test {target}`")],
                link: None,
            }],
            note: String::new(),
        }],
        ending: vec![format!("Sent by Switchboard for {}.", config.community.name)],
        data: json!({ "community": config.community.name, "test": true, "alerts": [] }),
    };
    let mut targets = Targets::new(&config.alerts);
    let ready = targets.get(target).map_err(|why| anyhow!("nothing can be sent to {target}: {why}"))?;
    ready.deliver(&message, &mut || true).map_err(|failure| anyhow!("it was not sent to {target}: {failure}"))
}
