//! A peer's numbers beside ours: two workspaces, the same metrics, and what cannot be compared.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use metric::{Ask, Catalogue, measure};
use model::time::DAY;
use serde::Serialize;

use super::Done;
use super::metric::{newest, said};
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::queries::Queries;
use crate::session::Session;
use crate::show;
use crate::workspace::Workspace;

/// What is compared, each over the last year of whoever it is of. Sums are not: they say how large a community is.
const COMPARED: &[&str] = &[
    "answered_share",
    "first_response_median",
    "first_response_p90",
    "resolution_median",
    "absence_factor",
    "askers_to_helpers",
    "came_back",
    "drop_off",
    "mood",
];
const YEAR: i64 = 365 * DAY;

/// A metric of both.
#[derive(Debug, Serialize)]
struct Line {
    metric: String,
    title: String,
    ours: Option<f64>,
    /// How many cases ours rests on.
    our_cases: u64,
    theirs: Option<f64>,
    their_cases: u64,
    #[serde(skip)]
    words: [String; 2],
}

/// Both, side by side.
#[derive(Debug, Serialize)]
struct Beside {
    ours: String,
    theirs: String,
    lines: Vec<Line>,
    /// What to keep in mind.
    remarks: Vec<String>,
}

/// Shows the numbers of the workspace in `folder` beside ours.
pub(super) fn run(session: &Session, folder: &Path) -> Result<Done> {
    let (ours, theirs) = (session.workspace()?, Workspace::at(folder)?);
    // Both by the same definitions: ours.
    let catalogue = Catalogue::with_folder(&ours.metrics());
    let mut beside = Beside {
        ours: ours.config()?.community.name,
        theirs: theirs.config()?.community.name,
        lines: Vec::new(),
        remarks: remarks(&ours, &theirs)?,
    };
    let (our_queries, their_queries) = (Queries::new(ours), Queries::new(theirs));
    let ends = (newest(&our_queries)?, newest(&their_queries)?);
    for metric in COMPARED.iter().filter_map(|name| catalogue.named(name)) {
        let value = |queries: &Queries, until: i64| -> Result<(Option<f64>, u64)> {
            let measured = measure(queries, &catalogue, metric, &Ask::period(until.saturating_sub(YEAR), until))?;
            Ok((measured.value(), measured.cases()))
        };
        let (own, other) = (value(&our_queries, ends.0)?, value(&their_queries, ends.1)?);
        let word =
            |(value, _): (Option<f64>, u64)| value.map_or_else(|| "–".to_owned(), |value| said(metric.unit, value));
        beside.lines.push(Line {
            metric: metric.name.clone(),
            title: metric.title.clone(),
            ours: own.0,
            our_cases: own.1,
            theirs: other.0,
            their_cases: other.1,
            words: [word(own), word(other)],
        });
    }
    match session.printer.json {
        true => session.printer.json(&beside)?,
        false => session.printer.data(|out| print(out, &beside))?,
    }
    Ok(Done::Found)
}

/// What makes the two hard to compare.
fn remarks(ours: &Workspace, theirs: &Workspace) -> Result<Vec<String>> {
    let open = |workspace: &Workspace| -> Result<_> {
        let community = community::open(workspace, &workspace.config()?)
            .with_context(|| format!("cannot read {}", workspace.folder().display()))?;
        let channels = community.channels()?;
        let kinds: BTreeSet<String> =
            channels.iter().filter(|channel| channel.questions > 0).map(|channel| channel.kind.clone()).collect();
        let questions: u64 = channels.iter().map(|channel| channel.questions).sum();
        Ok((kinds, questions, community.now().time))
    };
    let ((kinds, questions, now), (other_kinds, other_questions, other_now)) = (open(ours)?, open(theirs)?);
    let mut remarks = Vec::new();
    let only =
        |some: &BTreeSet<String>, others: &BTreeSet<String>| some.difference(others).cloned().collect::<Vec<_>>();
    for (who, kinds) in [("only we", only(&kinds, &other_kinds)), ("only they", only(&other_kinds, &kinds))] {
        if !kinds.is_empty() {
            let kinds = kinds.join(", ");
            remarks.push(format!("{who} have questions on: {kinds}. A chat answers in minutes, a list in hours: compare channels of one kind"));
        }
    }
    let (small, large) = (questions.min(other_questions), questions.max(other_questions));
    if small * 5 < large {
        remarks.push(format!("{questions} and {other_questions} questions in the year: shares of few cases jump"));
    }
    if (now - other_now).abs() > 30 * DAY {
        remarks.push(format!("our year ends on {}, theirs on {}", show::day(now), show::day(other_now)));
    }
    remarks.push("theirs is what is public of them: private channels and paid support are not in it".to_owned());
    Ok(remarks)
}

fn print(out: &mut Out, beside: &Beside) -> io::Result<()> {
    let row = |line: &Line| {
        let [ours, theirs] = &line.words;
        vec![
            line.title.clone(),
            ours.clone(),
            show::count(line.our_cases),
            theirs.clone(),
            show::count(line.their_cases),
        ]
    };
    let rows: Vec<_> = beside.lines.iter().map(row).collect();
    let (ours, theirs) = (show::clean(&beside.ours), show::clean(&beside.theirs));
    show::columns(out, &["in the last year", &ours, "cases", &theirs, "cases"], &rows, &[1, 2, 3, 4])?;
    writeln!(out, "\n{BOLD}Keep in mind{BOLD:#}")?;
    beside.remarks.iter().try_for_each(|remark| writeln!(out, "{FAINT}·{FAINT:#} {remark}"))
}
