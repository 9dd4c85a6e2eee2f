//! The Today page.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Busy, Newcomer, ToThank, Waiting};

/// The Today page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Today {
    /// What “now” is: the clock, or for a community that is only an archive its newest message's time.
    pub as_of: i64,
    /// True when `as_of` is the newest message's time, not the clock's.
    pub as_of_data: bool,
    /// True for the simulated demonstration community.
    pub simulated: bool,
    /// The community's name.
    pub community: String,
    /// How many wait in the window, all told.
    pub waiting_total: u64,
    /// How many have waited longer than the window reaches back, or since nobody knows when: not listed.
    pub waiting_older: u64,
    /// Those to look at first: oldest promise first.
    pub waiting: Vec<Waiting>,
    /// Newly arrived people, latest first.
    pub newcomers: Vec<Newcomer>,
    /// Busiest conversations of the last seven days.
    pub busiest: Vec<Busy>,
    /// Whom to thank.
    pub to_thank: Vec<ToThank>,
    /// Per source, what it holds.
    pub sources: Vec<SourceLine>,
}

/// One source, as the Today page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceLine {
    /// Its id.
    pub source: String,
    /// Messages from it.
    pub messages: u64,
    /// Activities from it.
    pub activities: u64,
    /// Its latest message or activity, if dated.
    pub last: Option<i64>,
    /// Recorded problems.
    pub problems: u64,
}
