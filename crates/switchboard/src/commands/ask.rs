//! `switchboard ask`: the same question before, pages that answer it, who else waits with it, and who knows.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{Answer, PageFound, Similar, Unanswered};

use super::{Done, desk};
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::{cli, show};

/// Ask a question: the same question before with its answer, pages, others who wait with it, and who knows
///
/// An id of a conversation may stand for the question. Exit code 1 if nothing like it was ever talked about.
#[derive(Debug, Args)]
pub struct Ask {
    /// The question, in your own words; or the id of a conversation
    #[arg(value_name = "QUESTION", required = true)]
    question: Vec<String>,
}

impl Ask {
    /// Answers it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let question = self.question.join(" ");
        if question.trim().is_empty() {
            return Err(cli::usage("the question is empty"));
        }
        let workspace = session.workspace()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let answer = match community.same(question.trim())? {
            Some(answer) => answer,
            None => community.ask(&question)?,
        };
        let nothing = answer.similar.is_empty() && answer.pages.is_empty() && answer.unanswered.is_empty();
        if session.printer.json {
            session.printer.json(&answer)?;
        } else {
            if nothing {
                session.printer.note("nothing like it was found; try other words");
            }
            session.printer.data(|out| print(out, &answer))?;
        }
        Ok(if nothing { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, answer: &Answer) -> io::Result<()> {
    if !answer.pages.is_empty() {
        writeln!(out, "{BOLD}Pages that may answer it{BOLD:#}")?;
        answer.pages.iter().try_for_each(|page| print_page(out, page))?;
        writeln!(out)?;
    }
    if !answer.similar.is_empty() {
        writeln!(out, "{BOLD}Similar conversations{BOLD:#}")?;
        answer.similar.iter().try_for_each(|similar| print_similar(out, similar))?;
        writeln!(out)?;
    }
    if !answer.unanswered.is_empty() {
        writeln!(out, "{BOLD}Waiting with the same question{BOLD:#} {FAINT}one answer serves all{FAINT:#}")?;
        answer.unanswered.iter().try_for_each(|waiting| print_waiting(out, waiting))?;
        writeln!(out)?;
    }
    if !answer.helpers.is_empty() {
        let spread = match answer.spread {
            0.0 => "the load is not spread".to_owned(),
            spread => format!("the load is spread by {spread:.1} of 1"),
        };
        writeln!(out, "{BOLD}Who may know{BOLD:#} {FAINT}{spread} ([helpers] in switchboard.toml){FAINT:#}")?;
        desk::helpers(out, &answer.helpers)?;
    }
    Ok(())
}

fn print_page(out: &mut Out, page: &PageFound) -> io::Result<()> {
    let heading = page.heading.as_ref().map(|heading| format!(" › {heading}")).unwrap_or_default();
    writeln!(out, "\n  {BOLD}{}{BOLD:#}", show::clean(&show::cut(&format!("{}{heading}", page.title), 90)))?;
    match &page.url {
        Some(url) => writeln!(out, "  {FAINT}{}{FAINT:#}", show::clean(url))?,
        None => writeln!(out, "  {FAINT}{} · {}{FAINT:#}", show::place(&page.page), page.page.id)?,
    }
    quoted(out, page.sentence.as_deref(), "")
}

fn print_similar(out: &mut Out, similar: &Similar) -> io::Result<()> {
    let conversation = &similar.conversation;
    writeln!(out, "\n  {BOLD}{}{BOLD:#}", show::clean(&show::cut(&conversation.title, 90)))?;
    let (place, day) = (show::place(conversation), show::day(similar.opened));
    let how = similar.resolved_by.as_ref().map(|how| format!(" ({how})")).unwrap_or_default();
    writeln!(out, "  {FAINT}{place} · {day} · {}{how} · {}{FAINT:#}", similar.state, conversation.id)?;
    let by = similar.answered_by.as_ref().map(|person| format!(" — {}", person.name)).unwrap_or_default();
    quoted(out, similar.answer.as_deref(), &by)
}

fn print_waiting(out: &mut Out, waiting: &Unanswered) -> io::Result<()> {
    let asker = waiting.asker.as_ref().map_or("somebody", |person| person.name.as_str());
    let since = waiting.since.map(|since| format!(" since {}", show::day(since))).unwrap_or_default();
    let title = show::cut(&waiting.conversation.title, 90);
    writeln!(out, "  {BOLD}{}{BOLD:#}", show::clean(&title))?;
    let place = show::place(&waiting.conversation);
    writeln!(out, "  {FAINT}{place} · {}{since} · {}{FAINT:#}", show::clean(asker), waiting.conversation.id)
}

fn quoted(out: &mut Out, words: Option<&str>, by: &str) -> io::Result<()> {
    match words {
        Some(words) => writeln!(out, "  “{}”{FAINT}{}{FAINT:#}", show::clean(&show::cut(words, 300)), show::clean(by)),
        None => Ok(()),
    }
}
