//! What a command is given: where to print, and which workspace it is about.

use std::path::PathBuf;

use crate::cli::Global;
use crate::printer::Printer;
use crate::workspace::Workspace;

/// One run of the program.
pub struct Session {
    /// Where everything is printed.
    pub printer: Printer,
    workspace: Option<PathBuf>,
}

impl Session {
    /// A session with the options of the command line.
    pub fn new(global: Global) -> Session {
        Session { printer: Printer::new(&global), workspace: global.workspace }
    }

    /// The workspace that the command is about.
    pub fn workspace(&self) -> anyhow::Result<Workspace> {
        Workspace::find(self.workspace.as_deref())
    }
}

/// The clock: microseconds UTC. Nothing below the binary reads it.
pub fn now() -> model::Timestamp {
    jiff::Timestamp::now().as_microsecond()
}
