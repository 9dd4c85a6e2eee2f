//! Reads what is new in the files and keeps it mail by mail.

use std::fmt::Write;

use serde_json::Value;
use source::run::{MAX_ITEM, SAFE_BYTES};
use source::{CollectError, Context, ItemRef, Options, Sink};

use super::config::Config;
use super::cursor::{Cursor, LastMail};
use super::split::{Cut, Piece, Splitter};
use crate::files::{self, FileReader, FoundFile};
use crate::mail::Dialect;

/// The kind of the items.
pub(super) const KIND: &str = "mail";
/// Mails between two safe points.
const SAFE_POINT: usize = 256;

/// See [`source::Source::collect`].
pub(super) fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    collect_up_to(MAX_ITEM, context, cursor, sink)
}

/// Collects mails of at most `limit` bytes.
pub(super) fn collect_up_to(
    limit: usize,
    context: &Context,
    cursor: &Value,
    sink: &mut dyn Sink,
) -> Result<(), CollectError> {
    let config = Config::read(context)?;
    let mut problems = Vec::new();
    let path = context.resolve(&config.path);
    let files = files::find(&path, config.glob.as_deref(), &mut |problem| problems.push(problem))?;
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;

    let mut cursor = Cursor::read(cursor);
    cursor.keep_only(&files);
    let total = files.iter().map(|file| file.stamp.size).sum();
    let mut run = Run { dialect: config.dialect, limit, sink, cursor, mails: 0, bytes: 0, done: 0, total };
    for file in &files {
        if !is_unfinished_delivery(&file.name) && !run.cursor.is_done(file) {
            run.file(file)?;
        }
        run.done += file.stamp.size;
        run.sink.progress(run.done, run.total);
    }
    let end = run.cursor.to_value();
    run.sink.end(end)
}

/// One run of the collector.
struct Run<'a> {
    dialect: Dialect,
    limit: usize,
    sink: &'a mut dyn Sink,
    cursor: Cursor,
    /// Mails kept, to tell when a safe point is due.
    mails: usize,
    /// Their bytes since the latest safe point.
    bytes: usize,
    /// Bytes of the files before this one, and of all.
    done: u64,
    total: u64,
}

impl Run<'_> {
    fn file(&mut self, file: &FoundFile) -> Result<(), CollectError> {
        let mut splitter = match self.open(file) {
            Ok(splitter) => splitter,
            // Not marked as done: next time it may be readable.
            Err(problem) => return self.sink.problem(problem),
        };
        let mut naming = Naming::new(file);
        let mut empty = true;
        // A FileReader does not fail: it ends and has a problem to tell.
        while let Ok(Some(piece)) = splitter.next() {
            empty = false;
            match piece {
                Piece::Mail { offset, bytes } => {
                    let hash = hash(bytes);
                    let (id, origin) = naming.name(&hash, offset);
                    self.sink.item(ItemRef { id, version: "", kind: KIND, origin, bytes })?;
                    self.cursor.reached(file, LastMail { offset, length: bytes.len(), hash });
                    self.mails += 1;
                    self.bytes += bytes.len();
                    if self.mails.is_multiple_of(SAFE_POINT) || self.bytes > SAFE_BYTES {
                        self.bytes = 0;
                        let cursor = &self.cursor;
                        self.sink.safe_point(&|| cursor.to_value())?;
                        self.sink.progress(self.done + splitter.input().consumed(), self.total);
                    }
                }
                Piece::Junk { offset, length } => {
                    self.sink.problem(file.problem(
                        "not a mail",
                        Some(offset),
                        format!("{length} bytes passed over"),
                    ))?;
                }
                Piece::TooLarge { offset, length } => {
                    let detail = format!("{length} bytes, the limit is {}", self.limit);
                    self.sink.problem(file.problem("mail is too large", Some(offset), detail))?;
                }
            }
        }
        match splitter.input().problem() {
            Some(problem) => self.sink.problem(problem)?,
            None if empty && splitter.input().offset() == 0 => {
                self.sink.problem(file.problem("file is empty", Some(0), ""))?;
            }
            None => {}
        }
        self.cursor.done(file, is_one_mail(&file.name));
        Ok(())
    }

    /// Opens a file where the last run left it, if what was read then is still there.
    fn open(&self, file: &FoundFile) -> Result<Splitter<FileReader>, model::Problem> {
        let whole = is_one_mail(&file.name);
        let cut = |offset| Cut { offset, whole, by_length: self.dialect.has_length(), limit: self.limit };
        if let Some(last) = self.cursor.last_mail(file)
            && !whole
        {
            let mut splitter = Splitter::new(file.open_at(last.offset)?, cut(last.offset));
            if splitter.peek(last.length).is_ok_and(|bytes| hash(bytes) == last.hash) {
                return Ok(splitter);
            }
        }
        Ok(Splitter::new(file.open()?, cut(0)))
    }
}

/// Makes ids and origins of the mails of one file, without allocating for each.
struct Naming {
    id: String,
    id_stem: usize,
    origin: String,
    origin_stem: usize,
    whole: bool,
}

impl Naming {
    fn new(file: &FoundFile) -> Naming {
        let whole = is_one_mail(&file.name);
        let id = format!("{}#", lasting_name(file.plain_name()));
        let name = Value::from(file.name.as_str());
        let origin = if whole { format!("{{\"file\":{name}}}") } else { format!("{{\"file\":{name},\"offset\":") };
        Naming { id_stem: id.len(), id, origin_stem: origin.len(), origin, whole }
    }

    /// The id, by which the same bytes in the same file are one item wherever in it they stand, and the origin.
    fn name(&mut self, hash: &str, offset: u64) -> (&str, &str) {
        self.id.truncate(self.id_stem);
        self.id.push_str(hash);
        self.origin.truncate(self.origin_stem);
        if !self.whole {
            // Writing into a string does not fail.
            let _ = write!(self.origin, "{offset}}}");
        }
        (&self.id, &self.origin)
    }
}

/// 80 bits of BLAKE3: as much as [`model::Id`] holds.
fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..20].to_owned()
}

/// Whether a file holds one mail, by its name: `.eml`, or in a Maildir.
fn is_one_mail(name: &str) -> bool {
    let plain = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    plain.ends_with(".eml") || maildir_folder(name).is_some()
}

/// The folder of a Maildir that a file lies in: `new` or `cur`, and `tmp` while it is being delivered.
fn maildir_folder(name: &str) -> Option<&str> {
    let (folder, _) = name.rsplit_once('/')?;
    let last = folder.rsplit('/').next()?;
    matches!(last, "new" | "cur" | "tmp").then_some(last)
}

fn is_unfinished_delivery(name: &str) -> bool {
    maildir_folder(name) == Some("tmp")
}

/// A name that stays when a mail reader moves a mail from `new` to `cur` and adds flags to its name.
fn lasting_name(name: &str) -> String {
    let Some((folder, file)) = name.rsplit_once('/').filter(|_| maildir_folder(name).is_some()) else {
        return name.to_owned();
    };
    let folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    let unique = file.split(":2,").next().unwrap_or(file);
    format!("{folder}/{unique}")
}
