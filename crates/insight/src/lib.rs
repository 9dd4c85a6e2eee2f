//! The questions a community asks of its tables, one file per question.
//!
//! Ranked lists are made in Rust over small columns that are read once ([`Community::open`]); what a
//! list needs beyond that is looked up in the tables and the index when it is asked for. Knows
//! nothing of HTTP, HTML or any source.

mod aftermath;
mod alerts;
mod alike;
pub mod announce;
mod ask;
mod busiest;
pub mod calendar;
mod canned;
pub mod care;
mod cases;
mod channels;
mod columns;
mod commits;
mod community;
mod conversation;
mod details;
mod draft;
mod error;
mod events;
mod explain;
mod growth;
mod helpers;
mod introduce;
mod kept;
mod messages;
mod metrics;
mod moment;
mod names;
mod newcomers;
mod opening;
mod pages;
pub mod peers;
pub mod people;
mod period;
mod person;
pub mod planning;
mod problems;
pub mod query;
mod rehearse;
mod remembered;
mod same;
mod search;
mod series;
mod sources;
mod stories;
pub mod support;
mod tiers;
mod titles;
mod to_thank;
mod today;
mod topics;
pub mod views;
mod waiting;
mod words;

pub use alerts::{AlertRule, Condition, LOOK_BACK_DAYS};
pub use cases::{CaseAsk, View};
pub use community::{Community, Now, SPREAD, Settings};
pub use error::{InsightError, Result};
pub use metrics::{By, METRIC_DAYS, MetricsFilter};
pub use period::PeriodAsk;
pub use problems::{problems, source_spans};
pub use rehearse::{FoundAlike, Rehearsal};
pub use search::Page;
pub use series::{SeriesAsk, Stretch};
pub use sources::lines as source_lines;
pub use today::DayAsk;
pub use topics::TopicOrder;
pub use waiting::{WINDOW_DAYS, WaitingCounts, WaitingFilter};
