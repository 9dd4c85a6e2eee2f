//! Each question's answer over a small community of plain data.

mod ask;
mod conversation;
mod helpers;
mod introduce;
mod person;
mod snapshot;
mod today;
mod village;
mod waiting;
