//! Whose words are whose: [`text::parts()`] against replies whose every line was labelled by hand.
//!
//! The labels are numbers and kinds only (`quotes/labels.txt`), the mails lie in the data. Half of them, by the
//! hash of the name, were looked at while `parts` was written; the figures are of the other half. A line counts
//! as right when its kind is; blank lines do not count.

use std::path::Path;

use anyhow::Result;
use text::PartKind;

use crate::{Figure, Task, measure};

mod cases;

pub use cases::{Case, body, cases, is_test};

/// Lines of replies told apart.
pub const TASK: Task = Task { name: "quotes", eval, train: None };

fn eval(data: &Path) -> Result<Vec<Figure>> {
    let scored: Vec<(bool, Score)> =
        cases(data)?.iter().filter(|case| is_test(&case.name)).map(|case| (case.is_list_mail(), score(case))).collect();
    let of = |list: bool| scored.iter().filter(|(is, _)| *is == list).map(|(_, score)| *score).collect::<Vec<_>>();
    let all = scored.iter().map(|(_, score)| *score).collect::<Vec<_>>();
    Ok(vec![
        figure("quotes and signatures", &all),
        figure("quotes and signatures, parsers' fixtures", &of(false)),
        figure("quotes and signatures, list mail", &of(true)),
    ])
}

fn figure(task: &'static str, scores: &[Score]) -> Figure {
    let lines: usize = scores.iter().map(|score| score.lines).sum();
    Figure {
        task,
        measure: "lines right",
        value: share(scores),
        interval: measure::interval(scores, share),
        reach: 0.97,
        cases: format!("{lines} lines of {} mails", scores.len()),
    }
}

/// How many lines of a case were judged, and how many rightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Lines that are not blank and have a label.
    pub lines: usize,
    /// Those whose kind is right.
    pub right: usize,
}

/// Judges one case.
pub fn score(case: &Case) -> Score {
    let kinds = kinds(&case.body);
    let pairs = case.labels.iter().zip(&kinds).filter_map(|(label, kind)| label.map(|label| label == *kind));
    let verdicts: Vec<bool> = pairs.collect();
    Score { lines: verdicts.len(), right: verdicts.iter().filter(|right| **right).count() }
}

/// The kind of every line, as `parts` has it.
pub fn kinds(body: &str) -> Vec<PartKind> {
    let of_part = |part: text::Part<'_>| std::iter::repeat_n(part.kind, part.text.split_inclusive('\n').count());
    text::parts(body).into_iter().flat_map(of_part).collect()
}

fn share(scores: &[Score]) -> f64 {
    let (right, lines) = scores.iter().fold((0, 0), |(right, lines), score| (right + score.right, lines + score.lines));
    right as f64 / lines.max(1) as f64
}
