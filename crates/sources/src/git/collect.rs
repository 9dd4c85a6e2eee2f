//! Keeps every commit object, unchanged.

use gix::{ObjectId, Repository};
use globset::GlobSet;
use model::{Problem, Stage};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::SAFE_BYTES;
use source::{CollectError, Context, ItemRef, Sink};

use super::config::GitOptions;
use super::history::History;
use crate::repository;

/// Commits between safe points.
const STRIDE: usize = 256;

/// What is known from the runs before.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Cursor {
    /// Tips that the latest run got to the end from, sorted, hexadecimal.
    tips: Vec<String>,
    /// Whether that run could read all there is. If not, the next one looks at the whole history again.
    complete: bool,
    /// A run that is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    under_way: Option<UnderWay>,
}

/// How far a run is. It holds only while the order of commits is the same, which the hash tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct UnderWay {
    /// Commits kept.
    done: usize,
    /// BLAKE3 of their hashes.
    order: String,
}

/// Collects the commits that are new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let (options, branches) = GitOptions::with_branches(context)?;
    let repository = repository::open(&context.resolve(&options.path))?;
    // Written by an older version, a cursor may not be readable: then everything is looked at again.
    let before: Cursor = Cursor::deserialize(cursor).unwrap_or_default();

    let tips = tips(&repository, branches.as_ref(), sink)?;
    let names: Vec<String> = tips.iter().map(ObjectId::to_string).collect();
    if before.complete && before.tips == names {
        return sink.end(cursor.clone());
    }
    let shallow = repository::shallow_commits(&repository, "shallow", sink)?;
    let seen: &[String] = if before.complete { &before.tips } else { &[] };
    let seen: Vec<_> = seen.iter().filter_map(|hash| ObjectId::from_hex(hash.as_bytes()).ok()).collect();
    let history = History::between(&repository, &tips, &seen, &shallow);

    for id in &history.unreadable {
        sink.problem(problem(&id.to_string(), "commit cannot be read", "missing or damaged; `git fsck` tells more"))?;
    }
    let lost = keep(&repository, &history.commits, &before, sink)?;
    let complete = !lost && history.unreadable.is_empty() && shallow.is_empty();
    sink.end(to_json(&Cursor { tips: names, complete, under_way: None }))
}

/// What the wanted branches point to, sorted, each once.
fn tips(
    repository: &Repository,
    branches: Option<&GlobSet>,
    sink: &mut dyn Sink,
) -> Result<Vec<ObjectId>, CollectError> {
    let failed = |error: gix::Error| {
        CollectError::Other(format!("cannot read the branches of the repository: {error}; `git fsck` tells more"))
    };
    let references = repository.references().map_err(failed)?;
    let mut tips = Vec::new();
    for reference in references.local_branches().map_err(failed)?.chain(references.remote_branches().map_err(failed)?) {
        let mut reference = match reference {
            Ok(reference) => reference,
            Err(_) => {
                sink.problem(problem("refs", "branch cannot be read", "`git fsck` tells which"))?;
                continue;
            }
        };
        let full = reference.name().as_bstr().to_string();
        let name = full.strip_prefix("refs/heads/").or(full.strip_prefix("refs/remotes/")).unwrap_or(&full);
        if branches.is_some_and(|branches| !branches.is_match(name)) {
            continue;
        }
        match reference.peel_to_commit() {
            Ok(commit) => tips.push(commit.id),
            Err(_) => sink.problem(problem(&full, "branch cannot be read", "it points to no commit"))?,
        }
    }
    match branches {
        None => tips.extend(repository.head_id().map(|id| id.detach())),
        Some(_) if tips.is_empty() => {
            let message = "no branch of the repository is named in `branches`; `git branch --all` shows them";
            return Err(CollectError::Other(message.to_owned()));
        }
        Some(_) => {}
    }
    tips.sort_unstable();
    tips.dedup();
    Ok(tips)
}

/// Keeps `commits`, without those that a stopped run has kept already. Gives whether any was lost.
fn keep(
    repository: &Repository,
    commits: &[ObjectId],
    before: &Cursor,
    sink: &mut dyn Sink,
) -> Result<bool, CollectError> {
    let mut order = blake3::Hasher::new();
    let (mut lost, mut bytes) = (false, 0);
    let start = resumed(commits, before);
    commits[..start].iter().for_each(|id| _ = order.update(id.as_bytes()));
    for (done, id) in commits.iter().enumerate().skip(start) {
        let name = id.to_hex().to_string();
        match repository.find_object(*id) {
            Ok(object) => {
                bytes += object.data.len();
                sink.item(ItemRef { id: &name, version: "", kind: "commit", origin: "", bytes: &object.data })?;
            }
            Err(_) => {
                lost = true;
                sink.problem(problem(&name, "commit cannot be read", "missing or damaged; `git fsck` tells more"))?;
            }
        }
        order.update(id.as_bytes());
        if (done + 1) % STRIDE == 0 || bytes > SAFE_BYTES {
            bytes = 0;
            let under_way = || UnderWay { done: done + 1, order: order.finalize().to_hex().to_string() };
            sink.safe_point(&|| to_json(&Cursor { under_way: Some(under_way()), ..before.clone() }))?;
            sink.progress(done as u64 + 1, commits.len() as u64);
        }
    }
    Ok(lost)
}

/// How many of `commits` a stopped run has kept.
fn resumed(commits: &[ObjectId], before: &Cursor) -> usize {
    let Some(under_way) = &before.under_way else { return 0 };
    let Some(kept) = commits.get(..under_way.done) else { return 0 };
    let mut order = blake3::Hasher::new();
    kept.iter().for_each(|id| _ = order.update(id.as_bytes()));
    if order.finalize().to_hex().as_str() == under_way.order { under_way.done } else { 0 }
}

fn to_json(cursor: &Cursor) -> Value {
    serde_json::to_value(cursor).unwrap_or_default()
}

fn problem(file: &str, what: &str, detail: &str) -> Problem {
    let (what, file, detail) = (what.to_owned(), file.to_owned(), detail.to_owned());
    Problem { stage: Stage::Collect, what, file, offset: None, detail }
}
