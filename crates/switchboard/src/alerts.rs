//! Alerts, from the rules of the configuration to whoever should know: look what happened, put it into the desk's
//! outbox, send what is due. Each step can be run again at any time, by several processes at once, and killed.

use std::collections::HashSet;

use anyhow::Result;
use desk::{Alert, Claim, Desk, Ended};
use insight::support::Hours;
use insight::views::AlertView;
use jiff::tz::TimeZone;
use model::Timestamp;
use model::time::{DAY, SECOND};
use notify::Failure;
use serde::Serialize;

use crate::config::Config;
use crate::config::alerts::{At, Rule};
use crate::printer::Printer;
use crate::workspace::Workspace;
use crate::{community, session, show};

mod message;
pub(crate) mod targets;

pub use message::text_of;
pub use targets::Targets;

/// Days that a check looks back: whoever syncs less often is told of what is new, not of all that was missed.
const BACK: i64 = 7;
/// How long whoever claims a message has to send it: much longer than sending can take ([`notify`]).
const LEASE: i64 = 5 * 60 * SECOND;

/// A workspace whose alerts are to be looked after. Needs no lock: the outbox is the desk's.
pub struct Alerts<'a> {
    /// Where.
    pub workspace: &'a Workspace,
    /// By which rules.
    pub config: &'a Config,
}

/// What a check found.
#[derive(Debug, Default, Serialize)]
pub struct Checked {
    /// What fired, by rule in the order of the configuration, oldest first.
    pub found: Vec<AlertView>,
    /// How many entries of the outbox are new: one for each target of what was not told before.
    pub queued: usize,
    /// How many entries were taken out, because it is no longer so.
    pub over: usize,
    /// Whether nothing was looked for: the community is only an archive, of which nobody waits to be told.
    pub asleep: bool,
}

/// What was sent.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Messages that were.
    pub sent: usize,
    /// Messages that will be tried again.
    pub later: usize,
    /// Messages that will not.
    pub failed: usize,
    /// Messages that may or may not have arrived.
    pub unsure: usize,
}

/// What `sync` does at its end: nothing where no rule is configured. What could not be sent is told, and fails
/// nothing.
pub fn after_sync(workspace: &Workspace, config: &Config, printer: &Printer) -> Result<()> {
    if config.alerts.rules.is_empty() {
        return Ok(());
    }
    let alerts = Alerts { workspace, config };
    alerts.check(None, false)?;
    alerts.send()?.tell(printer);
    Ok(())
}

impl Alerts<'_> {
    /// Looks what happened and queues what nobody was told of. `back` looks so many days back, whenever the rule was
    /// made, and also in an archive; `dry` queues nothing.
    pub fn check(&self, back: Option<u32>, dry: bool) -> Result<Checked> {
        let community = community::open(self.workspace, self.config)?;
        let now = community.now();
        let mut checked = Checked::default();
        if now.from_data && back.is_none() {
            return Ok(Checked { asleep: true, ..checked });
        }
        // A dry run writes nothing: no rule begins by it.
        let mut desk = if dry { None } else { Some(Desk::open(&self.workspace.desk())?) };
        for rule in &self.config.alerts.rules {
            let earliest = now.time.saturating_sub(back.map_or(BACK, i64::from) * DAY);
            let since = match &mut desk {
                Some(desk) if back.is_none() => {
                    desk.rule_since(&rule.about.name, &rule.condition(), now.time)?.max(earliest)
                }
                _ => earliest,
            };
            let found = community.alerts(&rule.about, since)?;
            if let Some(desk) = &mut desk {
                checked.over += self.drop_over(desk, rule, since, &found)?;
                checked.queued += self.queue(desk, rule, &found)?;
            }
            checked.found.extend(found);
        }
        Ok(checked)
    }

    /// Takes out what is queued and no longer so: somebody answered before the digest went out.
    fn drop_over(&self, desk: &mut Desk, rule: &Rule, since: Timestamp, found: &[AlertView]) -> Result<usize> {
        if !rule.about.when.passes() {
            return Ok(0);
        }
        let holds: HashSet<(&str, &str)> =
            found.iter().map(|alert| (alert.subject.as_str(), alert.happened.as_str())).collect();
        let still = |alert: &Alert| holds.contains(&(alert.subject.as_str(), alert.happened.as_str()));
        Ok(desk.drop_queued(&rule.about.name, since, session::now(), still)?)
    }

    fn queue(&self, desk: &mut Desk, rule: &Rule, found: &[AlertView]) -> Result<usize> {
        let now = session::now();
        let mut alerts = Vec::new();
        for target in &rule.to {
            let due = match rule.at {
                At::Once => desk.after_quiet(&rule.about.name, target, now, rule.quiet)?,
                at => at.next(now, &self.zone()),
            };
            for view in found {
                alerts.push(Alert {
                    rule: rule.about.name.clone(),
                    subject: view.subject.clone(),
                    happened: view.happened.clone(),
                    target: target.clone(),
                    again: target.starts_with("webhook:"),
                    at: view.at,
                    due,
                    text: serde_json::to_string(view)?,
                });
            }
        }
        Ok(desk.queue_alerts(&alerts, now)?)
    }

    /// Sends what is due. A target that failed is left alone until the next time.
    pub fn send(&self) -> Result<Sent> {
        let mut desk = Desk::open(&self.workspace.desk())?;
        desk.forget_sent(session::now())?;
        let mut targets = Targets::new(&self.config.alerts);
        let (mut sent, mut skip) = (Sent::default(), Vec::new());
        loop {
            let now = session::now();
            let Some(claim) = desk.claim_alerts(now, now.saturating_add(LEASE), &skip)? else { return Ok(sent) };
            let Some(ended) = self.send_one(&mut desk, &claim, &mut targets)? else { continue };
            match &ended {
                Ended::Sent => sent.sent += 1,
                Ended::Later { .. } => sent.later += 1,
                Ended::Failed { .. } | Ended::Gone { .. } => sent.failed += 1,
                Ended::Unsure { .. } => sent.unsure += 1,
            }
            if ended != Ended::Sent {
                skip.push(claim.target);
            }
        }
    }

    /// Sends one message; gives how it ended, nothing if it was stopped meanwhile.
    fn send_one(&self, desk: &mut Desk, claim: &Claim, targets: &mut Targets<'_>) -> Result<Option<Ended>> {
        let message = message::compose(claim, self.config, &self.zone());
        let mut taken = false;
        let delivered = match targets.get(&claim.target) {
            Ok(target) => target.deliver(&message, &mut || {
                let handed = desk.hand_over(claim, session::now()).unwrap_or(false);
                taken = !handed;
                handed
            }),
            Err(why) => Err(Failure::Later { why, after: None }),
        };
        if taken {
            return Ok(None);
        }
        let ended = ended(delivered, claim.attempt, session::now());
        desk.settle(claim, &ended, session::now())?;
        Ok(Some(ended))
    }

    /// The community's zone: the one of its working hours.
    pub fn zone(&self) -> TimeZone {
        match &self.config.support.hours {
            Hours::Working { zone, .. } => zone.clone(),
            Hours::Always => TimeZone::UTC,
        }
    }
}

impl Sent {
    /// Says it, where there is anything to say.
    pub fn tell(&self, printer: &Printer) {
        let Sent { sent, later, failed, unsure } = self;
        let messages = |number: usize| show::counted(number as u64, "message");
        if *sent > 0 {
            printer.note(format_args!("alerts: {} sent", messages(*sent)));
        }
        for (number, what) in [
            (later, "could not be sent now and will be tried again"),
            (failed, "could not be sent"),
            (unsure, "may or may not have arrived"),
        ] {
            if *number > 0 {
                printer.warn(format_args!("alerts: {} {what}; `switchboard alerts log` says why", messages(*number)));
            }
        }
    }
}

/// How a delivery ended, and when to try again.
fn ended(delivered: Result<(), Failure>, attempt: u32, now: Timestamp) -> Ended {
    let Err(failure) = delivered else { return Ended::Sent };
    let error = failure.to_string();
    match failure {
        Failure::Later { after, .. } => match notify::retry_after(attempt) {
            Some(wait) => {
                let wait = i64::try_from(wait.max(after.unwrap_or_default()).as_micros()).unwrap_or(DAY);
                Ended::Later { next: now.saturating_add(wait), error }
            }
            None => Ended::Failed { error: format!("{error}; given up after {attempt} tries") },
        },
        Failure::Refused { .. } => Ended::Failed { error },
        Failure::Gone => Ended::Gone { error },
        Failure::Unsure { .. } => Ended::Unsure { error },
    }
}
