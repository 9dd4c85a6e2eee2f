//! One immutable segment: some items of one source, and the cursor after them.

use std::fs::File;
use std::sync::Arc;

use arrow::array::{Array, BinaryArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use bytes::Bytes;
use model::{Item, Timestamp};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;
use serde::{Deserialize, Serialize};

use crate::{ArchiveError, Result};

/// The format of segments. Raised only with a reader for the older ones.
pub(crate) const FORMAT: u32 = 1;
/// Where the head lies in the Parquet footer.
pub(crate) const HEAD_KEY: &str = "switchboard.segment";
/// Items read at once: large enough for the columns, small enough for memory when items are large.
const BATCH: usize = 512;

/// What a segment says of itself, in its Parquet footer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The format of the segment.
    pub format: u32,
    /// The kind of the source that collected it.
    pub kind: String,
    /// When the collector started this segment, microseconds UTC.
    pub collected_at: Timestamp,
    /// Items in it.
    pub items: u64,
    /// Their bytes, uncompressed.
    pub bytes: u64,
    /// Where the collector goes on after it.
    pub cursor: serde_json::Value,
}

/// An open segment.
pub struct Segment {
    source: String,
    number: u64,
    head: Head,
    data: Data,
}

#[derive(Clone)]
enum Data {
    File(Arc<File>),
    Bytes(Bytes),
}

/// The columns of a segment, one row per item.
pub(crate) fn schema() -> SchemaRef {
    let text = |name| Field::new(name, DataType::Utf8, false);
    let bytes = Field::new("bytes", DataType::Binary, false);
    Arc::new(Schema::new(vec![text("id"), text("version"), text("kind"), text("origin"), bytes]))
}

impl Segment {
    pub(crate) fn open_file(source: &str, number: u64, file: File) -> Result<Segment> {
        Self::open(source, number, Data::File(Arc::new(file)))
    }

    pub(crate) fn open_bytes(source: &str, number: u64, bytes: Bytes) -> Result<Segment> {
        Self::open(source, number, Data::Bytes(bytes))
    }

    fn open(source: &str, number: u64, data: Data) -> Result<Segment> {
        let place = place(source, number);
        let head = match &data {
            Data::File(file) => head(&place, file.try_clone().map_err(|error| ArchiveError::io(&place, error))?),
            Data::Bytes(bytes) => head(&place, bytes.clone()),
        }?;
        Ok(Segment { source: source.to_owned(), number, head, data })
    }

    /// The source it belongs to.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Its items in the order of collection, streamed.
    pub fn items(&self) -> Result<SegmentItems> {
        Ok(SegmentItems {
            place: place(&self.source, self.number),
            batches: self.reader(None)?,
            batch: RecordBatch::new_empty(schema()),
            row: 0,
            number: 0,
        })
    }

    /// Calls `each` with the id and version of every item, without reading their bytes.
    pub fn keys(&self, mut each: impl FnMut(&str, &str)) -> Result<()> {
        let place = place(&self.source, self.number);
        for batch in self.reader(Some(&[0, 1]))? {
            let batch = batch.map_err(|error| ArchiveError::damaged(&place, error))?;
            let (ids, versions) = (texts(&batch, 0, &place)?, texts(&batch, 1, &place)?);
            ids.iter().zip(versions).for_each(|(id, version)| each(id.unwrap_or(""), version.unwrap_or("")));
        }
        Ok(())
    }

    /// Reads everything in it, for `doctor`: gives the number of items found.
    pub fn verify(&self) -> Result<u64> {
        let place = place(&self.source, self.number);
        let mut items = 0;
        for batch in self.reader(None)? {
            items += batch.map_err(|error| ArchiveError::damaged(&place, error))?.num_rows() as u64;
        }
        if items != self.head.items {
            let message = format!("it says {} items and holds {items}", self.head.items);
            return Err(ArchiveError::damaged(place, message));
        }
        Ok(items)
    }

    fn reader(&self, columns: Option<&[usize]>) -> Result<ParquetRecordBatchReader> {
        let place = place(&self.source, self.number);
        match &self.data {
            Data::File(file) => {
                let file = file.try_clone().map_err(|error| ArchiveError::io(&place, error))?;
                reader(&place, file, columns)
            }
            Data::Bytes(bytes) => reader(&place, bytes.clone(), columns),
        }
    }
}

fn place(source: &str, number: u64) -> String {
    format!("segment {number} of `{source}`")
}

fn head<R: ChunkReader + 'static>(place: &str, data: R) -> Result<Head> {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(data).map_err(|error| ArchiveError::damaged(place, error))?;
    let metadata = builder.metadata().file_metadata().key_value_metadata();
    let text = metadata
        .and_then(|pairs| pairs.iter().find(|pair| pair.key == HEAD_KEY))
        .and_then(|pair| pair.value.as_deref())
        .ok_or_else(|| ArchiveError::damaged(place, "it has no head"))?;
    let head: Head = serde_json::from_str(text).map_err(|error| ArchiveError::damaged(place, error))?;
    if head.format > FORMAT {
        let message = format!("format {} is newer than this program knows ({FORMAT}); update switchboard", head.format);
        return Err(ArchiveError::damaged(place, message));
    }
    Ok(head)
}

fn reader<R: ChunkReader + 'static>(
    place: &str,
    data: R,
    columns: Option<&[usize]>,
) -> Result<ParquetRecordBatchReader> {
    let damaged = |error| ArchiveError::damaged(place, error);
    let builder = ParquetRecordBatchReaderBuilder::try_new(data).map_err(damaged)?;
    let batch = if columns.is_some() { 16_384 } else { BATCH };
    let mask = columns.map(|columns| ProjectionMask::leaves(builder.parquet_schema(), columns.iter().copied()));
    let builder = builder.with_batch_size(batch);
    let builder = match mask {
        Some(mask) => builder.with_projection(mask),
        None => builder,
    };
    builder.build().map_err(damaged)
}

fn texts<'a>(batch: &'a RecordBatch, column: usize, place: &str) -> Result<&'a StringArray> {
    let array = batch.columns().get(column).and_then(|array| array.as_any().downcast_ref());
    array.ok_or_else(|| ArchiveError::damaged(place, format!("column {column} is not text")))
}

/// A segment's items, one after the other. After an error there are no more.
pub struct SegmentItems {
    place: String,
    batches: ParquetRecordBatchReader,
    batch: RecordBatch,
    row: usize,
    number: u64,
}

impl SegmentItems {
    /// Reads the next item into `item`, reusing its memory, and gives its row in the segment;
    /// `None` at the end.
    pub fn read(&mut self, item: &mut Item) -> Result<Option<u64>> {
        while self.row == self.batch.num_rows() {
            match self.batches.next() {
                Some(batch) => self.batch = batch.map_err(|error| ArchiveError::damaged(&self.place, error))?,
                None => return Ok(None),
            }
            self.row = 0;
        }
        let row = self.row;
        let fields = [&mut item.id, &mut item.version, &mut item.kind, &mut item.origin];
        for (column, field) in fields.into_iter().enumerate() {
            field.clear();
            field.push_str(texts(&self.batch, column, &self.place)?.value(row));
        }
        let bytes: &BinaryArray = self.batch.columns()[4]
            .as_any()
            .downcast_ref()
            .ok_or_else(|| ArchiveError::damaged(&self.place, "column 4 is not bytes"))?;
        item.bytes.clear();
        item.bytes.extend_from_slice(bytes.value(row));
        self.row += 1;
        self.number += 1;
        Ok(Some(self.number - 1))
    }
}
