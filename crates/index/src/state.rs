//! What the index was made from, kept in the index's own commit: both change at one moment.

use std::collections::BTreeMap;
use std::path::Path;

use archive::{FileEntry, Manifest};
use model::tables::Table;
use serde::{Deserialize, Serialize};

use crate::schema::VERSION;
use crate::{IndexError, Result};

/// The payload of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// [`VERSION`] of the program that wrote it.
    pub version: u32,
    /// Each partition, as `source/month`, and the hash of the file it was read from.
    pub partitions: BTreeMap<String, String>,
    /// Messages are gone whose words may still be in the files: they are written anew before anything else is done.
    pub erasing: bool,
}

impl State {
    /// What an index of no messages was made from.
    pub(crate) fn empty() -> State {
        State { version: VERSION, partitions: BTreeMap::new(), erasing: false }
    }

    /// What an index of these partitions was made from.
    pub(crate) fn of(wanted: &BTreeMap<String, Partition<'_>>) -> State {
        State { partitions: hashes(wanted), ..State::empty() }
    }

    /// As it is kept in a commit.
    pub(crate) fn to_text(&self, folder: &Path) -> Result<String> {
        serde_json::to_string(self).map_err(|error| IndexError::io(folder, error.into()))
    }

    /// Reads a commit's payload; `None` if it is not one of this version.
    pub(crate) fn parse(payload: Option<&str>) -> Option<State> {
        serde_json::from_str::<State>(payload?).ok().filter(|state| state.version == VERSION)
    }
}

/// The hash of each partition.
pub(crate) fn hashes(wanted: &BTreeMap<String, Partition<'_>>) -> BTreeMap<String, String> {
    wanted.iter().map(|(name, partition)| (name.clone(), partition.hash.clone())).collect()
}

/// Names of the partitions that differ from what something was made from, are new or are gone.
pub(crate) fn changed<'a>(
    made_from: &'a BTreeMap<String, String>,
    wanted: &'a BTreeMap<String, Partition<'_>>,
) -> Vec<&'a str> {
    let gone = made_from.keys().filter(|name| !wanted.contains_key(*name));
    let differ = wanted.iter().filter(|(name, partition)| made_from.get(*name) != Some(&partition.hash));
    gone.chain(differ.map(|(name, _)| name)).map(String::as_str).collect()
}

/// One partition of a table, as the manifest has it.
pub(crate) struct Partition<'a> {
    pub files: Vec<&'a FileEntry>,
    pub hash: String,
}

/// The partitions of a table, by `source/month`.
pub(crate) fn partitions<'a>(manifest: &'a Manifest, table: &Table) -> BTreeMap<String, Partition<'a>> {
    let mut partitions = BTreeMap::<String, Partition>::new();
    for file in manifest.tables.get(table.name).into_iter().flatten() {
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "unknown".to_owned());
        let name = format!("{}/{}", part(&file.source), part(&file.month));
        let partition = partitions.entry(name).or_insert(Partition { files: Vec::new(), hash: String::new() });
        partition.files.push(file);
        partition.hash.push_str(&file.hash);
    }
    partitions
}
