//! Normalizes new segments, several at a time, and hands each one's rows over in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use arrow::array::RecordBatch;
use model::{Channel, Id, MessageKind, Problem, Same};
use source::Normalizer;

use crate::error::{DeriveError, Result};
use crate::facts::Fact;
use crate::links::{IdentityRow, Link};
use crate::made_from::Plan;
use crate::segment::segment;
use crate::{Job, Progress};

/// A message as a segment gives it: what [`crate::links::Links::absorb`] has yet to number.
pub struct FreshLink {
    /// The link, its numbers still unset.
    pub link: Link,
    /// The author.
    pub author: Option<Id>,
    /// The channel's name.
    pub channel: String,
    /// Tags, joined by spaces.
    pub tags: String,
    /// [`Link::refers`], spelled out.
    pub refers: Vec<u64>,
    /// What it means, if it opens something and asks.
    pub meaning: Option<text::Meaning>,
    /// The month's place in [`SegmentRows::messages`].
    pub month: usize,
}

/// An activity, as much as is counted.
pub struct FreshActivity {
    /// Its short id.
    pub short: u64,
    /// Who.
    pub who: Option<Id>,
    /// When.
    pub time: Option<i64>,
    /// The channel's name.
    pub channel: String,
    /// The month's place in [`SegmentRows::activities`], and the row there.
    pub place: (usize, u32),
}

/// What one segment gave.
#[derive(Default)]
pub struct SegmentRows {
    /// The source's place in the job.
    pub source: usize,
    /// Wide rows by month.
    pub messages: Vec<(String, RecordBatch)>,
    /// One entry per message.
    pub links: Vec<FreshLink>,
    /// Rows of `activities` by month.
    pub activities: Vec<(String, RecordBatch)>,
    /// One entry per activity.
    pub acts: Vec<FreshActivity>,
    /// Identities, one entry each.
    pub identities: Vec<IdentityRow>,
    /// Channels by name.
    pub channels: BTreeMap<String, Channel>,
    /// Problems.
    pub problems: Vec<Problem>,
    /// Identities of which the source says that they are one person.
    pub same: Vec<Same>,
    /// Rows that are kept as they came.
    pub facts: Vec<Fact>,
}

/// Normalizes the plan's segments and calls `each` with the rows of one after the other, in the
/// plan's order.
pub fn normalize(
    job: &Job<'_>,
    plan: &Plan,
    progress: &mut dyn FnMut(Progress),
    mut each: impl FnMut(SegmentRows) -> Result<()>,
) -> Result<()> {
    let normalizers = job.sources.iter().map(|input| (input.source.normalizer)(&input.context));
    let normalizers = normalizers.collect::<std::result::Result<Vec<_>, _>>()?;
    let threads = std::thread::available_parallelism().map_or(2, |count| count.get()).min(8);
    let total = plan.segments.len();
    let next = AtomicUsize::new(0);
    // One result waiting per worker bounds what is in memory.
    let (sender, receiver) = sync_channel(1);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(total) {
            let sender = sender.clone();
            let (next, normalizers) = (&next, &normalizers);
            scope.spawn(move || work(job, plan, normalizers, next, &sender));
        }
        drop(sender);
        // Dropped on the way out, so that workers that still have something to say do not wait for ever.
        let receiver = receiver;
        let mut early = BTreeMap::new();
        for done in 0..total {
            progress(Progress { step: "normalizing", done: done as u64, total: total as u64 });
            while !early.contains_key(&done) {
                let (at, rows) = receiver.recv().map_err(|_| DeriveError::WorkerGone)?;
                early.insert(at, rows);
            }
            each(early.remove(&done).ok_or(DeriveError::WorkerGone)??)?;
        }
        Ok(())
    })
}

type Done = (usize, Result<SegmentRows>);

fn work(job: &Job<'_>, plan: &Plan, normalizers: &[Normalizer], next: &AtomicUsize, sender: &SyncSender<Done>) {
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some((source, number)) = plan.segments.get(at).copied() else { return };
        let id = &job.sources[source].context.source;
        let taken_back = |row| plan.taken_back.contains(&(source, number, row));
        let rows = segment(job.archive, id, source, number, &normalizers[source], taken_back);
        // Nobody listens any more after an error elsewhere.
        if sender.send((at, rows)).is_err() {
            return;
        }
    }
}

/// Whether a message of this kind asks for something whatever it says.
pub fn always_asks(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::Question | MessageKind::Issue | MessageKind::ChangeRequest)
}

/// Hash of a subject without its prefixes (0 if there is none), and whether it is a reply's.
pub fn subject(subject: Option<&str>) -> (u64, bool) {
    let Some(subject) = subject else { return (0, false) };
    let key = text::subject_key(subject);
    match key.key.is_empty() {
        true => (0, key.reply),
        false => (Id::message("subject", &key.key).short(), key.reply),
    }
}

/// The short id of the identity that a chat message addresses by its nick.
pub fn addressed(source: &str, nick: &str) -> u64 {
    Id::identity(source, &nick.to_lowercase()).short()
}
