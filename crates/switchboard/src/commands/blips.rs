//! `switchboard blips`: what left its usual range, and what explains it.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use desk::{Desk, Explanation, Kept, Narrowed, Retired, Target};
use metric::{Blip, Carrier, Catalogue, Doubts, Explained, Metric, Only, Part, Tables, Unit, explain};
use model::time::DAY;
use serde::Serialize;

use super::Done;
use super::case::By;
use super::metric::{instant, named, newest, said};
use crate::cli::usage;
use crate::printer::{BOLD, FAINT, Out};
use crate::queries::Queries;
use crate::session::{self, Session};
use crate::show;

/// Show what left its usual range, and what explains it
///
/// Given its trend, its season and, by day, the weekday. Of one metric all blips of three years are shown, else those of
/// the last year of every metric that is not retired. What explains each is ranked by how much of the difference it
/// carries.
#[derive(Debug, Args)]
pub struct Blips {
    /// Of this metric
    #[arg(value_name = "METRIC")]
    metric: Option<String>,
    /// Say in your words what explains the blip of that metric at a time; it stays beside it
    #[arg(long, value_name = "TEXT", requires_all = ["metric", "at"])]
    explain: Option<String>,
    /// A day or instant (UTC) in the blip that is explained
    #[arg(long, value_name = "TIME", value_parser = instant, requires = "explain")]
    at: Option<i64>,
    #[command(flatten)]
    by: By,
}

/// A blip, and what explains it.
#[derive(Debug, Serialize)]
struct Told {
    metric: String,
    title: String,
    #[serde(skip)]
    unit: Unit,
    blip: Blip,
    why: Explained,
    /// What people say.
    explanations: Vec<Kept<Explanation>>,
}

impl Blips {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let catalogue = Catalogue::with_folder(&workspace.metrics());
        let desk = workspace.desk().exists().then(|| Desk::open_read_only(&workspace.desk())).transpose()?;
        let retired = desk.as_ref().map(Desk::records::<Retired>).transpose()?.unwrap_or_default();
        let explanations = desk.as_ref().map(Desk::records::<Explanation>).transpose()?.unwrap_or_default();
        let queries = Queries::new(workspace);
        let tables = Tables { sql: &queries, catalogue: &catalogue, now: newest(&queries)? };
        let metrics: Vec<&Metric> = match &self.metric {
            Some(name) => vec![named(&catalogue, name)?],
            None => catalogue.metrics().filter(|metric| !retired.contains_key(&metric.name)).collect(),
        };
        let since = if self.metric.is_some() { i64::MIN } else { tables.now - 365 * DAY };
        let mut told = Vec::new();
        for metric in metrics {
            let target = Target { metric: metric.name.clone(), ..Target::default() };
            let standing = match tables.standing(&target, &Doubts::default()) {
                Ok(standing) => standing,
                Err(error) => {
                    session.printer.warn(format_args!("left out: {}", show::clean(&error.to_string())));
                    continue;
                }
            };
            for blip in standing.watched.blips.into_iter().filter(|blip| blip.until > since) {
                // A blip without what explains it is still one.
                let why = explain(&queries, &catalogue, metric, &Only::default(), &blip).unwrap_or_default();
                let is_of = |kept: &&Kept<Explanation>| {
                    let record = &kept.record;
                    let same = record.metric == metric.name && record.only == Narrowed::default();
                    same && record.from < blip.until && record.until > blip.from
                };
                let explanations = explanations.values().filter(is_of).cloned().collect();
                let (name, title) = (metric.name.clone(), metric.title.clone());
                told.push(Told { metric: name, title, unit: metric.unit, blip, why, explanations });
            }
        }
        told.sort_by_key(|told| std::cmp::Reverse(told.blip.from));
        if let (Some(text), Some(at)) = (self.explain, self.at) {
            return explain_one(session, told, text, at, &self.by.who);
        }
        match session.printer.json {
            true => session.printer.json(&told)?,
            false => session.printer.data(|out| told.iter().try_for_each(|told| print(out, told)))?,
        }
        Ok(if told.is_empty() { Done::NotFound } else { Done::Found })
    }
}

/// Keeps somebody's words for the blip at an instant.
fn explain_one(session: &Session, told: Vec<Told>, text: String, at: i64, who: &str) -> Result<Done> {
    let found = told.into_iter().find(|told| (told.blip.from..told.blip.until).contains(&at));
    let told = found.ok_or_else(|| usage("there is no blip at that time; `switchboard blips METRIC` shows them"))?;
    let (from, until) = (told.blip.from, told.blip.until);
    let explanation = Explanation { metric: told.metric, from, until, text, ..Explanation::default() };
    let mut desk = Desk::open(&session.workspace()?.desk())?;
    desk.keep_new(&explanation.metric, &explanation, who, session::now())?;
    session.printer.note(format_args!("kept for {} to {}", show::day(from), show::day(until.saturating_sub(1))));
    if session.printer.json {
        session.printer.json(&explanation)?;
    }
    Ok(Done::Found)
}

/// A blip in a line.
pub fn line(unit: Unit, blip: &Blip) -> String {
    let (from, until) = (show::day(blip.from), show::day(blip.until.saturating_sub(1)));
    let lasted = match (blip.lasted, blip.after) {
        (Some(true), Some(after)) => format!("; it lasted ({} afterwards)", said(unit, after)),
        (Some(false), Some(after)) => format!("; it passed ({} afterwards)", said(unit, after)),
        _ => "; too soon to tell whether it lasts".to_owned(),
    };
    format!("{from} to {until}: {} instead of {}{lasted}", said(unit, blip.was), said(unit, blip.usual))
}

fn print(out: &mut Out, told: &Told) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&told.title))?;
    writeln!(out, "  {}", line(told.unit, &told.blip))?;
    for kept in &told.explanations {
        writeln!(out, "  “{}” ({})", show::clean(&kept.record.text), show::clean(&kept.who))?;
    }
    if let Some(linked) = told.why.linked {
        let links = show::counted(linked.links as u64, "link");
        writeln!(out, "  {:.0} of the {:.0} extra have {links}:", linked.extra, told.why.difference)?;
    }
    for carrier in &told.why.carriers {
        writeln!(out, "  {:>4.0} %  {}", carrier.share * 100.0, show::clean(&name(carrier)))?;
    }
    for one in &told.why.happened {
        let (kind, title) = (show::clean(&one.kind), show::clean(&one.title));
        writeln!(out, "  {FAINT}{}  {kind}: {title}{FAINT:#}", show::day(one.at))?;
    }
    writeln!(out)
}

fn name(carrier: &Carrier) -> String {
    let name = carrier.title.as_deref().unwrap_or(&carrier.key);
    match carrier.part {
        Part::Link => name.to_owned(),
        part => format!("{} {name}", part.as_str()),
    }
}
