//! Each question's answer over a small community of plain data.

mod alerts;
mod ask;
mod care;
mod cases;
mod conversation;
mod helpers;
mod introduce;
mod metrics;
mod people;
mod period;
mod person;
mod search;
mod seen;
mod snapshot;
mod today;
mod village;
mod waiting;
