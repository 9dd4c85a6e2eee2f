//! `switchboard people approach`: whom to approach and why, and what came of it.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use desk::Came;
use insight::views::{ApproachList, ApproachView};

use super::who;
use crate::commands::case::{By, Room};
use crate::commands::{Done, output};
use crate::printer::{BOLD, FAINT, Out};
use crate::session::{self, Session};
use crate::show;

/// Show whom to approach and why; or write down that you approached somebody, and what came of it
///
/// Nothing is sent. Who does not want to be asked is not listed, and whoever was approached is left in peace for 180 days.
/// Exit code 1 if there is nobody.
#[derive(Debug, Args)]
pub struct Approach {
    /// Whom you approached: an id, an address, an account, a nick or a whole name
    #[arg(requires = "said")]
    person: Option<String>,
    /// What you said to them
    #[arg(long, value_name = "TEXT", requires = "person")]
    said: Option<String>,
    /// What came of it
    #[arg(long, value_enum, default_value_t = Outcome::Open)]
    came: Outcome,
    /// What else should be known of it
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Who did.
    #[command(flatten)]
    by: By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Outcome {
    /// No answer yet
    Open,
    /// They said yes
    Yes,
    /// Not now
    Later,
    /// They do not want to
    No,
}

impl Approach {
    /// Shows or writes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        if let (Some(person), Some(said)) = (self.person, self.said) {
            let person = who::find(&output::engine(&room.workspace)?, &person)?.identity;
            let came = match self.came {
                Outcome::Open => Came::Open,
                Outcome::Yes => Came::Yes,
                Outcome::Later => Came::Later,
                Outcome::No => Came::No,
            };
            let on = session::now();
            let id = person.person_id.clone();
            let by = room.who.clone();
            let approach =
                desk::Approach { person: id.clone(), by, on, reason: String::new(), said, came, note: self.note };
            room.desk()?.keep_new(&id, &approach, &room.who, on)?;
            session.printer.note(format_args!("noted: {} was approached", who::called(&person)));
            return Ok(Done::Found);
        }
        let list = room.community.approach()?;
        match session.printer.json {
            true => session.printer.json(&list)?,
            false => session.printer.data(|out| print(out, &list))?,
        }
        Ok(if list.people.is_empty() && list.approached.is_empty() { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, list: &ApproachList) -> io::Result<()> {
    for one in &list.people {
        let reason = one.reason.as_str().replace('_', " ");
        writeln!(out, "{BOLD}{}{BOLD:#} {FAINT}{reason}{FAINT:#}", show::clean(&one.person.name))?;
        one.why.iter().try_for_each(|why| writeln!(out, "  {}", show::clean(why)))?;
        for conversation in &one.evidence {
            let title = show::cut(&conversation.title, 80);
            writeln!(out, "  · {} {FAINT}{}{FAINT:#}", show::clean(&title), conversation.id)?;
        }
        writeln!(out, "  {FAINT}could be said:{FAINT:#} “{}”", show::clean(&one.say))?;
        one.before.iter().try_for_each(|before| told(out, "approached before", before))?;
    }
    for one in &list.approached {
        told(out, &one.person.name, &one.approach)?;
    }
    Ok(())
}

fn told(out: &mut Out, what: &str, approach: &ApproachView) -> io::Result<()> {
    let (what, by, day) = (show::clean(what), show::clean(&approach.by), show::day(approach.at));
    writeln!(out, "  {FAINT}{what}: {by} on {day}, {}{FAINT:#}", approach.came)
}
