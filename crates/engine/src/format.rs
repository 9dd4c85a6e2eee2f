//! Writing an answer: for a person, a spreadsheet, a script, a notebook.
//!
//! All of them stream. Instants are RFC 3339 in UTC, lists are JSON arrays (in Parquet both are what
//! they are).

mod csv;
mod jsonl;
mod parquet;
mod rows;
mod table;
mod values;

pub use rows::{Rows, rows};

use std::io::Write;

use crate::{Answer, EngineError, Result};

/// How to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned text for a terminal.
    Table {
        /// Longest cell, in columns of the terminal; what is longer ends in `…`.
        cell: usize,
        /// Most rows written; `None` for all.
        rows: Option<u64>,
    },
    /// Comma-separated with a header line, RFC 4180. A null is nothing, an empty text is `""`.
    Csv,
    /// One JSON object per line, nulls included.
    Jsonl,
    /// A Parquet file, compressed with zstd.
    Parquet,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// True if there were more that [`Format::Table::rows`] left out.
    pub more: bool,
}

impl Format {
    /// The names that [`Format::parse`] knows.
    pub const NAMES: &'static [&'static str] = &["table", "csv", "jsonl", "parquet"];

    /// The format of this name, with cells of up to 60 columns and every row; `None` for another name.
    pub fn parse(name: &str) -> Option<Format> {
        match name {
            "table" => Some(Format::Table { cell: 60, rows: None }),
            "csv" => Some(Format::Csv),
            "jsonl" => Some(Format::Jsonl),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// Writes an answer to its end. `out` need not be buffered.
pub fn write(answer: Answer, format: &Format, out: &mut (impl Write + Send)) -> Result<Written> {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, out);
    let written = match *format {
        Format::Table { cell, rows } => table::write(answer, cell, rows, &mut out),
        Format::Csv => csv::write(answer, &mut out),
        Format::Jsonl => jsonl::write(answer, &mut out),
        Format::Parquet => parquet::write(answer, &mut out),
    }?;
    out.flush()?;
    Ok(written)
}

/// What Arrow's writers say: a failing disk or pipe is told apart from a value they cannot spell.
fn layout_or_write(error: arrow::error::ArrowError) -> EngineError {
    match error {
        arrow::error::ArrowError::IoError(_, error) => EngineError::Write(error),
        other => layout(other),
    }
}

fn layout(error: impl ToString) -> EngineError {
    EngineError::Layout(error.to_string())
}
