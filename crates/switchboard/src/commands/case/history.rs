//! `switchboard case history | undo`: what was done on the desk, and taking it back.

use std::io::Write;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::{By, Room, page, step_json};
use crate::commands::Done;
use crate::printer::FAINT;
use crate::session::{self, Session};
use crate::show;

/// List what was done on the desk, latest first; or everything about one case, oldest first
///
/// Exit code 1 if nothing was.
#[derive(Debug, Args)]
pub struct History {
    /// The case's id
    #[arg(value_name = "CASE")]
    case: Option<String>,
    /// At most so many steps
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    /// Who.
    #[command(flatten)]
    by: By,
}

/// Take a step back, as if it had never been
///
/// What was decided since stays. To take back the taking back is to do it again.
#[derive(Debug, Args)]
pub struct Undo {
    /// Its number in `case history` [default: your latest that was not taken back]
    #[arg(value_name = "STEP")]
    step: Option<i64>,
    /// Who.
    #[command(flatten)]
    by: By,
}

/// Steps looked through for one's own latest.
const LATEST: usize = 1_000;

impl History {
    /// Lists it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let printer = &session.printer;
        if let Some(case) = &self.case {
            let page = room.community.case(&room.find(case)?)?.context("the case is gone; run the command again")?;
            if printer.json {
                printer.json(&page.history)?;
            } else if page.history.is_empty() {
                printer.note("nothing was decided about it");
            } else {
                printer.data(|out| page.history.iter().try_for_each(|event| page::line(out, event)))?;
            }
            return Ok(if page.history.is_empty() { Done::NotFound } else { Done::Found });
        }
        let steps = room.desk()?.steps(self.limit)?;
        if printer.json {
            printer.json(&steps.iter().map(step_json).collect::<Vec<_>>())?;
        } else if steps.is_empty() {
            printer.note("nothing was done on the desk yet");
        } else {
            printer.data(|out| {
                steps.iter().try_for_each(|step| {
                    let undone = if step.undone { " (taken back)" } else { "" };
                    let (what, cases) = (show::clean(&step.what), show::counted(step.cases, "case"));
                    let (who, at) = (show::clean(&step.who), show::time(step.at));
                    writeln!(out, "{}. {what}{undone} {FAINT}{cases} · {who}, {at}{FAINT:#}", step.number)
                })
            })?;
        }
        Ok(if steps.is_empty() { Done::NotFound } else { Done::Found })
    }
}

impl Undo {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let mut desk = room.desk()?;
        let number = match self.step {
            Some(number) => number,
            None => {
                let steps = desk.steps(LATEST)?;
                let mine = steps.iter().find(|step| step.who == room.who && !step.undone && step.undoes.is_none());
                match mine {
                    Some(step) => step.number,
                    None => {
                        bail!("you did nothing that could be taken back; `switchboard case history` lists the steps")
                    }
                }
            }
        };
        let step = desk.undo(number, &room.who, session::now())?;
        let ids = desk.step_cases(number)?;
        drop(desk);
        room.tell(&step, &ids)
    }
}
