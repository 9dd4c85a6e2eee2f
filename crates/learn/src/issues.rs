//! The kind of an issue: [`text::issue_kind()`].
//!
//! Data: `labels/issue-kind-train.csv` (NLBSE'24), split by [`crate::split`] over the titles.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use text::issue_kind::{Kind, features};
use text::linear::write;

use crate::Figure;
use crate::linear::{Example, Recipe, fit, sure};
use crate::measure::{interval, macro_f1};
use crate::split::{TEST, part};

const LABELS: &str = "labels/issue-kind-train.csv";
const MODEL: &str = "crates/text/models/issues.bin";
/// Chosen by fitting to three of the four parts that are not the test, and judging the fourth, for each: macro F1
/// 0.788; 0.779 of a single fit with a decay of 1e-3, and of such a fit 0.776 with a power of 1. Eight fits are no
/// better than four.
const RECIPE: Recipe = Recipe { passes: 8, rate: 0.1, decay: 3e-4, informed: 0.5, fits: 4 };
/// Repository, date, kind, title, body.
const COLUMNS: usize = 5;

struct Issue {
    title: String,
    body: String,
    class: usize,
}

fn issues(data: &Path) -> Result<Vec<Issue>> {
    let file = fs::read(data.join(LABELS)).with_context(|| format!("cannot read {LABELS}"))?;
    let mut issues = Vec::new();
    for row in rows(&file).into_iter().skip(1) {
        ensure!(row.len() == COLUMNS, "issue {} of {LABELS} has {} columns", issues.len() + 1, row.len());
        let class = ["bug", "feature", "question"].iter().position(|name| *name == row[2]);
        let class = class.with_context(|| format!("{} is no kind of issue", row[2]))?;
        issues.push(Issue { title: row[3].clone(), body: row[4].clone(), class });
    }
    Ok(issues)
}

/// The rows of a file of comma-separated values.
fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv_core::Reader::new();
    let (mut output, mut ends) = (vec![0; file.len()], vec![0; COLUMNS + 1]);
    let (mut rows, mut rest) = (Vec::new(), file);
    while let (csv_core::ReadRecordResult::Record, read, _, cells) = reader.read_record(rest, &mut output, &mut ends) {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = starts.zip(&ends).take(cells).map(|(start, end)| String::from_utf8_lossy(&output[start..*end]));
        rows.push(cells.map(Into::into).collect());
        rest = &rest[read..];
    }
    rows
}

/// Macro F1 of what is shipped.
pub(crate) fn eval(data: &Path) -> Result<Vec<Figure>> {
    let issues = issues(data)?;
    let judge = |issue: &Issue| (issue.class, text::issue_kind(&issue.title, &issue.body).kind as usize);
    let pairs: Vec<_> = issues.iter().filter(|issue| part(&issue.title) == TEST).map(judge).collect();
    let classes = Kind::ALL.len();
    Ok(vec![Figure {
        task: "kind of issue",
        measure: "macro F1",
        value: macro_f1(&pairs, classes),
        interval: interval(&pairs, |pairs| macro_f1(pairs, classes)),
        reach: 0.80,
        cases: format!("{} issues", pairs.len()),
    }])
}

/// Fits the model to all parts but the test.
pub(crate) fn train(data: &Path, checkout: &Path) -> Result<()> {
    let issues = issues(data)?;
    let kept = issues.iter().filter(|issue| part(&issue.title) != TEST);
    let example = |issue: &Issue| {
        let bag = features(&issue.title, &issue.body);
        Example { bag, truth: sure::<3>(issue.class), weight: 1.0 }
    };
    let (bias, weights) = fit(&kept.map(example).collect::<Vec<_>>(), RECIPE);
    fs::write(checkout.join(MODEL), write(&bias, &weights)).with_context(|| format!("cannot write {MODEL}"))
}
