//! Options of the `git` source.

use std::path::PathBuf;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use source::{Context, Options, OptionsError};

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GitOptions {
    /// A working copy or a bare repository.
    pub path: PathBuf,
    /// Only branches of these names, as `git branch --all` shows them without `remotes/`; with `*` and `?`.
    pub branches: Option<Vec<String>>,
    /// The channel's name; the source's id by default.
    pub channel: Option<String>,
}

impl GitOptions {
    /// Reads the options, and what decides which branches are meant (`None`: all).
    pub fn with_branches(context: &Context) -> Result<(Self, Option<GlobSet>), OptionsError> {
        let options = Self::read(context)?;
        let branches = options.branches.as_deref().map(|names| matcher(context, names)).transpose()?;
        Ok((options, branches))
    }
}

fn matcher(context: &Context, names: &[String]) -> Result<GlobSet, OptionsError> {
    let wrong = |error: globset::Error| {
        let glob = error.glob().unwrap_or_default();
        OptionsError::new(&context.source, format!("`{glob}` in `branches` is no pattern: {}", error.kind()))
    };
    let mut set = GlobSetBuilder::new();
    for name in names {
        set.add(GlobBuilder::new(name).literal_separator(false).build().map_err(wrong)?);
    }
    set.build().map_err(wrong)
}
