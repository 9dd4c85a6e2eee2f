//! Archive to tables, step by step. Knows no source; a [`source::Normalizer`] is all it sees of one.
//!
//! The steps: new segments are normalized into rows ([`fresh`]), joined with what the tables hold
//! already as compact columns ([`links`]), grouped into conversations ([`threads`], [`chat`]) and
//! people ([`people`]); then the partitions whose rows changed are written anew ([`partitions`]), and
//! the small tables always ([`small`]). What comes out depends on the archive, the order of the
//! sources, what people decided and the versions of the code, and on nothing else: made step by step over years or at
//! once by `rebuild`, the files are the same byte for byte.

mod activities;
mod bots;
mod chat;
mod columns;
mod conversations;
mod course;
mod decided;
mod doings;
mod error;
mod facts;
mod fresh;
mod gaps;
mod gather;
mod intern;
mod knowledge;
mod links;
mod load;
mod made_from;
mod marks;
mod offered;
mod organizations;
mod partitions;
mod people;
mod related;
mod segment;
mod small;
mod spill;
mod suggestions;
mod threads;
mod timer;
mod titles;
mod topics;
mod understand;
mod union;
mod untangling;

use archive::{Archive, Manifest, Tables};
use source::{Context, Source};

pub use decided::Decided;
pub use error::DeriveError;

/// What to derive from what.
pub struct Job<'a> {
    /// Where the items are.
    pub archive: &'a Archive,
    /// Where the tables go.
    pub tables: &'a Tables,
    /// The sources in the order of the configuration: of one message seen in several, the first counts.
    pub sources: Vec<Input>,
    /// What people decided.
    pub decided: Decided,
}

/// One source to derive from.
pub struct Input {
    /// Its configuration.
    pub context: Context,
    /// Its kind.
    pub source: &'static Source,
}

/// How far a derive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing, in a word or two.
    pub step: &'static str,
    /// Segments, partitions or tables done.
    pub done: u64,
    /// How many there are.
    pub total: u64,
}

/// What a derive did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether any table changed.
    pub changed: bool,
    /// Messages in the tables now.
    pub messages: u64,
    /// How many of them were not there before.
    pub new_messages: u64,
    /// Conversations now.
    pub conversations: u64,
    /// People now.
    pub people: u64,
    /// Recorded problems now.
    pub problems: u64,
}

/// Brings the tables up to the archive and to what was decided. Where neither changed it touches nothing.
pub fn derive(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Outcome, DeriveError> {
    match derive_from(job, job.tables.manifest()?.unwrap_or_default(), progress) {
        Err(DeriveError::OutOfOrder) => rebuild(job, progress),
        done => done,
    }
}

/// Makes all tables from the archive and what was decided alone, whatever is there now. What is there stays until then.
pub fn rebuild(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Outcome, DeriveError> {
    derive_from(job, Manifest::default(), progress)
}

fn derive_from(job: &Job<'_>, before: Manifest, progress: &mut dyn FnMut(Progress)) -> Result<Outcome, DeriveError> {
    let plan = made_from::plan(job, &before)?;
    if plan.is_nothing() {
        return Ok(outcome(&before, &before, false));
    }
    let before = if plan.from_scratch { Manifest::default() } else { before };

    let ids: Vec<&str> = job.sources.iter().map(|input| input.context.source.as_str()).collect();
    let mut timer = timer::Timer::start();
    let mut links = links::Links::default();
    load::identities(job.tables, &before, &mut links)?;
    load::channels(job.tables, &before, &mut links)?;
    let activities = std::thread::scope(|scope| {
        let activities = scope.spawn(|| load::activities(job.tables, &before, &ids));
        load::messages(job.tables, &before, &ids, &mut links)?;
        activities.join().map_err(|_| DeriveError::WorkerGone)?
    })?;
    links.add_activities(activities);
    timer.done("loading");

    let facts = facts::Facts::load(job.tables, &before, &ids)?;
    let mut fresh = gather::Fresh::new(job.tables.folder(), facts);
    fresh::normalize(job, &plan, progress, |rows| fresh.gather(rows, &ids, &mut links))?;

    timer.done("normalizing");
    progress(Progress { step: "untangling", done: 0, total: 1 });
    let texts = untangling::Texts { tables: job.tables, before: &before, spill: &mut fresh.messages };
    untangling::untangle(&mut links, texts)?;
    timer.done("untangling");
    progress(Progress { step: "conversations", done: 0, total: 1 });
    links.count_messages();
    let people = people::merge(&links, &job.decided);
    let mut groups = union::Groups::new(links.len());
    let hijacks = threads::group(&links, &mut groups);
    chat::group(&links, &job.decided, &mut groups);
    let conversations = conversations::Conversations::new(&links, &people, &mut groups, &hijacks, &job.decided);

    timer.done("conversations");
    let mut manifest = Manifest { made_from: plan.made_from, tables: Default::default() };
    let (links, conversations) = (&links, &conversations);
    let writing =
        partitions::Writing { tables: job.tables, before: &before, links, conversations, spill: &mut fresh.messages };
    writing.write(&mut manifest, progress)?;
    activities::write(job.tables, &before, &links.partitions, &mut fresh.activities, &mut manifest)?;
    timer.done("writing");
    progress(Progress { step: "people", done: 0, total: 1 });
    let (tables, before, decided) = (job.tables, &before, &job.decided);
    let affiliations = fresh.facts.affiliations(links, &people);
    let small =
        small::Small { tables, before, links, people: &people, conversations, decided, affiliations: &affiliations };
    small.write(fresh.problems, &mut manifest)?;
    timer.done("small tables");
    fresh.facts.write(job.tables, &affiliations, &mut manifest)?;
    for files in manifest.tables.values_mut() {
        files.sort();
    }
    job.tables.publish(&manifest)?;
    Ok(outcome(before, &manifest, true))
}

fn outcome(before: &Manifest, after: &Manifest, changed: bool) -> Outcome {
    let rows = |manifest: &Manifest, table: &str| {
        manifest.tables.get(table).map_or(0, |files| files.iter().map(|file| file.rows).sum())
    };
    let messages: u64 = rows(after, "messages");
    Outcome {
        changed,
        messages,
        new_messages: messages.saturating_sub(rows(before, "messages")),
        conversations: rows(after, "conversations"),
        people: rows(after, "people"),
        problems: rows(after, "problems"),
    }
}
