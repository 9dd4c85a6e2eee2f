//! How the latest run of each source went, for `status`: `runs.json`. It may be lost without harm; what
//! was collected is known from the archive alone.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::replace;

/// The latest run of each source, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Runs(BTreeMap<String, Run>);

/// One run of a source.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// When it began, microseconds UTC.
    pub started: model::Timestamp,
    /// How long it took.
    pub seconds: f64,
    /// New items, where it did not fail.
    pub items: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Runs {
    /// Reads the file; a missing or unreadable one holds no runs.
    pub fn read(file: &Path) -> Runs {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The latest run of a source.
    pub fn get(&self, source: &str) -> Option<&Run> {
        self.0.get(source)
    }

    /// Remembers a run and writes the file.
    pub fn put(&mut self, source: &str, run: Run, file: &Path) -> Result<()> {
        self.0.insert(source.to_owned(), run);
        let text = serde_json::to_string_pretty(self).context("cannot write down how the runs went")?;
        replace::text(file, &text)
    }
}
