//! `switchboard people unheard`: whom discussions keep hearing from, who was never asked, who is in one place only.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{ApartSource, UnheardPerson, UnheardView};

use crate::commands::Done;
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Show whom discussions and asks keep hearing from, who takes part and was never asked, and who is in one place only
///
/// Exit code 1 if everybody was heard.
#[derive(Debug, Args)]
pub struct Unheard {}

impl Unheard {
    /// Shows them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let unheard = community::open(&workspace, &workspace.config()?)?.unheard()?;
        match session.printer.json {
            true => session.printer.json(&unheard)?,
            false => session.printer.data(|out| print(out, &unheard))?,
        }
        Ok(if unheard.never.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, unheard: &UnheardView) -> io::Result<()> {
    let (discussions, people) = (show::counted(unheard.discussions, "discussion"), show::count(unheard.people));
    writeln!(
        out,
        "{discussions} since {}, {people} people in them; {} made half",
        show::day(unheard.from),
        unheard.half
    )?;
    for voice in &unheard.voices {
        let name = show::clean(&voice.person.name);
        writeln!(
            out,
            "  {name} in {} of them, asked {} and approached {} times",
            voice.discussions, voice.asked, voice.approached
        )?;
    }
    writeln!(out, "{BOLD}{} take part and were never asked{BOLD:#}", show::count(unheard.never_total))?;
    unheard.never.iter().try_for_each(|one| print_person(out, one))?;
    unheard.apart.sources.iter().try_for_each(|source| print_source(out, source))
}

fn print_person(out: &mut Out, one: &UnheardPerson) -> io::Result<()> {
    let (name, why) = (show::clean(&one.person.name), one.why.join("; "));
    writeln!(out, "  {name} {FAINT}{}: {}{FAINT:#}", one.level.as_str(), show::clean(&why))
}

fn print_source(out: &mut Out, source: &ApartSource) -> io::Result<()> {
    let (name, only) = (show::clean(&source.source), show::count(source.only_here));
    writeln!(
        out,
        "{BOLD}{name}{BOLD:#} {only} of {} people are nowhere else, as far as is known",
        show::count(source.people)
    )?;
    source.known_here.iter().try_for_each(|one| print_person(out, one))
}
