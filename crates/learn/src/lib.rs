//! The workshop's school: makes the models that [`text`] and [`untangle`] ship from labelled data, and
//! measures everything that understands.
//!
//! Nothing of the product depends on it. Each [`Task`] is a file: it reads its data, says how it is split,
//! and gives [`Figure`]s measured on the part that nothing was fitted to.

use std::path::Path;

use anyhow::Result;

mod blips;
mod boost;
pub mod irc;
mod issues;
pub mod linear;
pub mod measure;
mod people;
pub mod quotes;
mod sentiment;
pub mod split;
pub mod tiers;

pub use measure::Figure;

/// Something that is understood, and measured.
pub struct Task {
    /// What `cargo xtask eval --only` calls it.
    pub name: &'static str,
    /// Measures what is shipped on the test part of the data, which lies in the given folder (`../shared/data`).
    pub eval: fn(&Path) -> Result<Vec<Figure>>,
    /// Makes what is shipped anew, from the other parts, into the given checkout; none where nothing is learned.
    pub train: Option<fn(data: &Path, checkout: &Path) -> Result<()>>,
}

/// Every task, alphabetical.
pub static TASKS: &[Task] = &[
    Task { name: "blips", eval: blips::eval, train: None },
    Task { name: "irc", eval: irc::eval, train: Some(irc::train) },
    Task { name: "issues", eval: issues::eval, train: Some(issues::train) },
    people::TASK,
    quotes::TASK,
    Task { name: "sentiment", eval: sentiment::eval, train: Some(sentiment::train) },
];
