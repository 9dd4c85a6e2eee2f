//! How far each file was read: the cursor of an mbox source.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::files::{FoundFile, Stamp};

/// Every file read, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    files: BTreeMap<String, Mark>,
}

/// How far one file was read: what it was like when it had been read to its end, and the last mail in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark(Option<Stamp>, Option<LastMail>);

/// A mail from which reading can go on. It is read once more: if its bytes are still there the file
/// only grew, and if the file was cut off within it, this time it is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastMail {
    /// Where it begins, in decompressed bytes.
    pub(super) offset: u64,
    /// Its length.
    pub(super) length: usize,
    /// The hash of its bytes.
    pub(super) hash: String,
}

impl Cursor {
    /// Reads a stored cursor. One that cannot be read means to begin anew: the archive passes over
    /// what it has.
    pub(super) fn read(value: &Value) -> Cursor {
        Cursor::deserialize(value).unwrap_or_default()
    }

    /// Whether `file` was read to its end and has not changed since.
    pub(super) fn is_done(&self, file: &FoundFile) -> bool {
        self.files.get(&file.name).is_some_and(|mark| mark.0 == Some(file.stamp))
    }

    /// Where to go on in `file`, if some of it was read.
    pub(super) fn last_mail(&self, file: &FoundFile) -> Option<LastMail> {
        self.files.get(&file.name)?.1.clone()
    }

    /// Remembers a mail of `file` that was kept.
    pub(super) fn reached(&mut self, file: &FoundFile, mail: LastMail) {
        let mark = Mark(None, Some(mail));
        match self.files.get_mut(&file.name) {
            Some(known) => *known = mark,
            None => drop(self.files.insert(file.name.clone(), mark)),
        }
    }

    /// Remembers that `file` was read to its end. A file of one mail has nothing to go on from.
    pub(super) fn done(&mut self, file: &FoundFile, whole: bool) {
        let mark = self.files.entry(file.name.clone()).or_default();
        mark.0 = Some(file.stamp);
        if whole {
            mark.1 = None;
        }
    }

    /// Forgets files that are no longer there.
    pub(super) fn keep_only(&mut self, files: &[FoundFile]) {
        let there: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        self.files.retain(|name, _| there.contains(name.as_str()));
    }

    /// As it is stored.
    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
