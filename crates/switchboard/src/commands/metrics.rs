//! `switchboard metrics`: every number there is, and whether the community's own are right.

mod believed;

use std::io::{self, Write};
use std::time::Instant;

use ::metric::{Ask, Catalogue, Metric, MetricError, SqlError, Unit, measure};
use anyhow::Result;
use clap::{Args, Subcommand};
use model::time::DAY;
use serde::Serialize;
use serde_json::json;

use super::{Done, metric};
use crate::printer::{BAD, Out};
use crate::queries::Queries;
use crate::session::Session;
use crate::show;

/// Show every metric: what it counts, in what, and which way is good
///
/// A metric is one SQL file with a header. The community's own lie in the folder `metrics` of the workspace and count like
/// ours; one of the same name replaces ours. `switchboard metric NAME` gives the number.
#[derive(Debug, Args)]
pub struct Metrics {
    #[command(subcommand)]
    command: Option<MetricsCommand>,
}

#[derive(Debug, Subcommand)]
enum MetricsCommand {
    Values(Values),
    Check(Check),
    Retire(believed::Retire),
    Restore(believed::Restore),
    Doubt(believed::Disbelieve),
    Trust(believed::Trust),
}

/// Work out every metric over a period, and how long each took
#[derive(Debug, Args)]
pub struct Values {
    /// From this day or instant on (UTC) [default: 90 days before the end]
    #[arg(long, value_name = "TIME", value_parser = metric::instant)]
    from: Option<i64>,
    /// Until before this day or instant (UTC) [default: the newest message]
    #[arg(long, value_name = "TIME", value_parser = metric::instant)]
    until: Option<i64>,
}

/// Run every metric on no rows, and say what is wrong with which file, at which line
#[derive(Debug, Args)]
pub struct Check {}

impl Metrics {
    /// Shows them, or looks whether they are right.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let catalogue = Catalogue::with_folder(&workspace.metrics());
        match self.command {
            Some(MetricsCommand::Check(_)) => return check(session, &catalogue, &Queries::new(workspace)),
            Some(MetricsCommand::Values(values)) => {
                return values.run(session, &catalogue, &Queries::new(workspace));
            }
            Some(MetricsCommand::Retire(retire)) => return retire.run(session),
            Some(MetricsCommand::Restore(restore)) => return restore.run(session),
            Some(MetricsCommand::Doubt(doubt)) => return doubt.run(session),
            Some(MetricsCommand::Trust(trust)) => return trust.run(session),
            None => {}
        }
        let problems: Vec<String> = catalogue.problems().iter().map(MetricError::to_string).collect();
        let metrics: Vec<&Metric> = catalogue.metrics().collect();
        match session.printer.json {
            true => session.printer.json(&json!({ "metrics": metrics, "problems": problems }))?,
            false => session.printer.data(|out| print(out, &metrics))?,
        }
        problems.iter().for_each(|problem| session.printer.warn(format_args!("no metric: {}", show::clean(problem))));
        Ok(Done::Found)
    }
}

fn print(out: &mut Out, metrics: &[&Metric]) -> io::Result<()> {
    let row = |metric: &&Metric| {
        let own = if metric.own { "own" } else { "" };
        let chaoss = metric.chaoss.clone().unwrap_or_default();
        let (unit, good) = (metric.unit.as_str().to_owned(), metric.good.as_str().to_owned());
        vec![metric.name.clone(), metric.title.clone(), unit, good, chaoss, own.to_owned()]
    };
    let rows: Vec<_> = metrics.iter().map(row).collect();
    show::columns(out, &["name", "metric", "in", "good is", "CHAOSS", ""], &rows, &[])
}

impl Values {
    fn run(self, session: &Session, catalogue: &Catalogue, queries: &Queries) -> Result<Done> {
        let until = self.until.map_or_else(|| metric::newest(queries), Ok)?;
        let ask = Ask::period(self.from.unwrap_or_else(|| until.saturating_sub(metric::BACK * DAY)), until);
        let value = |metric: &'_ Metric| {
            let start = Instant::now();
            let measured = measure(queries, catalogue, metric, &ask)?;
            Ok(Value {
                name: metric.name.clone(),
                title: metric.title.clone(),
                unit: metric.unit,
                value: measured.value(),
                cases: measured.cases(),
                milliseconds: start.elapsed().as_secs_f64() * 1e3,
            })
        };
        let values = catalogue.metrics().map(value).collect::<Result<Vec<Value>, SqlError>>()?;
        match session.printer.json {
            true => session.printer.json(&json!({ "from": ask.from, "until": until, "values": values }))?,
            false => session.printer.data(|out| {
                let row = |one: &Value| {
                    let value = one.value.map_or_else(|| "–".to_owned(), |value| metric::said(one.unit, value));
                    let time = format!("{:.0} ms", one.milliseconds);
                    vec![one.title.clone(), value, one.unit.as_str().to_owned(), show::count(one.cases), time]
                };
                let rows: Vec<_> = values.iter().map(row).collect();
                show::columns(out, &["metric", "value", "in", "cases", "took"], &rows, &[1, 3, 4])
            })?,
        }
        Ok(Done::Found)
    }
}

/// A metric's value over a period.
#[derive(Debug, Serialize)]
struct Value {
    name: String,
    title: String,
    unit: Unit,
    value: Option<f64>,
    cases: u64,
    /// How long it took.
    milliseconds: f64,
}

fn check(session: &Session, catalogue: &Catalogue, queries: &Queries) -> Result<Done> {
    let mut wrong: Vec<String> = catalogue.problems().iter().map(MetricError::to_string).collect();
    // No row is of an empty period: the query is planned and run, and costs nothing.
    let nothing = Ask::period(0, 0);
    for metric in catalogue.metrics() {
        match measure(queries, catalogue, metric, &nothing) {
            Ok(_) => {}
            Err(error @ (SqlError::Query(_) | SqlError::At { .. })) => wrong.push(error.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    let count = catalogue.metrics().count() as u64;
    match session.printer.json {
        true => session.printer.json(&json!({ "metrics": count, "wrong": wrong }))?,
        false => session.printer.data(|out| {
            wrong.iter().try_for_each(|wrong| writeln!(out, "{BAD}{}{BAD:#}", show::clean(wrong)))?;
            writeln!(out, "{}, {} wrong", show::counted(count, "metric"), show::count(wrong.len() as u64))
        })?,
    }
    Ok(if wrong.is_empty() { Done::Found } else { Done::NotFound })
}
