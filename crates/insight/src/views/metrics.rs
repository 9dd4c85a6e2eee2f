//! Numbers that say how a community's help goes.

use schemars::JsonSchema;
use serde::Serialize;

/// Some metrics over a stretch of time, whole or by group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Metrics {
    /// From when on questions are counted, by when they were opened; microseconds UTC.
    pub from: i64,
    /// Until when, that instant not included; microseconds UTC.
    pub until: i64,
    /// What “now” was for whatever depends on it; microseconds UTC.
    pub as_of: i64,
    /// What they are grouped by: `all`, `source`, `channel`, `tier` or `month`.
    pub by: &'static str,
    /// The metrics, each with its definition.
    pub metrics: Vec<MetricView>,
}

/// One metric with its values.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MetricView {
    /// Its name for programs.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What is counted, exactly.
    pub definition: &'static str,
    /// What the values are in: `questions`, `share` (0 to 1), `hours`.
    pub unit: &'static str,
    /// Which way is good: `up`, `down` or `neither`.
    pub good: &'static str,
    /// The CHAOSS metric that it is, where there is one.
    pub chaoss: Option<&'static str>,
    /// What to keep in mind when reading it.
    pub caveat: Option<&'static str>,
    /// Its values by group: `all` alone, or groups in alphabetical order, months in order of time.
    pub values: Vec<MetricValue>,
}

/// A metric's value in one group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MetricValue {
    /// The group: `all`, `dev-list`, `chat/#help`, `2`, `none`, `2024-06`.
    pub group: String,
    /// The value; none where no case says anything.
    pub value: Option<f64>,
    /// How many cases it rests on.
    pub cases: u64,
}
