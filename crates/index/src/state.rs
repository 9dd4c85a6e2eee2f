//! What the index was made from, kept in the index's own commit: both change at one moment.

use std::collections::BTreeMap;

use archive::{FileEntry, Manifest};
use serde::{Deserialize, Serialize};

use crate::schema::VERSION;

/// The payload of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// [`VERSION`] of the program that wrote it.
    pub version: u32,
    /// Each partition, as `source/month`, and the hash of the file it was read from.
    pub partitions: BTreeMap<String, String>,
}

impl State {
    /// What an index of no messages was made from.
    pub(crate) fn empty() -> State {
        State { version: VERSION, partitions: BTreeMap::new() }
    }

    /// Reads a commit's payload; `None` if it is not one of this version.
    pub(crate) fn parse(payload: Option<&str>) -> Option<State> {
        serde_json::from_str::<State>(payload?).ok().filter(|state| state.version == VERSION)
    }
}

/// One partition of the messages, as the manifest has it.
pub(crate) struct Partition<'a> {
    pub files: Vec<&'a FileEntry>,
    pub hash: String,
}

/// The partitions of the messages, by `source/month`.
pub(crate) fn partitions(manifest: &Manifest) -> BTreeMap<String, Partition<'_>> {
    let mut partitions = BTreeMap::<String, Partition>::new();
    for file in manifest.tables.get(model::tables::MESSAGES.name).into_iter().flatten() {
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "unknown".to_owned());
        let name = format!("{}/{}", part(&file.source), part(&file.month));
        let partition = partitions.entry(name).or_insert(Partition { files: Vec::new(), hash: String::new() });
        partition.files.push(file);
        partition.hash.push_str(&file.hash);
    }
    partitions
}
