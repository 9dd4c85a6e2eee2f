//! Tables of nothing, so that the pages can be served before the first sync: sources are added there.

use std::time::Duration;

use anyhow::Result;
use archive::Tables;

use crate::config::Config;
use crate::lock::Lock;
use crate::pipeline::Pipeline;
use crate::printer::Printer;
use crate::workspace::Workspace;

/// Makes the tables and the index of a workspace that has none yet.
pub fn tables(workspace: &Workspace, config: &Config, printer: &Printer) -> Result<()> {
    if Tables::new(&workspace.tables()).manifest()?.is_some() && workspace.index().is_dir() {
        return Ok(());
    }
    // Whoever writes now is making them; they are waited for as long as a person waits for a page.
    let _lock = Lock::take(workspace, "serve", Duration::from_secs(30), printer)?;
    let pipeline = Pipeline { workspace, config, printer };
    pipeline.derive()?;
    pipeline.index()?;
    Ok(())
}
