//! `switchboard status`: what each source holds and how its last run went.

use std::io::{self, Write};

use anyhow::Result;
use archive::{Archive, Tables};
use clap::Args;
use insight::views::SourceLine;
use serde::Serialize;

use super::Done;
use crate::lock::Lock;
use crate::printer::{BAD, FAINT, Out};
use crate::runs::{Run, Runs};
use crate::session::{self, Session};
use crate::show;
use crate::workspace::Workspace;

/// Show what each source holds, how its last run went, and its problems
#[derive(Debug, Args)]
pub struct Status {}

/// One source.
#[derive(Debug, Serialize)]
struct Line {
    source: String,
    /// `None` for one that is in the archive but no longer in switchboard.toml.
    kind: Option<&'static str>,
    segments: u64,
    items: u64,
    /// Bytes of its items, uncompressed.
    bytes: u64,
    messages: u64,
    activities: u64,
    problems: u64,
    last_run: Option<Run>,
    cursor: serde_json::Value,
}

impl Status {
    /// Prints it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let lines = lines(&workspace)?;
        if session.printer.json {
            session.printer.json(&lines)?;
        } else if lines.is_empty() {
            session
                .printer
                .note("there are no sources yet; `switchboard sources` lists the kinds, `switchboard add` adds one");
        } else {
            session.printer.data(|out| print(out, &lines))?;
        }
        if let Some(holder) = Lock::holder(&workspace) {
            session.printer.note(format_args!("{holder} is writing to this workspace now"));
        }
        Ok(Done::Found)
    }
}

/// The configured sources in their order, then what else is in the archive.
fn lines(workspace: &Workspace) -> Result<Vec<Line>> {
    let config = workspace.config()?;
    let runs = Runs::read(&workspace.runs());
    let tables = Tables::new(&workspace.tables());
    let held = tables.manifest()?.map(|manifest| insight::source_lines(&tables, &manifest)).transpose()?;
    let held = held.unwrap_or_default();
    // Looking must not make a folder: the workspace may be read-only.
    let folder = workspace.archive();
    let archive = if folder.is_dir() { Some(Archive::open_existing(&folder)?) } else { None };
    let mut lines = Vec::new();
    for source in &config.sources {
        lines.push(line(source.name(), Some(source.source.kind), archive.as_ref(), &held, &runs)?);
    }
    for name in archive.as_ref().map(Archive::sources).transpose()?.unwrap_or_default() {
        if lines.iter().all(|line| line.source != name) {
            lines.push(line(&name, None, archive.as_ref(), &held, &runs)?);
        }
    }
    Ok(lines)
}

fn line(
    name: &str,
    kind: Option<&'static str>,
    archive: Option<&Archive>,
    held: &[SourceLine],
    runs: &Runs,
) -> Result<Line> {
    let held = held.iter().find(|line| line.source == name);
    let mut line = Line {
        source: name.to_owned(),
        kind,
        segments: 0,
        items: 0,
        bytes: 0,
        messages: held.map_or(0, |held| held.messages),
        activities: held.map_or(0, |held| held.activities),
        problems: held.map_or(0, |held| held.problems),
        last_run: runs.get(name).cloned(),
        cursor: serde_json::Value::Null,
    };
    let Some(archive) = archive else { return Ok(line) };
    for number in archive.numbers(name)? {
        let segment = archive.segment(name, number)?;
        let head = segment.head();
        line.segments += 1;
        line.items += head.items;
        line.bytes += head.bytes;
        line.cursor = head.cursor.clone();
    }
    Ok(line)
}

fn print(out: &mut Out, lines: &[Line]) -> io::Result<()> {
    let now = session::now();
    let row = |line: &Line| {
        vec![
            line.source.clone(),
            line.kind.unwrap_or("not configured").to_owned(),
            show::count(line.items),
            show::bytes(line.bytes),
            show::count(line.messages),
            show::count(line.activities),
            show::count(line.problems),
            line.last_run.as_ref().map_or("never".to_owned(), |run| last_run(run, now)),
            if line.cursor.is_null() { String::new() } else { show::cut(&line.cursor.to_string(), 40).into_owned() },
        ]
    };
    let head = ["source", "kind", "items", "size", "messages", "activities", "problems", "last run", "cursor"];
    show::columns(out, &head, &lines.iter().map(row).collect::<Vec<_>>(), &[2, 3, 4, 5, 6])?;
    for line in lines {
        if let Some(error) = line.last_run.as_ref().and_then(|run| run.error.as_ref()) {
            writeln!(out, "\n{BAD}{}{BAD:#}: {}", line.source, show::clean(error))?;
        }
    }
    if lines.iter().any(|line| line.problems > 0) {
        writeln!(out, "\n{FAINT}`switchboard problems [SOURCE]` lists the problems.{FAINT:#}")?;
    }
    Ok(())
}

fn last_run(run: &Run, now: model::Timestamp) -> String {
    let ago = show::length(now.saturating_sub(run.started));
    match run.items {
        Some(items) => format!("{ago} ago, {} new", show::count(items)),
        None => format!("{ago} ago, failed"),
    }
}
