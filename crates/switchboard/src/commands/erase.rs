//! `switchboard erase`: a person, everywhere.

use std::io::{IsTerminal, Write, stdin};

use anyhow::{Result, bail};
use clap::Args;
use desk::Desk;
use serde_json::json;

use super::people::decide::user;
use super::people::who;
use super::{Done, output};
use crate::cli::{Wait, usage};
use crate::erasing::{self, Outcome, Plan, Theirs};
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Erase a person: from the archive, the tables, the full text and the desk
///
/// Their names, addresses, accounts and nicks go, and all that they wrote. That they wrote stays: their messages are kept
/// empty, so that threads hold and counts stay right. In what others wrote, their addresses, whole names and accounts are
/// replaced; what others quoted of their words stays. A source that still has them does not bring them back. It cannot be
/// undone. Killed in between, the next sync or rebuild goes on with it.
#[derive(Debug, Args)]
pub struct Erase {
    /// Who: an id, an address, an account, a nick or a whole name [default: ends an erasure that was interrupted]
    #[arg(value_name = "PERSON")]
    person: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Say what would go, and do nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Who asks for it, for the log [default: the name of this system's user]
    #[arg(long = "as", value_name = "NAME")]
    by: Option<String>,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

impl Erase {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let printer = &session.printer;
        let _lock = Lock::take(&workspace, "erase", self.wait.duration(), printer)?;
        let config = workspace.config()?;
        config.check()?;
        let pipeline = Pipeline { workspace: &workspace, config: &config, printer };
        let mut plan = None;
        if let Some(person) = &self.person {
            let found = erasing::plan(&output::engine(&workspace)?, person)?;
            if self.dry_run || !printer.json {
                self.show(session, &found)?;
            }
            if self.dry_run {
                return Ok(Done::Found);
            }
            if !self.yes && !sure(session, &found)? {
                printer.note("nothing was erased");
                return Ok(Done::NotFound);
            }
            let mut desk = Desk::open(&workspace.desk())?;
            erasing::begin(&mut desk, &found, &self.by.clone().unwrap_or_else(user))?;
            plan = Some(found);
        }
        let Some(outcome) = erasing::finish(&pipeline)? else {
            printer.note("there is nothing to go on with; name whom to erase");
            return Ok(Done::NotFound);
        };
        tell(session, plan.as_ref(), &outcome)?;
        Ok(Done::Found)
    }

    fn show(&self, session: &Session, plan: &Plan) -> Result<()> {
        if session.printer.json {
            return Ok(session.printer.json(plan)?);
        }
        Ok(session.printer.data(|out| list(out, plan))?)
    }
}

fn list(out: &mut Out, plan: &Plan) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", plan.name)?;
    plan.identities.iter().try_for_each(|one| writeln!(out, "  {}", who::line(one)))?;
    for (source, Theirs { messages, activities }) in &plan.sources {
        let acts = if *activities > 0 {
            format!(", and {} other things they did", show::count(*activities))
        } else {
            String::new()
        };
        writeln!(out, "  {}: {}{acts}", show::clean(source), show::counted(*messages, "message"))?;
    }
    writeln!(out, "  and what the desk holds about them: notes, tags, wishes, decisions")?;
    for one in &plan.alike {
        let name = show::clean(one.name.as_deref().unwrap_or("somebody without a name"));
        writeln!(
            out,
            "  {FAINT}not {name} ({}), who may be the same person: `switchboard people merge` first{FAINT:#}",
            one.person_id
        )?;
    }
    Ok(())
}

/// Asks for the name: who only reads over it does not erase anybody.
fn sure(session: &Session, plan: &Plan) -> Result<bool> {
    if !stdin().is_terminal() {
        return Err(usage("there is nobody to ask here; look with --dry-run, then erase with --yes"));
    }
    session.printer.prompt(format_args!("This cannot be undone. To erase them, write `{}`: ", plan.name));
    let mut line = String::new();
    if stdin().read_line(&mut line)? == 0 {
        bail!("no answer came; nothing was erased");
    }
    Ok(line.trim() == plan.name)
}

fn tell(session: &Session, plan: Option<&Plan>, outcome: &Outcome) -> Result<()> {
    let printer = &session.printer;
    if printer.json {
        printer.json(&json!({ "plan": plan, "erased": outcome }))?;
    } else {
        let items = show::counted(outcome.items, "item");
        printer.data(|out| writeln!(out, "erased: {items} of the archive were written anew"))?;
    }
    if !outcome.desk_is_clean {
        printer.warn("somebody reads the desk at this moment, so desk.sqlite-wal still holds what was deleted; run `switchboard erase` without a name when nobody does");
    }
    printer.note("copies and backups made before still hold them; so do the sources themselves");
    Ok(())
}
