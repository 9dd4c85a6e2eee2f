//! The cursor loop that every source of JSON files shares: each piece of each file becomes an item, and a
//! run goes on where the one before ended.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use model::Problem;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use source::run::{MAX_ITEM, SAFE_BYTES};
use source::{CollectError, Context, ItemRef, Sink};

use super::{Found, Pieces};
use crate::files::{self, FileReader, FoundFile, Stamp};

/// Pieces between safe points.
const STRIDE: u64 = 512;

/// How far each file was read.
type Cursor = BTreeMap<String, Mark>;

/// How far a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// What the file was like. If it is another by now, it is read from its beginning.
    stamp: Stamp,
    /// Pieces before this decompressed byte are kept already; `None` when all are.
    offset: Option<u64>,
}

/// Says what a piece is: given its pattern's place in the list and its bytes.
type Naming<'n> = dyn FnMut(usize, &[u8]) -> Result<Named, &'static str> + 'n;

/// What a piece is: see [`model::Item`]. One without a kind was only to be seen, as a header, and is not kept.
#[derive(Debug, Default)]
pub struct Named {
    /// [`model::Item::id`].
    pub id: String,
    /// [`model::Item::kind`].
    pub kind: &'static str,
    /// What its bytes do not tell, as the `more` of its [`Origin`]. What is told under [`REVISION`] makes
    /// another version of an item whose bytes are the same.
    pub more: Map<String, Value>,
}

/// The name in [`Named::more`] of what makes a version together with an item's bytes.
pub const REVISION: &str = "revision";

impl Named {
    /// A piece with what its bytes do not tell.
    pub fn told(id: String, kind: &'static str, told: &impl Serialize) -> Self {
        let more = match serde_json::to_value(told) {
            Ok(Value::Object(more)) => more,
            _ => Map::new(),
        };
        Named { id, kind, more }
    }
}

/// Where an item was found, and what its bytes do not tell: what [`Collector`] writes as its origin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Origin<T> {
    /// The file's relative name.
    pub file: String,
    /// Where the item begins, in decompressed bytes.
    pub offset: u64,
    /// [`Named::more`].
    #[serde(flatten)]
    pub more: T,
}

impl<T: DeserializeOwned + Default> Origin<T> {
    /// Reads what a [`Collector`] wrote; nothing where that cannot be read.
    pub fn read(item: &model::Item) -> Self {
        serde_json::from_str(&item.origin).unwrap_or_default()
    }
}

/// What cuts a file into pieces.
pub trait Cut {
    /// The next piece; `None` at the end.
    fn next_piece(&mut self) -> io::Result<Option<Found<'_>>>;

    /// What it reads from.
    fn reader(&self) -> &FileReader;
}

impl Cut for Pieces<FileReader> {
    fn next_piece(&mut self) -> io::Result<Option<Found<'_>>> {
        Pieces::next_piece(self)
    }

    fn reader(&self) -> &FileReader {
        self.get_ref()
    }
}

/// Reads files into a sink, piece by piece.
pub struct Collector<'a> {
    marks: Cursor,
    sink: &'a mut dyn Sink,
    done: u64,
    total: u64,
}

impl<'a> Collector<'a> {
    /// Finds the files at `path` (see [`files::find`]) and what was read of them up to `cursor`.
    pub fn start(
        context: &Context,
        path: &Path,
        glob: Option<&str>,
        cursor: &Value,
        sink: &'a mut dyn Sink,
    ) -> Result<(Self, Vec<FoundFile>), CollectError> {
        let mut problems = Vec::new();
        let files = files::find(&context.resolve(path), glob, &mut |problem| problems.push(problem))?;
        let total = files.iter().map(|file| file.stamp.size).sum();
        problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
        Ok((Collector { marks: Cursor::deserialize(cursor).unwrap_or_default(), sink, done: 0, total }, files))
    }

    /// Whether there is something in the file that was not read yet.
    pub fn is_new(&self, file: &FoundFile) -> bool {
        self.beginning(file).is_some()
    }

    /// Records a problem.
    pub fn problem(&mut self, problem: Problem) -> Result<(), CollectError> {
        self.sink.problem(problem)
    }

    /// Keeps the pieces of a file that fit one of `patterns` (see [`Pieces`]). `name` is given a pattern's
    /// place in the list and the piece, and says what it is, or why it is nothing to keep: a problem's phrase.
    pub fn file(
        &mut self,
        file: &FoundFile,
        patterns: &[&'static str],
        name: impl FnMut(usize, &[u8]) -> Result<Named, &'static str>,
    ) -> Result<(), CollectError> {
        self.cut(file, |reader| Pieces::new(reader, patterns, MAX_ITEM), name)
    }

    /// Keeps the pieces of a file that is no JSON, as `cut` cuts them.
    pub fn cut<C: Cut>(
        &mut self,
        file: &FoundFile,
        cut: impl FnOnce(FileReader) -> C,
        mut name: impl FnMut(usize, &[u8]) -> Result<Named, &'static str>,
    ) -> Result<(), CollectError> {
        if let Some(beginning) = self.beginning(file) {
            match file.open() {
                Ok(reader) => self.pieces(file, beginning, cut(reader), &mut name)?,
                Err(problem) => self.sink.problem(problem)?,
            }
            self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: None });
            self.sink.safe_point(&|| to_json(&self.marks))?;
        }
        self.done += file.stamp.size;
        self.sink.progress(self.done, self.total);
        Ok(())
    }

    /// The last call: says where the next run goes on.
    pub fn end(self) -> Result<(), CollectError> {
        self.sink.end(to_json(&self.marks))
    }

    /// Where to read a file from; `None` if it was read to its end.
    fn beginning(&self, file: &FoundFile) -> Option<u64> {
        match self.marks.get(&file.name) {
            Some(mark) if mark.stamp == file.stamp => mark.offset,
            _ => Some(0),
        }
    }

    fn pieces(
        &mut self,
        file: &FoundFile,
        beginning: u64,
        mut pieces: impl Cut,
        name: &mut Naming<'_>,
    ) -> Result<(), CollectError> {
        let (mut count, mut kept) = (0, 0);
        // A reader of a file never fails: it ends, and tells why.
        while let Ok(Some(Found { offset, piece })) = pieces.next_piece() {
            if offset < beginning {
                // What a source learns from a header it must learn again.
                if let Ok((pattern, bytes)) = piece {
                    let _ = name(pattern, bytes);
                }
                continue;
            }
            match piece.and_then(|(pattern, bytes)| Ok((name(pattern, bytes)?, bytes))) {
                Ok((named, _)) if named.kind.is_empty() => {}
                Ok((named, bytes)) => {
                    kept += bytes.len();
                    self.keep(file, offset, named, bytes)?;
                }
                Err(what) => self.sink.problem(file.problem(what, Some(offset), ""))?,
            }
            count += 1;
            if count % STRIDE == 0 || kept > SAFE_BYTES {
                kept = 0;
                self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: Some(offset + 1) });
                self.sink.safe_point(&|| to_json(&self.marks))?;
                self.sink.progress(self.done + pieces.reader().consumed(), self.total);
            }
        }
        match pieces.reader().problem() {
            Some(problem) => self.sink.problem(problem),
            None => Ok(()),
        }
    }

    fn keep(&mut self, file: &FoundFile, offset: u64, named: Named, bytes: &[u8]) -> Result<(), CollectError> {
        let Named { id, kind, mut more } = named;
        let mut hasher = blake3::Hasher::new();
        hasher.update(bytes);
        if let Some(revision) = more.get(REVISION) {
            hasher.update(revision.to_string().as_bytes());
        }
        more.insert("file".to_owned(), file.name.as_str().into());
        more.insert("offset".to_owned(), offset.into());
        let origin = Value::Object(more).to_string();
        let hash = hasher.finalize().to_hex();
        self.sink.item(ItemRef { id: &id, version: &hash[..16], kind, origin: &origin, bytes })
    }
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
