//! Running a metric.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::ask::Ask;
use crate::catalogue::Catalogue;
use crate::header::Metric;
use crate::run::{Sql, SqlError, SqlLimits};

/// What one metric may use: more values than that are no answer that a person reads.
pub(crate) const LIMITS: SqlLimits =
    SqlLimits { rows: 20_000, bytes: 8 << 20, time: Duration::from_secs(20), addresses: false };

/// The values of a metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The metric's name.
    pub metric: String,
    /// From when on, microseconds UTC.
    pub from: i64,
    /// Until before when, microseconds UTC.
    pub until: i64,
    /// What it is split by.
    pub by: &'static str,
    /// The values, ordered by key.
    pub groups: Vec<Group>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Of which group: `all`, a channel, or when the stretch of time begins (RFC 3339, UTC).
    pub key: String,
    /// The value; none where no case says anything.
    pub value: Option<f64>,
    /// How many cases it rests on.
    pub cases: u64,
}

/// Asks the tables for a metric.
///
/// # Errors
///
/// [`SqlError::Query`] names the metric's file and what is wrong with it.
pub fn measure(sql: &dyn Sql, catalogue: &Catalogue, metric: &Metric, ask: &Ask) -> Result<Measured, SqlError> {
    let query = metric.sql(catalogue, ask).map_err(|error| SqlError::Query(error.to_string()))?;
    let found = sql.rows(&query, &LIMITS).map_err(|error| in_file(error, catalogue, metric, ask))?;
    Ok(Measured {
        metric: metric.name.clone(),
        from: ask.from,
        until: ask.until,
        by: ask.by.as_str(),
        groups: found.rows.into_iter().map(Group::of).collect(),
    })
}

impl Group {
    /// From a row of key, value and cases.
    pub(crate) fn of(row: Vec<Value>) -> Group {
        let mut row = row.into_iter();
        let key = match row.next() {
            Some(Value::String(text)) => text,
            Some(Value::Null) | None => "none".to_owned(),
            Some(other) => other.to_string(),
        };
        let value = row.next().and_then(|value| value.as_f64());
        let cases = row.next().and_then(|cases| cases.as_f64()).unwrap_or_default() as u64;
        Group { key, value, cases }
    }
}

/// An error with its place in the metric's file instead of in the query that nobody wrote.
fn in_file(error: SqlError, catalogue: &Catalogue, metric: &Metric, ask: &Ask) -> SqlError {
    match error {
        SqlError::At { line, column, what } => {
            let (line, column) = metric.place_in_file(catalogue, ask, (line, column));
            SqlError::Query(format!("{}.sql:{line}:{column}: {what}", metric.name))
        }
        SqlError::Query(what) => SqlError::Query(format!("{}.sql: {what}", metric.name)),
        other => other,
    }
}

impl Measured {
    /// The only value, where it is not split.
    pub fn value(&self) -> Option<f64> {
        self.groups.first().and_then(|group| group.value)
    }

    /// How many cases all values rest on together.
    pub fn cases(&self) -> u64 {
        self.groups.iter().map(|group| group.cases).sum()
    }
}
