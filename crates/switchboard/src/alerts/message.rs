//! A message out of what is in the outbox: one thing or a digest, grouped by rule. The same entries give the same
//! message, so that a second try says the same as the first.

use std::collections::BTreeMap;

use desk::{Claim, Entry};
use jiff::tz::TimeZone;
use notify::{Group, Item, Message};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::config::alerts::Rule;
use crate::show;

/// What an entry's text holds of an [`insight::views::AlertView`]; all that is missing is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    what: String,
    why: String,
    conversation: Option<Place>,
    waiting_since: Option<i64>,
    due: Option<i64>,
    url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    id: String,
    source: String,
    channel: String,
}

/// What an entry says in one sentence; nothing if its text was forgotten.
pub fn text_of(entry: &Entry) -> String {
    told(entry).what
}

fn told(entry: &Entry) -> Told {
    serde_json::from_str(&entry.alert.text).unwrap_or_default()
}

/// The message that a claim says.
pub fn compose(claim: &Claim, config: &Config, zone: &TimeZone) -> Message {
    let mut by_rule = BTreeMap::<&str, Vec<&Entry>>::new();
    for entry in &claim.entries {
        by_rule.entry(&entry.alert.rule).or_default().push(entry);
    }
    let queued = claim.entries.iter().map(|entry| entry.queued).max().unwrap_or_default();
    let data: Vec<Value> =
        claim.entries.iter().filter_map(|entry| serde_json::from_str(&entry.alert.text).ok()).collect();
    Message {
        id: claim.message.clone(),
        at: jiff::Timestamp::from_microsecond(queued).unwrap_or_default(),
        subject: subject(claim, config),
        groups: by_rule.iter().map(|(rule, entries)| group(rule, entries, config, zone)).collect(),
        ending: vec![
            format!("Sent by Switchboard for {}; the rules are in switchboard.toml.", config.community.name),
            format!("To stop everything that comes here: switchboard alerts stop {}", claim.target),
        ],
        data: json!({ "community": config.community.name, "alerts": data }),
    }
}

fn subject(claim: &Claim, config: &Config) -> String {
    let what = match &claim.entries[..] {
        [one] => text_of(one),
        many => show::counted(many.len() as u64, "alert"),
    };
    format!("[{}] {what}", config.community.name)
}

fn group(name: &str, entries: &[&Entry], config: &Config, zone: &TimeZone) -> Group {
    let rule = config.alerts.rules.iter().find(|rule| rule.about.name == name);
    let why = match rule {
        Some(rule) => format!("because of the rule “{name}” ({})", describe(rule)),
        None => format!("because of the rule “{name}”, which is not there any more"),
    };
    let title = rule.map_or("Alerts", |rule| heading(rule));
    Group {
        title: format!("{title} ({})", entries.len()),
        items: entries.iter().map(|entry| item(entry, zone)).collect(),
        note: format!("You get this {why}. To stop it: switchboard alerts stop {name}"),
    }
}

fn heading(rule: &Rule) -> &'static str {
    use insight::Condition::{AngryNewcomer, FirstContribution, PromiseBroken, PromiseNear, UnwatchedQuestion};
    match rule.about.when {
        PromiseBroken => "Promises that are broken",
        PromiseNear(_) => "Promises that run out soon",
        AngryNewcomer => "Newcomers who are angry",
        FirstContribution => "First times",
        UnwatchedQuestion(_) => "Questions where nobody looks",
    }
}

/// A rule in a few words.
fn describe(rule: &Rule) -> String {
    let place =
        if rule.about.within.is_empty() { String::new() } else { format!(" in {}", rule.about.within.join(", ")) };
    format!("{}{place}, {}", rule.about.when.as_str(), rule.at)
}

fn item(entry: &Entry, zone: &TimeZone) -> Item {
    let told = told(entry);
    let at = |time| clock(time, zone);
    let mut details = Vec::new();
    if let Some(Place { source, channel, .. }) = &told.conversation {
        let place = if source == channel { source.clone() } else { format!("{source}/{channel}") };
        let since = told.waiting_since.map(|since| format!("waits since {}", at(since)));
        let due = told.due.map(|due| format!("promised by {}", at(due)));
        details.push([Some(format!("in {place}")), since, due].into_iter().flatten().collect::<Vec<_>>().join(" · "));
    } else {
        details.push(at(entry.alert.at));
    }
    details.push(format!("why: {}", told.why));
    if let Some(place) = &told.conversation {
        details.push(format!("more: switchboard case show {}", place.id));
    }
    details.push(format!("no more about this one: switchboard alerts stop {}", entry.alert.subject));
    Item { head: told.what, details, link: told.url }
}

/// An instant to the minute, in the community's zone.
fn clock(time: i64, zone: &TimeZone) -> String {
    match jiff::Timestamp::from_microsecond(time) {
        Ok(time) => time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string(),
        Err(_) => "a time that cannot be".to_owned(),
    }
}

#[cfg(test)]
mod tests;
