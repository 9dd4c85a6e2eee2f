//! `switchboard case bulk`: one deed about every case that fits a query, in one step.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use desk::{Change, Deed, Macro};
use insight::query::What;
use insight::{CaseAsk, View};
use serde_json::json;

use super::{By, Room};
use crate::cli::usage;
use crate::commands::{Done, desk as list};
use crate::printer::FAINT;
use crate::session::{self, Session};
use crate::show;

/// Do one thing about every case that fits a query, in one step that `case undo` takes back
///
/// `case bulk 'in:dev tag:spam' resolve not for us` · `case bulk is:overdue tag late` · `case bulk who:me release`.
/// Only what is not done counts, unless the query says how far the cases are (is:).
#[derive(Debug, Args)]
pub struct Bulk {
    /// Which cases, as in `search`
    #[arg(value_name = "QUERY")]
    query: String,
    /// What to do: tag TAG, untag TAG, take, assign NAME, release, hand-over TIER WHY, park DAYS, resolve, reopen,
    /// not-a-question, note TEXT
    #[arg(value_name = "DEED", required = true)]
    deed: Vec<String>,
    /// Only show which cases it would be
    #[arg(long)]
    dry_run: bool,
    /// Of cases that others have, too
    #[arg(long)]
    force: bool,
    /// Who.
    #[command(flatten)]
    by: By,
}

impl Bulk {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let planned = Macro::parse(&self.deed.join(" ")).map_err(usage)?;
        if planned.drafts().next().is_some() {
            return Err(usage("drafts are written one by one: `switchboard case draft CASE`"));
        }
        let room = Room::enter(session, self.by)?;
        let query = list::read(&room.community, &self.query);
        if query.filter.is_empty() && !query.has_words() {
            return Err(usage("the query is empty: that would be every case; write `is:waiting` or the like"));
        }
        // A filter that was not understood would mean more cases than were meant.
        if let Some(note) = query.notes.first() {
            return Err(usage(show::clean(note)));
        }
        let says_how_far =
            query.filter.clauses.iter().flat_map(|clause| &clause.any).any(|what| matches!(what, What::Is(_)));
        let view = if says_how_far { View::All } else { View::Open };
        let ask = CaseAsk { view, query, me: Some(room.who.clone()), limit: 20, ..CaseAsk::default() };
        let ids = room.community.case_ids(&ask)?;
        let mut changes = planned.changes(&room.who, room.community.now().time);
        if self.force {
            changes.iter_mut().for_each(force);
        }
        if ids.is_empty() {
            session.printer.note("no case fits the query");
            return Ok(Done::NotFound);
        }
        if self.dry_run {
            return rehearse(&room, &ask, &ids, &changes);
        }
        let subjects = room.community.subjects(&ids);
        let step = room.desk()?.change(&subjects, &changes, &room.who, session::now())?;
        room.tell(&step, &ids)
    }
}

fn force(change: &mut Change) {
    if let Deed::Take { force, .. } = &mut change.deed {
        *force = true;
    }
}

fn rehearse(room: &Room<'_>, ask: &CaseAsk, ids: &[String], changes: &[Change]) -> Result<Done> {
    let printer = &room.session.printer;
    let said: Vec<String> = changes.iter().map(|change| change.deed.words()).collect();
    if printer.json {
        printer.json(&json!({ "dry_run": true, "what": said.join(", "), "conversations": ids }))?;
        return Ok(Done::Found);
    }
    let list = room.community.cases(ask)?;
    printer.data(|out| {
        writeln!(out, "{} would be {}", show::counted(list.total, "case"), show::clean(&said.join(", ")))?;
        for case in &list.cases {
            let title = show::cut(&case.conversation.title, 80);
            let (place, id) = (show::place(&case.conversation), &case.conversation.id);
            writeln!(out, "  {} {FAINT}{place} · {} · {id}{FAINT:#}", show::clean(&title), case.standing.words())?;
        }
        match list.total.saturating_sub(list.cases.len() as u64) {
            0 => Ok(()),
            more => writeln!(out, "  {FAINT}and {} more{FAINT:#}", show::count(more)),
        }
    })?;
    Ok(Done::Found)
}
