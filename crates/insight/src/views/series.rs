//! Numbers over time, and who comes, stays and helps.

use schemars::JsonSchema;
use serde::Serialize;

use super::PersonRef;

/// Metrics by stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct SeriesView {
    /// How long each stretch is: `day`, `week` (from a Monday on), `month` or `year`; UTC.
    pub step: &'static str,
    /// What “now” is; the last stretch ends with it. Microseconds UTC.
    pub as_of: i64,
    /// When each stretch begins, ascending; microseconds UTC.
    pub starts: Vec<i64>,
    /// The metrics.
    pub lines: Vec<SeriesLine>,
}

/// One metric by stretch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct SeriesLine {
    /// Its name in the catalogue.
    pub name: &'static str,
    /// Its value in each stretch; none where no case says anything.
    pub values: Vec<Option<f64>>,
    /// How many cases each value rests on.
    pub cases: Vec<u64>,
}

impl SeriesView {
    /// A metric's line; an empty one if it is not among them.
    pub fn line(&self, name: &str) -> SeriesLine {
        self.lines.iter().find(|line| line.name == name).cloned().unwrap_or_default()
    }
}

/// Who comes, who stays, and on how many the help rests.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct GrowthView {
    /// What “now” is, microseconds UTC.
    pub as_of: i64,
    /// `newcomers`, `active_people` and `new_contributors` by month.
    pub series: SeriesView,
    /// Those who wrote first in each quarter, latest quarter first.
    pub cohorts: Vec<Cohort>,
    /// How the answers of the last year are shared out.
    pub load: Load,
    /// People who give much of the help, most first: to relieve them, not to rank them.
    pub carrying: Vec<Carrying>,
    /// People who have begun to help and could be asked for more, latest first.
    pub could_more: Vec<Carrying>,
}

/// Those who wrote first in one quarter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Cohort {
    /// When the quarter begins, microseconds UTC.
    pub start: i64,
    /// How many they are.
    pub people: u64,
    /// Of them, the share who wrote in the quarter after, in the one after that, and so on, up to the last whole one.
    pub stayed: Vec<f64>,
}

/// How the answers of the last 365 days are shared out. An answer is a person's first message in a question of another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Load {
    /// Answers.
    pub answers: u64,
    /// People who gave them.
    pub helpers: u64,
    /// The fewest people who together gave half of them (CHAOSS: Contributor Absence Factor).
    pub absence_factor: u64,
    /// The share of the one who gave most, 0 to 1; none without answers.
    pub largest_share: Option<f64>,
}

/// One person's part of the help.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Carrying {
    /// Who.
    pub person: PersonRef,
    /// Answers of theirs in the last 365 days.
    pub answers: u64,
    /// Their share of all of them, 0 to 1.
    pub share: f64,
    /// When they answered last, microseconds UTC.
    pub last: i64,
    /// Conversations of the last year in which they were accepted or thanked.
    pub thanked: u64,
}
