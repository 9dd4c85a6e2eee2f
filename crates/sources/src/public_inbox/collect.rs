//! Keeps every mail that was not removed, and a mark for every one that was.

use std::collections::BTreeMap;

use gix::{ObjectId, Repository};
use model::{Rows, Timestamp, time};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::{MAX_ITEM, SAFE_BYTES};
use source::{CollectError, Context, ItemRef, Options, Sink};

use super::changes::{Change, Line, changes};
use super::config::InboxOptions;
use super::store::{Epoch, epochs, trouble};
use crate::mail::{Dialect, Place, Reader};
use crate::repository;

/// Commits between safe points.
const STRIDE: usize = 256;

/// How far each epoch was read.
type Cursor = BTreeMap<String, Mark>;

/// How far an epoch was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// The last commit whose mail was kept, hexadecimal.
    tip: String,
    /// Whether all before it could be read. If not, the next run looks at it again.
    whole: bool,
}

/// Where an item was found: its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// The epoch.
    pub file: String,
    /// The commit.
    pub commit: String,
    /// When the commit was made: when the mail arrived, or was removed.
    pub time: Option<Timestamp>,
    /// The id of the message that was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What is new in an epoch.
struct New<'a> {
    epoch: &'a Epoch,
    repository: Repository,
    tip: ObjectId,
    shallow: Vec<ObjectId>,
    line: Line,
    /// Nothing before was unreadable or absent.
    whole: bool,
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = InboxOptions::read(context)?;
    let path = context.resolve(&options.path);
    let mut problems = Vec::new();
    let epochs = epochs(&path, &mut |problem| problems.push(problem))?;
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;

    let marks = Cursor::deserialize(cursor).unwrap_or_default();
    let mut news: Vec<New<'_>> = epochs
        .iter()
        .map(|epoch| look(epoch, marks.get(&epoch.name), epochs.len() == 1, sink))
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    // An epoch that is read anew has mails that others removed: then all are looked at.
    if news.iter().any(|new| !new.line.goes_on && marks.contains_key(&new.epoch.name)) {
        news.iter_mut().for_each(|new| new.line = Line::between(&new.repository, new.tip, None, &new.shallow));
    }
    let removed = removed(&news);
    let total = news.iter().map(|new| new.line.commits.len() as u64).sum();
    let mut keeping = Keeping { sink, marks, removed, done: 0, total, bytes: 0 };
    news.iter().try_for_each(|new| keeping.epoch(new))?;
    let Keeping { sink, marks, .. } = keeping;
    sink.end(to_json(&marks))
}

/// Looks for commits that came since. Of several epochs, one that is damaged is a problem only.
fn look<'a>(
    epoch: &'a Epoch,
    mark: Option<&Mark>,
    only: bool,
    sink: &mut dyn Sink,
) -> Result<Option<New<'a>>, CollectError> {
    let repository = match repository::open(&epoch.path) {
        Ok(repository) => repository,
        Err(error) if only => return Err(error),
        Err(_) => {
            sink.problem(trouble(&epoch.name, "repository cannot be read", "`git fsck` tells more"))?;
            return Ok(None);
        }
    };
    let master = repository.find_reference("refs/heads/master").ok().and_then(|mut branch| branch.peel_to_id().ok());
    let Some(tip) = master.or_else(|| repository.head_id().ok()).map(|id| id.detach()) else {
        sink.problem(trouble(&epoch.name, "branch cannot be read", "there is no `master` and no `HEAD`"))?;
        return Ok(None);
    };
    let shallow = repository::shallow_commits(&repository, &epoch.name, sink)?;
    let known = mark.filter(|mark| mark.whole).and_then(|mark| ObjectId::from_hex(mark.tip.as_bytes()).ok());
    let line = Line::between(&repository, tip, known, &shallow);
    if let Some(id) = line.broken {
        let file = place(&epoch.name, &id.to_string());
        sink.problem(trouble(&file, "commit cannot be read", "missing or damaged; `git fsck` tells more"))?;
    }
    let whole = line.broken.is_none() && (shallow.is_empty() || line.goes_on);
    Ok(Some(New { epoch, repository, tip, shallow, line, whole }))
}

/// Mails that are gone when all new commits are done. They need not lie in the epoch that removes them.
fn removed(news: &[New<'_>]) -> FxHashSet<ObjectId> {
    let mut removed = FxHashSet::default();
    for new in news {
        for id in &new.line.commits {
            // What cannot be read is said when it is to be kept.
            let Ok(commit) = new.repository.find_commit(*id) else { continue };
            for change in changes(&new.repository, &commit).unwrap_or_default() {
                match change {
                    Change::Added(blob) => _ = removed.remove(&blob),
                    Change::Removed(blob) | Change::Purged(blob) => _ = removed.insert(blob),
                }
            }
        }
    }
    removed
}

struct Keeping<'a> {
    sink: &'a mut dyn Sink,
    marks: Cursor,
    removed: FxHashSet<ObjectId>,
    /// Commits done, and those there are.
    done: u64,
    total: u64,
    /// Kept since the latest safe point.
    bytes: usize,
}

impl Keeping<'_> {
    fn epoch(&mut self, new: &New<'_>) -> Result<(), CollectError> {
        if new.line.commits.is_empty() {
            return Ok(());
        }
        let mut whole = new.whole;
        for (number, id) in new.line.commits.iter().enumerate() {
            whole &= self.commit(new, *id)?;
            self.done += 1;
            let mark = Mark { tip: id.to_string(), whole };
            self.marks.insert(new.epoch.name.clone(), mark);
            if (number + 1).is_multiple_of(STRIDE) || self.bytes > SAFE_BYTES {
                self.bytes = 0;
                self.sink.safe_point(&|| to_json(&self.marks))?;
                self.sink.progress(self.done, self.total);
            }
        }
        self.sink.safe_point(&|| to_json(&self.marks))
    }

    /// Keeps what one commit brought; false if some of it cannot be read.
    fn commit(&mut self, new: &New<'_>, id: ObjectId) -> Result<bool, CollectError> {
        let file = place(&new.epoch.name, &id.to_string());
        let read = new.repository.find_commit(id).ok().and_then(|commit| {
            let time = commit.time().ok().and_then(|time| time.seconds.checked_mul(time::SECOND));
            Some((changes(&new.repository, &commit).ok()?, time, commit.data.clone()))
        });
        let Some((changes, time, raw)) = read else {
            self.sink.problem(trouble(&file, "commit cannot be read", "missing or damaged; `git fsck` tells more"))?;
            return Ok(false);
        };
        let origin = Origin { file: new.epoch.name.clone(), commit: id.to_string(), time, message: None };
        let mut whole = true;
        for change in changes {
            match change {
                Change::Added(blob) if self.removed.contains(&blob) => {}
                Change::Added(blob) => whole &= self.mail(new, blob, &origin, &file)?,
                Change::Removed(blob) | Change::Purged(blob) if self.removed.contains(&blob) => {
                    let message = message_of(&new.repository, blob);
                    let origin = Origin { message, file: origin.file.clone(), commit: origin.commit.clone(), time };
                    self.keep(blob, "removal", &origin, &raw)?;
                }
                Change::Removed(_) | Change::Purged(_) => {}
            }
        }
        Ok(whole)
    }

    fn mail(&mut self, new: &New<'_>, blob: ObjectId, origin: &Origin, file: &str) -> Result<bool, CollectError> {
        let size = new.repository.find_header(blob).map(|header| header.size());
        if let Ok(size) = size
            && size > MAX_ITEM as u64
        {
            let detail = format!("{size} bytes, the limit is {MAX_ITEM}");
            self.sink.problem(trouble(file, "mail is too large", &detail))?;
            return Ok(true);
        }
        match new.repository.find_object(blob) {
            // What a purge leaves behind.
            Ok(object) if object.data.is_empty() => Ok(true),
            Ok(object) => self.keep(blob, "mail", origin, &object.data).map(|()| true),
            Err(_) => {
                self.sink.problem(trouble(file, "mail cannot be read", "missing or damaged; `git fsck` tells more"))?;
                Ok(false)
            }
        }
    }

    /// The id is the blob's: a removal is a later version of the mail, and a mail that comes back of the removal.
    fn keep(&mut self, blob: ObjectId, kind: &str, origin: &Origin, bytes: &[u8]) -> Result<(), CollectError> {
        self.bytes += bytes.len();
        let version = if kind == "mail" { "" } else { kind };
        let origin = serde_json::to_string(origin).unwrap_or_default();
        self.sink.item(ItemRef { id: &blob.to_string(), version, kind, origin: &origin, bytes })
    }
}

/// The id of the message that a removed mail was: all that is kept of it.
fn message_of(repository: &Repository, blob: ObjectId) -> Option<String> {
    let object = repository.find_object(blob).ok().filter(|object| !object.data.is_empty())?;
    let mut rows = Rows::default();
    Reader::new("", "", Dialect::Mboxcl2).read(&object.data, Place::default(), &mut rows);
    rows.messages.first().map(|message| message.id.to_string())
}

/// An epoch and a commit in it, for problems.
pub fn place(epoch: &str, commit: &str) -> String {
    format!("{epoch}@{}", commit.get(..12).unwrap_or(commit))
}

fn to_json(marks: &Cursor) -> Value {
    serde_json::to_value(marks).unwrap_or_default()
}
