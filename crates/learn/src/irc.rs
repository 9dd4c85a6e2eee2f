//! Untangling chat: the model that `untangle` ships, learned from logs of #ubuntu, and measured on others.

mod log;
mod score;
mod teach;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use untangle::model::Model;

use crate::measure::{Counts, Figure, interval};
use log::Log;
use score::{Scored, information, one_to_one};

/// Logs that nothing is fitted to. The 39 logs come in three kinds (`a`, `b`, `c`: who labelled them, and how
/// long they are). Of each kind, in order of time, the third, eighth … was taken (of the three of kind `b` the
/// second): so the test has every kind and all years, and nobody chose it by looking.
const TEST: &[&str] = &[
    "2005-06-16.train-c",
    "2006-05-29.train-c",
    "2007-02-15.train-c",
    "2007-09-07.train-a",
    "2010-10-17.train-c",
    "2012-02-03.train-a",
    "2013-09-12.train-a",
    "2015-08-10.train-b",
];

/// Where the model lies in a checkout.
const MODEL: &str = "crates/untangle/src/model.bin";

fn split(logs: &[Log]) -> (Vec<&Log>, Vec<&Log>) {
    logs.iter().partition(|log| !TEST.contains(&log.name.as_str()))
}

/// Makes the model anew.
pub(crate) fn train(data: &Path, checkout: &Path) -> Result<()> {
    let logs = log::read(data)?;
    let (learn, _) = split(&logs);
    let model = teach::teach(&learn);
    let path = checkout.join(MODEL);
    fs::write(&path, model.write()).with_context(|| format!("cannot write {}", path.display()))
}

/// Measures the model that ships on the logs it has not seen.
pub(crate) fn eval(data: &Path) -> Result<Vec<Figure>> {
    let logs = log::read(data)?;
    let (_, test) = split(&logs);
    let scored: Vec<Scored> = test.iter().map(|log| teach::examine(log, Model::shipped())).collect();
    Ok(figures(&scored))
}

fn figures(logs: &[Scored]) -> Vec<Figure> {
    let links: u64 = logs.iter().map(|log| log.links.right + log.links.missed).sum();
    let cases = format!("{links} links of {} logs", logs.len());
    let figure = |task, measure, reach, of: &dyn Fn(&[Scored]) -> f64| Figure {
        task,
        measure,
        value: of(logs),
        interval: interval(logs, of),
        reach,
        cases: cases.clone(),
    };
    vec![
        figure("IRC reply links", "F1", 0.74, &|logs| f1(logs, |log| log.links)),
        figure("IRC reply links, people's lines", "F1", 0.0, &|logs| f1(logs, |log| log.said)),
        figure("IRC conversations", "exact-match F1", 0.40, &|logs| f1(logs, |log| log.exact)),
        figure("IRC conversations", "VI", 0.92, &information),
        figure("IRC conversations", "1-1", 0.77, &one_to_one),
    ]
}

fn f1(logs: &[Scored], of: fn(&Scored) -> Counts) -> f64 {
    logs.iter().map(of).fold(Counts::default(), |all, log| all + log).f1()
}

/// How well the logs for learning are read by models that did not see them: what to look at while changing
/// features, instead of the test part. Takes minutes.
pub fn rehearse(data: &Path) -> Result<Vec<Figure>> {
    let logs = log::read(data)?;
    let (learn, _) = split(&logs);
    Ok(figures(&teach::rehearse(&learn)))
}

/// Lines a second that the shipped model untangles on one core, system lines included.
pub fn speed(data: &Path) -> Result<f64> {
    let logs = log::read(data)?;
    Model::shipped();
    let start = Instant::now();
    for log in &logs {
        let mut untangler = untangle::Untangler::new();
        for spoken in &log.lines {
            untangler.push(&spoken.line());
        }
    }
    let lines: usize = logs.iter().map(|log| log.lines.len()).sum();
    Ok(lines as f64 / start.elapsed().as_secs_f64())
}
