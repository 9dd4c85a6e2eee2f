//! Every metric at a large community, and beside it DuckDB with the same SQL on the same Parquet, by turns.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;

use super::Setup;
use super::figure::{Figure, Wanted, percentile};
use super::process::run_for_output;
use crate::print;

/// What DuckDB is told: read from stdin by `metrics.py`.
const SCRIPT: &str = include_str!("metrics.py");
/// Columns of tables that a community may have none of, for DuckDB, which knows no schema but that of files.
const EMPTY: &[(&str, &str)] = &[
    ("measurements", "source TEXT, channel TEXT, name TEXT, time TIMESTAMPTZ, value DOUBLE, unit TEXT"),
    ("gaps", "gap_id TEXT, title TEXT, questions BIGINT, people BIGINT, unanswered BIGINT, last_time TIMESTAMPTZ"),
];
/// Two answers that differ by less than this share are the same: sums in another order.
const NEARLY: f64 = 1e-6;

/// How far back: as pages look, and all of it.
const PERIODS: &[(&str, &str, &[&str])] =
    &[("metrics-90-days", "of the last 90 days", &[]), ("metrics-all", "of all time", &["--from", "1970-01-01"])];

#[derive(Deserialize)]
struct Values {
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    name: String,
    milliseconds: f64,
    value: Option<f64>,
    cases: u64,
}

pub(super) fn measure(setup: &Setup, workspace: &Path, figures: &mut Vec<Figure>) -> Result<()> {
    for (name, what, period) in PERIODS {
        print::note(format_args!("every metric {what}"));
        let place = workspace.to_string_lossy();
        let values = [&["-C", &*place, "--json", "metrics", "values"][..], period].concat();
        let queries = match &setup.python {
            Some(_) => queries(setup, &place, period)?,
            None => BTreeMap::new(),
        };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..setup.runs {
            let (_, printed) = run_for_output(&setup.binary, &values)?;
            ours.push(serde_json::from_str::<Values>(&printed).context("not what was expected")?.values);
            if let Some(python) = &setup.python {
                theirs.push(duckdb(python, workspace, &queries)?);
            }
        }
        if let (Some(ours), Some(theirs)) = (ours.first(), theirs.first()) {
            compare(ours, theirs)?;
        }
        figures.extend(told(name, &format!("every metric {what}"), &ours, true));
        if !theirs.is_empty() {
            figures.extend(told(name, &format!("the same SQL in DuckDB, {what}"), &theirs, false));
        }
    }
    Ok(())
}

/// The SQL of every metric by its name, as the binary prints it.
fn queries(setup: &Setup, place: &str, period: &[&str]) -> Result<BTreeMap<String, String>> {
    let (_, list) = run_for_output(&setup.binary, &["-C", place, "--json", "metrics"])?;
    let list: serde_json::Value = serde_json::from_str(&list).context("not what was expected")?;
    let names = list["metrics"].as_array().into_iter().flatten().filter_map(|metric| metric["name"].as_str());
    let query = |name: &str| {
        let arguments = [&["-C", place, "metric", name, "--sql"][..], period].concat();
        Ok((name.to_owned(), run_for_output(&setup.binary, &arguments)?.1))
    };
    names.map(query).collect()
}

fn duckdb(python: &Path, workspace: &Path, queries: &BTreeMap<String, String>) -> Result<Vec<Value>> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let empty: BTreeMap<&str, &str> = EMPTY.iter().copied().collect();
    let asked = json!({ "tables": workspace.join("tables"), "threads": threads, "queries": queries, "empty": empty });
    let mut child = Command::new(python)
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", python.display()))?;
    child.stdin.take().context("no way to tell it")?.write_all(asked.to_string().as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("DuckDB failed ({}); `pip install duckdb pytz` in that Python", output.status);
    }
    let lines = std::str::from_utf8(&output.stdout).context("not what was expected")?.lines();
    lines.map(|line| serde_json::from_str(line).context("not what was expected")).collect()
}

/// Both must say the same.
fn compare(ours: &[Value], theirs: &[Value]) -> Result<()> {
    for ours in ours {
        let Some(theirs) = theirs.iter().find(|theirs| theirs.name == ours.name) else { continue };
        let same = match (ours.value, theirs.value) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() <= NEARLY * ours.abs().max(1.0),
            (ours, theirs) => ours.unwrap_or_default() == theirs.unwrap_or_default(),
        };
        if !same || ours.cases != theirs.cases {
            bail!(
                "{}: {:?} of {} cases here, {:?} of {} in DuckDB",
                ours.name,
                ours.value,
                ours.cases,
                theirs.value,
                theirs.cases
            );
        }
    }
    Ok(())
}

/// All together, and 95 of 100 single ones.
fn told(name: &'static str, what: &str, runs: &[Vec<Value>], is_ours: bool) -> [Figure; 2] {
    let wanted = |limit: f64| if is_ours { Wanted::AtMost(limit) } else { Wanted::Nothing };
    let sum = |run: &Vec<Value>| run.iter().map(|value| value.milliseconds).sum::<f64>() / 1e3;
    let count = runs.first().map_or(0, Vec::len);
    let together =
        Figure::new(name, format!("{what}, all {count} together"), "s", wanted(3.0), runs.iter().map(sum).collect());
    let each = |run: &Vec<Value>| {
        let times: Vec<f64> = run.iter().map(|value| value.milliseconds).collect();
        percentile(&times, 95.0)
    };
    let mut slowest: Vec<&Value> = runs.last().into_iter().flatten().collect();
    slowest.sort_by(|a, b| b.milliseconds.total_cmp(&a.milliseconds));
    let slowest = slowest.iter().take(8).map(|value| format!("{} {:.0} ms", value.name, value.milliseconds));
    let note = format!("slowest: {}", slowest.collect::<Vec<_>>().join(", "));
    let single =
        Figure::new(name, format!("{what}, 95 of 100"), "ms", wanted(150.0), runs.iter().filter_map(each).collect());
    [together, single.note(note)]
}
