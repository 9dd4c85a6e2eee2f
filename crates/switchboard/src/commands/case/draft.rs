//! `switchboard case draft`: the draft of an answer. The program never sends it.

use std::io::{self, Write};

use anyhow::{Context as _, Result};
use clap::Args;
use desk::SavedKind;
use insight::views::DraftView;

use super::{By, Room};
use crate::commands::Done;
use crate::printer::{Out, Printer};
use crate::session::Session;
use crate::show;

/// Draft an answer out of earlier answers and pages, each sentence with its source; or from a canned answer
///
/// Nothing is sent, and nothing is made up: every sentence was written by somebody. Exit code 1 if nothing is good
/// enough.
#[derive(Debug, Args)]
pub struct Draft {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: String,
    /// From the canned answer of this name (`canned list`)
    #[arg(long, value_name = "NAME")]
    canned: Option<String>,
    /// Who.
    #[command(flatten)]
    by: By,
}

impl Draft {
    /// Makes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let id = room.find(&self.case)?;
        if let Some(name) = &self.canned {
            return canned(&room, &id, name);
        }
        let draft = room.community.draft(&id)?.context("the case is gone; run the command again")?;
        if session.printer.json {
            session.printer.json(&draft)?;
        } else {
            session.printer.data(|out| print(out, &draft))?;
            session.printer.note(&draft.note);
        }
        Ok(if draft.sentences.is_empty() { Done::NotFound } else { Done::Found })
    }
}

/// Prints a canned answer filled in for a case.
pub fn canned(room: &Room<'_>, id: &str, name: &str) -> Result<Done> {
    let printer: &Printer = &room.session.printer;
    let saved = room.desk()?.saved(SavedKind::Canned, name)?;
    let filled = room.community.fill(&saved.text, id, &room.who)?.context("the case is gone; run the command again")?;
    if printer.json {
        printer.json(&filled)?;
        return Ok(Done::Found);
    }
    printer.data(|out| filled.text.lines().try_for_each(|line| writeln!(out, "{}", show::clean(line))))?;
    if !filled.missing.is_empty() {
        printer.warn(format_args!("nothing is known for {}", show::clean(&filled.missing.join(", "))));
    }
    printer.note("a draft; nothing was sent");
    Ok(Done::Found)
}

fn print(out: &mut Out, draft: &DraftView) -> io::Result<()> {
    let mut last = None;
    for sentence in &draft.sentences {
        // What is from one source stands in one paragraph.
        if last.is_some_and(|last| last != sentence.source) {
            writeln!(out)?;
        }
        last = Some(sentence.source);
        writeln!(out, "{} [{}]", show::clean(&sentence.text), sentence.source)?;
    }
    if !draft.sources.is_empty() {
        writeln!(out)?;
    }
    for source in &draft.sources {
        let author = source.author.as_ref().map(|author| format!("{}, ", author.name)).unwrap_or_default();
        let time = source.time.map(|time| format!("{}, ", show::day(time))).unwrap_or_default();
        let title = show::cut(&source.conversation.title, 80).into_owned();
        let place = source.url.clone().unwrap_or_else(|| source.conversation.id.clone());
        let line = format!("[{}] {author}{time}“{title}”, {}: {place}", source.number, source.why);
        writeln!(out, "{}", show::clean(&line))?;
    }
    Ok(())
}
