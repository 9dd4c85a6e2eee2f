//! Parquet, a batch at a time.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, LargeBinaryArray, RecordBatch};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use model::Problem;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::object::{Cell, Columns, write_text};
use super::{NoRow, Row};
use crate::files::FoundFile;

/// Rows of a batch.
const BATCH: usize = 1_024;
/// Bytes of the largest file that is read into memory, because it is compressed once more or lies in a zip.
const LARGEST: u64 = 512 << 20;
/// Lists and structures within each other that are gone into.
const DEEPEST: usize = 16;

/// A table that is open.
pub struct ParquetTable {
    file: FoundFile,
    rows: u64,
    reader: ParquetRecordBatchReader,
    columns: Columns,
    /// The batch's cells, column by column.
    cells: Vec<Vec<Cell<'static>>>,
    length: usize,
    at: usize,
    /// Rows of the batches before.
    before: u64,
    bytes: Vec<u8>,
    damaged: bool,
}

impl ParquetTable {
    /// Reads the file's schema. `packed` says that it is compressed as a whole.
    pub fn open(file: &FoundFile, packed: bool) -> Result<ParquetTable, Problem> {
        let damaged = |detail: &str| file.problem(DAMAGED, None, detail);
        // A file of its own is read in place; Parquet begins at its end.
        let own = !packed && File::open(&file.path).is_ok_and(|mut file| begins_as_parquet(&mut file));
        let opened = catch_unwind(AssertUnwindSafe(|| -> Result<_, String> {
            let said = |error: parquet::errors::ParquetError| kind_of(&error).to_owned();
            if own {
                let input = File::open(&file.path).map_err(|error| error.kind().to_string())?;
                let builder = ParquetRecordBatchReaderBuilder::try_new(input).map_err(said)?;
                let rows = builder.metadata().file_metadata().num_rows();
                return Ok((rows, builder.with_batch_size(BATCH).build().map_err(said)?));
            }
            let mut bytes = Vec::new();
            let input = file.open().map_err(|problem| problem.detail)?;
            // A reader of a file never fails: it ends.
            let _ = input.take(LARGEST).read_to_end(&mut bytes);
            let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).map_err(said)?;
            let rows = builder.metadata().file_metadata().num_rows();
            Ok((rows, builder.with_batch_size(BATCH).build().map_err(said)?))
        }));
        let (rows, reader) = opened.map_err(|_| damaged(""))?.map_err(|detail| damaged(&detail))?;
        let mut names = Vec::new();
        for field in parquet_schema(&reader).fields() {
            flat_names(field.name(), field.data_type(), 0, &mut names);
        }
        Ok(ParquetTable {
            file: file.clone(),
            rows: u64::try_from(rows).unwrap_or_default(),
            reader,
            columns: Columns::new(names),
            cells: Vec::new(),
            length: 0,
            at: 0,
            before: 0,
            bytes: Vec::new(),
            damaged: false,
        })
    }

    /// The names of the columns, those within others behind a point.
    pub fn columns(&self) -> &[String] {
        self.columns.names()
    }

    /// The next row.
    pub fn next_row(&mut self) -> Option<Result<Row, NoRow>> {
        self.at += 1;
        if self.at >= self.length && !self.read_on()? {
            let place = self.before;
            return Some(Err(NoRow { offset: place, place, what: DAMAGED }));
        }
        let place = self.before + self.at as u64;
        let cells = self.cells.iter().map(|column| column[self.at].clone());
        self.columns.write(cells, &mut self.bytes);
        Some(Ok(Row { offset: place, place, odd: None }))
    }

    /// Reads the next batch; `None` at the end, false if it cannot be read.
    fn read_on(&mut self) -> Option<bool> {
        if self.damaged {
            return None;
        }
        self.before += self.length as u64;
        (self.at, self.length) = (0, 0);
        self.cells.clear();
        let reader = &mut self.reader;
        let read =
            catch_unwind(AssertUnwindSafe(|| Some(reader.next()?.map(|batch| (batch.num_rows(), cells(&batch))))));
        match read {
            Ok(None) => None,
            Ok(Some(Ok((0, _)))) => self.read_on(),
            Ok(Some(Ok((length, cells)))) => {
                (self.length, self.cells) = (length, cells);
                Some(true)
            }
            Ok(Some(Err(_))) | Err(_) => {
                self.damaged = true;
                Some(false)
            }
        }
    }

    /// What one of these columns holds in the latest row.
    pub fn text(&self, columns: &[String]) -> Option<Cow<'_, str>> {
        let mut places = self.columns.places(columns);
        places.find_map(|at| Some(self.cell(at)).filter(|text| !text.trim().is_empty()))
    }

    /// The latest row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of the latest row.
    pub fn hash(&self) -> blake3::Hash {
        self.columns.hash(self.cells.len(), |at| self.cell(at))
    }

    /// Bytes of the file read so far, as far as rows tell.
    pub fn consumed(&self) -> u64 {
        let done = self.before + self.at as u64;
        let size = u128::from(self.file.stamp.size);
        (size * u128::from(done) / u128::from(self.rows.max(1))).try_into().unwrap_or_default()
    }

    /// Nothing: what is wrong is said in place.
    pub fn problem(&self) -> Option<Problem> {
        None
    }

    fn cell(&self, at: usize) -> Cow<'_, str> {
        match self.cells.get(at).and_then(|column| column.get(self.at)) {
            Some(Cell::Text(text)) => Cow::Borrowed(text),
            Some(Cell::Json(json)) => Cow::Borrowed(json),
            _ => Cow::Borrowed(""),
        }
    }
}

const DAMAGED: &str = "Parquet is damaged or cannot be read";

fn begins_as_parquet(file: &mut File) -> bool {
    let mut magic = [0; 4];
    file.read_exact(&mut magic).is_ok() && &magic == b"PAR1"
}

/// What went wrong, without what the file says.
fn kind_of(error: &parquet::errors::ParquetError) -> &'static str {
    match error {
        parquet::errors::ParquetError::NYI(_) => "it uses what this program does not know",
        parquet::errors::ParquetError::EOF(_) => "it is cut short",
        _ => "",
    }
}

fn parquet_schema(reader: &ParquetRecordBatchReader) -> arrow::datatypes::SchemaRef {
    arrow::array::RecordBatchReader::schema(reader)
}

fn flat_names(name: &str, kind: &DataType, depth: usize, names: &mut Vec<String>) {
    match kind {
        DataType::Struct(fields) if depth < DEEPEST => fields
            .iter()
            .for_each(|field| flat_names(&format!("{name}.{}", field.name()), field.data_type(), depth + 1, names)),
        _ => names.push(name.to_owned()),
    }
}

fn cells(batch: &RecordBatch) -> Vec<Vec<Cell<'static>>> {
    let mut columns = Vec::new();
    batch.columns().iter().for_each(|column| flat_cells(column, 0, &mut columns));
    columns
}

/// The cells of a column, those of a structure's fields each as a column of its own, as [`flat_names`] has it.
fn flat_cells(column: &ArrayRef, depth: usize, columns: &mut Vec<Vec<Cell<'static>>>) {
    if let (DataType::Struct(_), true) = (column.data_type(), depth < DEEPEST) {
        let before = columns.len();
        column.as_struct().columns().iter().for_each(|field| flat_cells(field, depth + 1, columns));
        for cells in &mut columns[before..] {
            cells
                .iter_mut()
                .enumerate()
                .filter(|(row, _)| column.is_null(*row))
                .for_each(|(_, cell)| *cell = Cell::Null);
        }
        return;
    }
    columns.push(values(column, depth));
}

fn values(column: &ArrayRef, depth: usize) -> Vec<Cell<'static>> {
    let row = 0..column.len();
    let list = |row: usize| match column.data_type() {
        DataType::List(_) => Some(column.as_list::<i32>().value(row)),
        DataType::LargeList(_) => Some(column.as_list::<i64>().value(row)),
        _ => None,
    };
    if column.is_empty() || depth < DEEPEST && matches!(column.data_type(), DataType::List(_) | DataType::LargeList(_))
    {
        return row
            .map(
                |row| {
                    if column.is_null(row) {
                        Cell::Null
                    } else {
                        list(row).map_or(Cell::Null, |list| json(&list, depth))
                    }
                },
            )
            .collect();
    }
    // Texts that older writers did not mark as such.
    if let Some(bytes) = column.as_any().downcast_ref::<BinaryArray>() {
        return bytes.iter().map(|bytes| bytes.map_or(Cell::Null, of_bytes)).collect();
    }
    if let Some(bytes) = column.as_any().downcast_ref::<LargeBinaryArray>() {
        return bytes.iter().map(|bytes| bytes.map_or(Cell::Null, of_bytes)).collect();
    }
    if let DataType::Timestamp(unit, zone) = column.data_type() {
        return times(column, *unit, zone.is_some());
    }
    let options = FormatOptions::new();
    let Ok(formatter) = ArrayFormatter::try_new(column, &options) else { return vec![Cell::Null; column.len()] };
    let text = |row: usize| formatter.value(row).try_to_string().map_or(Cell::Null, |text| Cell::Text(text.into()));
    row.map(|row| if column.is_null(row) { Cell::Null } else { text(row) }).collect()
}

/// Times as RFC 3339 has them; those without a zone without one.
fn times(column: &ArrayRef, unit: TimeUnit, zoned: bool) -> Vec<Cell<'static>> {
    let numbers: Vec<Option<i128>> = match unit {
        TimeUnit::Second => scaled::<TimestampSecondType>(column, 1_000_000_000),
        TimeUnit::Millisecond => scaled::<TimestampMillisecondType>(column, 1_000_000),
        TimeUnit::Microsecond => scaled::<TimestampMicrosecondType>(column, 1_000),
        TimeUnit::Nanosecond => scaled::<TimestampNanosecondType>(column, 1),
    };
    let text = |nanos: i128| {
        let time = jiff::Timestamp::from_nanosecond(nanos).ok()?;
        let text = if zoned { time.to_string() } else { jiff::tz::Offset::UTC.to_datetime(time).to_string() };
        Some(Cell::Text(text.into()))
    };
    numbers.into_iter().map(|nanos| nanos.and_then(text).unwrap_or(Cell::Null)).collect()
}

fn scaled<T: ArrowPrimitiveType<Native = i64>>(column: &ArrayRef, factor: i128) -> Vec<Option<i128>> {
    let times = column.as_primitive_opt::<T>();
    times.map(|times| times.iter().map(|time| Some(i128::from(time?) * factor)).collect()).unwrap_or_default()
}

fn of_bytes(bytes: &[u8]) -> Cell<'static> {
    Cell::Text(String::from_utf8_lossy(bytes).into_owned().into())
}

/// A list as a JSON array of texts.
fn json(list: &ArrayRef, depth: usize) -> Cell<'static> {
    let mut out = b"[".to_vec();
    for (at, cell) in values(list, depth + 1).into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Null => out.extend_from_slice(b"null"),
            Cell::Text(text) => write_text(&text, &mut out),
            Cell::Json(json) => out.extend_from_slice(json.as_bytes()),
        }
    }
    out.push(b']');
    Cell::Json(String::from_utf8(out).unwrap_or_default())
}
