//! Which commits there are to collect, oldest first.
//!
//! The history is walked from the newest commits on by commit time, with what was known before painted
//! as seen, as `git rev-list new --not old` does; so a day's new commits cost about a day's worth of
//! reading. Clocks that are off can make the walk meet a known commit before it is painted: it is then
//! given again, and the sink passes it over.

use std::collections::BinaryHeap;

use gix::{ObjectId, Repository};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::commit::{Commit, Signature};

/// The commits reachable from some tips but not from others.
#[derive(Debug, Default)]
pub struct History {
    /// Parents before children; for one state of the repository always in the same order.
    pub commits: Vec<ObjectId>,
    /// Commits that could not be read, in the order they were met.
    pub unreadable: Vec<ObjectId>,
}

impl History {
    /// Walks from `tips` to what is reachable from `seen`. Parents of the commits in `shallow` are
    /// known to be absent.
    pub fn between(repository: &Repository, tips: &[ObjectId], seen: &[ObjectId], shallow: &[ObjectId]) -> History {
        let mut walk = Walk::new(repository, shallow);
        seen.iter().for_each(|tip| walk.reach(*tip, true));
        // What a rewrite of history and `git gc` took away is no loss: the archive has it.
        walk.unreadable.clear();
        tips.iter().for_each(|tip| walk.reach(*tip, false));
        let newest_first = walk.run();
        History { commits: parents_first(&newest_first, &walk.nodes), unreadable: walk.unreadable }
    }
}

/// One commit that the walk has met.
struct Node {
    parents: Vec<ObjectId>,
    /// Commit time, seconds since 1970.
    time: i64,
    /// Reachable from what was known before.
    seen: bool,
    /// Waits in the queue.
    queued: bool,
}

struct Walk<'a> {
    repository: &'a Repository,
    shallow: &'a [ObjectId],
    nodes: FxHashMap<ObjectId, Node>,
    unreadable: Vec<ObjectId>,
    queue: BinaryHeap<(i64, ObjectId)>,
    /// Commits in the queue that are not painted as seen: without any, the walk is over.
    open: usize,
}

impl<'a> Walk<'a> {
    fn new(repository: &'a Repository, shallow: &'a [ObjectId]) -> Self {
        let (nodes, queue) = (FxHashMap::default(), BinaryHeap::new());
        Walk { repository, shallow, nodes, unreadable: Vec::new(), queue, open: 0 }
    }

    /// Gives the commits that are not painted, newest first.
    fn run(&mut self) -> Vec<ObjectId> {
        let mut passed = Vec::new();
        while self.open > 0
            && let Some((_, id)) = self.queue.pop()
        {
            let Some(node) = self.nodes.get_mut(&id) else { continue };
            node.queued = false;
            let (seen, parents) = (node.seen, node.parents.clone());
            if !seen {
                self.open -= 1;
                passed.push(id);
            }
            parents.into_iter().for_each(|parent| self.reach(parent, seen));
        }
        // Some were painted only after they were passed.
        passed.retain(|id| !self.nodes[id].seen);
        passed
    }

    fn reach(&mut self, id: ObjectId, seen: bool) {
        if let Some(node) = self.nodes.get_mut(&id) {
            if seen && !node.seen {
                node.seen = true;
                if node.queued {
                    self.open -= 1;
                } else {
                    // It was passed: its parents must learn of the paint.
                    node.queued = true;
                    self.queue.push((node.time, id));
                }
            }
            return;
        }
        match self.read(id) {
            Some((parents, time)) => {
                self.queue.push((time, id));
                self.open += usize::from(!seen);
                self.nodes.insert(id, Node { parents, time, seen, queued: true });
            }
            None if self.unreadable.contains(&id) => {}
            None => self.unreadable.push(id),
        }
    }

    /// The parents and the commit time.
    fn read(&self, id: ObjectId) -> Option<(Vec<ObjectId>, i64)> {
        let object = self.repository.find_object(id).ok()?;
        if object.kind != gix::object::Kind::Commit {
            return None;
        }
        let commit = Commit::parse(&object.data);
        let parents = match self.shallow.contains(&id) {
            true => Vec::new(),
            false => commit.parents.iter().filter_map(|hash| ObjectId::from_hex(hash).ok()).collect(),
        };
        let time = commit.committer.and_then(|header| Signature::parse(header).time());
        Some((parents, time.unwrap_or_default()))
    }
}

/// Sorts so that parents come before children, and otherwise older commits before newer ones.
fn parents_first(newest_first: &[ObjectId], nodes: &FxHashMap<ObjectId, Node>) -> Vec<ObjectId> {
    let mut sorted = Vec::with_capacity(newest_first.len());
    let mut left: FxHashSet<ObjectId> = newest_first.iter().copied().collect();
    for id in newest_first.iter().rev() {
        if !left.remove(id) {
            continue;
        }
        // A path down to a commit whose parents are all done, and how many parents of each were looked at.
        let mut path = vec![(*id, 0)];
        while let Some((id, looked_at)) = path.last_mut() {
            match nodes[id].parents.get(*looked_at) {
                Some(parent) => {
                    *looked_at += 1;
                    if left.remove(parent) {
                        path.push((*parent, 0));
                    }
                }
                None => {
                    sorted.push(*id);
                    path.pop();
                }
            }
        }
    }
    sorted
}
