//! `switchboard tables`: what the tables hold, from the same list that makes them.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use model::tables::{Column, TABLES, Table};
use serde::Serialize;

use super::Done;
use crate::printer::{BOLD, FAINT, Out};
use crate::session::Session;
use crate::show;

/// Describe the tables: every column, its unit and where it comes from
#[derive(Debug, Args)]
pub struct Tables {
    /// One table, with its columns
    #[arg(value_parser = PossibleValuesParser::new(TABLES.iter().map(|table| table.name)))]
    name: Option<String>,
}

#[derive(Serialize)]
struct TableLine {
    name: &'static str,
    about: &'static str,
    partitioned: bool,
    sort: &'static [&'static str],
    columns: Vec<ColumnLine>,
}

#[derive(Serialize)]
struct ColumnLine {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    nullable: bool,
    about: &'static str,
}

impl Tables {
    /// Prints the list, or one table.
    pub fn run(self, session: &Session) -> Result<Done> {
        let table = self.name.as_deref().and_then(Table::named);
        match (table, session.printer.json) {
            (Some(table), true) => session.printer.json(&line(table))?,
            (None, true) => session.printer.json(&TABLES.iter().map(|table| line(table)).collect::<Vec<_>>())?,
            (Some(table), false) => session.printer.data(|out| describe(out, table))?,
            (None, false) => session.printer.data(list)?,
        }
        Ok(Done::Found)
    }
}

fn line(table: &'static Table) -> TableLine {
    let column = |column: &'static Column| {
        let Column { name, kind, nullable, about } = column;
        ColumnLine { name, kind: kind.as_str(), nullable: *nullable, about }
    };
    let columns = table.columns.iter().map(column).collect();
    TableLine { name: table.name, about: table.about, partitioned: table.partitioned, sort: table.sort, columns }
}

fn list(out: &mut Out) -> std::io::Result<()> {
    let row = |table: &&Table| vec![table.name.to_owned(), table.about.to_owned()];
    show::columns(out, &["table", "one row is"], &TABLES.iter().map(row).collect::<Vec<_>>(), &[])?;
    writeln!(out, "\n{FAINT}`switchboard tables NAME` lists the columns of one.{FAINT:#}")
}

fn describe(out: &mut Out, table: &Table) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}: {}\n", table.name, table.about)?;
    let row = |column: &Column| {
        let null = if column.nullable { "or null" } else { "" };
        [column.name, column.kind.as_str(), null, column.about].map(str::to_owned).to_vec()
    };
    let rows: Vec<_> = table.columns.iter().map(row).collect();
    show::columns(out, &["column", "type", "", "what it says"], &rows, &[])?;
    let layout = if table.partitioned { "in folders source=…/month=YYYY-MM" } else { "in one file" };
    writeln!(out, "\n{FAINT}Parquet {layout}, sorted by {}.{FAINT:#}", table.sort.join(", "))
}
