//! `switchboard introduce`: who can introduce whom.

use std::io::{self, Write};

use anyhow::{Context as _, Result};
use clap::Args;
use insight::views::{Acquaintance, Introduction, PersonRef, Tie};

use super::people::who;
use super::{Done, output};
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::{community, show};

/// Find who can introduce one person to another: people who have helped each other
///
/// A person is named by an id, an address, an account, a nick or a name. Exit code 1 if nobody is found.
#[derive(Debug, Args)]
pub struct Introduce {
    /// Who is to be introduced; or, alone, who somebody is to be introduced to
    #[arg(value_name = "PERSON")]
    one: String,
    /// To whom; without it, those who know the first one are listed
    #[arg(value_name = "TO")]
    other: Option<String>,
}

impl Introduce {
    /// Finds them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let engine = output::engine(&workspace)?;
        let one = who::find(&engine, &self.one)?.identity.person_id;
        let other = self.other.map(|other| who::find(&engine, &other)).transpose()?;
        let community = community::open(&workspace, &workspace.config()?)?;
        let Some(other) = other else {
            let known = community.introducers(&one)?.context("the person is in no table; run `switchboard sync`")?;
            return list(session, &known);
        };
        let introduction = community.introduce(&one, &other.identity.person_id)?;
        let introduction = introduction.context("one of them is in no table; run `switchboard sync`")?;
        let found =
            introduction.direct.is_some() || !introduction.introducers.is_empty() || !introduction.chain.is_empty();
        if session.printer.json {
            session.printer.json(&introduction)?;
        } else if found {
            session.printer.data(|out| print(out, &introduction))?;
        } else {
            session.printer.note("nobody who helped both is known, nor a way from one to the other");
        }
        Ok(if found { Done::Found } else { Done::NotFound })
    }
}

fn list(session: &Session, known: &[Acquaintance]) -> Result<Done> {
    if session.printer.json {
        session.printer.json(&known)?;
    } else if known.is_empty() {
        session.printer.note("nobody is known who helped them or was helped by them");
    } else {
        session.printer.data(|out| {
            known.iter().try_for_each(|one| writeln!(out, "  {BOLD}{}{BOLD:#}: {}", name(&one.person), tie(&one.tie)))
        })?;
    }
    Ok(if known.is_empty() { Done::NotFound } else { Done::Found })
}

fn print(out: &mut Out, introduction: &Introduction) -> io::Result<()> {
    let Introduction { from, to, direct, introducers, chain } = introduction;
    let (from, to) = (name(from), name(to));
    if let Some(direct) = direct {
        writeln!(out, "{BOLD}{from} and {to} know each other{BOLD:#}: {from} {}", tie(direct))?;
    }
    if !introducers.is_empty() {
        writeln!(out, "{BOLD}Who can introduce {from} to {to}{BOLD:#}")?;
    }
    for one in introducers {
        writeln!(out, "  {BOLD}{}{BOLD:#}", name(&one.person))?;
        writeln!(out, "    {FAINT}{from}:{FAINT:#} {}", tie(&one.ties.0))?;
        writeln!(out, "    {FAINT}{to}:{FAINT:#} {}", tie(&one.ties.1))?;
    }
    if !chain.is_empty() {
        let names: Vec<_> = chain.iter().map(name).collect();
        writeln!(out, "{BOLD}From one who helped to the next{BOLD:#}: {}", names.join(" → "))?;
    }
    Ok(())
}

fn name(person: &PersonRef) -> String {
    show::clean(&person.name).into_owned()
}

/// `helped with 3 questions, was helped with 1; last on 2024-05-01`.
fn tie(tie: &Tie) -> String {
    let count = |number: u32| show::counted(u64::from(number), "question");
    let parts = [
        (tie.helped > 0).then(|| format!("helped with {}", count(tie.helped))),
        (tie.was_helped > 0).then(|| format!("was helped with {}", count(tie.was_helped))),
        (tie.together > 0).then(|| format!("helped others with {} together", count(tie.together))),
    ];
    let last = tie.last.map(|last| format!("; last on {}", show::day(last))).unwrap_or_default();
    format!("{}{last}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
