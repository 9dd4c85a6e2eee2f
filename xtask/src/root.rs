//! The checkout that this was built from.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Its root folder. `cargo run` says where the package is; a binary that was moved falls back on where it
/// was built.
pub(crate) fn root() -> Result<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&package).parent().context("the package xtask lies in no folder")?;
    root.canonicalize().with_context(|| format!("cannot find the checkout at {}", root.display()))
}
