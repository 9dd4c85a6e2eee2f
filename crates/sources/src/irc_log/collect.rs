//! Keeps stretches of whole lines, unchanged, with the time that the first of them goes on from.

use std::collections::BTreeMap;
use std::io::Read;

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::{CollectError, Context, ItemRef, Sink};

use super::batch::{Batch, Batches};
use super::clock::Clock;
use super::config::IrcOptions;
use crate::files::{self, FoundFile, Stamp};

/// Bytes that tell whether a file is still the same.
const TAIL: usize = 4 << 10;

/// Where each file was read to, by its relative name without `.gz` or `.zst`.
type Cursor = BTreeMap<String, Mark>;

/// How far a file was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Mark {
    /// What the file was like when it was read to its end; `None` while it is being read.
    #[serde(skip_serializing_if = "Option::is_none")]
    stamp: Option<Stamp>,
    /// Where the next stretch begins, in decompressed bytes. When the last line lacked its end, this
    /// is where its stretch begins, to be read again.
    offset: u64,
    /// The number of the next line, from 0. More than the file's own where it was read anew.
    line: u64,
    /// The time that the next line goes on from.
    clock: Clock,
    /// How many bytes before `offset` were hashed, and their hash: whether it is still the same file.
    tail: (u64, String),
}

/// What a stretch of lines does not say itself: an item's origin.
#[derive(Debug, Serialize, Deserialize)]
pub struct Origin {
    /// The file's relative name.
    pub file: String,
    /// The number of the first line.
    pub line: u64,
    /// The time that the first line goes on from.
    pub clock: Clock,
}

/// Collects the lines that are new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let (options, _) = IrcOptions::with_zone(context)?;
    let mut marks: Cursor = Cursor::deserialize(cursor).unwrap_or_default();
    let mut problems = Vec::new();
    let path = context.resolve(&options.path);
    let files = files::find(&path, options.glob.as_deref(), &mut |problem| problems.push(problem))?;
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;

    let total: u64 = files.iter().map(|file| file.stamp.size).sum();
    let mut done = 0;
    for file in &files {
        sink.progress(done, total);
        if marks.get(file.plain_name()).is_none_or(|mark| mark.stamp != Some(file.stamp)) {
            read(file, &mut marks, sink)?;
        }
        done += file.stamp.size;
    }
    sink.end(to_json(&marks))
}

/// Reads one file on from where it was left.
fn read(file: &FoundFile, marks: &mut Cursor, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let mut mark = start(file, marks.get(file.plain_name()), sink)?;
    let reader = match file.open_at(mark.offset) {
        Ok(reader) => reader,
        Err(problem) => return sink.problem(problem),
    };
    let mut batches = Batches::new(reader);
    // A reader of a file never fails: it ends, and tells why.
    while let Ok(Some(batch)) = batches.next() {
        let next = match batch {
            Batch::Lines(bytes) => {
                keep(file, &mark, bytes, sink)?;
                bytes.ends_with(b"\n").then(|| mark.after(bytes))
            }
            Batch::TooLong { length, ended } => {
                let detail = format!("{length} bytes");
                sink.problem(file.problem("line is too long", Some(mark.line), detail))?;
                // Not looked at again: as if nothing had been read before it.
                let passed = Mark {
                    offset: mark.offset + length,
                    line: mark.line + 1,
                    tail: Default::default(),
                    ..mark.clone()
                };
                ended.then_some(passed)
            }
        };
        let Some(next) = next else { break };
        mark = next;
        marks.insert(file.plain_name().to_owned(), mark.clone());
        sink.safe_point(&|| to_json(marks))?;
    }
    if let Some(problem) = batches.get_ref().problem() {
        sink.problem(problem)?;
    }
    mark.stamp = Some(file.stamp);
    marks.insert(file.plain_name().to_owned(), mark);
    sink.safe_point(&|| to_json(marks))
}

/// Where to begin. A file that no longer holds what was read is another file of the same name: its lines
/// are counted on, so that they do not take the place of the ones that were there.
fn start(file: &FoundFile, known: Option<&Mark>, sink: &mut dyn Sink) -> Result<Mark, CollectError> {
    let anew = Mark { clock: Clock::at_start_of(&file.name), ..Mark::default() };
    let Some(mark) = known else { return Ok(anew) };
    if holds(file, mark) {
        return Ok(Mark { stamp: None, ..mark.clone() });
    }
    sink.problem(file.problem("file was replaced", None, "it is read from its beginning; was it rotated?"))?;
    Ok(Mark { line: mark.line, ..anew })
}

/// Whether what was read last is still there.
fn holds(file: &FoundFile, mark: &Mark) -> bool {
    let (length, hash) = &mark.tail;
    let mut tail = Vec::new();
    let Ok(reader) = file.open_at(mark.offset.saturating_sub(*length)) else { return true };
    // A reader of a file never fails: it ends.
    _ = reader.take(*length).read_to_end(&mut tail);
    tail_of(&tail) == (*length, hash.clone())
}

fn tail_of(bytes: &[u8]) -> (u64, String) {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    match tail {
        [] => Default::default(),
        tail => (tail.len() as u64, blake3::hash(tail).to_hex()[..16].to_owned()),
    }
}

fn keep(file: &FoundFile, mark: &Mark, bytes: &[u8], sink: &mut dyn Sink) -> Result<(), CollectError> {
    let origin = Origin { file: file.plain_name().to_owned(), line: mark.line, clock: mark.clock };
    let origin = serde_json::to_string(&origin).map_err(|error| CollectError::Other(error.to_string()))?;
    let id = format!("{}#{}", file.plain_name(), mark.line);
    let hash = blake3::hash(bytes).to_hex();
    sink.item(ItemRef { id: &id, version: &hash[..16], kind: "log", origin: &origin, bytes })
}

impl Mark {
    /// The mark behind these whole lines.
    fn after(&self, lines: &[u8]) -> Mark {
        let mut clock = self.clock;
        let mut begin = 0;
        let mut line = self.line;
        for end in memchr_iter(b'\n', lines) {
            clock.read(&lines[begin..end]);
            begin = end + 1;
            line += 1;
        }
        Mark { stamp: None, offset: self.offset + lines.len() as u64, line, clock, tail: tail_of(lines) }
    }
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
