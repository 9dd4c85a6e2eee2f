//! `switchboard sql`: any question that a query can ask.

use std::io::Read;

use anyhow::{Context, Result};
use clap::Args;

use super::Done;
use super::output::{self, Output};
use crate::session::Session;

/// Ask the tables in SQL
///
/// `switchboard tables` describes them. Tables can be read, never changed.
#[derive(Debug, Args)]
pub struct Sql {
    /// The query; `-` reads it from stdin
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// Where to, and how.
    #[command(flatten)]
    output: Output,
}

impl Sql {
    /// Runs it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let mut query = self.query;
        if query == "-" {
            query.clear();
            std::io::stdin().read_to_string(&mut query).context("cannot read the query from stdin")?;
        }
        let engine = output::engine(&session.workspace()?)?;
        let answer = engine.query(&query)?;
        self.output.write(&session.printer, |format, mut out| engine::format::write(answer, format, &mut out))?;
        Ok(Done::Found)
    }
}
