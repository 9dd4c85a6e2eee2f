//! `switchboard case`: a conversation's place on the desk, and what people decide about it.
//!
//! Every deed is a step that `case undo` takes back. Cases are named by their ids, or as much of them as is enough.

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use desk::{Change, Desk, Step, Subject};
use insight::Community;
use serde_json::json;

use super::{Done, desk as list};
use crate::config::Config;
use crate::session::{self, Session};
use crate::workspace::Workspace;
use crate::{community, show};

mod bulk;
mod change;
pub mod draft;
mod history;
mod page;
pub mod until;

/// Ids that are named where an id could mean several.
const CANDIDATES: usize = 5;

/// A case: show it, take it, hand it over, park it, resolve it, undo what was done
///
/// CASE is a conversation's id, which `desk`, `search` and `ask` show, or as much of its beginning as is enough.
#[derive(Debug, Args)]
pub struct Case {
    #[command(subcommand)]
    command: CaseCommand,
}

#[derive(Debug, Subcommand)]
enum CaseCommand {
    Show(page::Show),
    Take(change::Take),
    Release(change::Release),
    Assign(change::Assign),
    HandOver(change::HandOver),
    Park(change::Park),
    Resolve(change::Resolve),
    Reopen(change::Reopen),
    #[command(name = "not-a-question")]
    NotAQuestion(change::NotAQuestion),
    Note(change::Note),
    Tag(change::Tag),
    Untag(change::Untag),
    Link(change::Link),
    Unlink(change::Unlink),
    Draft(draft::Draft),
    Bulk(bulk::Bulk),
    History(history::History),
    Undo(history::Undo),
}

/// Who acts.
#[derive(Debug, Args)]
pub struct By {
    /// Who you are, by the name you go by on the desk
    #[arg(long = "by", value_name = "NAME", env = "USER", default_value = "somebody")]
    pub who: String,
}

impl Case {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            CaseCommand::Show(show) => show.run(session),
            CaseCommand::Take(take) => take.run(session),
            CaseCommand::Release(release) => release.run(session),
            CaseCommand::Assign(assign) => assign.run(session),
            CaseCommand::HandOver(hand_over) => hand_over.run(session),
            CaseCommand::Park(park) => park.run(session),
            CaseCommand::Resolve(resolve) => resolve.run(session),
            CaseCommand::Reopen(reopen) => reopen.run(session),
            CaseCommand::NotAQuestion(not) => not.run(session),
            CaseCommand::Note(note) => note.run(session),
            CaseCommand::Tag(tag) => tag.run(session),
            CaseCommand::Untag(untag) => untag.run(session),
            CaseCommand::Link(link) => link.run(session),
            CaseCommand::Unlink(unlink) => unlink.run(session),
            CaseCommand::Draft(draft) => draft.run(session),
            CaseCommand::Bulk(bulk) => bulk.run(session),
            CaseCommand::History(history) => history.run(session),
            CaseCommand::Undo(undo) => undo.run(session),
        }
    }
}

/// The desk and the community that it serves, open for deciding.
pub struct Room<'a> {
    /// Where to print.
    pub session: &'a Session,
    /// The workspace.
    pub workspace: Workspace,
    /// What the latest sync made.
    pub community: Community,
    /// Who acts.
    pub who: String,
}

impl<'a> Room<'a> {
    /// Opens both.
    pub fn enter(session: &'a Session, by: By) -> Result<Room<'a>> {
        let workspace = session.workspace()?;
        let config: Config = workspace.config()?;
        let community = community::open(&workspace, &config)?;
        Ok(Room { session, workspace, community, who: by.who })
    }

    /// The desk, open for writing.
    pub fn desk(&self) -> Result<Desk> {
        Ok(Desk::open(&self.workspace.desk())?)
    }

    /// The id of the case that is meant.
    pub fn find(&self, text: &str) -> Result<String> {
        let mut found = self.community.conversation_ids(text, CANDIDATES + 1);
        match found.len() {
            1 => found.pop().context("a case that is gone"),
            0 => bail!("there is no case `{}`; `switchboard desk` and `search` show the ids", show::clean(text)),
            more => {
                let and = if more > CANDIDATES { " …" } else { "" };
                found.truncate(CANDIDATES);
                bail!("several cases begin with `{text}`: {}{and}; write more of the id", found.join(" "))
            }
        }
    }

    /// The ids of the cases that are meant, each once, in order.
    pub fn find_all(&self, texts: &[String]) -> Result<Vec<String>> {
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts {
            let id = self.find(text)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Decides about some cases, and tells what was done.
    pub fn change(&self, ids: &[String], changes: &[Change]) -> Result<Done> {
        let subjects: Vec<Subject> = self.community.subjects(ids);
        let step = self.desk()?.change(&subjects, changes, &self.who, session::now())?;
        self.tell(&step, ids)
    }

    /// Tells what a step did; cases are shown where they are few.
    pub fn tell(&self, step: &Step, ids: &[String]) -> Result<Done> {
        const FEW: usize = 5;
        let printer = &self.session.printer;
        let mut cases = Vec::new();
        for id in ids.iter().take(FEW) {
            cases.extend(self.community.case(id)?.map(|page| page.case));
        }
        if printer.json {
            printer.json(&json!({ "step": step_json(step), "conversations": ids, "cases": cases }))?;
            return Ok(Done::Found);
        }
        if ids.len() <= FEW {
            for case in &cases {
                let title = show::cut(&case.conversation.title, 70);
                let stands = case.standing.words();
                printer.note(format_args!(
                    "“{}”: {}; it is {stands} now",
                    show::clean(&title),
                    show::clean(&step.what)
                ));
            }
        } else {
            printer.note(format_args!("{}: {}", show::counted(step.cases, "case"), show::clean(&step.what)));
        }
        printer.note(format_args!("`switchboard case undo {}` takes it back", step.number));
        Ok(Done::Found)
    }
}

/// A step for programs.
pub fn step_json(step: &Step) -> serde_json::Value {
    let Step { number, at, who, what, cases, undoes, undone } = step;
    json!({ "number": number, "at": at, "who": who, "what": what, "cases": cases, "undoes": undoes, "undone": undone })
}

/// Prints one case as lists show it.
fn print(out: &mut crate::printer::Out, case: &insight::views::CaseView, now: insight::Now) -> std::io::Result<()> {
    list::print(out, case, now)
}
