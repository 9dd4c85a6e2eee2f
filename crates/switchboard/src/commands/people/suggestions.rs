//! `switchboard people suggestions`: who may be one person, and why.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::export::rows;
use super::who::{self, Identity};
use crate::commands::{Done, output};
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// List who may be one person, the likeliest first, and why
///
/// Nothing is merged on a likeness: `people merge A B` says that they are one, `people refuse A B` that they
/// are not, `people refuse A B --for DAYS` puts it off. Exit code 1 if there is nothing to suggest.
#[derive(Debug, Args)]
pub struct Suggestions {
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

#[derive(Debug, Deserialize)]
struct Row {
    person_id: String,
    other_id: String,
    score: f64,
    reasons: Vec<String>,
    against: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Person {
    person_id: String,
    name: Option<String>,
    identities: Vec<Identity>,
}

impl Suggestions {
    /// Lists them.
    pub fn run(self, session: &Session) -> Result<Done> {
        let engine = output::engine(&session.workspace()?)?;
        let query = "SELECT person_id, other_id, score, reasons, against FROM suggestions \
                     ORDER BY score DESC, person_id, other_id";
        let mut all: Vec<Row> = rows(&engine, query)?;
        let (total, mut implied) = (all.len(), 0);
        if !session.printer.json {
            // What follows from two others is seen once they are decided.
            all.retain(|row| row.reasons != [people::Reason::BothAThird.words()]);
            implied = total - all.len();
        }
        let more = all.len().saturating_sub(self.limit);
        all.truncate(self.limit);
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        for id in all.iter().flat_map(|row| [&row.person_id, &row.other_id]) {
            if !people.contains_key(id) {
                let identities = who::identities(&engine, id)?;
                let name = identities.iter().rev().find_map(|one| one.name.clone());
                people.insert(id.clone(), Person { person_id: id.clone(), name, identities });
            }
        }
        if session.printer.json {
            let suggestion = |row: &Row| {
                let Row { person_id, other_id, score, reasons, against } = row;
                json!({ "score": score, "a": people.get(person_id), "b": people.get(other_id),
                        "reasons": reasons, "against": against })
            };
            let list: Vec<_> = all.iter().map(suggestion).collect();
            session.printer.json(&json!({ "total": total, "suggestions": list }))?;
        } else if all.is_empty() {
            session.printer.note("nobody here looks like somebody else");
        } else {
            session.printer.data(|out| {
                all.iter().try_for_each(|row| print(out, row, &people))?;
                if more + implied > 0 {
                    writeln!(out, "\n{FAINT}and {more} more (--limit), {implied} that follow from others{FAINT:#}")?;
                }
                writeln!(out, "\n{FAINT}people merge A B, or people refuse A B, by the ids above{FAINT:#}")
            })?;
        }
        Ok(if total == 0 { Done::NotFound } else { Done::Found })
    }
}

fn print(out: &mut Out, row: &Row, people: &BTreeMap<String, Person>) -> io::Result<()> {
    let reasons = row.reasons.join("; ");
    writeln!(out, "\n{BOLD}{:.0} %{BOLD:#} {}", row.score * 100.0, show::clean(&reasons))?;
    if !row.against.is_empty() {
        writeln!(out, "  {FAINT}but {}{FAINT:#}", show::clean(&row.against.join("; ")))?;
    }
    for person in [&row.person_id, &row.other_id].into_iter().filter_map(|id| people.get(id)) {
        let (first, others) = match person.identities.split_first() {
            Some((first, others)) => (who::line(first), others.len()),
            None => (person.person_id.clone(), 0),
        };
        let others = if others > 0 { format!(" and {others} more") } else { String::new() };
        writeln!(out, "  {first}{FAINT}{others}{FAINT:#}")?;
    }
    Ok(())
}
