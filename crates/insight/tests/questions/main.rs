//! Each question's answer over a small community of plain data.

mod ask;
mod cases;
mod conversation;
mod helpers;
mod person;
mod search;
mod snapshot;
mod today;
mod village;
mod waiting;
