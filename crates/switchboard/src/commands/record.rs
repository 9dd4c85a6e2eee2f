//! What `actions`, `announcements`, `events`, `stories` and `peers` share: keeping records that are written as forms.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use clap::Subcommand;
use desk::{Desk, Field, FieldKind, Filled, Form};
use serde_json::json;

use super::Done;
use super::case::By;
use super::saved::reading;
use crate::cli::usage;
use crate::printer::{BOLD, FAINT};
use crate::session::{self, Session};
use crate::show;

/// What can be done with what the team wrote down.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// What is written down
    List,
    /// One of them, field by field
    Show {
        /// Its name
        name: String,
    },
    /// Write one down, or change one: FIELD=TEXT …; an empty text clears the field
    Keep {
        /// The one to change; without it, a new one is made
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Fields, as what="Answer the chat on Fridays"
        #[arg(value_name = "FIELD=TEXT", required = true)]
        fields: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// Forget one
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        by: By,
    },
}

impl RecordCommand {
    /// Does it with the records of the form of this name.
    pub fn run(self, session: &Session, form: &str) -> Result<Done> {
        let form = Form::named(form).ok_or_else(|| usage(format!("there is no form {form}")))?;
        let workspace = session.workspace()?;
        let printer = &session.printer;
        match self {
            RecordCommand::List => {
                let all = form.all(&reading(&workspace)?)?;
                if printer.json {
                    printer.json(&all.iter().map(as_json).collect::<Vec<_>>())?;
                } else if all.is_empty() {
                    printer.note(format_args!("no {} is written down yet", form.kind.as_str()));
                } else {
                    printer.data(|out| {
                        all.iter().try_for_each(|one| {
                            let title = form.fields.first().map(|field| one.text(field.name)).unwrap_or_default();
                            writeln!(
                                out,
                                "{BOLD}{}{BOLD:#}  {}  {FAINT}{}, {}{FAINT:#}",
                                show::clean(&one.name),
                                show::clean(&show::cut(title, 90)),
                                show::clean(&one.who),
                                show::day(one.at)
                            )
                        })
                    })?;
                }
                Ok(if all.is_empty() { Done::NotFound } else { Done::Found })
            }
            RecordCommand::Show { name } => {
                let one = form.one(&reading(&workspace)?, &name)?;
                if printer.json {
                    printer.json(&as_json(&one))?;
                } else {
                    printer.data(|out| {
                        form.fields.iter().filter(|field| !one.text(field.name).is_empty()).try_for_each(|field| {
                            let text = one.text(field.name).lines().map(show::clean).collect::<Vec<_>>().join("\n  ");
                            writeln!(out, "{BOLD}{}{BOLD:#}  {text}", field.name)
                        })
                    })?;
                }
                Ok(Done::Found)
            }
            RecordCommand::Keep { name, fields, by } => {
                let mut desk = Desk::open(&workspace.desk())?;
                let mut texts: BTreeMap<String, String> = match &name {
                    Some(name) if desk.all_saved(form.kind)?.contains_key(name) => {
                        let texts = form.one(&desk, name)?.texts;
                        texts.into_iter().map(|(field, text)| (field.to_owned(), text)).collect()
                    }
                    _ => BTreeMap::new(),
                };
                for pair in &fields {
                    let (field, text) =
                        pair.split_once('=').ok_or_else(|| usage(format!("{pair}: write FIELD=TEXT")))?;
                    if !form.fields.iter().any(|known| known.name == field) {
                        return Err(usage(format!("there is no field {field}; there are\n{}", described(form.fields))));
                    }
                    texts.insert(field.to_owned(), text.to_owned());
                }
                let name = form.keep(&mut desk, name.as_deref(), &texts, &by.who, session::now())?;
                printer.note(format_args!("the {} `{name}` is kept", form.kind.as_str()));
                if printer.json {
                    printer.json(&as_json(&form.one(&desk, &name)?))?;
                }
                Ok(Done::Found)
            }
            RecordCommand::Remove { name, by } => {
                Desk::open(&workspace.desk())?.unsave(form.kind, &name, &by.who, session::now())?;
                printer.note(format_args!("the {} `{name}` is removed", form.kind.as_str()));
                Ok(Done::Found)
            }
        }
    }
}

/// The fields, a line each.
fn described(fields: &[Field]) -> String {
    let line = |field: &Field| {
        let what = match field.kind {
            FieldKind::Line => "one line".to_owned(),
            FieldKind::Text => "text".to_owned(),
            FieldKind::Lines => "a list, one thing a line".to_owned(),
            FieldKind::Day => "a day as 2026-11-23".to_owned(),
            FieldKind::Choice(words) => words.join(" | "),
            FieldKind::Yes => "yes, or nothing".to_owned(),
        };
        format!("  {}: {} ({what}{})", field.name, field.label, if field.must { ", must be there" } else { "" })
    };
    fields.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn as_json(one: &Filled) -> serde_json::Value {
    json!({ "name": one.name, "fields": one.texts, "who": one.who, "at": one.at })
}
