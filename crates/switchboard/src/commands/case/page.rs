//! `switchboard case show`: one case with everything that was decided about it.

use std::io::{self, Write};

use anyhow::{Context as _, Result};
use clap::Args;
use insight::views::{CaseEventView, CasePage};

use super::{By, Room, print};
use crate::commands::Done;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show a case: where it stands and why, its notes and links, and everything that was done about it
#[derive(Debug, Args)]
pub struct Show {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// Who.
    #[command(flatten)]
    by: By,
}

impl Show {
    /// Shows it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let page = room.community.case(&room.find(&self.case)?)?.context("the case is gone; run the command again")?;
        if session.printer.json {
            session.printer.json(&page)?;
        } else {
            session.printer.data(|out| {
                print(out, &page.case, room.community.now())?;
                more(out, &page)
            })?;
        }
        Ok(Done::Found)
    }
}

fn more(out: &mut Out, page: &CasePage) -> io::Result<()> {
    let CasePage { case, history, asked } = page;
    if !case.links.is_empty() {
        writeln!(out, "\n{BOLD}Linked{BOLD:#}")?;
        for other in &case.links {
            let title = show::cut(&other.title, 80);
            writeln!(out, "  {} {FAINT}{} · {}{FAINT:#}", show::clean(&title), show::place(other), other.id)?;
        }
    }
    if !asked.is_empty() {
        writeln!(out, "\n{BOLD}Asked to help{BOLD:#}")?;
        for (person, at) in asked {
            writeln!(out, "  {} {FAINT}{}{FAINT:#}", show::clean(&person.name), show::time(*at))?;
        }
    }
    if !history.is_empty() {
        writeln!(out, "\n{BOLD}What was done{BOLD:#}")?;
    }
    history.iter().try_for_each(|event| line(out, event))
}

/// One event of a case's history.
pub fn line(out: &mut Out, event: &CaseEventView) -> io::Result<()> {
    let CaseEventView { at, who, what, note, step, undone, .. } = event;
    let step = step.map(|step| format!(" · step {step}")).unwrap_or_default();
    let undone = if *undone { ", taken back" } else { "" };
    let note = note.as_ref().map(|note| format!(": {}", show::clean(note))).unwrap_or_default();
    writeln!(
        out,
        "  {}{note} {FAINT}· {}, {}{step}{undone}{FAINT:#}",
        show::clean(what),
        show::clean(who),
        show::time(*at)
    )
}
