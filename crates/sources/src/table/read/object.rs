//! Writing a row as a JSON object, and its hash.

use std::borrow::Cow;

use super::super::names;

/// The names of a table's columns, ready to be written.
pub struct Columns {
    names: Vec<String>,
    /// Each name as JSON, with the colon behind it.
    keys: Vec<Vec<u8>>,
    /// Their places in the order of their names.
    sorted: Vec<usize>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, not even an empty text.
    Null,
    /// A text.
    Text(Cow<'a, str>),
    /// JSON already.
    Json(String),
}

impl Columns {
    /// Columns of these names.
    pub fn new(names: Vec<String>) -> Columns {
        let keys = names.iter().map(|name| key(name)).collect();
        let mut sorted: Vec<usize> = (0..names.len()).collect();
        sorted.sort_by_key(|at| &names[*at]);
        Columns { keys, sorted, names }
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of the first of these columns that is there.
    pub fn places<'c>(&'c self, columns: &'c [String]) -> impl Iterator<Item = usize> + 'c {
        columns.iter().filter_map(|column| {
            let exactly = self.names.iter().position(|name| name == column);
            exactly.or_else(|| self.names.iter().position(|name| names::same(name, column)))
        })
    }

    /// Writes a row. Cells behind the last column get names by their place.
    pub fn write<'a>(&self, cells: impl Iterator<Item = Cell<'a>>, out: &mut Vec<u8>) {
        out.clear();
        out.push(b'{');
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            match self.keys.get(at) {
                Some(key) => out.extend_from_slice(key),
                None => out.extend_from_slice(&key(&names::by_place(at))),
            }
            match cell {
                Cell::Null => out.extend_from_slice(b"null"),
                Cell::Text(text) => write_text(&text, out),
                Cell::Json(json) => out.extend_from_slice(json.as_bytes()),
            }
        }
        out.push(b'}');
    }

    /// A hash of names and texts that does not depend on the columns' order.
    pub fn hash<'a>(&self, count: usize, text: impl Fn(usize) -> Cow<'a, str>) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |name: &str, text: &str| {
            if !text.is_empty() {
                hasher.update(&(name.len() as u64).to_le_bytes());
                hasher.update(name.as_bytes());
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
        };
        self.sorted.iter().filter(|at| **at < count).for_each(|at| add(&self.names[*at], &text(*at)));
        (self.names.len()..count).for_each(|at| add(&names::by_place(at), &text(at)));
        hasher.finalize()
    }
}

fn key(name: &str) -> Vec<u8> {
    let mut key = Vec::new();
    write_text(name, &mut key);
    key.push(b':');
    key
}

/// Writes a text as JSON (RFC 8259, section 7).
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    // Writing to a vector cannot fail.
    let _ = serde_json::to_writer(out, text);
}
