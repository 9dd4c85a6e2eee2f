//! The folder of one community, and the names of what lies in it.
//!
//! `switchboard.toml`, `archive/` and `desk.sqlite` are what to back up; the rest can be made again.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::config::Config;

/// The name of the configuration, which makes a folder a workspace.
pub const CONFIG: &str = "switchboard.toml";

/// One workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// The workspace `named` by `-C` or the environment, else the current folder or the nearest above it.
    pub fn find(named: Option<&Path>) -> Result<Workspace> {
        match named {
            Some(folder) => Self::at(folder),
            None => Self::above(&std::env::current_dir().context("cannot tell the current folder")?),
        }
    }

    /// The workspace in `folder` itself.
    pub fn at(folder: &Path) -> Result<Workspace> {
        let folder = std::path::absolute(folder)?;
        if !folder.join(CONFIG).is_file() {
            bail!("{} is not a workspace: it has no {CONFIG}; `switchboard init` makes one", folder.display());
        }
        Ok(Workspace { folder })
    }

    fn above(start: &Path) -> Result<Workspace> {
        let found = start.ancestors().find(|folder| folder.join(CONFIG).is_file());
        let folder = found.with_context(|| {
            format!("there is no {CONFIG} here or in any folder above; `switchboard init NAME` makes a workspace, -C DIR names one")
        })?;
        Ok(Workspace { folder: folder.to_owned() })
    }

    /// Its folder, absolute.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The configuration, read and checked.
    pub fn config(&self) -> Result<Config> {
        Config::read(&self.config_file())
    }

    /// Where the configuration is.
    pub fn config_file(&self) -> PathBuf {
        self.folder.join(CONFIG)
    }

    /// Where items are kept.
    pub fn archive(&self) -> PathBuf {
        self.folder.join("archive")
    }

    /// Where derived tables are.
    pub fn tables(&self) -> PathBuf {
        self.folder.join("tables")
    }

    /// Where the full text is.
    pub fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// What people decided.
    pub fn desk(&self) -> PathBuf {
        self.folder.join("desk.sqlite")
    }

    /// The community's own metrics.
    pub fn metrics(&self) -> PathBuf {
        self.folder.join("metrics")
    }

    /// The community's own templates of reports.
    pub fn reports(&self) -> PathBuf {
        self.folder.join("reports")
    }

    /// How the latest run of each source went.
    pub fn runs(&self) -> PathBuf {
        self.folder.join("runs.json")
    }

    /// Held by whoever writes.
    pub fn lock_file(&self) -> PathBuf {
        self.folder.join(".lock")
    }
}
