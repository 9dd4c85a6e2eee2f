//! `switchboard desk`: who is waiting for an answer, and who could give it.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::Args;
use insight::views::{Helper, Waiting};
use insight::{Now, WaitingCounts, WaitingFilter};
use serde_json::json;

use super::Done;
use crate::community;
use crate::printer::{BAD, BOLD, FAINT, GOOD, Out};
use crate::session::Session;
use crate::show;

/// List who is waiting for an answer, oldest promise first, and who could give it
#[derive(Debug, Args)]
pub struct Desk {
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    /// On this source only
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// In this channel only
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Those who have waited for at most so many days
    #[arg(long, value_name = "DAYS", default_value_t = insight::WINDOW_DAYS)]
    days: u32,
}

impl Desk {
    /// Lists them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        config.named(self.source.as_slice())?;
        let filter = WaitingFilter { source: self.source, channel: self.channel, since_days: Some(self.days) };
        let community = community::open(&workspace, &config)?;
        if let Some(channel) = filter.channel.as_deref().filter(|channel| !community.has_channel(channel)) {
            bail!(
                "there is no channel `{channel}`; `switchboard sql \"select source, channel from channels\"` lists them"
            );
        }
        let (now, counts) = (community.now(), community.waiting_counts(&filter)?);
        let waiting = community.waiting(self.limit, &filter)?;
        if session.printer.json {
            let WaitingCounts { waiting: total, older } = counts;
            session.printer.json(&json!({
                "as_of": now.time, "as_of_data": now.from_data, "waiting_total": total, "older": older, "waiting": waiting
            }))?;
        } else {
            session.printer.data(|out| {
                head(out, now, counts, self.days)?;
                waiting.iter().try_for_each(|waiting| print(out, waiting, now))?;
                let more = counts.waiting.saturating_sub(waiting.len() as u64);
                if more > 0 {
                    writeln!(out, "\n{FAINT}and {} more: --limit {}{FAINT:#}", show::count(more), counts.waiting)?;
                }
                Ok(())
            })?;
        }
        Ok(Done::Found)
    }
}

fn head(out: &mut Out, now: Now, counts: WaitingCounts, days: u32) -> io::Result<()> {
    let (verb, waiting) = if counts.waiting == 1 { ("waits", "1 person") } else { ("wait", "") };
    let waiting =
        if waiting.is_empty() { format!("{} people", show::count(counts.waiting)) } else { waiting.to_owned() };
    let clock = if now.from_data { ", when something was done last" } else { "" };
    writeln!(
        out,
        "{BOLD}{waiting} {verb} for an answer{BOLD:#} {FAINT}as of {}{clock}{FAINT:#}",
        show::time(now.time)
    )?;
    if counts.older > 0 {
        let older = show::count(counts.older);
        writeln!(out, "{FAINT}{older} more have waited for longer than {days} days (--days){FAINT:#}")?;
    }
    Ok(())
}

/// Prints one who waits.
pub fn print(out: &mut Out, waiting: &Waiting, now: Now) -> io::Result<()> {
    let conversation = &waiting.conversation;
    let title = show::cut(&conversation.title, 90);
    writeln!(out, "\n{BOLD}{}{BOLD:#}", show::clean(&title))?;
    let place = show::place(conversation);
    writeln!(out, "  {FAINT}{place} · {} · {}{FAINT:#}", show::counted(waiting.messages, "message"), conversation.id)?;
    let asker = waiting.asker.as_ref().map_or("somebody", |person| person.name.as_str());
    let new = if waiting.newcomer { " (new here)" } else { "" };
    let since = show::length(now.time.saturating_sub(waiting.since));
    let left = waiting.due.saturating_sub(now.time);
    let (style, promise) = match left {
        ..0 => (BAD, format!("{} over the promise", show::length(left))),
        _ => (GOOD, format!("{} left of the promise", show::length(left))),
    };
    writeln!(out, "  {}{new} has waited for {since}, {style}{promise}{style:#}", show::clean(asker))?;
    if let Some(tier) = &waiting.tier {
        let why = tier.why.join(", ");
        writeln!(
            out,
            "  asks for {BOLD}tier {} ({}){BOLD:#}{FAINT} because {why}{FAINT:#}",
            tier.tier,
            show::clean(&tier.name)
        )?;
    }
    if !waiting.lead.is_empty() {
        writeln!(out, "  “{}”", show::clean(&show::cut(&waiting.lead, 160)))?;
    }
    helpers(out, &waiting.helpers)
}

/// Prints who could help, and why.
pub fn helpers(out: &mut Out, helpers: &[Helper]) -> io::Result<()> {
    for helper in helpers {
        let why: Vec<_> = helper.why.iter().chain(&helper.moved).map(|why| show::clean(why)).collect();
        writeln!(out, "  → {BOLD}{}{BOLD:#} could help: {}", show::clean(&helper.person.name), why.join("; "))?;
    }
    Ok(())
}
