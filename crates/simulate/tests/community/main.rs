//! A community of a few thousand messages, looked at from all sides.

mod bytes;
mod formats;
mod shape;
mod truth;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use simulate::{Settings, Summary};

/// A folder with a community, and what its maker said about it.
struct Community {
    folder: tempfile::TempDir,
    summary: Summary,
}

/// The demonstration community, made once for all tests.
fn demo() -> &'static Community {
    static DEMO: OnceLock<Community> = OnceLock::new();
    DEMO.get_or_init(|| make(&Settings::demo()))
}

fn make(settings: &Settings) -> Community {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let summary = simulate::write(settings, folder.path(), &mut |_| ()).expect("a community");
    Community { folder, summary }
}

impl Community {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every file's text in a folder of the community, by name.
    fn texts(&self, folder: &str) -> BTreeMap<String, String> {
        let files = files(&self.path(folder));
        files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8"))).collect()
    }

    /// The lines of one file of the truth.
    fn truth(&self, file: &str) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.path("truth").join(file)).expect("a file of the truth");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// The native ids of all messages and commits, as `place id`, read from the files themselves.
    fn native_ids(&self) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for text in self.texts("list").values() {
            let found = text.lines().filter_map(|line| line.strip_prefix("Message-ID: <")?.strip_suffix('>'));
            ids.extend(found.map(|id| format!("list {id}")));
        }
        for (file, text) in self.texts("chat") {
            let said = text.lines().enumerate().filter(|(_, line)| line.starts_with('['));
            ids.extend(said.map(|(at, _)| format!("chat {file}#{at}")));
        }
        for (file, word) in [("Posts.xml", "posts"), ("Comments.xml", "comments")] {
            ids.extend(formats::rows(self, file).iter().map(|row| format!("forum {word}/{}", row["Id"])));
        }
        ids.extend(formats::commits(self).iter().map(|commit| format!("code {commit}")));
        ids
    }
}

/// All files below a folder, by their path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}
