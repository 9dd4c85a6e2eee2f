//! `switchboard people levels`: how far people have come, how they move, and where most stop.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{LevelQuarter, LevelsView, StepView};

use crate::commands::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show how far people have come, how they move between levels by quarter, and at which step most stop
///
/// What makes a level is the community's own: section levels of switchboard.toml. Exit code 1 before the first whole
/// quarter.
#[derive(Debug, Args)]
pub struct Levels {}

impl Levels {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let levels = community::open(&workspace, &workspace.config()?)?.levels()?;
        match session.printer.json {
            true => session.printer.json(&levels)?,
            false => session.printer.data(|out| print(out, &levels))?,
        }
        Ok(if levels.quarters.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, levels: &LevelsView) -> io::Result<()> {
    let row = |quarter: &LevelQuarter| {
        let counts = [
            quarter.newcomers,
            quarter.participants,
            quarter.contributors,
            quarter.core,
            quarter.came,
            quarter.to_contributor,
            quarter.to_core,
            quarter.down,
            quarter.gone,
        ];
        std::iter::once(show::day(quarter.start)).chain(counts.into_iter().map(show::count)).collect()
    };
    let rows: Vec<Vec<String>> = levels.quarters.iter().map(row).collect();
    let head = [
        "quarter from",
        "newcomers",
        "participants",
        "contributors",
        "core",
        "came",
        "to contributor",
        "to core",
        "down",
        "gone",
    ];
    show::columns(out, &head, &rows, &[1, 2, 3, 4, 5, 6, 7, 8, 9])?;
    writeln!(
        out,
        "\n{FAINT}of those who stood before a step one to two years ago, who took it within a year{FAINT:#}"
    )?;
    levels.steps.iter().try_for_each(|step| print_step(out, step, levels.stuck == Some(step.step)))
}

fn print_step(out: &mut Out, step: &StepView, stuck: bool) -> io::Result<()> {
    let share = step.share.map(|share| format!(" ({:.0} %)", share * 100.0)).unwrap_or_default();
    let (moved, reached) = (show::count(step.moved), show::count(step.reached));
    let stuck = if stuck { ": most stop here" } else { "" };
    writeln!(out, "{BOLD}{}{BOLD:#} {moved} of {reached}{share}{stuck}", step.title)?;
    step.note.iter().try_for_each(|note| writeln!(out, "  {note}"))
}
