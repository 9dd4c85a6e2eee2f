//! Keeps every row as an object of column and text, and checks that the columns are there.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::SAFE_BYTES;
use source::{CollectError, Context, ItemRef, Options, OptionsError, Sink};

use super::config::TableOptions;
use super::mapping::{Field, Kind, Mapping, Mappings, quoted};
use super::names;
use super::read::{ENDINGS, How, NoRow, Table};
use crate::files::{self, FoundFile, Stamp};

/// Rows between safe points.
const STRIDE: u64 = 1_000;
/// Names of columns that an error lists.
const LISTED: usize = 40;

/// How far each file was read.
type Cursor = BTreeMap<String, Mark>;

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// What the file was like. If it is another by now, it is read from its beginning.
    stamp: Stamp,
    /// Rows that begin before this are kept already; `None` when all are.
    offset: Option<u64>,
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = TableOptions::read(context)?;
    let path = context.resolve(&options.path);
    let mut problems = Vec::new();
    let mut found = files::find(&path, options.glob.as_deref(), &mut |problem| problems.push(problem))?;
    let wrong = |message| OptionsError::new(&context.source, message);
    let mappings = Mappings::of(&options).map_err(wrong)?;
    let how = How::of(&options).map_err(wrong)?;
    if found.iter().any(|file| file.name == "xl/workbook.xml") {
        return Err(CollectError::Other(format!("{} is an Excel workbook; save it as CSV UTF-8", path.display())));
    }
    if options.glob.is_none() && found.len() > 1 {
        found.retain(|file| ENDINGS.iter().any(|ending| file.plain_name().to_lowercase().ends_with(ending)));
    }
    if found.is_empty() {
        let path = path.display();
        return Err(CollectError::Other(format!(
            "{path} holds no table; name a file or folder of .csv, .tsv, .json, .jsonl or .parquet, or set `glob`"
        )));
    }
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
    let marks = Cursor::deserialize(cursor).unwrap_or_default();
    let total = found.iter().map(|file| file.stamp.size).sum();
    let mut keeping = Keeping { mappings: &mappings, how, marks, sink, done: 0, total };
    keeping.check(&found)?;
    found.iter().try_for_each(|file| keeping.file(file))?;
    let Keeping { marks, sink, .. } = keeping;
    sink.end(to_json(&marks))
}

struct Keeping<'a> {
    mappings: &'a Mappings,
    how: How,
    marks: Cursor,
    sink: &'a mut dyn Sink,
    done: u64,
    total: u64,
}

/// What tells the rows of one file apart.
#[derive(Default)]
struct Seen {
    /// Hashes of the ids that were there.
    ids: FxHashSet<u64>,
    /// How many rows of each hash there were.
    hashes: FxHashMap<u64, u32>,
}

impl Keeping<'_> {
    /// Says what is wrong before anything is kept, if no new file has the columns of the mapping.
    fn check(&self, files: &[FoundFile]) -> Result<(), CollectError> {
        let mut complaint = None;
        for file in files.iter().filter(|file| self.start(file).is_some()) {
            // What cannot be opened is a problem when its turn comes.
            let Ok(table) = Table::open(file, &self.how) else { continue };
            match self.complaint(&table) {
                None => return Ok(()),
                Some(message) => _ = complaint.get_or_insert_with(|| format!("{}: {message}", file.name)),
            }
        }
        complaint.map_or(Ok(()), |message| Err(CollectError::Other(message)))
    }

    /// What a file lacks.
    fn complaint(&self, table: &Table) -> Option<String> {
        let columns = table.columns();
        let has = |name: &str| has(columns, name);
        if columns.is_empty() {
            // Nothing is in it.
            return None;
        }
        let Some(mapping) = self.mappings.fitting(has) else {
            let preset = self.mappings.preset?;
            return Some(format!(
                "this is no export of {} that is known (there are {}); {}",
                preset.title,
                quoted(preset.tables.iter().map(|table| table.name)),
                self.listed(columns)
            ));
        };
        // A preset's table is recognised, so all that it needs is there.
        let missing = if mapping.marks.is_empty() { mapping.missing(has) } else { Vec::new() };
        let known = mapping.fields.len() + mapping.values.len() + mapping.labels.len() + mapping.accounts.len();
        // Fields of JSON objects come and go.
        if missing.is_empty() || !table.is_regular() && missing.len() < known {
            return None;
        }
        let none = if missing.len() == 1 { "there is no column" } else { "there are no columns" };
        Some(format!("{none} {}; {}", quoted(missing.into_iter()), self.listed(columns)))
    }

    /// The columns that a file has: their names only, never what stands in a row.
    fn listed(&self, columns: &[String]) -> String {
        if self.how.header && columns.iter().any(|name| names::is_value(name)) {
            return "its first line looks like a row, not like a header: if it has none, set `header = false` and \
                    call the columns \"1\", \"2\" …"
                .to_owned();
        }
        let more = if columns.len() > LISTED { " …" } else { "" };
        let alone = match columns.len() {
            1 => "; if that is several columns, set `delimiter`",
            _ => "",
        };
        format!("the file has {}{more}{alone}", quoted(columns.iter().take(LISTED).map(String::as_str)))
    }

    /// Where to read a file from; `None` if it was read to its end.
    fn start(&self, file: &FoundFile) -> Option<u64> {
        match self.marks.get(&file.name) {
            Some(mark) if mark.stamp == file.stamp => mark.offset,
            _ => Some(0),
        }
    }

    fn file(&mut self, file: &FoundFile) -> Result<(), CollectError> {
        if let Some(start) = self.start(file) {
            match Table::open(file, &self.how) {
                Ok(table) => self.table(file, table, start)?,
                Err(problem) => self.sink.problem(problem)?,
            }
            self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: None });
            self.sink.safe_point(&|| to_json(&self.marks))?;
        }
        self.done += file.stamp.size;
        self.sink.progress(self.done, self.total);
        Ok(())
    }

    fn table(&mut self, file: &FoundFile, mut table: Table, start: u64) -> Result<(), CollectError> {
        // Without columns JSON may still hold what is to be complained of.
        if table.columns().is_empty() && table.is_regular() {
            let problem = table.problem().unwrap_or_else(|| file.problem("is empty", None, ""));
            return self.sink.problem(problem);
        }
        let found = self.mappings.fitting(|name| has(table.columns(), name));
        let Some(mapping) = found.or(self.mappings.all.first().filter(|_| self.mappings.preset.is_none())) else {
            return self.sink.problem(file.problem("fits no table of the preset", None, ""));
        };
        if table.is_regular() && mapping.marks.is_empty() {
            let missing = mapping.missing(|name| has(table.columns(), name));
            if !missing.is_empty() {
                self.sink.problem(file.problem("has not all columns", None, quoted(missing.into_iter())))?;
            }
        }
        let mut seen = Seen::default();
        let (mut count, mut kept) = (0, 0);
        let (mut origin, head) = (String::new(), head(file));
        loop {
            let (offset, place, odd) = match table.next_row() {
                None => break,
                Some(Ok(row)) => (row.offset, row.place, row.odd.map(Ok)),
                Some(Err(NoRow { offset, place, what })) => (offset, place, Some(Err(what))),
            };
            if let Some(Ok(what) | Err(what)) = odd
                && offset >= start
            {
                self.sink.problem(file.problem(what, Some(place), ""))?;
            }
            if !matches!(odd, Some(Err(_))) {
                let (id, again) = seen.name(mapping, &table, &file.name);
                // The rows before `start` are named once more, because later equal ones are counted.
                if offset >= start {
                    if again {
                        let what = match mapping.rows {
                            Kind::Measurements => "time and labels stand in an earlier row",
                            _ => "id stands in an earlier row",
                        };
                        self.sink.problem(file.problem(what, Some(place), ""))?;
                    }
                    origin.clear();
                    origin.push_str(&head);
                    origin.push_str(&place.to_string());
                    origin.push('}');
                    kept += self.keep(&table, &id, mapping, &origin)?;
                }
            }
            if offset < start {
                continue;
            }
            count += 1;
            if count % STRIDE == 0 || kept > SAFE_BYTES {
                kept = 0;
                self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: Some(offset + 1) });
                self.sink.safe_point(&|| to_json(&self.marks))?;
                self.sink.progress(self.done + table.consumed(), self.total);
            }
        }
        table.problem().map_or(Ok(()), |problem| self.sink.problem(problem))
    }

    /// Keeps the latest row and gives its length.
    fn keep(&mut self, table: &Table, id: &str, mapping: &Mapping, origin: &str) -> Result<usize, CollectError> {
        let bytes = table.bytes();
        let hash = blake3::hash(bytes).to_hex();
        self.sink.item(ItemRef { id, version: &hash[..16], kind: &mapping.name, origin, bytes })?;
        Ok(bytes.len())
    }
}

impl Seen {
    /// The id of the latest row, and whether an earlier row of the file had it where none should.
    fn name(&mut self, mapping: &Mapping, table: &Table, file: &str) -> (String, bool) {
        let prefix = if mapping.marks.is_empty() { String::new() } else { format!("{}/", mapping.name) };
        let own = mapping.row_id().and_then(|field| table.text(&field.columns));
        if let Some(id) = own.map(|id| format!("{prefix}{}", id.trim())) {
            let again = !self.ids.insert(short(&blake3::hash(id.as_bytes())));
            return (id, again);
        }
        let hash = mapping.key(table, file).unwrap_or_else(|| table.hash());
        let count = self.hashes.entry(short(&hash)).or_default();
        *count += 1;
        let hash = hash.to_hex();
        match count {
            1 => (format!("{prefix}row/{}", &hash[..20]), false),
            count => (format!("{prefix}row/{}/{count}", &hash[..20]), mapping.rows == Kind::Measurements),
        }
    }
}

impl Mapping {
    /// Where a row's own id is. An event's is none where a row is somebody who came to it.
    fn row_id(&self) -> Option<&Field> {
        self.field("id").filter(|_| self.rows != Kind::Events || !self.is_attendance())
    }

    /// A hash of those fields that tell a row without an id from others, where not all of them do: so that
    /// the same day, or the same person, with other numbers in a later export is the same row.
    fn key(&self, table: &Table, file: &str) -> Option<blake3::Hash> {
        let names: &[&str] = match self.rows {
            Kind::Messages | Kind::Activities => return None,
            Kind::People => &["account", "email", "name"],
            Kind::Events => &["id", "title", "starts", "attendee", "attendee_email", "attendee_name"],
            Kind::Measurements => &["time", "name", "channel"],
        };
        let mut hasher = blake3::Hasher::new();
        let mut some = false;
        let mut add = |columns: &[String]| {
            let text = table.text(columns).unwrap_or_default();
            some |= !text.is_empty();
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        };
        for field in names.iter().filter_map(|name| self.field(name)) {
            add(&field.columns);
        }
        self.accounts.iter().for_each(|(_, field)| add(&field.columns));
        self.labels.iter().for_each(|label| add(std::slice::from_ref(label)));
        if names.iter().filter_map(|name| self.field(name)).any(|field| field.file) {
            hasher.update(file.as_bytes());
        }
        some.then(|| hasher.finalize())
    }
}

/// The beginning of the origins of a file's rows; the place follows.
fn head(file: &FoundFile) -> String {
    format!("{{\"file\":{},\"offset\":", Value::from(file.name.as_str()))
}

fn has(columns: &[String], name: &str) -> bool {
    columns.iter().any(|column| names::same(column, name))
}

fn short(hash: &blake3::Hash) -> u64 {
    hash.as_bytes()[..8].iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
