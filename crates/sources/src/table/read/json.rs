//! JSON lines, and arrays of objects.

use std::borrow::Cow;

use model::Problem;
use serde_json::Value;

use super::decode::Decoded;
use super::{How, LONGEST_ROW, NoRow, Row};
use crate::files::FoundFile;
use crate::json::{Found, LINES, Pieces};
use crate::table::cells;

/// A document each, or the elements of an array.
const PATTERNS: &[&str] = &["", "[]"];
/// Objects whose keys are taken for the columns.
const SAMPLE: usize = 100;

/// A table that is open.
pub struct JsonTable {
    pieces: Pieces<Decoded>,
    columns: Vec<String>,
    value: Value,
    bytes: Vec<u8>,
}

impl JsonTable {
    /// Reads the keys of the first objects.
    pub fn open(file: &FoundFile, how: &How) -> Result<JsonTable, Problem> {
        let pieces = || -> Result<_, Problem> {
            let mut input = Decoded::new(file.open()?, how.encoding);
            // `window.YTD.tweets.part0 = [`: X's archive is JavaScript up to there.
            if file.plain_name().ends_with(".js") {
                input.skip_to(b'[');
            }
            let name = file.plain_name();
            let lines = name.ends_with(".jsonl") || name.ends_with(".ndjson");
            Ok(Pieces::new(input, if lines { &[LINES] } else { PATTERNS }, LONGEST_ROW))
        };
        let mut columns = Vec::new();
        let mut sample = pieces()?;
        for _ in 0..SAMPLE {
            // A reader of a file never fails: it ends.
            let Ok(Some(Found { piece, .. })) = sample.next_piece() else { break };
            if let Some(Ok(value)) = piece.ok().map(|(_, bytes)| serde_json::from_slice::<Value>(bytes)) {
                cells::keys(&value, &mut columns);
            }
        }
        Ok(JsonTable { pieces: pieces()?, columns, value: Value::Null, bytes: Vec::new() })
    }

    /// The keys of the first objects, those within others behind a point.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next object.
    pub fn next_row(&mut self) -> Option<Result<Row, NoRow>> {
        let Ok(Some(Found { offset, piece })) = self.pieces.next_piece() else { return None };
        let what = match piece {
            Ok((_, bytes)) => match serde_json::from_slice(bytes) {
                Ok(value @ Value::Object(_)) => {
                    self.value = value;
                    self.bytes.clear();
                    self.bytes.extend_from_slice(bytes);
                    return Some(Ok(Row { offset, place: offset, odd: None }));
                }
                Ok(_) => "is no JSON object",
                Err(_) => "is no JSON",
            },
            Err(what) => what,
        };
        Some(Err(NoRow { offset, place: offset, what }))
    }

    /// What one of these fields holds in the latest object.
    pub fn text(&self, columns: &[String]) -> Option<Cow<'_, str>> {
        cells::find(&self.value, columns).map(cells::text)
    }

    /// The latest row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of the latest object.
    pub fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        add(&self.value, &mut hasher);
        hasher.finalize()
    }

    /// Bytes of the file on disk read so far.
    pub fn consumed(&self) -> u64 {
        self.pieces.get_ref().consumed()
    }

    /// Why the file ended before its end, if it did.
    pub fn problem(&self) -> Option<Problem> {
        self.pieces.get_ref().problem()
    }
}

/// Keys are sorted here, for the order of a parsed object's keys is not ours to say.
fn add(value: &Value, hasher: &mut blake3::Hasher) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, value)| !cells::is_empty(value)).collect();
            fields.sort_by_key(|(key, _)| *key);
            hasher.update(b"{").update(&(fields.len() as u64).to_le_bytes());
            for (key, value) in fields {
                hasher.update(&(key.len() as u64).to_le_bytes()).update(key.as_bytes());
                add(value, hasher);
            }
        }
        Value::Array(values) => {
            hasher.update(b"[").update(&(values.len() as u64).to_le_bytes());
            values.iter().for_each(|value| add(value, hasher));
        }
        other => {
            let text = other.to_string();
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
    }
}
