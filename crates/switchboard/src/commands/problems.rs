//! `switchboard problems`: what could not be read or understood.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use engine::Engine;
use engine::format::{self, Format};
use serde_json::{Value, json};

use super::{Done, output};
use crate::printer::BOLD;
use crate::session::Session;
use crate::show;

/// List what could not be read or understood, by source, file and place
///
/// Every good neighbour of a problem was kept.
#[derive(Debug, Args)]
pub struct Problems {
    /// Of this source only
    #[arg(value_name = "SOURCE")]
    source: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: u64,
}

impl Problems {
    /// Lists them: how often each came up, then one by one.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        workspace.config()?.named(self.source.as_slice())?;
        let engine = output::engine(&workspace)?;
        // Names of sources are letters, digits, `-`, `_` and `.`: nothing to quote.
        let of = self.source.map(|source| format!("WHERE source = '{source}'")).unwrap_or_default();
        let counts = format!(
            "SELECT source, what, stage, count(*) AS problems FROM problems {of} \
             GROUP BY source, what, stage ORDER BY source, problems DESC, what"
        );
        let list = format!(
            "SELECT source, file, \"offset\", what, detail FROM problems {of} \
             ORDER BY source, file, \"offset\", what, detail LIMIT {}",
            self.limit
        );
        let counted = rows(&engine, &counts)?;
        if session.printer.json {
            session.printer.json(&json!({ "counts": counted, "problems": rows(&engine, &list)? }))?;
        } else if counted.is_empty() {
            session.printer.note("no problems");
        } else {
            let (counts, list) = (table(&engine, &counts)?, table(&engine, &list)?);
            session.printer.data(|out| {
                writeln!(out, "{BOLD}How often{BOLD:#}")?;
                out.write_all(&counts)?;
                writeln!(out, "\n{BOLD}Where{BOLD:#}")?;
                out.write_all(&list)
            })?;
            let all: u64 = counted.iter().filter_map(|row| row["problems"].as_u64()).sum();
            if all > self.limit {
                session.printer.note(format_args!("{} in all; --limit {all} lists them", show::count(all)));
            }
        }
        Ok(Done::Found)
    }
}

fn table(engine: &Engine, query: &str) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    format::write(engine.query(query)?, &Format::Table { cell: 80, rows: None }, &mut text)?;
    Ok(text)
}

fn rows(engine: &Engine, query: &str) -> Result<Vec<Value>> {
    let mut lines = Vec::new();
    format::write(engine.query(query)?, &Format::Jsonl, &mut lines)?;
    Ok(serde_json::Deserializer::from_slice(&lines).into_iter().collect::<Result<_, _>>()?)
}
