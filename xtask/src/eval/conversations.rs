//! Tiers and states of conversations, as the program finds them: on the labelled conversations and on a
//! simulated community.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use learn::Figure;
use learn::tiers::{Case, Says, confusion, figures, fit, is_dev, judged, labels};
use serde::Deserialize;
use simulate::Settings;
use text::tier::{ASKED, OBSERVED, Signs};

use crate::bench::process::{run, run_for_output};
use crate::print;

/// Seeds of the simulated communities: one to fit to, one to measure.
const FITTED: u64 = 11;
const MEASURED: u64 = 12;
/// Messages of each.
const MESSAGES: u64 = 10_000;

/// What the figures are measured with.
pub(crate) struct Program<'a> {
    pub(crate) binary: PathBuf,
    pub(crate) data: &'a Path,
    pub(crate) checkout: PathBuf,
}

/// A row of the tables, for one message that is labelled.
#[derive(Deserialize)]
struct Row {
    id: String,
    asked: Option<u8>,
    sure: f64,
    observed: Option<u8>,
    state: String,
    asked_signs: i64,
    observed_signs: i64,
}

#[derive(Deserialize)]
struct Truth {
    id: String,
    state: String,
    asked_tier: Option<u8>,
    observed_tier: Option<u8>,
}

impl Program<'_> {
    /// The figures on the test halves.
    pub(crate) fn measure(&self) -> Result<Vec<Figure>> {
        let real = self.labelled(false)?;
        let simulated = self.simulated(MEASURED)?;
        print::note(format_args!("labelled conversations\n{}", confusion(&real)));
        print::note(format_args!("simulated conversations\n{}", confusion(&simulated)));
        let mut all = figures("tiers and states, labelled", &real);
        all.extend(figures("tiers and states, simulated", &simulated));
        Ok(all)
    }

    /// Fits the shipped weights to the other halves and writes them into the checkout.
    pub(crate) fn train(&self) -> Result<()> {
        let mut cases = self.labelled(true)?;
        let simulated = self.simulated(FITTED)?;
        // The simulation has thousands: half as many of them as there are labelled ones, the rest to look at.
        let every = (2 * simulated.len() / cases.len().max(1)).max(1);
        let labelled = cases.clone();
        cases.extend(simulated.iter().step_by(every));
        let (asked, observed) = fit(&ASKED, &OBSERVED, &cases);
        for (name, cases) in [("labelled dev half", &labelled), ("simulated", &simulated)] {
            for (when, asked, observed) in [("before", &*ASKED, &*OBSERVED), ("after", &asked, &observed)] {
                let judged = judged(asked, observed, cases);
                print::note(format_args!("{name}, {when}\n{}", confusion(&judged)));
                figures("in sample", &judged).iter().for_each(super::show);
            }
        }
        for (name, judge) in [("asked", asked), ("observed", observed)] {
            let file = self.checkout.join(format!("crates/text/src/tier/{name}.tsv"));
            fs::write(&file, judge.table()).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }

    /// The labelled conversations of the dev half, or of the other.
    fn labelled(&self, dev: bool) -> Result<Vec<Case>> {
        let read = |name: &str| {
            let file = self.checkout.join("crates/learn/labels").join(name);
            labels(&fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?)
        };
        let mut labels = read("conversations.tsv")?;
        labels.retain(|id, _| is_dev(id) == dev);
        if dev {
            labels.extend(read("more.tsv")?);
        }
        let path = |path: &str| self.data.join(path);
        let sources = [
            ("mbox", "twisted-python", path("mail/twisted-python"), None),
            ("mbox", "maven-dev", path("mail/maven-dev-3-archivers"), None),
            ("stackexchange-dump", "beer", path("stackexchange/beer"), None),
            ("irc-log", "ubuntu", path("irc/ubuntu"), Some("*.raw.txt")),
        ];
        let rows = self.rows(&sources, "m.message_id")?;
        Ok(labels.iter().filter_map(|(id, truth)| Some(rows.get(id)?.case(*truth))).collect())
    }

    fn simulated(&self, seed: u64) -> Result<Vec<Case>> {
        let folder = tempfile::tempdir().context("cannot make a folder to work in")?;
        let input = folder.path().join("input");
        simulate::write(&Settings { seed, ..Settings::new(MESSAGES) }, &input, &mut |_| ())?;
        let sources = [
            ("mbox", "list", input.join("list"), None),
            ("irc-log", "chat", input.join("chat"), Some("*.log")),
            ("stackexchange-dump", "forum", input.join("forum"), None),
            ("git", "code", input.join("code"), None),
        ];
        let rows = self.rows(&sources, "m.native_id")?;
        let mut cases = Vec::new();
        for line in fs::read_to_string(input.join("truth/conversations.jsonl"))?.lines() {
            let truth: Truth = serde_json::from_str(line)?;
            let observed = truth.asked_tier.and(truth.observed_tier);
            let says = Says::new(truth.asked_tier, observed, &truth.state);
            cases.extend(rows.get(&truth.id).map(|row| row.case(says)));
        }
        Ok(cases)
    }

    /// What the tables say of the conversation of every message, by `key`.
    fn rows(&self, sources: &[(&str, &str, PathBuf, Option<&str>)], key: &str) -> Result<BTreeMap<String, Row>> {
        let folder = tempfile::tempdir().context("cannot make a folder to work in")?;
        let workspace = folder.path().to_str().context("the folder's name is no UTF-8")?;
        run(&self.binary, &["-C", workspace, "init", workspace])?;
        for (kind, name, path, glob) in sources {
            let path = path.to_str().context("the path is no UTF-8")?;
            let mut arguments = vec!["-C", workspace, "add", kind, name, "--path", path];
            arguments.extend(glob.iter().flat_map(|glob| ["--glob", glob]));
            run(&self.binary, &arguments)?;
        }
        run(&self.binary, &["-C", workspace, "sync", "--until", "tables"])?;
        let query = format!(
            "select {key} as id, asked_tier as asked, asked_confidence as sure, observed_tier as observed, state, asked_signs, observed_signs
             from messages m join conversations c using (conversation_id)"
        );
        let (_, text) = run_for_output(&self.binary, &["-C", workspace, "--json", "sql", &query])?;
        let mut rows = BTreeMap::new();
        for line in text.lines() {
            let row: Row = serde_json::from_str(line).context("the program printed no row")?;
            rows.insert(row.id.clone(), row);
        }
        Ok(rows)
    }
}

impl Row {
    fn case(&self, truth: Says) -> Case {
        let signs = (Signs(self.asked_signs as u64), Signs(self.observed_signs as u64));
        let opens_nothing = self.asked.is_none() && self.sure >= 1.0;
        Case { truth, found: Says::new(self.asked, self.observed, &self.state), signs, opens_nothing }
    }
}
