//! Which kinds of sources read what lies at a path.

use std::path::Path;

use source::{CollectError, Seen, Source};

use crate::{SOURCES, files};

/// A kind that reads what is there, and what it saw.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The kind.
    pub kind: &'static str,
    /// What it saw.
    pub seen: Seen,
}

impl Candidate {
    /// The kind itself.
    pub fn source(&self) -> Option<&'static Source> {
        crate::named(self.kind)
    }
}

/// The kinds that read what lies at `path`, the surest first. Nothing is kept of what is read.
pub fn recognize(path: &Path) -> Result<Vec<Candidate>, CollectError> {
    let look = files::look(path)?;
    let candidate = |source: &&'static Source| {
        let seen = (source.recognize)(&look)?;
        Some(Candidate { kind: source.kind, seen })
    };
    let mut candidates: Vec<Candidate> = SOURCES.iter().filter_map(candidate).collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.seen.sure));
    Ok(candidates)
}
