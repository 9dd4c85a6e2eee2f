//! Keeps every row, unchanged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::{MAX_ITEM, SAFE_BYTES};
use source::{CollectError, Context, ItemRef, Sink};

use super::config::DumpOptions;
use super::row::Row;
use super::rows::Rows;
use super::table::Table;
use crate::files::{self, FoundFile, Stamp};

/// Rows between safe points.
const STRIDE: u64 = 512;

/// How far each table was read.
type Cursor = BTreeMap<String, Mark>;

/// How far a table was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// What the file was like. If it is another by now, it is read from its beginning.
    stamp: Stamp,
    /// Where to read on, in decompressed bytes; `None` at the end.
    offset: Option<u64>,
}

/// Where a row was found: an item's origin.
#[derive(Debug, Serialize, Deserialize)]
pub struct Origin {
    /// The file's relative name.
    pub file: String,
    /// Where the row begins, in decompressed bytes.
    pub offset: u64,
}

/// Collects the rows that are new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = DumpOptions::checked(context)?;
    let path = context.resolve(&options.path);
    let files = tables(&path, sink)?;
    let mut marks: Cursor = Cursor::deserialize(cursor).unwrap_or_default();

    let total = files.iter().map(|(_, file)| file.stamp.size).sum();
    let mut done = 0;
    for (table, file) in &files {
        let offset = match marks.get(table.as_str()) {
            Some(mark) if mark.stamp == file.stamp => mark.offset,
            _ => Some(0),
        };
        if let Some(offset) = offset {
            let mut read = |position: u64, sink: &mut dyn Sink| sink.progress(done + position, total);
            keep(*table, file, offset, &mut marks, sink, &mut read)?;
        }
        done += file.stamp.size;
        sink.progress(done, total);
    }
    sink.end(to_json(&marks))
}

/// The files of a dump in the order of [`Table::ALL`].
fn tables(path: &std::path::Path, sink: &mut dyn Sink) -> Result<Vec<(Table, FoundFile)>, CollectError> {
    let mut problems = Vec::new();
    let mut files: Vec<(Table, FoundFile)> = Vec::new();
    for file in files::find(path, None, &mut |problem| problems.push(problem))? {
        let name = file.plain_name();
        let base = name.rsplit('/').next().unwrap_or(name);
        let Some(table) = base.strip_suffix(".xml").and_then(Table::named) else { continue };
        match files.iter().find(|(known, _)| *known == table) {
            None => files.push((table, file)),
            Some((_, first)) => {
                let detail = format!("{} is read; name the folder of one site", first.name);
                problems.push(file.problem("table is there twice", None, detail));
            }
        }
    }
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
    if files.is_empty() {
        let path = path.display();
        let message = format!("{path} holds no table of a dump; name the folder with Posts.xml, unpacked from its .7z");
        return Err(CollectError::Other(message));
    }
    files.sort_by_key(|(table, _)| Table::ALL.iter().position(|known| known == table));
    Ok(files)
}

fn keep(
    table: Table,
    file: &FoundFile,
    offset: u64,
    marks: &mut Cursor,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(u64, &mut dyn Sink),
) -> Result<(), CollectError> {
    let reader = match file.open_at(offset) {
        Ok(reader) => reader,
        Err(problem) => return sink.problem(problem),
    };
    let mut rows = Rows::new(reader, offset, MAX_ITEM);
    let (mut count, mut bytes) = (0, 0);
    // A reader of a file never fails: it ends, and tells why.
    while let Ok(Some(found)) = rows.next() {
        match found.row {
            Ok(row) => {
                bytes += row.len();
                keep_row(table, file, found.offset, row, sink)?;
            }
            Err(what) => sink.problem(file.problem(what, Some(found.offset), ""))?,
        }
        count += 1;
        if count % STRIDE == 0 || bytes > SAFE_BYTES {
            bytes = 0;
            let mark = Mark { stamp: file.stamp, offset: Some(rows.offset()) };
            marks.insert(table.as_str().to_owned(), mark);
            sink.safe_point(&|| to_json(marks))?;
            progress(rows.get_ref().consumed(), sink);
        }
    }
    if let Some(problem) = rows.get_ref().problem() {
        sink.problem(problem)?;
    }
    marks.insert(table.as_str().to_owned(), Mark { stamp: file.stamp, offset: None });
    sink.safe_point(&|| to_json(marks))
}

fn keep_row(
    table: Table,
    file: &FoundFile,
    offset: u64,
    bytes: &[u8],
    sink: &mut dyn Sink,
) -> Result<(), CollectError> {
    let row = Row::parse(bytes);
    let Some(number) = row.as_ref().ok().and_then(|row| row.number("Id")) else {
        let what = if row.is_err() { "row cannot be read" } else { "row has no number" };
        return sink.problem(file.problem(what, Some(offset), ""));
    };
    let origin = Origin { file: file.name.clone(), offset };
    let origin = serde_json::to_string(&origin).map_err(|error| CollectError::Other(error.to_string()))?;
    let id = format!("{}/{number}", table.as_str());
    let hash = blake3::hash(bytes).to_hex();
    sink.item(ItemRef { id: &id, version: &hash[..16], kind: table.as_str(), origin: &origin, bytes })
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
