//! `switchboard rebuild`: tables and full text made again from the archive.

use anyhow::Result;
use archive::Tables;
use clap::Args;
use serde_json::json;

use super::Done;
use crate::cli::Wait;
use crate::erasing;
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::session::Session;

/// Throw the tables and the full text away and make them again
///
/// From the archive and what people decided, and the same byte for byte, unless this version of the program derives
/// something differently. Nothing is collected.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// How long to wait.
    #[command(flatten)]
    wait: Wait,
}

impl Rebuild {
    /// Does it, and says whether anything is different now.
    pub fn run(self, session: &Session) -> Result<Done> {
        let workspace = session.workspace()?;
        let printer = &session.printer;
        let _lock = Lock::take(&workspace, "rebuild", self.wait.duration(), printer)?;
        let config = workspace.config()?;
        config.check()?;
        let tables = Tables::new(&workspace.tables());
        // Damaged tables are a reason to be here.
        let before = tables.manifest().unwrap_or_default();
        let pipeline = Pipeline { workspace: &workspace, config: &config, printer };
        erasing::finish(&pipeline)?;
        let derived = pipeline.rebuild()?;
        pipeline.forget_index()?;
        let indexed = pipeline.index()?;
        pipeline.tell(&derived);
        let same = before.map(|before| tables.manifest().map(|after| after == Some(before))).transpose()?;
        match same {
            Some(true) => printer.note("the tables are the same as before, byte for byte"),
            Some(false) => printer.note("the tables differ from those before"),
            None => {}
        }
        if printer.json {
            printer.json(&json!({ "tables": derived, "indexed": indexed, "same": same }))?;
        }
        Ok(Done::Found)
    }
}
