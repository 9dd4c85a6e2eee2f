//! What the community wants, and how it can tell.

use serde::{Deserialize, Serialize};

use super::{Narrowed, Record, is_day, says_something};
use crate::{DeskError, Result, SavedKind};

/// A goal, the questions that tell whether it is met, and the metrics that answer them: goal, question, metric (V. Basili,
/// G. Caldiera and H. D. Rombach, "The Goal Question Metric Approach", 1994).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// What is wanted.
    pub what: String,
    /// Why.
    pub why: String,
    /// For whom.
    pub for_whom: String,
    /// By when, as `2026-12-31`.
    pub by: Option<String>,
    /// Who looks after it.
    pub owner: String,
    /// What tells whether it is met.
    pub questions: Vec<Question>,
    /// Why it is no longer followed; `None` while it is.
    pub closed: Option<String>,
}

/// A question whose answer tells how far a goal is met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub text: String,
    /// The metrics that answer it.
    pub metrics: Vec<Target>,
}

/// A metric, and what it should come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// The metric's name.
    pub metric: String,
    /// What it should reach, in the metric's unit: at least, or at most where less is better.
    pub target: Option<f64>,
    /// Of what it is measured.
    pub only: Narrowed,
}

impl Record for Goal {
    const KIND: SavedKind = SavedKind::Goal;

    fn check(&self) -> Result<()> {
        says_something("what a goal wants", &self.what, 300)?;
        is_day("by when", self.by.as_deref())?;
        for question in &self.questions {
            says_something("a question", &question.text, 300)?;
            for metric in &question.metrics {
                says_something("the name of a metric", &metric.metric, 80)?;
                if metric.target.is_some_and(|target| !target.is_finite()) {
                    return Err(DeskError::Wrong("a target is a number; write one, or none".to_owned()));
                }
            }
        }
        Ok(())
    }
}

impl Goal {
    /// Every metric that it is measured by.
    pub fn metrics(&self) -> impl Iterator<Item = &Target> {
        self.questions.iter().flat_map(|question| &question.metrics)
    }
}
