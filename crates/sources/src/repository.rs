//! Opening git repositories, for every source whose items lie in one. Strangers may have written them.

use std::path::Path;

use gix::{ObjectId, Repository};
use model::{Problem, Stage};
use source::run::MAX_ITEM;
use source::{CollectError, Sink};

/// Bytes of objects (with the chains of deltas they are made of) kept in memory, since some are read twice.
const CACHE: usize = 32 << 20;

/// Opens a working copy or a bare repository. No object of more than [`MAX_ITEM`] bytes is read from it.
pub fn open(path: &Path) -> Result<Repository, CollectError> {
    let unreadable = |error| CollectError::Unreadable { path: path.to_owned(), error };
    std::fs::metadata(path).map_err(unreadable)?;
    // Isolated: neither the user's configuration nor the environment decides what is collected.
    let options = gix::open::Options::isolated().config_overrides([format!("gitoxide.objects.allocLimit={MAX_ITEM}")]);
    let mut repository = gix::open_opts(path, options).map_err(|error| {
        let path = path.display();
        CollectError::Other(format!(
            "{path} is not a git repository that can be read ({error}); name a working copy or a bare repository"
        ))
    })?;
    repository.object_cache_size_if_unset(CACHE);
    // A replaced commit would not be the one its hash says.
    repository.objects.ignore_replacements = true;
    Ok(repository)
}

/// Commits whose parents a shallow clone left out; having any is a problem of `file`.
pub fn shallow_commits(
    repository: &Repository,
    file: &str,
    sink: &mut dyn Sink,
) -> Result<Vec<ObjectId>, CollectError> {
    let mut problem = |what: &str, detail: &str| {
        let (what, file, detail) = (what.to_owned(), file.to_owned(), detail.to_owned());
        sink.problem(Problem { stage: Stage::Collect, what, file, offset: None, detail })
    };
    let Ok(shallow) = repository.shallow_commits() else {
        problem("list of shallow commits cannot be read", "`git fsck` tells more")?;
        return Ok(Vec::new());
    };
    let shallow: Vec<_> = shallow.map(|commits| commits.iter().copied().collect()).unwrap_or_default();
    if !shallow.is_empty() {
        problem("shallow clone", "older history is missing; `git fetch --unshallow` brings it")?;
    }
    Ok(shallow)
}
