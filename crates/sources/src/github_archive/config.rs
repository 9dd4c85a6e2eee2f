//! Options of the `github-archive` source.

use std::path::PathBuf;

use serde::Deserialize;
use source::{Context, Options, OptionsError};

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveOptions {
    /// A file, or a folder, a zip or a tar of files.
    pub path: PathBuf,
    /// Which files below it, as `**/2024-*.json.gz`; all that may be JSON by default.
    pub glob: Option<String>,
    /// `owner/name` of the repository that lists are of which do not name it: stargazers, forks.
    pub repository: Option<String>,
}

impl ArchiveOptions {
    /// Reads and checks them.
    pub fn checked(context: &Context) -> Result<ArchiveOptions, OptionsError> {
        let options = ArchiveOptions::read(context)?;
        let whole = |name: &str| name.split('/').filter(|part| !part.is_empty()).count() == 2;
        match &options.repository {
            Some(name) if !whole(name) => {
                Err(OptionsError::new(&context.source, "`repository` is the full name of one, as `owner/name`"))
            }
            _ => Ok(options),
        }
    }
}
