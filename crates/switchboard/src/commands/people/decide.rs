//! `switchboard people merge | split | refuse | lock | undo`: who is who, as a person says.
//!
//! Each adds a decision to the desk and brings the tables up to it at once.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::{Decision, Desk, Kind};
use engine::Engine;
use serde_json::json;

use super::who::{self, Who};
use crate::cli::Wait;
use crate::commands::{Done, output};
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::session::{self, Session};
use crate::workspace::Workspace;

const DAY: i64 = 86_400 * 1_000_000;

/// What every decision takes.
#[derive(Debug, Args)]
pub struct Deciding {
    /// Why, for whoever reads the log
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Who decides [default: the name of this system's user]
    #[arg(long = "as", value_name = "NAME")]
    by: Option<String>,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

/// Say that two are one person
///
/// A and B are ids, addresses, accounts, nicks or whole names. Nothing is lost: `people undo` takes it back.
#[derive(Debug, Args)]
pub struct Merge {
    /// One of them
    a: String,
    /// The other
    b: String,
    /// More.
    #[command(flatten)]
    deciding: Deciding,
}

/// Take an identity out of its person, whatever merged it
#[derive(Debug, Args)]
pub struct Split {
    /// The identity, by its id or anything that is its alone
    identity: String,
    /// More.
    #[command(flatten)]
    deciding: Deciding,
}

/// Say that two are not one person, so that it is not suggested again
#[derive(Debug, Args)]
pub struct Refuse {
    /// One of them
    a: String,
    /// The other
    b: String,
    /// Only for so many days
    #[arg(long = "for", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..36_500))]
    days: Option<u32>,
    /// More.
    #[command(flatten)]
    deciding: Deciding,
}

/// Say that a person's identities are as they should be
///
/// Nothing is merged with them or suggested for them any more, not even on proof.
#[derive(Debug, Args)]
pub struct LockPerson {
    /// The person
    person: String,
    /// More.
    #[command(flatten)]
    deciding: Deciding,
}

/// Take a decision on who is who back, as if it had never been
#[derive(Debug, Args)]
pub struct Undo {
    /// Its number in `people log` [default: the latest]
    number: Option<i64>,
    /// More.
    #[command(flatten)]
    deciding: Deciding,
}

/// A workspace in which something is being decided: nobody else writes to it.
struct Table<'a> {
    session: &'a Session,
    workspace: Workspace,
    engine: Engine,
    desk: Desk,
    deciding: Deciding,
    _lock: Lock,
}

impl<'a> Table<'a> {
    fn sit(session: &'a Session, command: &str, deciding: Deciding) -> Result<Table<'a>> {
        let workspace = session.workspace()?;
        let lock = Lock::take(&workspace, command, deciding.wait.duration(), &session.printer)?;
        let (engine, desk) = (output::engine(&workspace)?, Desk::open(&workspace.desk())?);
        Ok(Table { session, workspace, engine, desk, deciding, _lock: lock })
    }

    fn find(&self, text: &str) -> Result<Who> {
        who::find(&self.engine, text)
    }

    /// Fails where somebody has locked the person of one of these.
    fn must_be_open(&self, all: &[&Who]) -> Result<()> {
        let locked = self.desk.who_is_who(session::now())?.locked;
        for who in all {
            let person = who::identities(&self.engine, &who.identity.person_id)?;
            let is = |id: &String| person.iter().any(|one| one.identity_id == *id);
            if locked.iter().flatten().any(is) {
                bail!("{} is locked; `people log` tells by whom, `people undo` unlocks", who::called(&who.identity));
            }
        }
        Ok(())
    }

    /// Adds the decision, brings the tables up to it and says so.
    fn decide(mut self, subject: &str, kind: Kind, value: String, said: &str) -> Result<Done> {
        let by = self.deciding.by.take().unwrap_or_else(user);
        let note = self.deciding.note.take();
        let decision = Decision { note, ..Decision::new(session::now(), &by, subject, kind).with(value) };
        self.desk.decide(&decision)?;
        let log = self.desk.people_log()?;
        let number = log.last().map_or(0, |last| last.number);
        let Table { session, workspace, .. } = &self;
        let config = workspace.config()?;
        let pipeline = Pipeline { workspace, config: &config, printer: &session.printer };
        let derived =
            pipeline.derive().context("the decision is kept; `switchboard sync` brings the tables up to it")?;
        let indexed = pipeline.index()?;
        if session.printer.json {
            let decision = json!({ "number": number, "kind": kind.as_str(), "subject": subject, "said": said });
            session.printer.json(&json!({ "decision": decision, "tables": derived, "indexed": indexed }))?;
        } else {
            session.printer.data(|out| std::io::Write::write_all(out, format!("{said}\n").as_bytes()))?;
        }
        pipeline.tell(&derived);
        if kind != Kind::TakenBack {
            session.printer.note(format_args!("`switchboard people undo {number}` takes it back"));
        }
        Ok(Done::Found)
    }
}

/// Whoever sits at this machine.
pub fn user() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| "somebody".to_owned())
}

impl Merge {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = Table::sit(session, "people merge", self.deciding)?;
        let (a, b) = (table.find(&self.a)?, table.find(&self.b)?);
        if a.identity.person_id == b.identity.person_id {
            bail!("{} and {} are one person already", who::called(&a.identity), who::called(&b.identity));
        }
        table.must_be_open(&[&a, &b])?;
        let said = format!("{} and {} are one person now", who::called(&a.identity), who::called(&b.identity));
        table.decide(&a.identity.identity_id, Kind::SamePerson, b.identity.identity_id, &said)
    }
}

impl Split {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = Table::sit(session, "people split", self.deciding)?;
        let who = table.find(&self.identity)?;
        let all = who::identities(&table.engine, &who.identity.person_id)?;
        if all.len() < 2 {
            bail!("{} has only this one identity; there is nothing to split", who::called(&who.identity));
        }
        if !who.exact {
            let lines: Vec<String> = all.iter().map(|one| format!("\n  {}", who::line(one))).collect();
            bail!("{} has several identities; name one by id:{}", who::called(&who.identity), lines.concat());
        }
        table.must_be_open(&[&who])?;
        let id = who.identity.identity_id.clone();
        let rest: Vec<String> = all.into_iter().map(|one| one.identity_id).filter(|other| *other != id).collect();
        let said = format!("{} ({id}) is somebody else now", who::called(&who.identity));
        table.decide(&id, Kind::Apart, rest.join(" "), &said)
    }
}

impl Refuse {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = Table::sit(session, "people refuse", self.deciding)?;
        let (a, b) = (table.find(&self.a)?, table.find(&self.b)?);
        let (one, other) = (who::called(&a.identity), who::called(&b.identity));
        if a.identity.person_id == b.identity.person_id {
            bail!("{one} and {other} are one person; `people split` takes an identity out");
        }
        let id = b.identity.identity_id;
        let (kind, value, said) = match self.days {
            None => (Kind::NotSamePerson, id, format!("{one} and {other} are two people, not to be suggested again")),
            Some(days) => {
                let until = session::now().saturating_add(i64::from(days) * DAY);
                let said = format!("{one} and {other} will not be suggested for {days} days");
                (Kind::PutOff, format!("{id} {until}"), said)
            }
        };
        table.decide(&a.identity.identity_id, kind, value, &said)
    }
}

impl LockPerson {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = Table::sit(session, "people lock", self.deciding)?;
        let who = table.find(&self.person)?;
        table.must_be_open(&[&who])?;
        let all = who::identities(&table.engine, &who.identity.person_id)?;
        let ids: Vec<String> = all.into_iter().map(|one| one.identity_id).collect();
        let said = format!("{} is locked: nothing is merged or suggested any more", who::called(&who.identity));
        let subject = who.identity.person_id.clone();
        table.decide(&subject, Kind::Locked, ids.join(" "), &said)
    }
}

impl Undo {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = Table::sit(session, "people undo", self.deciding)?;
        let log = table.desk.people_log()?;
        let stands = |one: &&desk::Numbered| !one.taken_back && one.decision.kind != Kind::TakenBack;
        let found = match self.number {
            Some(number) => log.iter().filter(stands).find(|one| one.number == number),
            None => log.iter().rfind(stands),
        };
        let Some(found) = found else {
            bail!("there is no such decision to take back; `switchboard people log` lists them");
        };
        let said = format!("decision {} ({}) is taken back", found.number, found.decision.kind.as_str());
        let subject = found.decision.subject.clone();
        table.decide(&subject, Kind::TakenBack, found.number.to_string(), &said)
    }
}
