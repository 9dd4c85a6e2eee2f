//! Alerts as the pages show and stop them.

use anyhow::Result;
use desk::{Delivery, Desk, Entry, Stop};
use model::Id;
use web::office::{AlertEntry, AlertRuleView, AlertsView, Stopped};
use web::{OfficeError, OfficeResult};

use super::{Workroom, failed};
use crate::commands::alerts::test::send_test;
use crate::config::alerts::Rule;
use crate::{alerts, session};

impl Workroom {
    pub(super) fn list_alerts(&self, most: usize) -> Result<AlertsView> {
        let config = self.workspace.config()?.alerts;
        let (stops, log) = match self.workspace.desk().exists() {
            true => {
                let desk = Desk::open(&self.workspace.desk())?;
                (desk.stopped_alerts()?, desk.alerts_log(&[], most)?)
            }
            false => Default::default(),
        };
        let rule = |rule: &Rule| AlertRuleView {
            name: rule.about.name.clone(),
            when: rule.about.when.as_str().replace('_', " "),
            within: rule.about.within.clone(),
            to: rule.to.clone(),
            at: rule.at.to_string(),
            quiet: rule.quiet,
            stopped: stops.contains_key(&rule.about.name),
        };
        let rules = config.rules.iter().map(rule).collect();
        let stopped = stops.values().map(|stop| {
            let Stop { subject, who, at, .. } = stop.clone();
            Stopped { subject, who, at }
        });
        let stopped = stopped.collect();
        Ok(AlertsView { rules, targets: config.targets(), stopped, log: log.iter().map(entry).collect() })
    }

    pub(super) fn send_test(&self, target: &str) -> OfficeResult<()> {
        let config = self.config()?;
        config.alerts.check_target(target).map_err(OfficeError::wrong)?;
        send_test(&config, target).map_err(|error| OfficeError::wrong(format!("{error:#}")))
    }

    pub(super) fn stop_or_resume(&self, subject: &str, stop: bool, who: &str) -> OfficeResult<()> {
        let config = self.config()?;
        let is_rule = config.alerts.rules.iter().any(|rule| rule.about.name == subject);
        let is_target = config.alerts.targets().iter().any(|target| target == subject);
        let mut desk = self.desk()?;
        let word = Stop::new(session::now(), who, subject, stop);
        // What was stopped may go on also where its rule is gone meanwhile.
        let known = is_rule || is_target || Id::parse(subject).is_some();
        let stopped = desk.stopped_alerts().map_err(|error| failed(error.into()))?;
        if !known && !stopped.contains_key(subject) {
            return Err(OfficeError::Missing("there is no rule, target or id of this name any more".to_owned()));
        }
        desk.stop_alerts(&word).map(|_| ()).map_err(|error| failed(error.into()))
    }

    pub(super) fn queue_again(&self, number: i64) -> OfficeResult<()> {
        match self.desk()?.send_again(number, session::now()) {
            Ok(true) => Ok(()),
            Ok(false) => Err(OfficeError::Missing("nothing of this number failed or may not have arrived".to_owned())),
            Err(error) => Err(failed(error.into())),
        }
    }

    fn desk(&self) -> OfficeResult<Desk> {
        Desk::open(&self.workspace.desk()).map_err(|error| failed(error.into()))
    }
}

fn entry(entry: &Entry) -> AlertEntry {
    let waits = matches!(entry.state, Delivery::Queued | Delivery::Sending | Delivery::Handed);
    let what = alerts::text_of(entry);
    AlertEntry {
        number: entry.number,
        state: entry.state.as_str().to_owned(),
        rule: entry.alert.rule.clone(),
        target: entry.alert.target.clone(),
        subject: entry.alert.subject.clone(),
        again: matches!(entry.state, Delivery::Failed | Delivery::Unsure) && !what.is_empty(),
        what,
        at: if waits { Some(entry.next) } else { entry.ended },
        error: entry.error.clone(),
    }
}
