//! Tables without the rows of some places: to whoever reads them so, those places were never collected.
//!
//! Rows are left out by their columns `source` and `channel` (a source's own channels, or all of it), by `sources` where
//! a row is of several and all are left out, and by `area` where that names a channel. What a row of another place says
//! about them (a title that somebody quoted) stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use crate::{FileEntry, Result, Tables};

/// The columns that say where a row is from.
const COLUMNS: [&str; 4] = ["source", "channel", "sources", "area"];

/// Places, as `source` or `source/channel`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden(Arc<BTreeSet<String>>);

impl Tables {
    /// The same tables without the rows of these places: `source` for all of it, or `source/channel`.
    pub fn without(&self, places: impl IntoIterator<Item = String>) -> Tables {
        let mut tables = self.clone();
        tables.hidden = Hidden(Arc::new(places.into_iter().collect()));
        tables
    }

    /// The same tables with every row.
    pub fn whole(&self) -> Tables {
        self.without([])
    }

    /// Whether a place is left out.
    pub fn hides(&self, source: &str, channel: &str) -> bool {
        self.hidden.has(source, Some(channel))
    }

    /// Whether any place is left out.
    pub fn hides_any(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// The numbers of a file's rows that are not left out, ascending; `None` if all are there.
    ///
    /// # Errors
    ///
    /// As [`Tables::read`].
    pub fn seen_rows(&self, entry: &FileEntry) -> Result<Option<Vec<u64>>> {
        if self.hidden.is_empty() {
            return Ok(None);
        }
        let (mut rows, mut start) = (Vec::new(), 0);
        for batch in self.read_all(entry, Some(&COLUMNS))? {
            let batch = batch?;
            let seen = self.hidden.seen(&batch);
            rows.extend((start..).zip(seen.values().iter()).filter(|(_, seen)| *seen).map(|(row, _)| row));
            start += batch.num_rows() as u64;
        }
        Ok(Some(rows))
    }
}

impl Hidden {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, source: &str, channel: Option<&str>) -> bool {
        let all = || self.0.contains(source);
        !self.is_empty() && (all() || channel.is_some_and(|channel| self.0.contains(&format!("{source}/{channel}"))))
    }

    /// The columns to read for those that are wanted.
    pub(crate) fn columns<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        let mut columns = wanted.to_vec();
        if !self.is_empty() {
            columns.extend(COLUMNS);
        }
        columns
    }

    /// A batch without the rows that are left out.
    pub(crate) fn filter(&self, batch: RecordBatch) -> std::result::Result<RecordBatch, ArrowError> {
        if self.is_empty() { Ok(batch) } else { filter_record_batch(&batch, &self.seen(&batch)) }
    }

    /// Which rows are there.
    fn seen(&self, batch: &RecordBatch) -> BooleanArray {
        let texts = |name: &str| batch.column_by_name(name).and_then(|column| column.as_any().downcast_ref());
        let (sources, channels): (Option<&StringArray>, Option<&StringArray>) = (texts("source"), texts("channel"));
        let (areas, lists) = (texts("area"), batch.column_by_name("sources"));
        let mut last = (None, None, true);
        (0..batch.num_rows())
            .map(|row| {
                let (source, channel) = (at(sources, row), at(channels, row));
                // Rows of one place lie together.
                if (last.0, last.1) != (source, channel) {
                    last = (source, channel, source.is_none_or(|source| !self.has(source, channel)));
                }
                Some(
                    last.2 && self.area_is_seen(at(areas, row)) && lists.is_none_or(|list| self.any_is_seen(list, row)),
                )
            })
            .collect()
    }

    /// `channel:SOURCE` and `channel:SOURCE/CHANNEL` name places.
    fn area_is_seen(&self, area: Option<&str>) -> bool {
        let Some(place) = area.and_then(|area| area.strip_prefix("channel:")) else { return true };
        let (source, channel) =
            place.split_once('/').map_or((place, None), |(source, channel)| (source, Some(channel)));
        !self.has(source, channel)
    }

    /// Whether a list of sources is empty, or has one that is not left out.
    fn any_is_seen(&self, sources: &ArrayRef, row: usize) -> bool {
        let Some(list) = sources.as_list_opt::<i32>().filter(|list| list.is_valid(row)) else { return true };
        let list = list.value(row);
        let Some(texts) = list.as_string_opt::<i32>() else { return true };
        texts.is_empty() || texts.iter().flatten().any(|source| !self.has(source, None))
    }
}

fn at(texts: Option<&StringArray>, row: usize) -> Option<&str> {
    texts.filter(|texts| texts.is_valid(row)).map(|texts| texts.value(row))
}

/// A file's rows, batch by batch.
pub struct TableRows {
    pub(crate) reader: ParquetRecordBatchReader,
    pub(crate) hidden: Hidden,
}

impl Iterator for TableRows {
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.reader.next()?.and_then(|batch| self.hidden.filter(batch)))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{Int64Array, TimestampMicrosecondArray};
    use model::tables::CHANNELS;

    use super::*;

    /// One row per place, with the place's number in `messages`.
    fn places(places: &[(&str, &str)]) -> (tempfile::TempDir, Tables, FileEntry) {
        let folder = tempfile::tempdir().expect("a folder");
        let tables = Tables::new(folder.path());
        let text = |texts: Vec<String>| Arc::new(StringArray::from(texts)) as ArrayRef;
        let count = places.len();
        let numbers = Arc::new(Int64Array::from_iter_values(0..count as i64)) as ArrayRef;
        let no_time = Arc::new(TimestampMicrosecondArray::new_null(count).with_timezone("+00:00")) as ArrayRef;
        let columns: Vec<ArrayRef> = vec![
            text((0..count).map(|row| format!("h{row}")).collect()),
            text(places.iter().map(|(source, _)| (*source).to_owned()).collect()),
            text(places.iter().map(|(_, channel)| (*channel).to_owned()).collect()),
            text(vec!["chat".to_owned(); count]),
            Arc::new(StringArray::new_null(count)),
            numbers.clone(),
            numbers.clone(),
            no_time.clone(),
            no_time,
            numbers,
            text(vec![String::new(); count]),
        ];
        let mut file = tables.create(&CHANNELS, None).expect("opens");
        file.write(&RecordBatch::try_new(CHANNELS.schema(), columns).expect("fits")).expect("writes");
        let entry = file.finish().expect("ends").expect("has rows");
        (folder, tables, entry)
    }

    fn numbers<'a>(batches: impl IntoIterator<Item = &'a RecordBatch>) -> Vec<i64> {
        let column =
            |batch: &RecordBatch| batch["messages"].as_primitive::<arrow::datatypes::Int64Type>().values().to_vec();
        batches.into_iter().flat_map(column).collect()
    }

    #[test]
    fn rows_of_hidden_places_are_not_there() {
        let (_folder, tables, entry) = places(&[
            ("chat", "#dev"),
            ("chat", "#team"),
            ("list", "dev"),
            ("team", "a"),
            ("team", "b"),
            ("teamwork", "a"),
        ]);
        let check = |hidden: &[&str], expected: &[i64]| {
            let tables = tables.without(hidden.iter().map(|place| (*place).to_owned()));
            let read: Vec<RecordBatch> =
                tables.read(&entry, Some(&["messages"])).expect("opens").map(|batch| batch.expect("reads")).collect();
            assert_eq!(numbers(&read), expected, "read, {hidden:?}");
            let kinds = tables.read_where_in(&entry, "kind", &["chat"], &["messages"]).expect("reads");
            assert_eq!(numbers(&kinds), expected, "looked up, {hidden:?}");
            let rows = tables.read_rows(&entry, &[0, 1, 2, 3, 4, 5], &["messages"]).expect("reads");
            assert_eq!(numbers(&rows), expected, "by number, {hidden:?}");
            let seen = tables.seen_rows(&entry).expect("reads").unwrap_or_else(|| (0..6).collect());
            assert_eq!(seen, expected.iter().map(|row| *row as u64).collect::<Vec<_>>(), "numbers, {hidden:?}");
        };
        check(&[], &[0, 1, 2, 3, 4, 5]);
        check(&["chat/#team"], &[0, 2, 3, 4, 5]);
        check(&["team"], &[0, 1, 2, 5]);
        check(&["team/a", "chat"], &[2, 4, 5]);
        check(&["nothing", "team/c"], &[0, 1, 2, 3, 4, 5]);
    }
}
