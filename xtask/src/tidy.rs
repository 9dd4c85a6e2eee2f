//! `cargo xtask tidy`: checks what the compiler cannot: that arrows between crates point down, that
//! licences fit, that files are small and clean.

mod advisories;
mod arrows;
mod files;
mod graph;
mod licences;

use anyhow::Result;
use clap::Args;

use crate::{print, root::root};

/// Check arrows between crates, licences, the size of files, and more
#[derive(Args)]
pub(crate) struct Tidy {
    /// Let cargo use the network to find out about dependencies
    #[arg(long)]
    online: bool,
}

/// What a check found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// Must be mended.
    pub(crate) errors: Vec<String>,
    /// Should be looked at.
    pub(crate) warnings: Vec<String>,
}

impl Tidy {
    /// True if there are no errors.
    pub(crate) fn run(&self) -> Result<bool> {
        let root = root()?;
        let graph = graph::Graph::read(&root, self.online)?;
        let mut findings = Findings::default();
        arrows::check(&graph, &mut findings);
        licences::check(&graph, &mut findings);
        let files = files::check(&root, &graph, &mut findings)?;
        let advisories = advisories::check(&root, &mut findings);
        for warning in &findings.warnings {
            print::note(format_args!("warning: {warning}"));
        }
        for error in &findings.errors {
            print::note(format_args!("error: {error}"));
        }
        print::result(format_args!(
            "tidy: {} crates of ours, {} dependencies, {files} files; {advisories}; {} errors, {} warnings",
            graph.ours().count(),
            graph.crates.len() - graph.ours().count(),
            findings.errors.len(),
            findings.warnings.len()
        ));
        Ok(findings.errors.is_empty())
    }
}
