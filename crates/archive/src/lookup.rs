//! Looking up a few rows of a table's file without reading the rest of it: row groups are passed over
//! by their statistics, pages by the offset index. What it costs grows with the rows found, not with
//! the file.

use std::fs::File;
use std::ops::Range;

use arrow::array::{Array, RecordBatch, StringArray};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::file::metadata::{PageIndexPolicy, RowGroupMetaData};

use crate::{ArchiveError, FileEntry, Result, Tables};

/// Rows decoded at once.
const BATCH: usize = 4096;

impl Tables {
    /// The rows of a file whose text `column` is one of `values`, in the file's order, `columns` only.
    /// Cheap where the file is sorted by `column`.
    pub fn read_where_in(
        &self,
        entry: &FileEntry,
        column: &str,
        values: &[&str],
        columns: &[&str],
    ) -> Result<Vec<RecordBatch>> {
        let file = Opened::open(self, entry)?;
        let mut values = values.to_vec();
        values.sort_unstable();
        let rows = file.find(column, &values)?;
        self.seen(file.read(&rows, &self.hidden.columns(columns))?)
    }

    /// The rows of a file by their numbers, from 0, in the file's order whatever the order of `rows`,
    /// each once, `columns` only, without those that are left out. Numbers beyond its end are passed over.
    pub fn read_rows(&self, entry: &FileEntry, rows: &[u64], columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        rows.dedup();
        self.seen(Opened::open(self, entry)?.read(&rows, &self.hidden.columns(columns))?)
    }

    /// The rows that are not left out.
    fn seen(&self, batches: Vec<RecordBatch>) -> Result<Vec<RecordBatch>> {
        let seen = batches.into_iter().map(|batch| Ok(self.hidden.filter(batch)?));
        seen.filter(|batch| batch.as_ref().is_ok_and(|batch| batch.num_rows() > 0) || batch.is_err()).collect()
    }
}

/// A file with its footer and page index read.
struct Opened {
    place: String,
    file: File,
    metadata: ArrowReaderMetadata,
}

impl Opened {
    fn open(tables: &Tables, entry: &FileEntry) -> Result<Opened> {
        let path = tables.folder().join(&entry.path);
        let place = path.display().to_string();
        let file = File::open(&path).map_err(|error| ArchiveError::io(&path, error))?;
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata =
            ArrowReaderMetadata::load(&file, options).map_err(|error| ArchiveError::damaged(&place, error))?;
        Ok(Opened { place, file, metadata })
    }

    /// Numbers of the rows in which `column` is one of `values` (sorted), ascending.
    fn find(&self, column: &str, values: &[&str]) -> Result<Vec<u64>> {
        let schema = self.metadata.parquet_schema();
        let leaf = schema.columns().iter().position(|leaf| leaf.path().string() == column);
        let leaf = leaf.ok_or_else(|| self.damaged(format!("it has no column `{column}`")))?;
        let mut rows = Vec::new();
        for (group, start) in self.groups() {
            if !may_hold(self.metadata.metadata().row_group(group), leaf, values) {
                continue;
            }
            let mut row = start;
            for batch in self.reader(vec![group], None, &[column])? {
                let batch = batch.map_err(|error| self.damaged(error))?;
                let texts = batch.columns().first().and_then(|array| array.as_any().downcast_ref::<StringArray>());
                let texts = texts.ok_or_else(|| self.damaged(format!("its column `{column}` is no text")))?;
                let wanted = |text: Option<&str>| text.is_some_and(|text| values.binary_search(&text).is_ok());
                let found = texts.iter().enumerate().filter(|(_, text)| wanted(*text));
                rows.extend(found.map(|(place, _)| row + place as u64));
                row += texts.len() as u64;
            }
        }
        Ok(rows)
    }

    /// The rows with these numbers (ascending, each once).
    fn read(&self, rows: &[u64], columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let (mut groups, mut ranges, mut chosen) = (Vec::new(), Vec::<Range<usize>>::new(), 0);
        for (group, start) in self.groups() {
            let length = self.group_rows(group);
            let (from, to) =
                (rows.partition_point(|row| *row < start), rows.partition_point(|row| *row < start + length));
            if from == to {
                continue;
            }
            for row in &rows[from..to] {
                // A selection counts rows of the chosen groups only.
                let place = chosen + (row - start) as usize;
                match ranges.last_mut() {
                    Some(last) if last.end == place => last.end += 1,
                    _ => ranges.push(place..place + 1),
                }
            }
            groups.push(group);
            chosen += length as usize;
        }
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        let selection = RowSelection::from_consecutive_ranges(ranges.into_iter(), chosen);
        let batches = self.reader(groups, Some(selection), columns)?;
        batches.map(|batch| batch.map_err(|error| self.damaged(error))).collect()
    }

    fn reader(
        &self,
        groups: Vec<usize>,
        selection: Option<RowSelection>,
        columns: &[&str],
    ) -> Result<ParquetRecordBatchReader> {
        let file = self.file.try_clone().map_err(|error| ArchiveError::io(&self.place, error))?;
        let mask = ProjectionMask::columns(self.metadata.parquet_schema(), columns.iter().copied());
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_projection(mask)
            .with_row_groups(groups)
            .with_batch_size(BATCH);
        let builder = match selection {
            Some(selection) => builder.with_row_selection(selection),
            None => builder,
        };
        builder.build().map_err(|error| self.damaged(error))
    }

    /// Each row group with the number of its first row.
    fn groups(&self) -> impl Iterator<Item = (usize, u64)> {
        (0..self.metadata.metadata().num_row_groups()).scan(0, |next, group| {
            let start = *next;
            *next += self.group_rows(group);
            Some((group, start))
        })
    }

    fn group_rows(&self, group: usize) -> u64 {
        u64::try_from(self.metadata.metadata().row_group(group).num_rows()).unwrap_or_default()
    }

    fn damaged(&self, message: impl ToString) -> ArchiveError {
        ArchiveError::damaged(&self.place, message)
    }
}

/// Whether a row group's statistics leave room for one of `values` (sorted).
fn may_hold(group: &RowGroupMetaData, leaf: usize, values: &[&str]) -> bool {
    let bounds = group.column(leaf).statistics().map(|known| (known.min_bytes_opt(), known.max_bytes_opt()));
    let Some((Some(least), Some(most))) = bounds else {
        return true;
    };
    let first = values.partition_point(|value| value.as_bytes() < least);
    values.get(first).is_some_and(|value| value.as_bytes() <= most)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, AsArray, Int64Array, TimestampMicrosecondArray};
    use arrow::datatypes::Int64Type;
    use model::tables::CHANNELS;

    use super::*;

    /// 40,000 channels (three row groups): `c00000` with 0 messages, `c00000` with 1, `c00001` with 2 …
    fn channels() -> (tempfile::TempDir, Tables, FileEntry) {
        const ROWS: i64 = 40_000;
        let folder = tempfile::tempdir().expect("a folder");
        let tables = Tables::new(folder.path());
        let text =
            |make: &dyn Fn(i64) -> String| Arc::new(StringArray::from_iter_values((0..ROWS).map(make))) as ArrayRef;
        let numbers = Arc::new(Int64Array::from_iter_values(0..ROWS));
        let no_time = Arc::new(TimestampMicrosecondArray::new_null(ROWS as usize).with_timezone("+00:00"));
        let columns: Vec<ArrayRef> = vec![
            text(&|row| format!("h{row}")),
            text(&|_| "chat".to_owned()),
            text(&|row| format!("c{:05}", row / 2)),
            text(&|_| "chat".to_owned()),
            Arc::new(StringArray::new_null(ROWS as usize)),
            numbers.clone(),
            numbers.clone(),
            no_time.clone(),
            no_time,
            numbers,
            text(&|_| "it is made up".to_owned()),
        ];
        let batch = RecordBatch::try_new(CHANNELS.schema(), columns).expect("fits the schema");
        let mut file = tables.create(&CHANNELS, None).expect("a file");
        file.write(&batch).expect("written");
        let entry = file.finish().expect("finished").expect("has rows");
        (folder, tables, entry)
    }

    fn messages(batches: &[RecordBatch]) -> Vec<i64> {
        let column = |batch: &RecordBatch| batch.column(0).as_primitive::<Int64Type>().values().to_vec();
        batches.iter().flat_map(column).collect()
    }

    #[test]
    fn finds_rows_by_value_and_by_number() {
        let (_folder, tables, entry) = channels();
        let check = |values: &[&str], expected: &[i64]| {
            let found = tables.read_where_in(&entry, "channel", values, &["messages"]).expect("readable");
            assert_eq!(messages(&found), expected, "{values:?}");
        };
        check(&["c00000"], &[0, 1]);
        check(&["c19999", "c00003"], &[6, 7, 39_998, 39_999]);
        check(&["c08191", "c08192"], &[16_382, 16_383, 16_384, 16_385]);
        check(&["", "c", "c00003x", "z"], &[]);
        check(&[], &[]);

        let found =
            tables.read_rows(&entry, &[39_999, 16_384, 5, 5, 40_000, u64::MAX], &["messages"]).expect("readable");
        assert_eq!(messages(&found), [5, 16_384, 39_999]);
        assert!(tables.read_where_in(&entry, "messages", &["1"], &["channel"]).is_err(), "no text");
        assert!(tables.read_where_in(&entry, "nothing", &["1"], &["channel"]).is_err(), "no column");
    }
}
