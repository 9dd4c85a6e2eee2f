//! `switchboard ask`: conversations about the same, and who knows.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use insight::views::{Answer, Similar};

use super::{Done, desk};
use crate::community;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::{cli, show};

/// Ask a question: similar conversations with their answers, and who knows
///
/// Exit code 1 if nothing like it was ever talked about.
#[derive(Debug, Args)]
pub struct Ask {
    /// The question, in your own words
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
        let answer = community::open(&workspace, &workspace.config()?)?.ask(&question)?;
        if session.printer.json {
            session.printer.json(&answer)?;
        } else if answer.similar.is_empty() {
            session.printer.note("nothing like it was found; try other words");
        } else {
            session.printer.data(|out| print(out, &answer))?;
        }
        Ok(if answer.similar.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, answer: &Answer) -> io::Result<()> {
    writeln!(out, "{BOLD}Similar conversations{BOLD:#}")?;
    answer.similar.iter().try_for_each(|similar| print_similar(out, similar))?;
    if !answer.helpers.is_empty() {
        writeln!(out, "\n{BOLD}Who may know{BOLD:#}")?;
        desk::helpers(out, &answer.helpers)?;
    }
    Ok(())
}

fn print_similar(out: &mut Out, similar: &Similar) -> io::Result<()> {
    let conversation = &similar.conversation;
    writeln!(out, "\n  {BOLD}{}{BOLD:#}", show::clean(&show::cut(&conversation.title, 90)))?;
    let place = show::place(conversation);
    writeln!(
        out,
        "  {FAINT}{place} · {} · {} · {}{FAINT:#}",
        show::day(similar.opened),
        similar.state,
        conversation.id
    )?;
    match &similar.answer {
        Some(answer) => writeln!(out, "  “{}”", show::clean(&show::cut(answer, 300))),
        None => Ok(()),
    }
}
