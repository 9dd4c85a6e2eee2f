//! Numbers that answer to a goal.
//!
//! A [`Metric`] is one `.sql` file with a header: what it is called, what exactly is counted, which way is good, what to
//! keep in mind. Ours lie in `metrics/`, a community's own in the folder `metrics/` of its workspace; both are read by
//! the same code ([`Catalogue`]). What they count is in `views/`: questions, contributions, people. A metric, a view and
//! an [`Ask`] (from when until when, of whom, split by what) make one query that any database with the tables can run
//! ([`Metric::sql`]); [`measure()`] runs it through [`Sql`].
//!
//! This crate runs no query itself and reads no table.

mod ask;
mod blip;
mod build;
mod catalogue;
mod doubts;
mod explain;
mod goals;
mod header;
mod measure;
mod moved;
mod run;
mod series;
mod standing;

pub use ask::{Ask, By, Only, Who};
pub use blip::{Blip, Usual, Watched, Way, watch};
pub use catalogue::Catalogue;
pub use doubts::Doubts;
pub use explain::{Carrier, Explained, Happened, Linked, Part, around, explain};
pub use goals::{question_lines, questions_of, ready_made};
pub use header::{Good, Metric, MetricError, Unit, View};
pub use measure::{Group, Measured, measure};
pub use moved::{Moved, moved};
pub use run::{Sql, SqlColumn, SqlError, SqlLimits, SqlRows};
pub use series::{Series, Step};
pub use standing::{Course, Loose, Standing, Tables, loose};
