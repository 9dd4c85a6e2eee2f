//! What the tables were made from, and so what is new.

use archive::Manifest;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::Job;
use crate::error::Result;

/// Raised whenever a step gives other tables for the same rows.
const VERSION: u32 = 5;

/// What is to be done.
#[derive(Debug)]
pub struct Plan {
    /// The tables of before cannot be built upon.
    pub from_scratch: bool,
    /// People decided something since.
    pub decided: bool,
    /// Segments to normalize: source (its place in the job) and number, in that order.
    pub segments: Vec<(usize, u64)>,
    /// Items that a later one of a source that takes back has replaced: the source's place, segment, row.
    pub taken_back: FxHashSet<(usize, u64, u64)>,
    /// Goes into the new manifest.
    pub made_from: serde_json::Value,
}

impl Plan {
    /// Whether the tables are up to date.
    pub fn is_nothing(&self) -> bool {
        !self.from_scratch && self.segments.is_empty() && !self.decided
    }
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct MadeFrom {
    version: u32,
    sources: Vec<MadeFromSource>,
    /// Of what people decided; see [`crate::Decided::hash`].
    decided: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct MadeFromSource {
    id: String,
    kind: String,
    version: u32,
    /// Options as TOML: they may change what rows an item gives.
    options: String,
    /// The last segment that went in.
    segment: u64,
}

/// Compares the archive with what the tables were made from. New segments of the same sources, and
/// new sources after them, are added; anything else is a reason to begin from scratch.
pub fn plan(job: &Job<'_>, before: &Manifest) -> Result<Plan> {
    // What cannot be read was made by another version: the tables are then made from scratch.
    let old: MadeFrom = serde_json::from_value(before.made_from.clone()).unwrap_or_default();
    let mut new = MadeFrom { version: VERSION, sources: Vec::new(), decided: job.decided.hash() };
    let mut numbers = Vec::new();
    for input in &job.sources {
        let all = job.archive.numbers(&input.context.source)?;
        new.sources.push(MadeFromSource {
            id: input.context.source.clone(),
            kind: input.source.kind.to_owned(),
            version: input.source.version,
            options: input.context.options.to_string(),
            segment: all.last().copied().unwrap_or_default(),
        });
        numbers.push(all);
    }
    let same = |(old, new): (&MadeFromSource, &MadeFromSource)| {
        (&old.id, &old.kind, old.version, &old.options) == (&new.id, &new.kind, new.version, &new.options)
            && old.segment <= new.segment
    };
    let taken_back = taken_back(job, &numbers)?;
    let stood = |(source, segment, _): &(usize, u64, u64)| {
        old.sources
            .get(*source)
            .is_some_and(|known| *segment <= known.segment && known.segment < new.sources[*source].segment)
    };
    let builds_upon = old.version == VERSION
        && !taken_back.iter().any(stood)
        && old.sources.len() <= new.sources.len()
        && old.sources.iter().zip(&new.sources).all(same);
    let done = |place: usize| match builds_upon {
        true => old.sources.get(place).map_or(0, |source| source.segment),
        false => 0,
    };
    let segments = numbers
        .iter()
        .enumerate()
        .flat_map(|(place, all)| {
            all.iter().filter(move |number| **number > done(place)).map(move |number| (place, *number))
        })
        .collect();
    let made_from = serde_json::to_value(&new).unwrap_or_default();
    Ok(Plan { from_scratch: !builds_upon, segments, taken_back, decided: old.decided != new.decided, made_from })
}

/// Every item that a later one of its id has replaced, of the sources that take back. `numbers` are the
/// segments of each source.
fn taken_back(job: &Job<'_>, numbers: &[Vec<u64>]) -> Result<FxHashSet<(usize, u64, u64)>> {
    let mut replaced = FxHashSet::default();
    for (place, input) in job.sources.iter().enumerate().filter(|(_, input)| input.source.takes_back) {
        let mut latest: FxHashMap<String, (usize, u64, u64)> = FxHashMap::default();
        for number in &numbers[place] {
            let mut row = 0;
            job.archive.segment(&input.context.source, *number)?.keys(|id, _| {
                replaced.extend(latest.insert(id.to_owned(), (place, *number, row)));
                row += 1;
            })?;
        }
    }
    Ok(replaced)
}
