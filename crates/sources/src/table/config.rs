//! Options of the `table` source.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::mapping::Kind;
use super::when::DateOrder;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableOptions {
    /// A file, a folder, or a zip or tar of such files.
    pub path: PathBuf,
    /// Which files of a folder, as `*.csv`; by default those that look like tables.
    pub glob: Option<String>,
    /// What a row is.
    pub rows: Option<Kind>,
    /// Whose export it is: then rows and columns are known.
    pub preset: Option<String>,
    /// What a row's fields are called in the file.
    #[serde(default)]
    pub columns: BTreeMap<String, Column>,
    /// Columns with a person's accounts elsewhere, by site: `"github.com" = "GitHub"`.
    #[serde(default)]
    pub accounts: BTreeMap<String, Column>,
    /// Columns that each hold a measurement.
    #[serde(default)]
    pub values: Vec<String>,
    /// Columns that tell measurements of one name apart.
    #[serde(default)]
    pub labels: Vec<String>,
    /// The file's words for what was done, and ours: `"RSVP" = "attended"`.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// The site on which ids and account names are, as `x.com`: what other sources see there is the same.
    pub site: Option<String>,
    /// How times are written, as `strftime` has it.
    pub time_format: Option<String>,
    /// Which of two small numbers in a date is the day.
    pub date_order: Option<DateOrder>,
    /// What holds for times without a zone, as `Europe/Berlin`; UTC by default.
    pub timezone: Option<String>,
    /// What separates whole from parts in numbers, where it is always the same.
    pub decimal: Option<char>,
    /// True where texts are HTML.
    #[serde(default)]
    pub html: bool,
    /// What separates columns; found out by default.
    pub delimiter: Option<char>,
    /// How text is encoded, as `windows-1252`; found out by default.
    pub encoding: Option<String>,
    /// False where the first line is a row already: columns are then called `1`, `2` …
    #[serde(default = "yes")]
    pub header: bool,
    /// Lines before the header.
    #[serde(default)]
    pub skip_lines: usize,
}

/// Where a field's value comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "write a column's name, a list of names, { value = \"the same for every row\" } or { from = \"file\" }"
)]
pub enum Column {
    /// A column's name.
    Name(String),
    /// Names of which the first one counts that is there and not empty.
    Names(Vec<String>),
    /// Something else than a column, or a column and what holds where it is empty.
    Told(Told),
}

/// What is no plain column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The column's name.
    pub column: Option<String>,
    /// The same for every row, or for every row where the column is empty.
    pub value: Option<String>,
    /// What is not in the file but is of it.
    pub from: Option<From>,
}

/// What is not in a file but is of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// Its name without folders and endings.
    File,
}

fn yes() -> bool {
    true
}
