//! Finding and opening the files of a source: what every file-based source shares.
//!
//! ```text
//! let files = files::find(&path, glob, &mut |problem| problems.push(problem))?;
//! for file in &files {
//!     if already_read(&file.name) == Some(file.stamp) { continue; }
//!     let mut reader = file.open()?;          // decompresses .gz and .zst
//!     … read to the end …
//!     problems.extend(reader.problem());      // cut short, or a bomb: what came before was given
//! }
//! ```
//!
//! The files in a zip or a tar are found as if it were a folder of its name; for a configured path that
//! is one itself, as if it were that folder.
//!
//! Nothing outside the configured folder is ever read: symbolic links below it are not followed. One
//! that stays inside is passed over without a word, because its target is found by itself; one that
//! leads out is a problem, as are special files (pipes, sockets, devices) and what may not be read.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use globset::{Glob, GlobMatcher};
use model::{Problem, Stage};
use serde::{Deserialize, Serialize};
use source::CollectError;
use walkdir::{DirEntry, WalkDir};

mod lines;
mod look;
mod open;
mod tar;
#[cfg(test)]
mod tests;
mod window;
mod zip;

pub use lines::{Line, Lines};
pub use look::look;
pub use open::FileReader;
pub use window::Window;

/// How files that hold others are called in a folder; a single configured one may have any name.
const PACKED: [&str; 5] = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst"];

/// A file of a source.
#[derive(Debug, Clone)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its path relative to the configured one, parts joined by `/`; for a single configured file its
    /// own name. A name that is not UTF-8 is made so and told apart by a hash. Unique within one [`find`].
    pub name: String,
    /// What tells whether it changed.
    pub stamp: Stamp,
    /// Where in the zip or tar at `path` it lies, if it does.
    part: Option<Part>,
}

/// Where a file lies in another.
#[derive(Debug, Clone)]
struct Part {
    /// Where its bytes begin.
    start: u64,
    /// How many there are.
    length: u64,
    /// Whether they are deflated; else they are stored as they are.
    deflated: bool,
    /// The file that it lies in, if that is not the one at [`FoundFile::path`] itself.
    unpacked: Option<Arc<File>>,
}

/// What tells, without opening it, whether a file changed: meant for cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "(u64, i64)", into = "(u64, i64)")]
pub struct Stamp {
    /// Its length in bytes, compressed if it is.
    pub size: u64,
    /// When it was last modified, nanoseconds since 1970 UTC; 0 where the system does not tell. In a zip,
    /// its checksum.
    pub modified: i64,
}

/// Finds the regular files at `path`, a file or a folder to be walked, sorted by name (by bytes), so
/// that runs are deterministic. `glob` (as in the `globset` crate; `*` also crosses `/`) is matched
/// against the relative name. What cannot be read below `path` goes to `problem`; only `path` itself
/// being unreadable, or a glob that is none, is an error.
pub fn find(path: &Path, glob: Option<&str>, problem: &mut dyn FnMut(Problem)) -> Result<Vec<FoundFile>, CollectError> {
    let unreadable = |error| CollectError::Unreadable { path: path.to_owned(), error };
    let matcher = glob.map(matcher).transpose()?;
    // The configured path itself may be a link: the user named it.
    let root = path.canonicalize().map_err(unreadable)?;
    let metadata = root.metadata().map_err(unreadable)?;
    if !metadata.is_dir() {
        let name = path.file_name().map(Path::new).unwrap_or(path);
        let file = FoundFile { name: name_of(name), stamp: Stamp::of(&metadata), path: root, part: None };
        return Ok(match within(&file, "", problem) {
            Some(files) => kept(files, matcher),
            None => vec![file],
        });
    }
    std::fs::read_dir(&root).map_err(unreadable)?;

    let mut found = Vec::new();
    for entry in WalkDir::new(&root).min_depth(1) {
        match entry {
            Ok(entry) => match look_at(&root, &entry) {
                Ok(Some(file)) => {
                    let packed = PACKED.iter().any(|ending| file.name.ends_with(ending));
                    match packed.then(|| within(&file, &format!("{}/", file.name), problem)).flatten() {
                        Some(files) => found.extend(files),
                        None => found.push(file),
                    }
                }
                Ok(None) => {}
                Err(trouble) => problem(trouble),
            },
            Err(error) => {
                let at = error.path().unwrap_or(&root);
                problem(trouble(&root, at, "cannot be read", reason(error.io_error())));
            }
        }
    }
    let there = found.len();
    match (kept(found, matcher), glob) {
        (kept, Some(glob)) if kept.is_empty() && there > 0 => Err(CollectError::Other(format!(
            "no file below {} fits the glob `{glob}`; {there} files are there",
            path.display()
        ))),
        (kept, _) => Ok(kept),
    }
}

/// The files in a file that holds others; `None` if it is no such file.
fn within(file: &FoundFile, prefix: &str, problem: &mut dyn FnMut(Problem)) -> Option<Vec<FoundFile>> {
    if zip::is_zip(file) {
        return Some(zip::entries(file, prefix, problem));
    }
    tar::is_tar(file).then(|| tar::entries(file, prefix, problem))
}

/// The files that match, sorted by name.
fn kept(mut found: Vec<FoundFile>, matcher: Option<GlobMatcher>) -> Vec<FoundFile> {
    found.retain(|file| matcher.as_ref().is_none_or(|matcher| matcher.is_match(&file.name)));
    found.sort_by(|a, b| a.name.cmp(&b.name));
    // A zip may hold a name twice; as when it is unpacked, the last one counts.
    found.reverse();
    found.dedup_by(|a, b| a.name == b.name);
    found.reverse();
    found
}

impl FoundFile {
    /// Its name without `.gz` or `.zst`.
    pub fn plain_name(&self) -> &str {
        let name = self.name.as_str();
        name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name)
    }

    /// A collector's problem with this file; `offset` counts decompressed bytes.
    pub fn problem(&self, what: &str, offset: Option<u64>, detail: impl Into<String>) -> Problem {
        let (what, file) = (what.to_owned(), self.name.clone());
        Problem { stage: Stage::Collect, what, file, offset, detail: detail.into() }
    }
}

/// Short, because cursors hold one for every file.
impl From<Stamp> for (u64, i64) {
    fn from(stamp: Stamp) -> Self {
        (stamp.size, stamp.modified)
    }
}

impl From<(u64, i64)> for Stamp {
    fn from((size, modified): (u64, i64)) -> Self {
        Stamp { size, modified }
    }
}

impl Stamp {
    fn of(metadata: &std::fs::Metadata) -> Stamp {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        Stamp { size: metadata.len(), modified }
    }
}

fn matcher(glob: &str) -> Result<GlobMatcher, CollectError> {
    Glob::new(glob).map(|glob| glob.compile_matcher()).map_err(|error| {
        CollectError::Other(format!("the glob `{glob}` cannot be understood: {}; see docs.rs/globset", error.kind()))
    })
}

/// A regular file, or nothing to say, or what is wrong with it.
fn look_at(root: &Path, entry: &DirEntry) -> Result<Option<FoundFile>, Problem> {
    let (path, kind) = (entry.path(), entry.file_type());
    if kind.is_dir() {
        return Ok(None);
    }
    if kind.is_symlink() {
        return match path.canonicalize() {
            Ok(target) if target.starts_with(root) => Ok(None),
            Ok(_) => Err(trouble(root, path, "link leads out of the folder", String::new())),
            Err(error) => Err(trouble(root, path, "link leads nowhere", error.kind().to_string())),
        };
    }
    if !kind.is_file() {
        return Err(trouble(root, path, "not a regular file", String::new()));
    }
    let metadata = entry.metadata().map_err(|error| trouble(root, path, "cannot be read", reason(error.io_error())))?;
    Ok(Some(FoundFile { name: relative(root, path), stamp: Stamp::of(&metadata), path: path.to_owned(), part: None }))
}

fn trouble(root: &Path, path: &Path, what: &str, detail: String) -> Problem {
    Problem { stage: Stage::Collect, what: what.to_owned(), file: relative(root, path), offset: None, detail }
}

fn reason(error: Option<&std::io::Error>) -> String {
    error.map(|error| error.kind().to_string()).unwrap_or_default()
}

fn relative(root: &Path, path: &Path) -> String {
    name_of(path.strip_prefix(root).unwrap_or(path))
}

fn name_of(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let name = parts.join("/");
    if path.to_str().is_some() {
        return name;
    }
    let hash = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
    format!("{name}~{}", &hash[..8])
}
