//! Untangling chat: the model that `untangle` ships, learned from logs of #ubuntu, and measured on others.

mod log;
mod score;
mod teach;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use untangle::model::Model;

use crate::boost::Boost;
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

/// Chosen by how well logs are read that were left out, among those for learning.
const BOOST: Boost = Boost { trees: 300, rate: 0.06, calm: 5.0, features: 0.3, choices: 0.7, seed: 1 };

/// Rounds of learning from one's own mistakes; more did no better.
const ROUNDS: usize = 1;

fn split(logs: &[Log]) -> (Vec<&Log>, Vec<&Log>) {
    logs.iter().partition(|log| !TEST.contains(&log.name.as_str()))
}

/// Makes the model anew.
pub(crate) fn train(data: &Path, checkout: &Path) -> Result<()> {
    let logs = log::read(data)?;
    let (learn, _) = split(&logs);
    let model = teach::teach(&learn, &BOOST, ROUNDS, |_, _, _| ());
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

#[cfg(test)]
mod explore {
    use super::*;

    #[test]
    #[ignore]
    fn explore() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let logs = log::read(&data).unwrap();
        let (learn, _) = split(&logs);
        let start = std::time::Instant::now();
        let number = |name: &str, other: f64| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(other);
        let boost = Boost {
            trees: number("TREES", 300.0) as usize,
            rate: number("RATE", 0.06) as f32,
            calm: number("CALM", 5.0) as f32,
            features: number("FEATURES", 0.3),
            choices: number("CHOICES", 0.7),
            seed: number("SEED", 1.0) as u64,
        };
        teach::teach(&learn, &boost, number("ROUNDS", 1.0) as usize, |round, scored, found| {
            errors(&learn, found);
            println!("round {round} {:?}", start.elapsed());
            for figure in figures(scored) {
                println!(
                    "{} {} {:.4} {:.3}-{:.3}",
                    figure.task, figure.measure, figure.value, figure.interval.0, figure.interval.1
                );
            }
        });
    }

    fn errors(logs: &[&Log], found: &[score::Links]) {
        let mut kinds = std::collections::BTreeMap::new();
        for (log, found) in logs.iter().zip(found) {
            for (line, to) in found {
                if log.lines[*line as usize].system {
                    continue;
                }
                let gold = &log.links[line];
                let own = |a: u64| {
                    if a == *line {
                        "self"
                    } else if log.lines[a as usize].line().author == log.lines[*line as usize].line().author {
                        "own"
                    } else {
                        "other"
                    }
                };
                let key = if gold.contains(to) {
                    format!("right {}", own(*to))
                } else {
                    format!("wrong gold {} said {}", own(gold[gold.len() - 1]), own(*to))
                };
                *kinds.entry(key).or_insert(0) += 1;
            }
        }
        println!("{kinds:#?}");
    }

    #[test]
    #[ignore]
    fn train_now() {
        train(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."),
        )
        .unwrap();
    }

    #[test]
    #[ignore]
    fn speed() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let logs = log::read(&data).unwrap();
        Model::shipped();
        let start = std::time::Instant::now();
        let (mut lines, mut messages) = (0, 0);
        for log in &logs {
            let mut untangler = untangle::Untangler::new();
            for spoken in &log.lines {
                untangler.push(&spoken.line());
                lines += 1;
                messages += u32::from(!spoken.system);
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{lines} lines, {messages} messages in {seconds:.2} s: {:.0} lines/s, {:.0} messages/s",
            f64::from(lines) / seconds,
            f64::from(messages) / seconds
        );
    }

    #[test]
    #[ignore]
    fn recall() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let logs = log::read(&data).unwrap();
        let (learn, _) = split(&logs);
        let model = teach::teach(&learn, &Boost { trees: 0, ..BOOST }, 0, |_, _, _| ());
        let (mut all, mut reach, mut passed, mut far, mut top) = (0, 0, 0, 0, 0);
        for log in &learn {
            teach::read(log, &model, |number, weighed| {
                for to in &log.links[&number] {
                    all += 1;
                    if *to == number {
                        reach += 1;
                        passed += 1;
                        continue;
                    }
                    if number - to > 200 {
                        far += 1
                    }
                    reach += weighed.seen.iter().any(|s| s.number == *to) as u32;
                    passed += weighed.candidates.iter().flatten().any(|s| s.number == *to) as u32;
                    top += weighed.candidates[1].is_some_and(|s| s.number == *to) as u32;
                }
            });
        }
        println!("links {all} in reach {reach} passed {passed} >200: {far} top {top}");
    }
}
