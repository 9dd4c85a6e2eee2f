//! `switchboard tiers`: the support model, and the channels that promise one thing and get another.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::support::{Hours, Offered, Support, TierOffer};
use insight::views::ChannelTiers;
use serde_json::json;

use super::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show the support model, and which channels promise one thing and get another
///
/// The model is a table that the community owns: sections tiers.N, hours and offered of switchboard.toml.
#[derive(Debug, Args)]
pub struct Tiers {}

impl Tiers {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let config = workspace.config()?;
        let channels = community::open(&workspace, &config)?.channel_tiers()?;
        if session.printer.json {
            session.printer.json(&json!({ "tiers": config.support.tiers, "channels": channels }))?;
        } else {
            session.printer.data(|out| {
                model(out, &config.support)?;
                channels.iter().try_for_each(|channel| print(out, channel))
            })?;
        }
        Ok(Done::Found)
    }
}

fn model(out: &mut Out, support: &Support) -> io::Result<()> {
    let row = |tier: &TierOffer| {
        let place = tier.place.as_deref().unwrap_or("–");
        let working = if support.hours == Hours::Always { "" } else { " of working time" };
        let resolution = tier.resolution.or(support.resolution);
        let resolution = resolution.map(|time| format!(", done in {}", show::length(time))).unwrap_or_default();
        let promise = format!("{}{resolution}{working}", show::length(tier.first_response));
        vec![
            tier.tier.to_string(),
            tier.name.clone(),
            tier.who.clone(),
            place.to_owned(),
            promise,
            tier.examples.clone(),
        ]
    };
    let rows: Vec<_> = support.tiers.iter().map(row).collect();
    show::columns(out, &["tier", "what", "who", "where", "first response", "examples"], &rows, &[])?;
    support.channels.iter().try_for_each(|(place, promise)| {
        let tiers = promise.tiers.iter().map(|(tier, offered)| (format!(", tier {tier}"), offered));
        let all = std::iter::once((String::new(), &promise.any)).chain(tiers);
        all.filter_map(|(tier, offered)| Some((tier, promised(offered)?)))
            .try_for_each(|(tier, promised)| writeln!(out, "{}{tier}: {promised}", show::clean(place)))
    })
}

/// What a channel promises; none if nothing of its own.
fn promised(offered: &Offered) -> Option<String> {
    let first = offered.first_response.map(|time| format!("first response in {}", show::length(time)));
    let resolution = offered.resolution.map(|time| format!("done in {}", show::length(time)));
    let words: Vec<String> = first.into_iter().chain(resolution).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn print(out: &mut Out, channel: &ChannelTiers) -> io::Result<()> {
    let ChannelTiers { source, channel: name, offered, offered_why, asked, observed, examples } = channel;
    let place = if name == source { name.clone() } else { format!("{source}/{name}") };
    writeln!(out, "\n{BOLD}{}{BOLD:#} {FAINT}offers tier {offered}: {offered_why}{FAINT:#}", show::clean(&place))?;
    let total: u64 = asked.iter().sum();
    writeln!(out, "  {} for {}", show::counted(total, "question"), shares(asked))?;
    writeln!(out, "  {} of them took {}", show::count(observed.iter().sum()), shares(observed))?;
    let most = (0..).zip(asked).filter(|(tier, _)| tier != offered).max_by_key(|(_, count)| **count);
    if let Some((tier, count)) = most.filter(|(_, count)| **count * 4 > total) {
        writeln!(
            out,
            "  offered as tier {offered}; {} of {} asked for tier {tier}",
            show::count(*count),
            show::count(total)
        )?;
        for example in examples {
            writeln!(out, "    {} {FAINT}{}{FAINT:#}", show::clean(&show::cut(&example.title, 80)), example.id)?;
        }
    }
    Ok(())
}

fn shares(counts: &[u64; 5]) -> String {
    let share = |(tier, count): (usize, &u64)| format!("tier {tier} ({})", show::count(*count));
    counts.iter().enumerate().filter(|(_, count)| **count > 0).map(share).collect::<Vec<_>>().join(", ")
}
