//! `switchboard sources`: the kinds of sources, from the same list that runs them.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Serialize;
use source::Source;
use sources::SOURCES;

use super::Done;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;

/// List every kind of source with an example of its configuration
#[derive(Debug, Args)]
pub struct Sources {
    /// One kind, with all that there is to know about it
    #[arg(value_parser = kinds())]
    kind: Option<String>,
}

/// The kinds, as values of an argument.
pub fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(SOURCES.iter().map(|source| source.kind))
}

#[derive(Serialize)]
struct SourceLine {
    kind: &'static str,
    title: &'static str,
    place: &'static str,
    about: &'static str,
    example: &'static str,
}

impl Sources {
    /// Prints the list, or one kind.
    pub fn run(self, session: &Session) -> Result<Done> {
        let source = self.kind.as_deref().and_then(sources::named);
        match (source, session.printer.json) {
            (Some(source), true) => session.printer.json(&line(source))?,
            (None, true) => session.printer.json(&SOURCES.iter().map(|source| line(source)).collect::<Vec<_>>())?,
            (Some(source), false) => session.printer.data(|out| {
                head(out, source)?;
                writeln!(out, "\n{}\n", source.about.trim())?;
                example(out, source)
            })?,
            (None, false) => session.printer.data(list)?,
        }
        Ok(Done::Found)
    }
}

fn line(source: &'static Source) -> SourceLine {
    let Source { kind, title, about, example, .. } = source;
    SourceLine { kind, title, place: source.place.as_str(), about, example }
}

fn list(out: &mut Out) -> std::io::Result<()> {
    for source in SOURCES {
        head(out, source)?;
        example(out, source)?;
        writeln!(out)?;
    }
    writeln!(
        out,
        "{FAINT}`switchboard sources KIND` says more about one; `switchboard add` writes its section.{FAINT:#}"
    )
}

fn head(out: &mut Out, source: &Source) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#} ({}): {}", source.kind, source.place.as_str(), source.title)
}

fn example(out: &mut Out, source: &Source) -> std::io::Result<()> {
    writeln!(out, "    [sources.NAME]\n    kind = \"{}\"", source.kind)?;
    source.example.trim().lines().try_for_each(|line| writeln!(out, "    {line}"))
}
