//! `switchboard people prefer | asked`: what people like to be asked about, and who was asked.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use desk::Preferences;
use jiff::tz::TimeZone;
use serde_json::json;

use super::who;
use crate::cli::usage;
use crate::commands::case::{By, Room, until};
use crate::commands::{Done, output};
use crate::printer::{BOLD, FAINT, Out};
use crate::session::{self, Session};
use crate::show;

/// Write down what somebody likes to be asked about, how often, and how else they like to help
///
/// Only what is given changes; without any option it is shown. `none` empties a list or a value.
#[derive(Debug, Args)]
pub struct Prefer {
    /// The person: an id, an address, an account, a nick or a whole name
    person: String,
    /// Areas they like to be asked about, as `tls,parsing`
    #[arg(long, value_name = "AREAS", value_delimiter = ',')]
    likes: Option<Vec<String>>,
    /// Areas they do not want to be asked about
    #[arg(long, value_name = "AREAS", value_delimiter = ',')]
    dislikes: Option<Vec<String>>,
    /// How often a week they want to be asked at most
    #[arg(long, value_name = "NUMBER")]
    per_week: Option<String>,
    /// Languages they help in, as `en,de`
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    languages: Option<Vec<String>>,
    /// Their time zone, as `Europe/Berlin`
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Willing to speak
    #[arg(long, value_name = "YES|NO")]
    speak: Option<Yes>,
    /// Willing to mentor
    #[arg(long, value_name = "YES|NO")]
    mentor: Option<Yes>,
    /// Willing to review
    #[arg(long, value_name = "YES|NO")]
    review: Option<Yes>,
    /// Away until a day, as `2031-05-31` or `14d`
    #[arg(long, value_name = "UNTIL")]
    away: Option<String>,
    /// Not to be asked at all
    #[arg(long, value_name = "YES|NO")]
    never: Option<Yes>,
    /// Who writes it down.
    #[command(flatten)]
    by: By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Yes {
    Yes,
    No,
}

/// Record that somebody was asked to help with a case, so that nobody is asked too often; or list who was
///
/// Exit code 1 if nobody was.
#[derive(Debug, Args)]
pub struct Asked {
    /// The person
    person: Option<String>,
    /// The case's id
    #[arg(requires = "person")]
    case: Option<String>,
    /// List those of the last so many days
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    days: u32,
    /// Who asked them.
    #[command(flatten)]
    by: By,
}

/// What empties a value.
const NONE: &str = "none";

impl Prefer {
    /// Writes it down.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, By { who: self.by.who.clone() })?;
        let person = who::find(&output::engine(&room.workspace)?, &self.person)?.identity;
        let mut desk = room.desk()?;
        let before = desk.preferences()?.remove(&person.person_id).unwrap_or_default();
        let after = self.changed(before.clone(), &room)?;
        if after != before {
            desk.prefer(&person.person_id, &after, &room.who, session::now())?;
        }
        if session.printer.json {
            session.printer.json(&as_json(&person.person_id, &after))?;
        } else {
            session.printer.data(|out| print(out, &who::called(&person), &after))?;
        }
        Ok(Done::Found)
    }

    fn changed(self, mut told: Preferences, room: &Room<'_>) -> Result<Preferences> {
        for (given, list) in
            [(self.likes, &mut told.likes), (self.dislikes, &mut told.dislikes), (self.languages, &mut told.languages)]
        {
            if let Some(given) = given {
                *list = words(given);
            }
        }
        for (given, flag) in [
            (self.speak, &mut told.speak),
            (self.mentor, &mut told.mentor),
            (self.review, &mut told.review),
            (self.never, &mut told.never),
        ] {
            *flag = given.map_or(*flag, |given| given == Yes::Yes);
        }
        match self.per_week.as_deref() {
            None => {}
            Some(NONE) => told.per_week = None,
            Some(number) => {
                let wrong =
                    |_| usage(format!("`{}` is no number; write how often a week, or none", show::clean(number)));
                told.per_week = Some(number.parse().map_err(wrong)?);
            }
        }
        match self.zone.as_deref() {
            None => {}
            Some(NONE) => told.zone = None,
            Some(zone) => {
                let wrong = |_| usage(format!("`{}` is no time zone; write one as Europe/Berlin", show::clean(zone)));
                TimeZone::get(zone).map_err(wrong)?;
                told.zone = Some(zone.to_owned());
            }
        }
        match self.away.as_deref() {
            None => {}
            Some(NONE) => told.away_until = None,
            Some(text) => told.away_until = Some(until::read(text, &room.community)?),
        }
        Ok(told)
    }
}

/// Words in lower case, each once; none for `none`.
fn words(given: Vec<String>) -> Vec<String> {
    let lower = given.into_iter().map(|word| word.trim().to_lowercase());
    let mut words: Vec<String> =
        lower.filter(|word| !word.is_empty() && word != NONE && !word.contains('\n')).collect();
    words.sort();
    words.dedup();
    words
}

fn as_json(person: &str, told: &Preferences) -> serde_json::Value {
    let Preferences { likes, dislikes, per_week, languages, zone, speak, mentor, review, away_until, never } = told;
    json!({ "person": person, "likes": likes, "dislikes": dislikes, "per_week": per_week, "languages": languages,
            "zone": zone, "speak": speak, "mentor": mentor, "review": review, "away_until": away_until, "never": never })
}

fn print(out: &mut Out, name: &str, told: &Preferences) -> io::Result<()> {
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let yes = |flag: bool| flag.then(|| "yes".to_owned());
    writeln!(out, "{BOLD}{name}{BOLD:#}")?;
    let mut said = false;
    for (what, value) in [
        ("likes to be asked about", list(&told.likes)),
        ("does not want to be asked about", list(&told.dislikes)),
        ("at most so often a week", told.per_week.map(|number| number.to_string())),
        ("helps in", list(&told.languages)),
        ("time zone", told.zone.clone()),
        ("willing to speak", yes(told.speak)),
        ("willing to mentor", yes(told.mentor)),
        ("willing to review", yes(told.review)),
        ("away until", told.away_until.map(show::day)),
        ("not to be asked", yes(told.never)),
    ] {
        if let Some(value) = value {
            said = true;
            writeln!(out, "  {what}: {}", show::clean(&value))?;
        }
    }
    if said { Ok(()) } else { writeln!(out, "  {FAINT}nothing is written down{FAINT:#}") }
}

impl Asked {
    /// Records or lists it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let room = Room::enter(session, self.by)?;
        let engine = output::engine(&room.workspace)?;
        let person = self.person.map(|person| who::find(&engine, &person)).transpose()?.map(|who| who.identity);
        let mut desk = room.desk()?;
        if let (Some(person), Some(case)) = (&person, &self.case) {
            let id = room.find(case)?;
            desk.asked(&person.person_id, &id, &room.who, session::now())?;
            session.printer.note(format_args!("noted: {} was asked to help with {id}", who::called(person)));
            return Ok(Done::Found);
        }
        let from = session::now().saturating_sub(i64::from(self.days).saturating_mul(model::time::DAY));
        let wanted = |id: &String| person.as_ref().is_none_or(|person| person.person_id == *id);
        let asks: BTreeMap<String, Vec<i64>> =
            desk.asks_since(from)?.into_iter().filter(|(id, _)| wanted(id)).collect();
        list(session, &room, &asks, self.days)
    }
}

fn list(session: &Session, room: &Room<'_>, asks: &BTreeMap<String, Vec<i64>>, days: u32) -> Result<Done> {
    if session.printer.json {
        session.printer.json(asks)?;
    } else if asks.is_empty() {
        session.printer.note(format_args!("nobody was asked in the last {days} days"));
    } else {
        let mut lines = Vec::new();
        for (id, times) in asks {
            let name = room.community.person(id)?.map_or_else(|| id.clone(), |page| page.person.name);
            let last = times.last().map(|time| show::time(*time)).unwrap_or_default();
            lines.push((name, times.len() as u64, last));
        }
        session.printer.data(|out| {
            lines.iter().try_for_each(|(name, times, last)| {
                writeln!(out, "{} was asked {}, last {last}", show::clean(name), show::counted(*times, "time"))
            })
        })?;
    }
    Ok(if asks.is_empty() { Done::NotFound } else { Done::Found })
}
