//! Untangles chat: which line answers which, in the channels that have new lines.
//!
//! Lines of before keep their answers. From the first new line of a channel on everything is untangled anew,
//! with the last [`untangle::REPLAY`] lines before it recalled: so the result is the same as that of all lines
//! at once. Untangling goes by the names people have, so a channel in which somebody now has another name
//! is read from its beginning.

use std::sync::atomic::{AtomicUsize, Ordering};

use archive::{Manifest, Tables};
use arrow::array::{RecordBatch, StringArray};
use model::tables::MESSAGES;
use rustc_hash::FxHashMap;
use untangle::{Line, REPLAY, Untangler};

use crate::columns::Reading;
use crate::error::{DeriveError, Result};
use crate::links::{Answer, Link, Links, NONE, Sure, UNDATED};
use crate::load::{batches, files, partition_name};
use crate::spill::Spill;

/// Lines whose texts are in memory at once.
const AT_ONCE: usize = 500_000;
/// Bytes of a line that are looked at: who answers whom is said at its beginning.
const BYTES: usize = 1_000;

/// Where texts are read from.
pub struct Texts<'a> {
    /// Where tables lie.
    pub tables: &'a Tables,
    /// The tables of before.
    pub before: &'a Manifest,
    /// The full rows of new messages.
    pub spill: &'a mut Spill,
}

/// Sets [`Link::answer`] of the lines of chat that are new or come after new ones.
pub fn untangle(links: &mut Links, mut texts: Texts<'_>) -> Result<()> {
    let order = order(links);
    let mut runs = Vec::new();
    for channel in order.chunk_by(|a, b| links.all[*a as usize].channel == links.all[*b as usize].channel) {
        runs.extend(Run::new(links, channel));
    }
    let mut waiting: Vec<Run<'_>> = Vec::new();
    let mut lines = 0;
    while let Some(mut run) = runs.pop() {
        if let Some(rest) = run.cut(AT_ONCE) {
            runs.push(rest);
        }
        lines += run.lines.len();
        waiting.push(run);
        if lines >= AT_ONCE || runs.is_empty() {
            let done = untangle_runs(links, &mut texts, &waiting)?;
            for (at, answer) in done {
                set(links, at, answer);
            }
            waiting.clear();
            lines = 0;
        }
    }
    Ok(())
}

/// The lines of chat, channel by channel, in the order in which they were written.
fn order(links: &Links) -> Vec<u32> {
    let chat = |at: &u32| {
        let link = &links.all[*at as usize];
        !link.threaded && link.time != UNDATED && link.kind == model::MessageKind::Post
    };
    let mut order: Vec<u32> = (0..links.len() as u32).filter(chat).collect();
    order.sort_unstable_by_key(|at| {
        let link = &links.all[*at as usize];
        (link.channel, link.time, link.position, link.id)
    });
    order
}

fn set(links: &mut Links, at: u32, answer: Answer) {
    let link = &mut links.all[at as usize];
    if link.answer != answer {
        link.answer = answer;
        links.dirty.insert(link.partition);
    }
}

/// Lines of one channel that follow one another.
struct Run<'a> {
    lines: &'a [u32],
    /// How many of them only have to be recalled.
    known: usize,
}

impl<'a> Run<'a> {
    /// What has to be read of a channel; nothing where nothing is new.
    fn new(links: &Links, channel: &'a [u32]) -> Option<Run<'a>> {
        let link = |at: &u32| &links.all[*at as usize];
        let renamed = channel.iter().any(|at| links.renamed.contains(&link(at).author));
        let new = channel.iter().position(|at| renamed || link(at).answer == Answer::Unknown)?;
        let from = new.saturating_sub(REPLAY);
        Some(Run { lines: &channel[from..], known: new - from })
    }

    /// Cuts off what is more than `most` lines, with what has to be recalled before it.
    fn cut(&mut self, most: usize) -> Option<Run<'a>> {
        let most = most.max(self.known + REPLAY + 1);
        if self.lines.len() <= most {
            return None;
        }
        let rest = Run { lines: &self.lines[most - REPLAY..], known: REPLAY };
        self.lines = &self.lines[..most];
        Some(rest)
    }
}

/// Untangles several runs side by side.
fn untangle_runs(links: &Links, texts: &mut Texts<'_>, runs: &[Run<'_>]) -> Result<Vec<(u32, Answer)>> {
    let bodies = bodies(links, texts, runs)?;
    let threads = std::thread::available_parallelism().map_or(2, |count| count.get()).min(runs.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
            untangle_run(links, &bodies, run, &mut done);
        }
        done
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().map_err(|_| DeriveError::WorkerGone)?);
        }
        Ok(all)
    })
}

fn untangle_run(links: &Links, bodies: &Bodies, run: &Run<'_>, done: &mut Vec<(u32, Answer)>) {
    let mut untangler = Untangler::new();
    let mut numbers: FxHashMap<u64, u64> = FxHashMap::default();
    // The conversation of each line that is recalled, by its number.
    let mut opened: Vec<u64> = Vec::new();
    for (number, at) in run.lines.iter().enumerate() {
        let link = &links.all[*at as usize];
        let addressed = addressed(links, link);
        let line = Line {
            time: link.time,
            author: name(links, link.author),
            text: bodies.of(*at),
            system: false,
            addressed: &addressed,
        };
        numbers.insert(link.id.short(), number as u64);
        if number < run.known {
            let to = match link.answer {
                Answer::To(to, _) => numbers.get(&to).copied(),
                Answer::None(_) | Answer::Unknown => None,
            };
            let conversation = to.map_or(number as u64, |to| opened[to as usize]);
            opened.push(conversation);
            untangler.recall(&line, to, conversation);
            continue;
        }
        let answer = untangler.push(&line);
        let sure = Sure { confidence: answer.confidence, why: answer.why };
        let to = answer.to.and_then(|to| run.lines.get(to as usize));
        let to = to.map(|to| links.all[*to as usize].id.short());
        done.push((*at, to.map_or(Answer::None(sure), |to| Answer::To(to, sure))));
    }
}

/// The name that people call somebody by.
fn name(links: &Links, identity: u32) -> &str {
    let Some(identity) = links.identities.get(identity as usize) else { return "" };
    identity.name.as_ref().map_or(&identity.value, |(_, name)| name)
}

fn addressed<'a>(links: &'a Links, link: &Link) -> Vec<&'a str> {
    let known = links.refers(link).iter().filter_map(|short| links.identity_of(*short));
    known.map(|number| name(links, number)).filter(|name| !name.is_empty()).collect()
}

/// The texts of lines, one after the other.
#[derive(Default)]
struct Bodies {
    text: String,
    places: FxHashMap<u32, (usize, usize)>,
}

impl Bodies {
    fn of(&self, at: u32) -> &str {
        self.places.get(&at).and_then(|(from, to)| self.text.get(*from..*to)).unwrap_or_default()
    }

    fn add(&mut self, at: u32, body: &str) {
        let from = self.text.len();
        self.text.push_str(&body[..body.floor_char_boundary(BYTES)]);
        self.places.insert(at, (from, self.text.len()));
    }
}

fn bodies(links: &Links, texts: &mut Texts<'_>, runs: &[Run<'_>]) -> Result<Bodies> {
    let mut wanted: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for at in runs.iter().flat_map(|run| run.lines) {
        wanted.entry(links.all[*at as usize].partition).or_default().push(*at);
    }
    let mut bodies = Bodies::default();
    let mut partitions: Vec<_> = wanted.into_iter().collect();
    partitions.sort_unstable_by_key(|(partition, _)| *partition);
    for (partition, lines) in partitions {
        let (old, new): (Vec<u32>, Vec<u32>) = lines.iter().partition(|at| links.all[**at as usize].batch == NONE);
        let batches = if new.is_empty() { Vec::new() } else { texts.spill.look(partition)? };
        let columns = batches.iter().map(body).collect::<Result<Vec<_>>>()?;
        for at in new {
            let link = &links.all[at as usize];
            if let Some(column) = columns.get(link.batch as usize) {
                bodies.add(at, column.value(link.row as usize));
            }
        }
        if !old.is_empty() {
            from_file(links, texts, partition, old, &mut bodies)?;
        }
    }
    Ok(bodies)
}

fn body(batch: &RecordBatch) -> Result<&StringArray> {
    Reading { table: &MESSAGES, batch }.text("body")
}

/// Adds the texts of lines that are in the tables of before.
fn from_file(links: &Links, texts: &Texts<'_>, partition: u32, lines: Vec<u32>, bodies: &mut Bodies) -> Result<()> {
    let name = links.partitions.text(partition);
    let by_row: FxHashMap<u32, u32> = lines.into_iter().map(|at| (links.all[at as usize].row, at)).collect();
    for entry in files(texts.before, &MESSAGES).iter().filter(|entry| partition_name(entry) == name) {
        let mut row = 0;
        batches(texts.tables, entry, Some(&["body"]), |batch| {
            let column = body(&batch)?;
            for place in 0..batch.num_rows() {
                if let Some(at) = by_row.get(&row) {
                    bodies.add(*at, column.value(place));
                }
                row += 1;
            }
            Ok(())
        })?;
    }
    Ok(())
}
