//! The cursor loop of sources that keep each file whole, as one item.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;
use serde_json::Value;
use source::run::SAFE_BYTES;
use source::{CollectError, ItemRef, Sink};

use crate::files::{FoundFile, Stamp};

/// Files between safe points.
const STRIDE: usize = 16;

/// What each file was like when it was read.
type Cursor = BTreeMap<String, Stamp>;

/// Keeps every file that changed since `cursor`, under its relative name. `name` gives an item's kind and
/// origin. A file longer than `longest` bytes is a problem, and so is an empty one.
pub fn collect(
    files: &[FoundFile],
    longest: usize,
    cursor: &Value,
    sink: &mut dyn Sink,
    name: &dyn Fn(&FoundFile) -> (&'static str, Value),
) -> Result<(), CollectError> {
    let mut marks = Cursor::deserialize(cursor).unwrap_or_default();
    // Files that are gone: a cursor does not grow with all that ever was.
    let there: std::collections::BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    marks.retain(|name, _| there.contains(name.as_str()));
    let total = files.iter().map(|file| file.stamp.size).sum();
    let (mut done, mut kept) = (0, 0);
    for (number, file) in files.iter().enumerate() {
        if marks.get(&file.name) != Some(&file.stamp) {
            kept += keep(file, longest, sink, name)?;
            marks.insert(file.name.clone(), file.stamp);
            if kept > SAFE_BYTES || number % STRIDE == STRIDE - 1 {
                kept = 0;
                sink.safe_point(&|| to_json(&marks))?;
            }
        }
        done += file.stamp.size;
        sink.progress(done, total);
    }
    sink.end(to_json(&marks))
}

/// Keeps one file and gives its length.
fn keep(
    file: &FoundFile,
    longest: usize,
    sink: &mut dyn Sink,
    name: &dyn Fn(&FoundFile) -> (&'static str, Value),
) -> Result<usize, CollectError> {
    let mut reader = match file.open() {
        Ok(reader) => reader,
        Err(problem) => return sink.problem(problem).map(|()| 0),
    };
    let mut bytes = Vec::new();
    // A reader of a file never fails: it ends, and tells why.
    let _ = Read::by_ref(&mut reader).take(longest as u64 + 1).read_to_end(&mut bytes);
    if let Some(problem) = reader.problem() {
        sink.problem(problem)?;
    }
    if bytes.len() > longest {
        return sink.problem(file.problem("is too long", None, format!("the limit is {longest} bytes"))).map(|()| 0);
    }
    if bytes.is_empty() {
        return sink.problem(file.problem("file is empty", Some(0), "")).map(|()| 0);
    }
    let (kind, origin) = name(file);
    let hash = blake3::hash(&bytes).to_hex();
    let origin = origin.to_string();
    sink.item(ItemRef { id: &file.name, version: &hash[..16], kind, origin: &origin, bytes: &bytes })?;
    Ok(bytes.len())
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
