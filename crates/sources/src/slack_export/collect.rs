//! Keeps every user, channel and message, unchanged.

use std::collections::BTreeMap;

use model::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::{MAX_ITEM, SAFE_BYTES};
use source::{CollectError, Context, ItemRef, Options, Sink};

use super::config::ExportOptions;
use super::export::{Export, exports};
use super::mrkdwn::{Names, mentioned};
use crate::files::{self, FoundFile, Stamp};
use crate::json::{Found, Pieces};

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

/// Where an item was found, and what its bytes do not tell: an item's origin.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file's relative name.
    pub file: String,
    /// Where the item begins, in decompressed bytes.
    pub offset: u64,
    /// The name of a message's channel.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// The channel's id, if the export has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel_id: String,
    /// The names of the users and channels that a message mentions.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let path = context.resolve(&options.path);
    let mut problems = Vec::new();
    let files = files::find(&path, None, &mut |problem| problems.push(problem))?;
    let total = files.iter().map(|file| file.stamp.size).sum();
    let exports = exports(files);
    if exports.is_empty() {
        let path = path.display();
        let message =
            format!("{path} holds no Slack export; name its zip, or the folder with users.json and channels.json");
        return Err(CollectError::Other(message));
    }
    let mut keeping = Keeping { marks: Cursor::deserialize(cursor).unwrap_or_default(), sink, done: 0, total };
    problems.into_iter().try_for_each(|problem| keeping.sink.problem(problem))?;
    exports.iter().try_for_each(|export| keeping.export(export))?;
    let Keeping { marks, sink, .. } = keeping;
    sink.end(to_json(&marks))
}

struct Keeping<'a> {
    marks: Cursor,
    sink: &'a mut dyn Sink,
    done: u64,
    total: u64,
}

impl Keeping<'_> {
    fn export(&mut self, export: &Export) -> Result<(), CollectError> {
        let new = |file: &FoundFile| self.start(file).is_some();
        if !export.lists.iter().map(|(file, _)| file).chain(export.days.iter().map(|(_, file)| file)).any(new) {
            return Ok(());
        }
        let mut problems: Vec<Problem> = Vec::new();
        let (names, channels) = export.names(&mut |problem| problems.push(problem));
        problems.into_iter().try_for_each(|problem| self.sink.problem(problem))?;
        for (file, kind) in &export.lists {
            self.file(file, |value, _| {
                let id = value["id"].as_str()?;
                Some((format!("{kind}/{id}"), *kind, Origin::default()))
            })?;
        }
        for (folder, file) in &export.days {
            let channel_id = channels.get(folder).cloned().unwrap_or_default();
            let place = if channel_id.is_empty() { folder } else { &channel_id }.clone();
            self.file(file, |value, _| {
                let time =
                    value["ts"].as_str().map(str::to_owned).or_else(|| Some(value["ts"].as_number()?.to_string()))?;
                let names = mentions(value, &names);
                let origin =
                    Origin { channel: folder.clone(), channel_id: channel_id.clone(), names, ..Origin::default() };
                Some((format!("{place}/{time}"), "message", origin))
            })?;
        }
        Ok(())
    }

    /// Where to read a file from; `None` if it was read to its end.
    fn start(&self, file: &FoundFile) -> Option<u64> {
        match self.marks.get(&file.name) {
            Some(mark) if mark.stamp == file.stamp => mark.offset,
            _ => Some(0),
        }
    }

    /// Keeps the pieces of a file. `name` gives an item's id, kind and origin, or nothing for what is no
    /// such item.
    fn file(
        &mut self,
        file: &FoundFile,
        name: impl Fn(&Value, u64) -> Option<(String, &'static str, Origin)>,
    ) -> Result<(), CollectError> {
        if let Some(start) = self.start(file) {
            self.pieces(file, start, name)?;
            self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: None });
            self.sink.safe_point(&|| to_json(&self.marks))?;
        }
        self.done += file.stamp.size;
        self.sink.progress(self.done, self.total);
        Ok(())
    }

    fn pieces(
        &mut self,
        file: &FoundFile,
        start: u64,
        name: impl Fn(&Value, u64) -> Option<(String, &'static str, Origin)>,
    ) -> Result<(), CollectError> {
        let reader = match file.open() {
            Ok(reader) => reader,
            Err(problem) => return self.sink.problem(problem),
        };
        let mut pieces = Pieces::new(reader, &["[]"], MAX_ITEM);
        let (mut count, mut kept) = (0, 0);
        // A reader of a file never fails: it ends, and tells why.
        while let Ok(Some(Found { offset, piece })) = pieces.next_piece() {
            if offset < start {
                continue;
            }
            let named = piece.and_then(|(_, bytes)| {
                let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
                let (id, kind, origin) = name(&value, offset).ok_or("has no id or no time")?;
                Ok((id, kind, Origin { file: file.name.clone(), offset, ..origin }, bytes))
            });
            match named {
                Ok((id, kind, origin, bytes)) => {
                    let origin =
                        serde_json::to_string(&origin).map_err(|error| CollectError::Other(error.to_string()))?;
                    let hash = blake3::hash(bytes).to_hex();
                    kept += bytes.len();
                    self.sink.item(ItemRef { id: &id, version: &hash[..16], kind, origin: &origin, bytes })?;
                }
                Err(what) => self.sink.problem(file.problem(what, Some(offset), ""))?,
            }
            count += 1;
            if count % STRIDE == 0 || kept > SAFE_BYTES {
                kept = 0;
                self.marks.insert(file.name.clone(), Mark { stamp: file.stamp, offset: Some(offset + 1) });
                self.sink.safe_point(&|| to_json(&self.marks))?;
                self.sink.progress(self.done + pieces.get_ref().consumed(), self.total);
            }
        }
        match pieces.get_ref().problem() {
            Some(problem) => self.sink.problem(problem),
            None => Ok(()),
        }
    }
}

/// The names that a message needs to be read.
fn mentions(message: &Value, names: &Names) -> Names {
    let text = message["text"].as_str().unwrap_or_default();
    let known = |id: &str| Some((id.to_owned(), names.get(id)?.clone()));
    let channels = text.split("<#").skip(1).filter_map(|from| from.split(['>', '|']).next());
    mentioned(text).chain(channels).filter_map(known).collect()
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}
