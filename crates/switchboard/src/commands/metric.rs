//! `switchboard metric`: one number, split as somebody likes, with its SQL and the rows behind it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use desk::{Desk, Doubt, Narrowed};
use metric::{
    Ask, By, Catalogue, Doubts, Group, Measured, Metric as Definition, Only, Sql, SqlLimits, Unit, Who, measure,
};
use model::time::DAY;
use serde_json::json;

use super::Done;
use super::output::{self, Output};
use crate::cli::usage;
use crate::printer::{BOLD, FAINT, Out};
use crate::queries::Queries;
use crate::session::{self, Session};
use crate::show;

/// Days that are looked back on where nothing is said.
pub(super) const BACK: i64 = insight::METRIC_DAYS as i64;

/// Show a metric's value, split by place, tier, time or organization
///
/// `switchboard metrics` names them all. Bots never count; the team's own staff (the tag `staff`) is apart.
#[derive(Debug, Args)]
pub struct Metric {
    /// The metric
    #[arg(value_name = "NAME")]
    name: String,
    /// Split by: all, day, week, month, quarter, year, source, channel, tier, organization, staff
    #[arg(long, value_name = "WHAT", default_value = "all", value_parser = way)]
    by: By,
    /// From this day or instant on (UTC) [default: 90 days before the end]
    #[arg(long, value_name = "TIME", value_parser = instant)]
    from: Option<i64>,
    /// Until before this day or instant (UTC) [default: the newest message]
    #[arg(long, value_name = "TIME", value_parser = instant)]
    until: Option<i64>,
    /// Of this source only
    #[arg(long)]
    source: Option<String>,
    /// Of this channel only, by its name within its source
    #[arg(long)]
    channel: Option<String>,
    /// Of what asks for this tier only
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=4))]
    tier: Option<u8>,
    /// Of people of this organization only
    #[arg(long)]
    organization: Option<String>,
    /// Whose doing counts
    #[arg(long, value_enum, default_value_t = Whose::Community)]
    who: Whose,
    /// Print the SQL instead, which any database with the tables can run
    #[arg(long, conflicts_with = "rows")]
    sql: bool,
    /// Print the rows behind it instead, latest first
    #[arg(long)]
    rows: bool,
    /// Where rows go to, and how.
    #[command(flatten)]
    output: Output,
}

/// Whose doing counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Whose {
    /// Everybody but staff
    Community,
    /// Staff only
    Staff,
    /// Both
    Everybody,
}

impl Metric {
    /// Shows it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let catalogue = Catalogue::with_folder(&workspace.metrics());
        let metric = named(&catalogue, &self.name)?;
        let queries = Queries::new(workspace.clone());
        let until = self.until.map_or_else(|| newest(&queries), Ok)?;
        let who = match self.who {
            Whose::Community => Who::Community,
            Whose::Staff => Who::Staff,
            Whose::Everybody => Who::Everybody,
        };
        let (source, channel, organization) = (self.source, self.channel, self.organization);
        let only = Only { source, channel, tier: self.tier, organization, who };
        let from = self.from.unwrap_or_else(|| until.saturating_sub(BACK * DAY));
        let ask = Ask { from, until, by: self.by, only };
        if self.sql {
            let sql = metric.sql(&catalogue, &ask)?;
            session.printer.data(|out| writeln!(out, "{sql}"))?;
            return Ok(Done::Found);
        }
        if self.rows {
            let answer = output::engine(&workspace)?.query(&metric.rows_sql(&catalogue, &ask)?)?;
            self.output.write(&session.printer, |format, mut out| engine::format::write(answer, format, &mut out))?;
            return Ok(Done::Found);
        }
        let measured = measure(&queries, &catalogue, metric, &ask)?;
        let said = match workspace.desk().exists() {
            true => Desk::open_read_only(&workspace.desk())?.records::<Doubt>()?,
            false => BTreeMap::new(),
        };
        let said = said.into_values().map(|kept| kept.record);
        let narrowed = Narrowed { source: ask.only.source.clone(), ..Narrowed::default() };
        let doubts = Doubts::new(&queries, newest(&queries)?, said)?.of(&catalogue, metric, &narrowed);
        match session.printer.json {
            true => session.printer.json(&json!({ "metric": metric, "measured": measured, "doubts": doubts }))?,
            false => session.printer.data(|out| print(out, metric, &measured, &doubts))?,
        }
        Ok(if measured.groups.is_empty() { Done::NotFound } else { Done::Found })
    }
}

pub(super) fn named<'a>(catalogue: &'a Catalogue, name: &str) -> Result<&'a Definition> {
    // What is in the folder and no metric says why, before it is said that there is none.
    if let Some(problem) = catalogue.problems().iter().find(|problem| problem.file == format!("{name}.sql")) {
        return Err(problem.clone().into());
    }
    catalogue.named(name).ok_or_else(|| {
        usage(format!("there is no metric `{}`; `switchboard metrics` names them all", show::clean(name)))
    })
}

/// Just after the newest message or activity that is not still to come.
pub(super) fn newest(queries: &Queries) -> Result<i64> {
    let limits = SqlLimits { rows: 1, bytes: 1_000, time: std::time::Duration::from_secs(20), addresses: false };
    let found = queries.rows("SELECT max(last_time) FROM channels", &limits)?;
    let newest = found.rows.first().and_then(|row| row.first()).and_then(serde_json::Value::as_str).map(instant);
    let newest = newest.transpose().map_err(anyhow::Error::msg).context("the tables have a time that is none")?;
    Ok(newest.unwrap_or_else(session::now).min(session::now()).saturating_add(1))
}

fn way(text: &str) -> Result<By, String> {
    By::parse(text).ok_or_else(|| format!("it is one of {}", By::all().map(By::as_str).collect::<Vec<_>>().join(", ")))
}

/// Microseconds UTC of an instant, or of a day's beginning in UTC.
pub(super) fn instant(text: &str) -> Result<i64, String> {
    let instant = text.parse::<jiff::Timestamp>().ok();
    let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let found = instant.or_else(|| Some(day()?.timestamp())).map(jiff::Timestamp::as_microsecond);
    found.ok_or_else(|| "write a day or an instant, as 2024-06-01 or 2024-06-01T12:00:00Z".to_owned())
}

fn print(out: &mut Out, metric: &Definition, measured: &Measured, doubts: &[String]) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&metric.title))?;
    writeln!(out, "{FAINT}{}{FAINT:#}", show::clean(&metric.definition))?;
    writeln!(out, "{FAINT}from {} until {}{FAINT:#}", show::time(measured.from), show::time(measured.until))?;
    for caveat in &metric.caveats {
        writeln!(out, "{FAINT}keep in mind: {}{FAINT:#}", show::clean(caveat))?;
    }
    for doubt in doubts {
        writeln!(out, "doubted: {}", show::clean(doubt))?;
    }
    let row = |group: &Group| {
        let value = group.value.map_or_else(|| "–".to_owned(), |value| said(metric.unit, value));
        vec![key(&group.key).to_owned(), value, show::count(group.cases)]
    };
    let rows: Vec<_> = measured.groups.iter().map(row).collect();
    show::columns(out, &[measured.by, metric.unit.as_str(), "cases"], &rows, &[1, 2])
}

/// Stretches of time begin at midnight: the day is enough.
fn key(key: &str) -> &str {
    key.strip_suffix("T00:00:00Z").unwrap_or(key)
}

pub(super) fn said(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Count | Unit::People => show::count(value.max(0.0).round() as u64),
        Unit::Share => format!("{:.1} %", value * 100.0),
        Unit::Hours | Unit::Days => format!("{value:.1}"),
        Unit::Number => format!("{value:.3}"),
    }
}
