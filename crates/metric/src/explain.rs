//! What explains a blip: by which channels, people, conversations, topics and links it differs from the time before, and
//! what was in the calendar, or was told.
//!
//! Everything is asked with the metric's own SQL on its own rows, once for the blip and once for the time before it, which
//! is scaled to what was usual. So what is said is of the number that is shown, whoever wrote its file.

mod around;
mod links;

use std::collections::BTreeMap;
use std::sync::Arc;

use model::time::DAY;
use serde::Serialize;

use crate::ask::{Ask, By, Only};
use crate::blip::Blip;
use crate::catalogue::{Catalogue, names};
use crate::header::{Metric, Unit, View};
use crate::measure::{Group, LIMITS};
use crate::run::{Sql, SqlError};

pub use around::{Happened, around};
pub use links::Linked;

/// The time before a blip that it is held against: four times as long, and three months at least.
const BEFORE: (i64, i64) = (4, 90 * DAY);
/// What carries less of the difference explains nothing.
const LEAST: f64 = 0.1;
/// Keys of what has no such thing: that it carries much says nothing.
const NOTHING: [&str; 2] = ["none", "unknown"];
/// So many of each kind are given, those that carry most.
const MOST: usize = 5;

/// By what a difference is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A link in what was written.
    Link,
    /// A conversation, by its id.
    Conversation,
    /// A topic of conversations.
    Topic,
    /// A person, by their id.
    Person,
    /// An organization.
    Organization,
    /// What was done: authored, reviewed.
    Kind,
    /// A channel, as `source/channel`.
    Channel,
    /// A support tier.
    Tier,
}

/// All but links, which are no column.
const PARTS: [Part; 7] =
    [Part::Conversation, Part::Topic, Part::Person, Part::Organization, Part::Kind, Part::Channel, Part::Tier];

/// Something that carries a part of the difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carrier {
    /// What it is.
    pub part: Part,
    /// Which: an id, a name, an address.
    pub key: String,
    /// What it is called, where its key is an id.
    pub title: Option<String>,
    /// Its part of the number in the blip.
    pub was: f64,
    /// What that would have been as before.
    pub usual: f64,
    /// How much of the difference it carries, 0 to 1 and more: others may have gone the other way.
    pub share: f64,
}

/// What explains a blip.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explained {
    /// How much more or less it was than usual, all together, in the metric's unit.
    pub difference: f64,
    /// What carries most of it, most first.
    pub carriers: Vec<Carrier>,
    /// How much of the difference the links together carry, each message counted once.
    pub linked: Option<Linked>,
    /// Events and releases in it and shortly before, in order of time.
    pub happened: Vec<Happened>,
}

impl Part {
    /// What it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Link => "link",
            Part::Conversation => "conversation",
            Part::Topic => "topic",
            Part::Person => "person",
            Part::Organization => "organization",
            Part::Kind => "kind",
            Part::Channel => "channel",
            Part::Tier => "tier",
        }
    }

    /// The key of a row and what it is read from, as SQL; none if the view's rows do not say it.
    pub(crate) fn key(self, view: &View) -> Option<(String, String)> {
        let name = || view.name.clone();
        let of = |by: By| view.has(by.column()).then(|| (by.key(), name()));
        let column = |column: &str| names(&view.body, column).then(|| (column.to_owned(), name()));
        match self {
            Part::Link => None,
            Part::Conversation => column("conversation_id"),
            Part::Person => column("person_id"),
            Part::Kind => column("kind"),
            Part::Organization => of(By::Organization),
            Part::Channel => of(By::Channel),
            Part::Tier => of(By::Tier),
            Part::Topic => column("conversation_id").map(|_| {
                let joined = "SELECT v.*, unnest(t.topics) AS topic";
                let on = "JOIN conversations AS t ON t.conversation_id = v.conversation_id";
                ("topic".to_owned(), format!("({joined} FROM {} AS v {on}) AS about", view.name))
            }),
        }
    }
}

/// What explains a blip of a metric.
///
/// # Errors
///
/// What keeps the tables from being asked. What a metric's rows do not say is left out.
pub fn explain(
    sql: &dyn Sql,
    catalogue: &Catalogue,
    metric: &Metric,
    only: &Only,
    blip: &Blip,
) -> Result<Explained, SqlError> {
    // It takes some twenty queries, and their answers are long.
    let name = format!("{} {only:?} {blip:?} {}", metric.name, metric.body);
    sql.kept(&name, &mut || explain_anew(sql, catalogue, metric, only, blip).map(Arc::new)).map(Arc::unwrap_or_clone)
}

fn explain_anew(
    sql: &dyn Sql,
    catalogue: &Catalogue,
    metric: &Metric,
    only: &Only,
    blip: &Blip,
) -> Result<Explained, SqlError> {
    let ask = |from, until| Ask { from, until, by: By::All, only: only.clone() };
    let length = blip.until.saturating_sub(blip.from);
    let before = ask(blip.from.saturating_sub(length.saturating_mul(BEFORE.0).max(BEFORE.1)), blip.from);
    let inside = ask(blip.from, blip.until);
    let difference = blip.extra.unwrap_or(blip.was - blip.usual);
    let mut explained = Explained { difference, ..Explained::default() };
    let counted = matches!(metric.unit, Unit::Count | Unit::People);
    // As many as were usual, where the time before is of another length.
    let scale = |before: &[Group]| {
        let all: f64 = before.iter().filter_map(|group| group.value).sum();
        if all > 0.0 { (blip.usual * blip.length as f64 / all).min(1.0) } else { 0.0 }
    };
    for part in PARTS {
        let Some(of_before) = groups(sql, catalogue, metric, &before, part)? else { continue };
        let Some(of_blip) = groups(sql, catalogue, metric, &inside, part)? else { continue };
        let carriers = match counted {
            true => of_counts(&of_blip, &of_before, scale(&of_before)),
            false => of_means(&of_blip, &of_before),
        };
        let whole = if counted { difference } else { blip.was - blip.usual };
        explained.carriers.extend(most(part, carriers, whole));
    }
    if counted && blip.extra.is_some_and(|extra| extra > 0.0) {
        let (carriers, linked) = links::links(sql, catalogue, metric, &inside, &before, difference)?;
        explained.carriers.extend(carriers);
        explained.linked = linked;
    }
    explained.carriers.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.part.cmp(&b.part)));
    around::name(sql, &mut explained.carriers)?;
    explained.happened = around(sql, blip.from, blip.until, word(catalogue, metric).as_deref())?;
    Ok(explained)
}

/// The word by which people name what others counted: its title's first, in small letters and without the plural's end.
/// None where the rows are what people here did: those explain themselves.
fn word(catalogue: &Catalogue, metric: &Metric) -> Option<String> {
    let view = catalogue.view(&metric.view)?;
    let ours = ["message_id", "conversation_id", "person_id"].iter().any(|column| names(&view.body, column));
    let first = metric.title.split_whitespace().next().filter(|_| !ours)?.to_lowercase();
    Some(first.strip_suffix('s').unwrap_or(&first).to_owned())
}

fn groups(
    sql: &dyn Sql,
    catalogue: &Catalogue,
    metric: &Metric,
    ask: &Ask,
    part: Part,
) -> Result<Option<Vec<Group>>, SqlError> {
    let Some(query) = metric.parted_sql(catalogue, ask, part) else { return Ok(None) };
    match sql.rows(&query, &LIMITS) {
        Ok(found) => Ok(Some(found.rows.into_iter().map(Group::of).collect())),
        // A metric whose own query names the columns it groups by cannot be split so: that explains nothing, no more.
        Err(SqlError::Query(_) | SqlError::At { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Of counts: key, what it was, and what it would have been.
fn of_counts(blip: &[Group], before: &[Group], scale: f64) -> Vec<(String, f64, f64, f64)> {
    let mut all = BTreeMap::<&str, (f64, f64)>::new();
    blip.iter().for_each(|group| all.entry(&group.key).or_default().0 += group.value.unwrap_or_default());
    before.iter().for_each(|group| all.entry(&group.key).or_default().1 += group.value.unwrap_or_default() * scale);
    all.into_iter().map(|(key, (was, usual))| (key.to_owned(), was, usual, was - usual)).collect()
}

/// Of means and shares: how far each group draws the whole, by its weight and its value. The sum of all is the difference
/// exactly for means, and nearly so for medians.
fn of_means(blip: &[Group], before: &[Group]) -> Vec<(String, f64, f64, f64)> {
    let weight = |groups: &[Group]| groups.iter().map(|group| group.cases).sum::<u64>().max(1) as f64;
    let (now, then) = (weight(blip), weight(before));
    let sum =
        |groups: &[Group]| groups.iter().map(|group| group.value.unwrap_or_default() * group.cases as f64).sum::<f64>();
    let middle = sum(before) / then;
    let drawn = |group: &Group, all: f64| (group.value.unwrap_or(middle) - middle) * group.cases as f64 / all;
    let mut parts = BTreeMap::<&str, (f64, f64, f64)>::new();
    for group in blip {
        let part = parts.entry(&group.key).or_default();
        (part.0, part.2) = (group.value.unwrap_or_default(), part.2 + drawn(group, now));
    }
    for group in before {
        let part = parts.entry(&group.key).or_default();
        (part.1, part.2) = (group.value.unwrap_or_default(), part.2 - drawn(group, then));
    }
    parts.into_iter().map(|(key, (was, usual, drew))| (key.to_owned(), was, usual, drew)).collect()
}

/// Those that carry most of the difference, and enough of it. Where one group is all there is, it explains nothing.
fn most(part: Part, found: Vec<(String, f64, f64, f64)>, difference: f64) -> Vec<Carrier> {
    if found.len() < 2 || difference == 0.0 {
        return Vec::new();
    }
    let carrier = |(key, was, usual, drew): (String, f64, f64, f64)| {
        let share = drew / difference;
        (share >= LEAST && !NOTHING.contains(&key.as_str())).then_some(Carrier {
            part,
            key,
            title: None,
            was,
            usual,
            share,
        })
    };
    let mut carriers: Vec<Carrier> = found.into_iter().filter_map(carrier).collect();
    carriers.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.key.cmp(&b.key)));
    carriers.truncate(MOST);
    carriers
}

#[cfg(test)]
mod tests;
