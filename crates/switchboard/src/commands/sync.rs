//! `switchboard sync`: collect, then derive and index what changed.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::Done;
use crate::cli::Wait;
use crate::lock::Lock;
use crate::pipeline::{Collected, Pipeline};
use crate::session::Session;
use crate::{alerts, erasing};

/// Collect what is new, then bring tables and full text up to it
///
/// A source that fails does not stop the others. Whatever stops it, the archive stays whole and the
/// next sync goes on from there.
#[derive(Debug, Args)]
pub struct Sync {
    /// Only these sources (tables and full text are made from all of them)
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// The last step to do
    #[arg(long, value_enum, default_value_t = Step::Index)]
    until: Step,
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Step {
    /// Collect into the archive
    Collect,
    /// And derive the tables
    Tables,
    /// And index them
    Index,
}

impl Sync {
    /// Does it.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let printer = &session.printer;
        let lock = Lock::take(&workspace, "sync", self.wait.duration(), printer)?;
        let config = workspace.config()?;
        config.check()?;
        let chosen = config.named(&self.sources)?;
        if config.sources.is_empty() {
            printer.note("there are no sources yet; `switchboard sources` lists the kinds, `switchboard add` adds one");
        }
        let pipeline = Pipeline { workspace: &workspace, config: &config, printer };
        erasing::finish(&pipeline)?;
        let collected = pipeline.collect(&chosen)?;
        // Somebody who was erased may have come by another account.
        erasing::finish(&pipeline)?;
        let derived = if self.until >= Step::Tables { Some(pipeline.derive()?) } else { None };
        let indexed = if self.until >= Step::Index { Some(pipeline.index()?) } else { None };
        if let Some(derived) = &derived {
            pipeline.tell(derived);
        }
        if printer.json {
            printer.json(&json!({ "sources": collected, "tables": derived, "indexed": indexed }))?;
        }
        // A mail server that is slow keeps nobody from writing.
        drop(lock);
        let told = if self.until >= Step::Index { alerts::after_sync(&workspace, &config, printer) } else { Ok(()) };
        failed(&collected)?;
        told.map(|()| Done::Found)
    }
}

/// The error that ends a sync in which a source failed.
fn failed(collected: &[Collected]) -> Result<()> {
    let failed: Vec<_> =
        collected.iter().filter(|source| source.error.is_some()).map(|source| source.source.as_str()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of {} sources failed ({}); what they gave before is kept, the next sync goes on from there",
        failed.len(),
        collected.len(),
        failed.join(", ")
    )
}
