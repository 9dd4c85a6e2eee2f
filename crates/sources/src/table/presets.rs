//! Exports whose columns are known: data, a table each.
//!
//! A file belongs to the first table whose marks are all among its columns; alternatives stand behind `|`.
//! Spelling is matched leniently everywhere (see [`super::names`]).

use super::mapping::Kind;
use super::names;
use super::when::DateOrder;

mod common_room;
mod meetup;
mod orbit;
mod savannah;
mod x;

/// Whose export it is.
#[derive(Debug)]
pub struct Preset {
    /// As in the configuration.
    pub name: &'static str,
    /// As people call it.
    pub title: &'static str,
    /// The files that it exports.
    pub tables: &'static [Table],
}

/// One file of an export.
#[derive(Debug)]
pub struct Table {
    /// Its name, which is also the kind of its items.
    pub name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// Further columns without which it is not recognised where nobody names the preset; `None` if it never is.
    pub unnamed: Option<&'static [&'static str]>,
    /// What a row is.
    pub rows: Kind,
    /// Columns by which it is recognised.
    pub marks: &'static [&'static str],
    /// Which field is in which column, the first of several that is there.
    pub columns: &'static [(&'static str, &'static [&'static str])],
    /// Fields that are the same in every row.
    pub fixed: &'static [(&'static str, &'static str)],
    /// Fields that the file's name tells.
    pub from_file: &'static [&'static str],
    /// Columns with accounts, by site.
    pub accounts: &'static [(&'static str, &'static [&'static str])],
    /// Columns that each hold a measurement.
    pub values: &'static [&'static str],
    /// Its words in lower case, and ours.
    pub words: &'static [(&'static str, &'static str)],
    /// Where its ids are unique.
    pub site: Option<&'static str>,
    /// Which number in its dates is the day.
    pub date_order: Option<DateOrder>,
}

impl Table {
    /// A table of which nothing is told.
    const fn new(name: &'static str, title: &'static str, rows: Kind, marks: &'static [&'static str]) -> Table {
        Table {
            name,
            title,
            unnamed: Some(&[]),
            rows,
            marks,
            columns: &[],
            fixed: &[],
            from_file: &[],
            accounts: &[],
            values: &[],
            words: &[],
            site: None,
            date_order: None,
        }
    }
}

/// Every preset, alphabetical.
pub static PRESETS: &[&Preset] =
    &[&common_room::PRESET, &meetup::PRESET, &orbit::PRESET, &savannah::PRESET, &x::PRESET];

/// Looks a preset up by its name; `twitter` is what `x` was called.
pub fn named(name: &str) -> Option<&'static Preset> {
    let name = if name == "twitter" { "x" } else { name };
    PRESETS.iter().copied().find(|preset| names::same(preset.name, name))
}

/// Whether a mark is among columns: one of its alternatives.
pub fn is_marked(mark: &str, has: impl Fn(&str) -> bool) -> bool {
    mark.split('|').any(has)
}

/// The preset and its table that these columns belong to without being named.
pub fn recognize(columns: &[String]) -> Option<(&'static Preset, &'static Table)> {
    let has = |name: &str| columns.iter().any(|column| names::same(column, name));
    let tables = PRESETS.iter().flat_map(|preset| preset.tables.iter().map(|table| (*preset, table)));
    let fits = |marks: &[&str]| marks.iter().all(|mark| is_marked(mark, has));
    tables.into_iter().find(|(_, table)| table.unnamed.is_some_and(fits) && fits(table.marks))
}
