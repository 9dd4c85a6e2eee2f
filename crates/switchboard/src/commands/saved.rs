//! Texts kept under a name: what `canned`, `macro` and `view` share.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::{Desk, Saved, SavedKind};
use serde_json::json;

use super::Done;
use super::case::By;
use crate::cli::usage;
use crate::printer::{BOLD, FAINT};
use crate::session::{self, Session};
use crate::show;

/// A text of at most so many bytes is read from a file.
const LONGEST: u64 = 1 << 20;

/// What to keep, and under which name.
#[derive(Debug, Args)]
pub struct Keep {
    /// Its name: letters, digits, `-` and `_`
    name: String,
    /// The text
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: Vec<String>,
    /// Read the text from this file; `-` is what comes in
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
    #[command(flatten)]
    by: By,
}

/// What is kept under which name.
#[derive(Debug, Args)]
pub struct Named {
    /// Its name
    name: String,
    #[command(flatten)]
    by: By,
}

impl Keep {
    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Keeps it, if `check` finds nothing wrong with the text.
    pub fn run(self, session: &Session, kind: SavedKind, check: impl FnOnce(&str) -> Result<()>) -> Result<Done> {
        let text = self.text()?;
        check(&text)?;
        let workspace = session.workspace()?;
        Desk::open(&workspace.desk())?.save(kind, &self.name, &text, &self.by.who, session::now())?;
        session.printer.note(format_args!("the {} `{}` is kept", kind.as_str(), self.name));
        if session.printer.json {
            session.printer.json(&json!({ "name": self.name, "text": text }))?;
        }
        Ok(Done::Found)
    }

    fn text(&self) -> Result<String> {
        let Some(file) = &self.file else {
            let text = self.text.join(" ");
            return if text.trim().is_empty() {
                Err(usage("write a text, or name a file with --file"))
            } else {
                Ok(text)
            };
        };
        let mut text = String::new();
        let read = match file.to_str() {
            Some("-") => std::io::stdin().take(LONGEST).read_to_string(&mut text),
            _ => std::fs::File::open(file).and_then(|file| file.take(LONGEST).read_to_string(&mut text)),
        };
        read.with_context(|| format!("cannot read {}", file.display()))?;
        Ok(text)
    }
}

impl Named {
    /// Removes it.
    pub fn remove(self, session: &Session, kind: SavedKind) -> Result<Done> {
        let workspace = session.workspace()?;
        Desk::open(&workspace.desk())?.unsave(kind, &self.name, &self.by.who, session::now())?;
        session.printer.note(format_args!("the {} `{}` is removed", kind.as_str(), self.name));
        Ok(Done::Found)
    }

    /// Shows it.
    pub fn show(self, session: &Session, kind: SavedKind) -> Result<Done> {
        let saved = Desk::open(&session.workspace()?.desk())?.saved(kind, &self.name)?;
        if session.printer.json {
            session.printer.json(&as_json(&saved))?;
        } else {
            session
                .printer
                .data(|out| saved.text.lines().try_for_each(|line| writeln!(out, "{}", show::clean(line))))?;
        }
        Ok(Done::Found)
    }
}

/// Lists everything of a kind; exit code 1 if there is nothing.
pub fn list(session: &Session, kind: SavedKind) -> Result<Done> {
    let all = Desk::open(&session.workspace()?.desk())?.all_saved(kind)?;
    let printer = &session.printer;
    if printer.json {
        printer.json(&all.values().map(as_json).collect::<Vec<_>>())?;
    } else if all.is_empty() {
        printer.note(format_args!("no {} is kept yet", kind.as_str()));
    } else {
        printer.data(|out| {
            all.values().try_for_each(|saved| {
                let first = saved.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                let (first, who) = (show::cut(first, 80).into_owned(), show::clean(&saved.who));
                writeln!(
                    out,
                    "{BOLD}{}{BOLD:#}  {} {FAINT}{who}, {}{FAINT:#}",
                    saved.name,
                    show::clean(&first),
                    show::day(saved.at)
                )
            })
        })?;
    }
    Ok(if all.is_empty() { Done::NotFound } else { Done::Found })
}

fn as_json(saved: &Saved) -> serde_json::Value {
    json!({ "name": saved.name, "text": saved.text, "who": saved.who, "at": saved.at })
}
