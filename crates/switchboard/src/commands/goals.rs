//! `switchboard goals`: what the community wants, how far it is, and which numbers no goal asks for.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::{Desk, Doubt, Goal, Kept, Retired};
use metric::{Catalogue, Doubts, Loose, Standing, Tables, loose, ready_made};
use serde_json::json;

use super::case::By;
use super::metric::{newest, said};
use super::{Done, blips};
use crate::cli::usage;
use crate::printer::{BAD, BOLD, FAINT, Out};
use crate::queries::Queries;
use crate::session::{self, Session};
use crate::show;

/// Show the goals, add one of the ready-made, show how far one is, close one
///
/// A goal has questions that tell whether it is met, and metrics that answer them: goal, question, metric. What no goal
/// asks for is listed to be attached to one or retired.
#[derive(Debug, Args)]
pub struct Goals {
    #[command(subcommand)]
    command: Option<GoalsCommand>,
}

#[derive(Debug, Subcommand)]
enum GoalsCommand {
    List(List),
    Add(Add),
    Show(Show),
    Close(Close),
}

/// Show the goals, the ready-made ones, and the metrics that no goal asks for
#[derive(Debug, Args)]
pub struct List {}

/// Add a ready-made goal, to be changed on the web pages
#[derive(Debug, Args)]
pub struct Add {
    /// Its name, as `switchboard goals` gives it
    #[arg(value_name = "SET")]
    set: String,
    #[command(flatten)]
    by: By,
}

/// Show how far a goal is: each metric now, a year before, its target and its blips
#[derive(Debug, Args)]
pub struct Show {
    /// The goal
    #[arg(value_name = "NAME")]
    name: String,
}

/// Follow a goal no more
#[derive(Debug, Args)]
pub struct Close {
    /// The goal
    #[arg(value_name = "NAME")]
    name: String,
    /// Why: met, given up, replaced
    #[arg(long, value_name = "TEXT", default_value = "closed")]
    why: String,
    #[command(flatten)]
    by: By,
}

impl Goals {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        match self.command {
            None | Some(GoalsCommand::List(_)) => list(session),
            Some(GoalsCommand::Add(add)) => add.run(session),
            Some(GoalsCommand::Show(show)) => show.run(session),
            Some(GoalsCommand::Close(close)) => close.run(session),
        }
    }
}

fn list(session: &Session) -> Result<Done> {
    let workspace = session.workspace()?;
    let catalogue = Catalogue::with_folder(&workspace.metrics());
    let desk = workspace.desk().exists().then(|| Desk::open_read_only(&workspace.desk())).transpose()?;
    let goals = desk.as_ref().map(Desk::records::<Goal>).transpose()?.unwrap_or_default();
    let retired = desk.as_ref().map(Desk::records::<Retired>).transpose()?.unwrap_or_default();
    let reason = |name: &str| retired.get(name).map(|kept| kept.record.clone());
    let loose = loose(&catalogue, goals.values().map(|kept| &kept.record), reason);
    let sets: Vec<(&str, Goal)> = ready_made().collect();
    let goals: Vec<Kept<Goal>> = goals.into_values().collect();
    match session.printer.json {
        true => session.printer.json(&json!({ "goals": goals, "ready_made": sets, "loose": loose }))?,
        false => session.printer.data(|out| print(out, &goals, &sets, &loose))?,
    }
    Ok(if goals.is_empty() { Done::NotFound } else { Done::Found })
}

fn print(out: &mut Out, goals: &[Kept<Goal>], sets: &[(&str, Goal)], loose: &[Loose]) -> io::Result<()> {
    for kept in goals {
        let goal = &kept.record;
        let closed = goal.closed.as_ref().map(|why| format!(" (closed: {why})")).unwrap_or_default();
        let by = goal.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
        let what = show::clean(&goal.what);
        writeln!(out, "{BOLD}{}{BOLD:#}  {what}{}{}", show::clean(&kept.name), by, show::clean(&closed))?;
    }
    let open = |set: &&(&str, Goal)| goals.iter().all(|kept| kept.record.what != set.1.what);
    for (name, goal) in sets.iter().filter(open) {
        writeln!(out, "{FAINT}{name}  {} (ready-made: `switchboard goals add {name}`){FAINT:#}", goal.what)?;
    }
    let waiting: Vec<&str> = loose.iter().filter(|one| one.retired.is_none()).map(|one| one.name.as_str()).collect();
    if !waiting.is_empty() {
        writeln!(out, "\nno goal asks for these; attach or retire: {}", show::clean(&waiting.join(", ")))?;
    }
    for one in loose {
        if let Some(why) = &one.retired {
            writeln!(out, "retired: {} ({})", show::clean(&one.name), show::clean(why))?;
        }
    }
    Ok(())
}

impl Add {
    fn run(self, session: &Session) -> Result<Done> {
        let found = ready_made().find(|(name, _)| *name == self.set);
        let (_, goal) = found.ok_or_else(|| {
            let names: Vec<&str> = ready_made().map(|(name, _)| name).collect();
            usage(format!("there is no ready-made goal `{}`; there are {}", show::clean(&self.set), names.join(", ")))
        })?;
        let mut desk = Desk::open(&session.workspace()?.desk())?;
        let name = desk.keep_new(&goal.what, &goal, &self.by.who, session::now())?;
        session
            .printer
            .note(format_args!("the goal `{name}` is kept; `switchboard goals show {name}` says how far it is"));
        if session.printer.json {
            session.printer.json(&json!({ "name": name, "goal": goal }))?;
        }
        Ok(Done::Found)
    }
}

impl Close {
    fn run(self, session: &Session) -> Result<Done> {
        let mut desk = Desk::open(&session.workspace()?.desk())?;
        let goal = Goal { closed: Some(self.why), ..desk.record::<Goal>(&self.name)?.record };
        desk.keep(&self.name, &goal, &self.by.who, session::now())?;
        session.printer.note(format_args!("the goal `{}` is closed", show::clean(&self.name)));
        if session.printer.json {
            session.printer.json(&json!({ "name": self.name, "goal": goal }))?;
        }
        Ok(Done::Found)
    }
}

impl Show {
    fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let catalogue = Catalogue::with_folder(&workspace.metrics());
        let desk = Desk::open_read_only(&workspace.desk())?;
        let goal = desk.record::<Goal>(&self.name)?;
        let queries = Queries::new(workspace);
        let tables = Tables { sql: &queries, catalogue: &catalogue, now: newest(&queries)? };
        let said = desk.records::<Doubt>()?.into_values().map(|kept| kept.record);
        let doubts = Doubts::new(&queries, tables.now, said)?;
        let mut standings = Vec::new();
        for target in goal.record.metrics() {
            match tables.standing(target, &doubts) {
                Ok(standing) => standings.push(standing),
                // One that cannot be measured costs no other.
                Err(error) => session.printer.warn(format_args!("left out: {}", show::clean(&error.to_string()))),
            }
        }
        match session.printer.json {
            true => session.printer.json(&json!({ "goal": goal, "metrics": standings }))?,
            false => session.printer.data(|out| print_goal(out, &goal.record, &standings))?,
        }
        Ok(Done::Found)
    }
}

fn print_goal(out: &mut Out, goal: &Goal, standings: &[Standing]) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", show::clean(&goal.what))?;
    if !goal.why.is_empty() {
        writeln!(out, "{FAINT}{}{FAINT:#}", show::clean(&goal.why))?;
    }
    let mut standings = standings.iter();
    for question in &goal.questions {
        writeln!(out, "\n{}", show::clean(&question.text))?;
        for standing in standings.by_ref().take(question.metrics.len()) {
            print_standing(out, standing)?;
        }
    }
    Ok(())
}

fn print_standing(out: &mut Out, standing: &Standing) -> io::Result<()> {
    let say = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| said(standing.metric.unit, value));
    let reached = match standing.reached {
        Some(true) => ", reached",
        Some(false) => ", not yet",
        None => "",
    };
    let target = standing.target.map(|_| format!("; target {}{reached}", say(standing.target))).unwrap_or_default();
    let (now, before) = (say(standing.now), say(standing.before));
    let title = show::clean(&standing.metric.title);
    writeln!(out, "  {title}: {now} in the last whole month, {before} a year before{target}")?;
    for doubt in &standing.doubts {
        writeln!(out, "    {BAD}doubted: {}{BAD:#}", show::clean(doubt))?;
    }
    for blip in standing.watched.blips.iter().rev().take(2) {
        writeln!(out, "    {FAINT}{}{FAINT:#}", blips::line(standing.metric.unit, blip))?;
    }
    Ok(())
}
