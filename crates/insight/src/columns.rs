//! Reading tables into compact columns: what ranked lists walk over. Ids become row numbers (`u32`),
//! times stay microseconds UTC with [`NEVER`] for none.

use archive::{FileEntry, Manifest, Tables};
use arrow::array::{
    Array, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use model::tables::Table;
use rustc_hash::FxHashMap;

use crate::{InsightError, Result};

mod areas;
mod contributions;
mod conversations;
mod helped;
mod knowledge;
mod lives;
mod messages;
mod numbers;
mod pages;
mod people;
mod recent;
mod roster;
mod suggested;
mod traffic;
mod work;

pub(crate) use areas::Areas;
pub(crate) use contributions::{Contributions, Did};
pub(crate) use conversations::{Conversations, State};
pub(crate) use helped::Helped;
pub(crate) use knowledge::{Knowledge, Knows, SLOW, THANKED, fading};
pub(crate) use lives::{Doing, Entry, Lives};
pub(crate) use messages::{Finder, each_message};
pub(crate) use numbers::Numbers;
pub(crate) use pages::{Page, Pages};
pub(crate) use people::People;
pub(crate) use recent::{Recent, Said};
pub(crate) use roster::{Names, Roster, Stay};
pub(crate) use suggested::{Suggested, read as read_suggestions};
pub(crate) use traffic::Traffic;
pub(crate) use work::{Deed, Made, Work};

/// No row: an unknown person or conversation.
pub(crate) const NOBODY: u32 = u32::MAX;
/// No time.
pub(crate) const NEVER: i64 = i64::MIN;

/// A time out of a column, if there is one.
pub(crate) fn known(time: i64) -> Option<i64> {
    (time != NEVER).then_some(time)
}

/// The files of a table.
pub(crate) fn files<'a>(manifest: &'a Manifest, table: &Table) -> &'a [FileEntry] {
    manifest.tables.get(table.name).map_or(&[], Vec::as_slice)
}

/// Reads the named columns of some files, batch by batch.
pub(crate) fn each_batch<'a>(
    tables: &Tables,
    table: &'static Table,
    files: impl IntoIterator<Item = &'a FileEntry>,
    columns: &[&str],
    mut take: impl FnMut(&Batch) -> Result<()>,
) -> Result<()> {
    for file in files {
        for batch in tables.read(file, Some(columns))? {
            let batch = batch.map_err(|error| shape(table, error.to_string()))?;
            take(&Batch { table, batch })?;
        }
    }
    Ok(())
}

/// The numbers in its file of the rows that are read of it, in their order: not all where some are left out.
pub(crate) fn row_numbers(tables: &Tables, entry: &FileEntry) -> Result<Vec<u64>> {
    Ok(tables.seen_rows(entry)?.unwrap_or_else(|| (0..entry.rows).collect()))
}

/// Some rows of a table, its columns by name and type.
pub(crate) struct Batch {
    pub(crate) table: &'static Table,
    pub(crate) batch: RecordBatch,
}

impl Batch {
    pub(crate) fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    pub(crate) fn texts(&self, name: &str) -> Result<&StringArray> {
        self.column(name)
    }

    pub(crate) fn ints(&self, name: &str) -> Result<&Int64Array> {
        self.column(name)
    }

    pub(crate) fn floats(&self, name: &str) -> Result<&Float64Array> {
        self.column(name)
    }

    pub(crate) fn bools(&self, name: &str) -> Result<&BooleanArray> {
        self.column(name)
    }

    pub(crate) fn times(&self, name: &str) -> Result<Times<'_>> {
        self.column(name).map(Times)
    }

    pub(crate) fn lists(&self, name: &str) -> Result<Lists<'_>> {
        let lists: &ListArray = self.column(name)?;
        let values = lists.values().as_any().downcast_ref();
        let values = values.ok_or_else(|| shape(self.table, format!("`{name}` is no list of texts")))?;
        Ok(Lists { lists, values })
    }

    /// One text, if it is not null.
    pub(crate) fn text(&self, name: &str, row: usize) -> Result<Option<&str>> {
        Ok(text_at(self.texts(name)?, row))
    }

    /// One number, if it is not null.
    pub(crate) fn float(&self, name: &str, row: usize) -> Result<Option<f64>> {
        let floats = self.floats(name)?;
        Ok(floats.is_valid(row).then(|| floats.value(row)))
    }

    /// One count.
    pub(crate) fn count(&self, name: &str, row: usize) -> Result<u64> {
        Ok(u64::try_from(self.ints(name)?.value(row)).unwrap_or_default())
    }

    fn column<T: 'static>(&self, name: &str) -> Result<&T> {
        let column = self.batch.column_by_name(name).and_then(|column| column.as_any().downcast_ref());
        column.ok_or_else(|| shape(self.table, format!("it has no column `{name}` of the expected type")))
    }
}

/// A column of times.
#[derive(Clone, Copy)]
pub(crate) struct Times<'a>(&'a TimestampMicrosecondArray);

impl Times<'_> {
    /// [`NEVER`] where there is none.
    pub(crate) fn at(self, row: usize) -> i64 {
        if self.0.is_valid(row) { self.0.value(row) } else { NEVER }
    }
}

/// A column of lists of texts.
pub(crate) struct Lists<'a> {
    lists: &'a ListArray,
    values: &'a StringArray,
}

impl<'a> Lists<'a> {
    pub(crate) fn at(&self, row: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let offsets = self.lists.value_offsets();
        let values = self.values;
        (offsets[row] as usize..offsets[row + 1] as usize).map(move |place| values.value(place))
    }
}

/// A text of a column that may be null.
pub(crate) fn text_at(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}

/// The error that `table` is not what this version knows.
pub(crate) fn shape(table: &'static Table, message: impl Into<String>) -> InsightError {
    InsightError::Shape { table: table.name, message: message.into() }
}

/// Where people talk: source and channel, numbered.
#[derive(Debug, Default)]
pub(crate) struct Places {
    list: Vec<(String, String)>,
    numbers: FxHashMap<(String, String), u32>,
}

impl Places {
    /// The number of a place, a new one if it was not seen before. `guess`, the last place's number, is tried first.
    pub(crate) fn number(&mut self, guess: u32, source: &str, channel: &str) -> u32 {
        if self.list.get(guess as usize).is_some_and(|(s, c)| s == source && c == channel) {
            return guess;
        }
        let key = (source.to_owned(), channel.to_owned());
        let next = self.list.len() as u32;
        *self.numbers.entry(key.clone()).or_insert_with(|| {
            self.list.push(key);
            next
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Source and channel of every place.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(source, channel)| (source.as_str(), channel.as_str()))
    }

    /// Source and channel of a place.
    pub(crate) fn get(&self, number: u32) -> (&str, &str) {
        self.list.get(number as usize).map_or(("", ""), |(source, channel)| (source, channel))
    }
}
