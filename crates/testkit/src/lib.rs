//! For tests only: a sink in memory, made-up input, and where the shared real input is.
//!
//! What is wrong here panics: a test has no better answer.

use std::path::{Path, PathBuf};

use model::{Item, Rows};
use source::{Context, Source};

mod example;
pub mod fuzz;
mod inbox;
mod repository;
mod sink;
mod tell;

pub use example::{example, example_options, fixtures};
pub use inbox::{TestInbox, example_inbox, inbox_mail};
pub use repository::{TestRepository, repository_from_tsv};
pub use sink::MemorySink;
pub use tell::tell;

/// The folder of shared real input, beside the checkout. Tests that read it are marked
/// `#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]` and live in this crate's
/// `tests/`, whose build script sets that cfg.
pub fn shared_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
}

/// A configured source called `demo`, from its section of `switchboard.toml`; relative paths start at `base`.
///
/// # Panics
/// If `options` is not TOML.
pub fn context(base: impl Into<PathBuf>, options: &str) -> Context {
    let options = options.parse().expect("options are TOML");
    Context { source: "demo".to_owned(), base: base.into(), options }
}

/// Turns items into rows, in their order.
///
/// # Panics
/// If the options do not fit the source.
pub fn normalize(source: &Source, context: &Context, items: &[Item]) -> Rows {
    let normalizer = (source.normalizer)(context).expect("options fit");
    let mut rows = Rows::default();
    items.iter().for_each(|item| normalizer(item, &mut rows));
    rows
}
