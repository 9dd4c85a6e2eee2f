//! The repositories of one inbox.

use std::path::{Path, PathBuf};

use model::{Problem, Stage};
use source::CollectError;

/// One repository: an epoch of the format v2, or all there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epoch {
    /// Its path relative to the configured one, as `git/0.git`; empty for that itself.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The epochs at `path`, oldest first. Epochs that lie elsewhere behind a link go to `problem`.
pub fn epochs(path: &Path, problem: &mut dyn FnMut(Problem)) -> Result<Vec<Epoch>, CollectError> {
    let unreadable = |error| CollectError::Unreadable { path: path.to_owned(), error };
    let root = path.canonicalize().map_err(unreadable)?;
    for folder in ["git", ""] {
        let mut found = Vec::new();
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = root.join(folder);
        if !inside.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&inside).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
            let path = inside.join(&name);
            let Some(number) = epoch_number(&name).filter(|_| path.join("HEAD").exists()) else { continue };
            let name = format!("{prefix}{name}");
            match path.canonicalize().is_ok_and(|target| target.starts_with(&root)) {
                true => found.push((number, Epoch { name, path })),
                false => problem(trouble(&name, "link leads out of the folder", "")),
            }
        }
        if !found.is_empty() {
            found.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
            return Ok(found.into_iter().map(|(_, epoch)| epoch).collect());
        }
    }
    Ok(vec![Epoch { name: String::new(), path: root }])
}

/// The number of an epoch's repository: `0.git`, or `0` as the web names it.
pub fn epoch_number(name: &str) -> Option<u32> {
    let number = name.strip_suffix(".git").unwrap_or(name);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| number.parse().ok()).flatten()
}

/// A collector's problem with an epoch or a commit in it.
pub fn trouble(file: &str, what: &str, detail: &str) -> Problem {
    let (what, file, detail) = (what.to_owned(), file.to_owned(), detail.to_owned());
    Problem { stage: Stage::Collect, what, file, offset: None, detail }
}
