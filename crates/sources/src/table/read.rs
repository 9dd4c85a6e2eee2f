//! Reading tables of any format, row by row.
//!
//! Every row is given as a JSON object of column and text, the columns in the file's order. That is what an
//! item keeps: see the [module's](super) word on it.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::Encoding;
use model::Problem;

use super::config::TableOptions;
use crate::files::FoundFile;

mod csv;
mod decode;
mod delimiter;
mod json;
mod object;
mod parquet;
mod quotes;

use decode::Decoded;

pub use csv::head_columns;

/// Bytes of the largest row that is kept. What is longer is a quote left open, or no table.
pub const LONGEST_ROW: usize = 8 << 20;
/// More columns than this no table has.
pub const MOST_COLUMNS: usize = 10_000;

/// How files are read: what the options say of it.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// What separates columns, if told.
    pub delimiter: Option<u8>,
    /// How text is encoded, if told.
    pub encoding: Option<&'static Encoding>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Lines before it.
    pub skip_lines: usize,
}

impl How {
    /// Checks the options.
    pub fn of(options: &TableOptions) -> Result<How, String> {
        let delimiter = match options.delimiter {
            None => None,
            Some(mark) if mark.is_ascii() && !matches!(mark, '"' | '\n' | '\r') => Some(mark as u8),
            Some(mark) => return Err(format!("`delimiter` cannot be {mark:?}; write \",\", \";\", \"\\t\" or \"|\"")),
        };
        let encoding = options.encoding.as_deref().map(|label| {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                format!("there is no encoding `{label}`; write it as \"utf-8\", \"windows-1252\" or \"gbk\"")
            })
        });
        Ok(How { delimiter, encoding: encoding.transpose()?, header: options.header, skip_lines: options.skip_lines })
    }
}

/// A row; [`Table::bytes`] is what it says.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Where it begins: for cursors, always larger than that of the row before.
    pub offset: u64,
    /// Where a person finds it: the line in a CSV file, the byte in a JSON file, the row in a Parquet file.
    pub place: u64,
    /// What is odd about it, though it can be read.
    pub odd: Option<&'static str>,
}

/// A place in a file that is no row, and why.
#[derive(Debug)]
pub struct NoRow {
    /// As [`Row::offset`].
    pub offset: u64,
    /// As [`Row::place`].
    pub place: u64,
    /// A short fixed phrase.
    pub what: &'static str,
}

/// A table that is open.
pub enum Table {
    /// Comma-separated, or by another character.
    Csv(Box<csv::CsvTable<Decoded>>),
    /// JSON lines, or an array.
    Json(Box<json::JsonTable>),
    /// Parquet.
    Parquet(Box<parquet::ParquetTable>),
}

/// Endings of the files that are read where no glob says which; those of `.gz` and the like are off by then.
pub const ENDINGS: [&str; 11] =
    [".csv", ".tsv", ".tab", ".psv", ".txt", ".xls", ".json", ".jsonl", ".ndjson", ".parquet", ".js"];

impl Table {
    /// Opens a file; its format is told by its name, else by its first bytes.
    pub fn open(file: &FoundFile, how: &How) -> Result<Table, Problem> {
        let mut reader = file.open()?;
        let mut head = Vec::new();
        // A reader of a file never fails: it ends.
        let _ = Read::by_ref(&mut reader).take(512).read_to_end(&mut head);
        if head.starts_with(b"PAR1") {
            return Ok(Table::Parquet(Box::new(parquet::ParquetTable::open(file, reader.is_compressed())?)));
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(file.problem("is an Excel workbook, not a table as text", None, "save it as CSV UTF-8"));
        }
        let text = head.trim_ascii_start();
        if text
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"<html") || start.eq_ignore_ascii_case(b"<!doc"))
        {
            return Err(file.problem("is a web page, not a table", None, "download the export again"));
        }
        let name = file.plain_name().to_lowercase();
        let is_csv = [".csv", ".tsv", ".tab", ".psv"].iter().any(|ending| name.ends_with(ending));
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
        let is_json = !is_csv && (text.starts_with(b"{") || text.starts_with(b"[") || text.starts_with(b"window.YTD"));
        if is_json {
            return Ok(Table::Json(Box::new(json::JsonTable::open(file, how)?)));
        }
        Ok(Table::Csv(Box::new(csv::CsvTable::open(Decoded::new(file.open()?, how.encoding), how))))
    }

    /// The names of the columns: for JSON those of the first objects.
    pub fn columns(&self) -> &[String] {
        match self {
            Table::Csv(table) => table.columns(),
            Table::Json(table) => table.columns(),
            Table::Parquet(table) => table.columns(),
        }
    }

    /// Whether every row has the columns of [`Table::columns`] and no other.
    pub fn is_regular(&self) -> bool {
        !matches!(self, Table::Json(_))
    }

    /// The next row, or what is there instead of one.
    pub fn next_row(&mut self) -> Option<Result<Row, NoRow>> {
        match self {
            Table::Csv(table) => table.next_row(),
            Table::Json(table) => table.next_row(),
            Table::Parquet(table) => table.next_row(),
        }
    }

    /// The latest row as a JSON object.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Table::Csv(table) => table.bytes(),
            Table::Json(table) => table.bytes(),
            Table::Parquet(table) => table.bytes(),
        }
    }

    /// What one of these columns holds in the latest row: the first that is not empty.
    pub fn text(&self, columns: &[String]) -> Option<Cow<'_, str>> {
        match self {
            Table::Csv(table) => table.text(columns),
            Table::Json(table) => table.text(columns),
            Table::Parquet(table) => table.text(columns),
        }
    }

    /// A hash of what the latest row says, whatever the order of its columns: empty ones do not count.
    pub fn hash(&self) -> blake3::Hash {
        match self {
            Table::Csv(table) => table.hash(),
            Table::Json(table) => table.hash(),
            Table::Parquet(table) => table.hash(),
        }
    }

    /// Bytes of the file on disk read so far.
    pub fn consumed(&self) -> u64 {
        match self {
            Table::Csv(table) => table.get_ref().consumed(),
            Table::Json(table) => table.consumed(),
            Table::Parquet(table) => table.consumed(),
        }
    }

    /// Why the file ended before its end, if it did.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Table::Csv(table) => table.get_ref().problem(),
            Table::Json(table) => table.problem(),
            Table::Parquet(table) => table.problem(),
        }
    }
}
