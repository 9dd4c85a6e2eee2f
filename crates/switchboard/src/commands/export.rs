//! `switchboard export`: a whole table for other tools.

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use model::tables::TABLES;

use super::Done;
use super::output::{self, Output};
use crate::session::Session;

/// Write a whole table for other tools
///
/// The tables are Parquet files already, in the workspace's folder tables/: tools that read those
/// need no export.
#[derive(Debug, Args)]
pub struct Export {
    /// The table
    #[arg(value_parser = PossibleValuesParser::new(TABLES.iter().map(|table| table.name)))]
    table: String,
    /// Where to, and how.
    #[command(flatten)]
    output: Output,
}

impl Export {
    /// Writes it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let engine = output::engine(&session.workspace()?)?;
        self.output.write(&session.printer, |format, mut out| engine.export(&self.table, format, &mut out))?;
        Ok(Done::Found)
    }
}
