//! `switchboard desk`: who is waiting for an answer, and who could give it; the desk's views and queries.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::Args;
use insight::query::{Query, What};
use insight::support::Hours;
use insight::views::{CaseList, CaseView, Helper, PromiseView};
use insight::{CaseAsk, Community, Now, View};
use jiff::tz::TimeZone;

use super::Done;
use super::case::By;
use crate::printer::{BAD, BOLD, FAINT, GOOD, Out};
use crate::session::Session;
use crate::workspace::Workspace;
use crate::{cli, community, show};

/// List who is waiting for an answer, oldest promise first, and who could give it
///
/// Views: waiting (the default), nobody, mine, escalated, asker, parked, answered, soon, overdue, open, all, and those
/// that `view save` keeps. A query narrows them: `desk in:dev tag:tls`, `desk 'is:overdue -who:nobody'`; its plain words
/// are looked for in titles.
#[derive(Debug, Args)]
pub struct Desk {
    /// What must hold besides, as in `search`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Which view
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    /// Pass over so many
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: usize,
    /// On this source only
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// In this channel only
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Those who have waited for at most so many days [default: 30 in views of those who wait]
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
    /// Who you are.
    #[command(flatten)]
    by: By,
}

impl Desk {
    /// Lists them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        config.named(self.source.as_slice())?;
        let community = community::open(&workspace, &config)?;
        if let Some(channel) = self.channel.as_deref().filter(|channel| !community.has_channel(channel)) {
            bail!(
                "there is no channel `{channel}`; `switchboard sql \"select source, channel from channels\"` lists them"
            );
        }
        let place = [self.source.as_ref(), self.channel.as_ref()].into_iter().flatten();
        let places = place.map(|name| format!("in:\"{name}\"")).collect::<Vec<_>>();
        let query = self.query.join(" ");
        let (view, mut query) = choose(&workspace, &community, self.view.as_deref(), &query)?;
        // Both must hold, where `in:a in:b` in one query means either.
        for place in places {
            query.filter.clauses.extend(read(&community, &place).filter.clauses);
        }
        let ask = CaseAsk {
            view,
            query,
            me: Some(self.by.who),
            days: self.days,
            offset: self.offset,
            limit: self.limit,
            helpers: true,
            fresh: None,
        };
        let list = community.cases(&ask)?;
        list.notes.iter().for_each(|note| session.printer.warn(show::clean(note)));
        if session.printer.json {
            session.printer.json(&list)?;
        } else {
            let now = community.now();
            let window = self.days.unwrap_or(insight::WINDOW_DAYS);
            session.printer.data(|out| {
                head(out, &list, now, window)?;
                list.cases.iter().try_for_each(|case| print(out, case, now))?;
                let more = list.total.saturating_sub((self.offset + list.cases.len()) as u64);
                if more > 0 {
                    writeln!(out, "\n{FAINT}and {} more: --limit {}{FAINT:#}", show::count(more), list.total)?;
                }
                Ok(())
            })?;
        }
        Ok(Done::Found)
    }
}

/// The view that is meant by `--view` and a query: a saved view is a query itself.
pub fn choose(workspace: &Workspace, community: &Community, name: Option<&str>, text: &str) -> Result<(View, Query)> {
    let query = read(community, text);
    let says_how_far = |query: &Query| {
        query.filter.clauses.iter().any(|clause| clause.any.iter().any(|what| matches!(what, What::Is(_))))
    };
    let Some(name) = name else {
        let view = if says_how_far(&query) { View::All } else { View::default() };
        return Ok((view, query));
    };
    if let Some(view) = View::parse(name) {
        return Ok((view, query));
    }
    let mut saved = Default::default();
    if workspace.desk().exists() {
        saved = desk::Desk::open_read_only(&workspace.desk())?.all_saved(desk::SavedKind::View)?;
    }
    let Some(found) = saved.get(name) else {
        let known = View::ALL.iter().map(|view| view.as_str()).chain(saved.keys().map(String::as_str));
        let known = known.collect::<Vec<_>>().join(", ");
        return Err(cli::usage(format!("there is no view called `{}` (views: {known})", show::clean(name))));
    };
    let mut both = read(community, &found.text);
    let view = if says_how_far(&both) || says_how_far(&query) { View::All } else { View::default() };
    both.filter.clauses.extend(query.filter.clauses);
    both.words = format!("{} {}", both.words, query.words).trim().to_owned();
    both.phrases.extend(query.phrases);
    both.without.extend(query.without);
    both.notes.extend(query.notes);
    Ok((view, both))
}

/// Reads a query as of the community's now and in its time zone.
pub fn read(community: &Community, text: &str) -> Query {
    Query::parse(text, community.now().time, zone(community).as_ref())
}

/// The community's time zone, if it says one.
pub fn zone(community: &Community) -> Option<TimeZone> {
    match &community.settings().support.hours {
        Hours::Working { zone, .. } => Some(zone.clone()),
        Hours::Always => None,
    }
}

fn head(out: &mut Out, list: &CaseList, now: Now, days: u32) -> io::Result<()> {
    let clock = if now.from_data { ", when something was done last" } else { "" };
    let what = match (list.view, list.total) {
        ("waiting", 1) => "1 person waits for an answer".to_owned(),
        ("waiting", total) => format!("{} people wait for an answer", show::count(total)),
        ("nobody", 1) => "1 person waits, and nobody has it".to_owned(),
        ("nobody", total) => format!("{} people wait, and nobody has it", show::count(total)),
        ("mine", total) => format!("you have {}", show::counted(total, "case")),
        ("escalated", total) => format!("{} handed over", show::counted(total, "case")),
        ("asker", total) => format!("{} for the asker", waiting(total)),
        ("parked", total) => format!("{} parked", show::counted(total, "case")),
        ("answered", total) => format!("{} answered and not confirmed", show::counted(total, "case")),
        ("soon", total) => format!("{} soon broken", show::counted(total, "promise")),
        ("overdue", total) => format!("{} broken", show::counted(total, "promise")),
        ("open", total) => format!("{} not done", show::counted(total, "case")),
        (_, total) => show::counted(total, "case"),
    };
    writeln!(out, "{BOLD}{what}{BOLD:#} {FAINT}as of {}{clock}{FAINT:#}", show::time(now.time))?;
    if list.older > 0 {
        let older = show::count(list.older);
        writeln!(out, "{FAINT}{older} more have waited for longer than {days} days (--days){FAINT:#}")?;
    }
    Ok(())
}

fn waiting(total: u64) -> String {
    if total == 1 { "1 case waits".to_owned() } else { format!("{} cases wait", show::count(total)) }
}

/// Prints one case.
pub fn print(out: &mut Out, case: &CaseView, now: Now) -> io::Result<()> {
    let conversation = &case.conversation;
    let title = show::cut(&conversation.title, 90);
    writeln!(out, "\n{BOLD}{}{BOLD:#}", show::clean(&title))?;
    let place = show::place(conversation);
    writeln!(out, "  {FAINT}{place} · {} · {}{FAINT:#}", show::counted(case.messages, "message"), conversation.id)?;
    standing(out, case, now)?;
    if let Some(tier) = case.tier.as_ref().filter(|_| !case.standing.is_done()) {
        let why = tier.why.join(", ");
        writeln!(
            out,
            "  asks for {BOLD}tier {} ({}){BOLD:#}{FAINT} because {why}{FAINT:#}",
            tier.tier,
            show::clean(&tier.name)
        )?;
    }
    case.trace.iter().try_for_each(|sentence| writeln!(out, "  {}", show::clean(sentence)))?;
    if let Some(next) = case.handed_over.as_ref().and_then(|handed| handed.next.as_ref().zip(handed.next_standing)) {
        let (next, standing) = next;
        let title = show::cut(&next.title, 70);
        writeln!(out, "  goes on in “{}” {FAINT}{} · {}{FAINT:#}", show::clean(&title), next.id, standing.words())?;
    }
    if !case.tags.is_empty() {
        writeln!(out, "  {FAINT}tags: {}{FAINT:#}", show::clean(&case.tags.join(", ")))?;
    }
    if !case.lead.is_empty() {
        writeln!(out, "  “{}”", show::clean(&show::cut(&case.lead, 160)))?;
    }
    helpers(out, &case.helpers)
}

/// Who waits, since when, with whom, and what was promised.
fn standing(out: &mut Out, case: &CaseView, now: Now) -> io::Result<()> {
    let asker = case.asker.as_ref().map_or("somebody", |person| person.name.as_str());
    let new = if case.newcomer { " (new here)" } else { "" };
    let asker = format!("{}{new}", show::clean(asker));
    let promise = |promise: &PromiseView| {
        let left = promise.due.saturating_sub(now.time);
        let what = if promise.what == "resolution" { "promise to have it done" } else { "promise" };
        match left {
            ..=0 => format!(", {BAD}{} over the {what}{BAD:#}", show::length(left)),
            _ if promise.state == "soon" => format!(", {BAD}only {} left of the {what}{BAD:#}", show::length(left)),
            _ => format!(", {GOOD}{} left of the {what}{GOOD:#}", show::length(left)),
        }
    };
    let promise = case.promise.as_ref().map(promise).unwrap_or_default();
    let stands = match (case.since, &case.holder) {
        (Some(since), holder) => {
            let holder = holder.as_ref().map(|holder| format!(", {} has it", show::clean(holder))).unwrap_or_default();
            format!("{asker} has waited for {}{promise}{holder}", show::length(now.time.saturating_sub(since).max(0)))
        }
        (None, Some(holder)) if !case.standing.is_done() => {
            format!("{}; asked by {asker}, {} has it{promise}", case.standing.words(), show::clean(holder))
        }
        _ => format!("{}; asked by {asker}{promise}", case.standing.words()),
    };
    writeln!(out, "  {stands}")
}

/// Prints who could help, and why.
pub fn helpers(out: &mut Out, helpers: &[Helper]) -> io::Result<()> {
    for helper in helpers {
        let why: Vec<_> = helper.why.iter().chain(&helper.moved).map(|why| show::clean(why)).collect();
        writeln!(out, "  → {BOLD}{}{BOLD:#} could help: {}", show::clean(&helper.person.name), why.join("; "))?;
    }
    Ok(())
}
