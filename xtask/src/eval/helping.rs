//! Who knows, and the same question before: replayed on a real community's past and on a simulated one's.
//!
//! Who knows is prequential: each question is judged by what was said before it was opened, in the order of time.
//! Weights were chosen on the first six of ten questions; these figures are of the last four, and of a simulated
//! community of another seed. Nobody but those who did answer counts as right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use learn::Figure;
use learn::measure::interval;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use simulate::Settings;

use crate::bench::process::{run, run_for_output};

/// The seed of the simulated community; weights were chosen on another.
const SEED: u64 = 12;
/// Its messages.
const MESSAGES: u64 = 6_000;
/// Of ten questions in the order of time, the first so many are left to choosing.
const CHOSEN_ON: usize = 6;
/// Conversations of the simulation whose repeats are looked for.
const REPEATS: usize = 300;
/// How many of a list are looked at.
const FIRST: usize = 10;

/// What the figures are measured with.
pub(super) struct Replay<'a> {
    /// `switchboard`.
    pub(super) binary: PathBuf,
    /// The example `rehearse` of `insight`.
    pub(super) rehearse: PathBuf,
    pub(super) data: &'a Path,
}

/// One question of the past, as `rehearse` prints it.
#[derive(Clone, Deserialize)]
struct Rehearsal {
    helped: BTreeSet<String>,
    /// Not spread, by default, as much as possible.
    spread: Vec<Vec<String>>,
    busiest: Vec<String>,
    busiest_there: Vec<String>,
}

#[derive(Deserialize)]
struct Found {
    id: String,
    words: f64,
}

#[derive(Deserialize)]
struct Link {
    object: Option<String>,
    detail: Option<String>,
}

#[derive(Deserialize)]
struct Opening {
    source: String,
    native_id: String,
    conversation_id: String,
}

#[derive(Deserialize)]
struct Told {
    conversation: u32,
    source: String,
    id: String,
}

#[derive(Deserialize)]
struct Asked {
    conversations: Vec<u32>,
}

/// Conversations, each with those that ask the same.
type Same = BTreeMap<String, BTreeSet<String>>;

impl Replay<'_> {
    /// The figures of who knows.
    pub(super) fn who_knows(&self) -> Result<Vec<Figure>> {
        let mut figures = Vec::new();
        let folder = tempfile::tempdir().context("cannot make a folder to work in")?;
        for (task, workspace) in [
            ("who knows, a real community", self.real(folder.path())?),
            ("who knows, simulated", self.simulated(folder.path())?),
        ] {
            let all: Vec<Rehearsal> = lines(&self.rehearse(&workspace, None)?)?;
            let from = all.len() * CHOSEN_ON / 10;
            figures.extend(of_helpers(task, all.get(from..).unwrap_or_default()));
        }
        Ok(figures)
    }

    /// The figures of the same question before.
    pub(super) fn same(&self) -> Result<Vec<Figure>> {
        let folder = tempfile::tempdir().context("cannot make a folder to work in")?;
        let real = self.real(folder.path())?;
        let mut figures = Vec::new();
        for (task, kind) in [("same question, duplicates", "duplicate"), ("same question, linked", "related")] {
            figures.extend(self.of_same(task, &real, &self.links(&real, kind)?)?);
        }
        let simulated = self.simulated(folder.path())?;
        let repeats = self.repeats(&simulated)?;
        figures.extend(self.of_same("same question, simulated repeats", &simulated, &repeats)?);
        Ok(figures)
    }

    fn of_same(&self, task: &'static str, workspace: &Path, same: &Same) -> Result<Vec<Figure>> {
        let ids: Vec<&str> = same.keys().map(String::as_str).collect();
        let mut cases = Vec::new();
        for (id, mut found) in lines::<(String, Vec<Found>)>(&self.rehearse(workspace, Some(&ids.join("\n")))?)? {
            let Some(gold) = same.get(&id).filter(|_| !found.is_empty()) else { continue };
            let both = recall(found.iter().map(|found| found.id.as_str()), gold);
            found.sort_by(|a, b| b.words.total_cmp(&a.words));
            cases.push((both, recall(found.iter().map(|found| found.id.as_str()), gold)));
        }
        let about = format!("{} conversations", cases.len());
        let by_words = mean(&cases, |case| case.1);
        Ok(vec![
            figure(task, "recall at 10", &cases, by_words, &about, |case| case.0),
            figure(task, "  by words alone", &cases, 0.0, &about, |case| case.1),
            figure(task, "  more than by words", &cases, 0.0, &about, |case| case.0 - case.1),
        ])
    }

    /// Links of a kind that people made between questions.
    fn links(&self, workspace: &Path, kind: &str) -> Result<Same> {
        let query = "select object, detail from activities where kind = 'linked'";
        let mut same = Same::new();
        for link in self.sql::<Link>(workspace, query)? {
            let (Some(from), Some(detail)) = (link.object, link.detail) else { continue };
            if let Some((_, to)) = detail.split_once(' ').filter(|(what, _)| *what == kind) {
                same.entry(from).or_default().insert(to.to_owned());
            }
        }
        Ok(same)
    }

    /// What the simulation made people ask again.
    fn repeats(&self, workspace: &Path) -> Result<Same> {
        let query = "select source, native_id, conversation_id from messages where message_id = conversation_id";
        let openings = self.sql::<Opening>(workspace, query)?.into_iter();
        let ids: BTreeMap<(String, String), String> =
            openings.map(|opening| ((opening.source, opening.native_id), opening.conversation_id)).collect();
        let truth = workspace.with_extension("input").join("truth");
        let read =
            |name: &str| fs::read_to_string(truth.join(name)).with_context(|| format!("the truth has no {name}"));
        let told: Vec<Told> = lines(&read("conversations.jsonl")?)?;
        let numbers: BTreeMap<u32, &String> =
            told.into_iter().filter_map(|one| Some((one.conversation, ids.get(&(one.source, one.id))?))).collect();
        let mut same = Same::new();
        for asked in lines::<Asked>(&read("topics.jsonl")?)? {
            let all: BTreeSet<String> =
                asked.conversations.iter().filter_map(|number| numbers.get(number)).map(|id| (*id).clone()).collect();
            for id in &all {
                let others: BTreeSet<String> = all.iter().filter(|other| *other != id).cloned().collect();
                if !others.is_empty() {
                    same.insert(id.clone(), others);
                }
            }
        }
        let every = (same.len() / REPEATS).max(1);
        Ok(same.into_iter().step_by(every).collect())
    }

    fn real(&self, folder: &Path) -> Result<PathBuf> {
        let beer = self.data.join("stackexchange/beer");
        self.workspace(folder.join("real"), &[("stackexchange-dump", "beer", beer, None)])
    }

    fn simulated(&self, folder: &Path) -> Result<PathBuf> {
        let input = folder.join("simulated.input");
        simulate::write(&Settings { seed: SEED, ..Settings::new(MESSAGES) }, &input, &mut |_| ())?;
        let sources = [
            ("mbox", "list", input.join("list"), None),
            ("irc-log", "chat", input.join("chat"), Some("*.log")),
            ("stackexchange-dump", "forum", input.join("forum"), None),
            ("git", "code", input.join("code"), None),
        ];
        self.workspace(folder.join("simulated"), &sources)
    }

    fn workspace(&self, folder: PathBuf, sources: &[(&str, &str, PathBuf, Option<&str>)]) -> Result<PathBuf> {
        let workspace = text(&folder)?;
        run(&self.binary, &["init", workspace])?;
        for (kind, name, path, glob) in sources {
            let mut arguments = vec!["-C", workspace, "add", kind, name, "--path", text(path)?];
            arguments.extend(glob.iter().flat_map(|glob| ["--glob", glob]));
            run(&self.binary, &arguments)?;
        }
        run(&self.binary, &["-C", workspace, "sync"])?;
        Ok(folder)
    }

    fn sql<T: DeserializeOwned>(&self, workspace: &Path, query: &str) -> Result<Vec<T>> {
        let (_, printed) = run_for_output(&self.binary, &["-C", text(workspace)?, "--json", "sql", query])?;
        lines(&printed)
    }

    /// What `rehearse` prints: of every question, or what is found for the conversations of these ids.
    fn rehearse(&self, workspace: &Path, ids: Option<&str>) -> Result<String> {
        let mut command = Command::new(&self.rehearse);
        command.arg(workspace).stdin(Stdio::null());
        if let Some(ids) = ids {
            let file = workspace.join("ids.txt");
            fs::write(&file, ids).with_context(|| format!("cannot write {}", file.display()))?;
            command.arg("same").stdin(File::open(&file)?);
        }
        let output = command.output().with_context(|| format!("cannot run {}", self.rehearse.display()))?;
        ensure!(output.status.success(), "rehearsing failed: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).context("rehearsing printed no text")
    }
}

/// One of the lists of people.
type List = fn(&Rehearsal) -> &[String];
/// How good a list is, given who did answer.
type Measure = fn(&[String], &BTreeSet<String>) -> f64;

/// What the list that is not spread is held against, with what the figures of each are called.
static OTHERS: [(List, [&str; 4]); 4] = [
    (|one| &one.busiest, ["  MRR, most active", "  more than those", "  recall, most active", "  more than those"]),
    (
        |one| &one.busiest_there,
        ["  MRR, active there", "  more than those", "  recall, active there", "  more than those"],
    ),
    (|one| spread(one, 1), ["  MRR, spread 0.5", "  not spread, more", "  recall, spread 0.5", "  not spread, more"]),
    (|one| spread(one, 2), ["  MRR, spread 1", "  not spread, more", "  recall, spread 1", "  not spread, more"]),
];
/// How many of them are baselines: the rest are ours, spread.
const BASELINES: usize = 2;

fn spread(one: &Rehearsal, at: usize) -> &[String] {
    one.spread.get(at).map_or(&[], Vec::as_slice)
}

/// How far up those who did answer stand in each list.
fn of_helpers(task: &'static str, all: &[Rehearsal]) -> Vec<Figure> {
    let ours: List = |one| spread(one, 0);
    let measures: [(&'static str, Measure); 2] = [("MRR", reciprocal), ("recall at 10", share_found)];
    let about = format!("{} questions", all.len());
    let mut figures = Vec::new();
    for (at, (name, measure)) in measures.into_iter().enumerate() {
        let of = |list: List| move |one: &Rehearsal| measure(list(one), &one.helped);
        let baselines = OTHERS.iter().take(BASELINES).map(|(list, _)| mean(all, of(*list)));
        let reach = baselines.fold(0.0, f64::max);
        figures.push(figure(task, name, all, reach, &about, of(ours)));
        for (number, (list, names)) in OTHERS.iter().enumerate() {
            figures.push(figure(task, names[2 * at], all, 0.0, &about, of(*list)));
            let more = |one: &Rehearsal| of(ours)(one) - of(*list)(one);
            // How far from the spread lists is told, not asked for.
            let reach = if number < BASELINES { 0.0 } else { -1.0 };
            figures.push(figure(task, names[2 * at + 1], all, reach, &about, more));
        }
    }
    figures
}

/// One through the place of the first who did answer; 0 if none is there.
fn reciprocal(list: &[String], helped: &BTreeSet<String>) -> f64 {
    list.iter().position(|person| helped.contains(person)).map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The share of those who did answer that is among the first ten.
fn share_found(list: &[String], helped: &BTreeSet<String>) -> f64 {
    let found = list.iter().take(FIRST).filter(|person| helped.contains(*person)).count();
    found as f64 / helped.len().max(1) as f64
}

/// The share of what is to be found, of as many as fit, that is among the first ten.
fn recall<'a>(found: impl Iterator<Item = &'a str>, gold: &BTreeSet<String>) -> f64 {
    let right = found.take(FIRST).filter(|id| gold.contains(*id)).count();
    right as f64 / gold.len().clamp(1, FIRST) as f64
}

fn figure<T: Clone>(
    task: &'static str,
    measure: &'static str,
    cases: &[T],
    reach: f64,
    about: &str,
    of: impl Fn(&T) -> f64,
) -> Figure {
    let value = mean(cases, &of);
    let interval = if cases.is_empty() { (0.0, 0.0) } else { interval(cases, |sample| mean(sample, &of)) };
    Figure { task, measure, value, interval, reach, cases: about.to_owned() }
}

fn mean<T>(cases: &[T], of: impl Fn(&T) -> f64) -> f64 {
    cases.iter().map(of).sum::<f64>() / cases.len().max(1) as f64
}

fn lines<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines().map(|line| serde_json::from_str(line).context("a line is not what was expected")).collect()
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("the path is no UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_judged() {
        let list: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let helped = BTreeSet::from(["b".to_owned(), "x".to_owned()]);
        assert_eq!((reciprocal(&list, &helped), share_found(&list, &helped)), (0.5, 0.5));
        assert_eq!((reciprocal(&[], &helped), share_found(&[], &helped)), (0.0, 0.0));
        assert_eq!(recall(["x", "y", "b"].into_iter(), &helped), 1.0);
    }
}
