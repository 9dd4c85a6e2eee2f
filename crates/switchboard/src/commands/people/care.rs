//! `switchboard people care`: whom to relieve, and whom to ask how they are.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{HeavyView, QuietView};

use crate::commands::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show who carries most of something, what could be handed over and to whom, and which regulars have gone quiet
///
/// A reason to be kind, never one to judge; nothing is sent. Exit code 1 if there is nobody.
#[derive(Debug, Args)]
pub struct Care {}

impl Care {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let care = community::open(&workspace, &workspace.config()?)?.care()?;
        match session.printer.json {
            true => session.printer.json(&care)?,
            false => session.printer.data(|out| {
                care.heavy.iter().try_for_each(|one| print_heavy(out, one))?;
                care.quiet.iter().try_for_each(|one| print_quiet(out, one))
            })?,
        }
        Ok(if care.heavy.is_empty() && care.quiet.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print_heavy(out: &mut Out, one: &HeavyView) -> io::Result<()> {
    let things = show::counted(one.areas_total, "thing");
    writeln!(out, "{BOLD}{}{BOLD:#} {FAINT}does most of {things}{FAINT:#}", show::clean(&one.person.name))?;
    for area in &one.areas {
        let others: Vec<&str> = area.others.iter().map(|other| other.person.name.as_str()).collect();
        let others = if others.is_empty() { "nobody yet: write it down".to_owned() } else { others.join(", ") };
        writeln!(
            out,
            "  {} of {} {}; could take a part: {}",
            area.done,
            area.of,
            show::clean(&area.what),
            show::clean(&others)
        )?;
    }
    writeln!(out, "  {FAINT}could be said:{FAINT:#} “{}”", show::clean(&one.say))
}

fn print_quiet(out: &mut Out, one: &QuietView) -> io::Result<()> {
    let days = |days: u32| show::counted(u64::from(days), "day");
    let (silent, usual, longest) = (days(one.silent_days), days(one.usual_days), days(one.longest_days));
    writeln!(out, "{BOLD}{}{BOLD:#} {FAINT}{}{FAINT:#}", show::clean(&one.person.name), one.level.as_str())?;
    writeln!(out, "  not seen for {silent}; usually here every {usual}, the longest pause was {longest}")?;
    writeln!(out, "  {FAINT}could be said:{FAINT:#} “{}”", show::clean(&one.say))
}
