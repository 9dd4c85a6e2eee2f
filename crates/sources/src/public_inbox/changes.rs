//! What a commit did to the mails of a store.

use std::collections::BTreeMap;

use gix::{Commit, ObjectId, Repository};

/// A mail came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// This blob is a mail.
    Added(ObjectId),
    /// The mail of this blob was removed; the blob is still there.
    Removed(ObjectId),
    /// The mail of this blob was purged: history reads as if it had never been.
    Purged(ObjectId),
}

/// Why a commit gives nothing: something it is made of is missing or damaged.
#[derive(Debug)]
pub struct Damaged;

/// How a purge's commit begins: then come the hashes of the blobs that are gone (public-inbox-purge(1)).
const PURGED: &str = "purged ";

/// Commits from one after `known` to `tip`, oldest first. A store's history is one line: first parents.
#[derive(Debug, Default)]
pub struct Line {
    /// The commits.
    pub commits: Vec<ObjectId>,
    /// Whether `known` was met. If not, the line begins where history begins.
    pub goes_on: bool,
    /// A commit that could not be read: what came before it is not here.
    pub broken: Option<ObjectId>,
}

impl Line {
    /// Walks back from `tip` to `known`, or to the beginning. Parents of the commits in `shallow` are absent.
    pub fn between(repository: &Repository, tip: ObjectId, known: Option<ObjectId>, shallow: &[ObjectId]) -> Line {
        let mut line = Line::default();
        let mut next = Some(tip);
        while let Some(id) = next {
            if known == Some(id) {
                line.goes_on = true;
                break;
            }
            let Ok(commit) = repository.find_commit(id) else {
                line.broken = Some(id);
                break;
            };
            line.commits.push(id);
            next = commit.parent_ids().next().map(|parent| parent.detach()).filter(|_| !shallow.contains(&id));
        }
        line.commits.reverse();
        line
    }
}

/// What `commit` changed: in the format v2 its tree is one file, `m` or `d`; in v1 it is all mails, by path.
pub fn changes(repository: &Repository, commit: &Commit<'_>) -> Result<Vec<Change>, Damaged> {
    let tree = commit.tree_id().map_err(|_| Damaged)?.detach();
    let now = entries(repository, tree)?;
    if let Some((name, entry)) =
        now.iter().find(|(name, entry)| !entry.folder && matches!(name.as_slice(), b"m" | b"d"))
    {
        let change = if name == b"m" { Change::Added(entry.id) } else { Change::Removed(entry.id) };
        return Ok(purged(commit).unwrap_or_else(|| vec![change]));
    }
    let parent = commit.parent_ids().next().and_then(|parent| repository.find_commit(parent.detach()).ok());
    let before = parent.and_then(|parent| parent.tree_id().ok().map(|tree| tree.detach()));
    // Without the parent's tree all that is there is new; what is known already is passed over.
    let before = before.and_then(|tree| entries(repository, tree).ok()).unwrap_or_default();
    let mut changes = Vec::new();
    for (name, pair) in pairs(&before, &now) {
        folder(repository, &name, pair, &mut changes)?;
    }
    Ok(changes)
}

/// The blobs that a purge names.
fn purged(commit: &Commit<'_>) -> Option<Vec<Change>> {
    let message = commit.message_raw_sloppy().to_string();
    let names = message.strip_prefix(PURGED)?;
    names.split_whitespace().map(|name| ObjectId::from_hex(name.as_bytes()).ok().map(Change::Purged)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    folder: bool,
    id: ObjectId,
}

type Entries = BTreeMap<Vec<u8>, Entry>;
type Pair = (Option<Entry>, Option<Entry>);

fn entries(repository: &Repository, tree: ObjectId) -> Result<Entries, Damaged> {
    let tree = repository.find_tree(tree).map_err(|_| Damaged)?;
    let read = tree.iter().map(|entry| {
        let entry = entry.map_err(|_| Damaged)?;
        let (folder, blob) = (entry.mode().is_tree(), entry.mode().is_blob());
        let id = entry.object_id();
        Ok((folder || blob).then(|| (entry.filename().to_vec(), Entry { folder, id })))
    });
    read.filter_map(Result::transpose).collect()
}

/// What differs, by name: before and now.
fn pairs(before: &Entries, now: &Entries) -> Vec<(Vec<u8>, Pair)> {
    let gone = before.iter().filter(|(name, _)| !now.contains_key(*name)).map(|(name, old)| (name, (Some(*old), None)));
    let new = now.iter().map(|(name, new)| (name, (before.get(name).copied(), Some(*new))));
    gone.chain(new).filter(|(_, (old, new))| old != new).map(|(name, pair)| (name.clone(), pair)).collect()
}

/// Changes in a folder of v1: `aa/bbbb…`, the SHA-1 of a Message-ID. Anything else is no mail.
fn folder(repository: &Repository, name: &[u8], pair: Pair, changes: &mut Vec<Change>) -> Result<(), Damaged> {
    if name.len() != 2 || !is_hex(name) {
        return Ok(());
    }
    let read = |entry: Option<Entry>| match entry {
        Some(entry) if entry.folder => entries(repository, entry.id),
        _ => Ok(Entries::new()),
    };
    let (before, now) = (read(pair.0).unwrap_or_default(), read(pair.1)?);
    for (name, pair) in pairs(&before, &now) {
        if name.len() != 38 || !is_hex(&name) {
            continue;
        }
        match pair {
            (_, Some(new)) if !new.folder => changes.push(Change::Added(new.id)),
            (Some(old), None) if !old.folder => changes.push(Change::Removed(old.id)),
            _ => {}
        }
    }
    Ok(())
}

fn is_hex(name: &[u8]) -> bool {
    name.iter().all(u8::is_ascii_hexdigit)
}
