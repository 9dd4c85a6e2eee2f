//! What people do, one file per part of the desk; the list of all of it.

use crate::harness::Journey;

mod accounts;
mod cases;
mod keyboard;
mod morning;
mod pages;
mod people;
mod plain;
mod searching;
mod sources;

/// Every journey, in the order in which they run: those that change the community come last.
pub const ALL: &[&Journey] = &[
    &pages::FIT,
    &pages::ACCESSIBLE,
    &pages::PRINTED,
    &pages::DARK,
    &plain::WITHOUT_SCRIPTS,
    &keyboard::ALONE,
    &searching::SEARCH,
    &cases::TAKEN,
    &cases::TIER,
    &sources::ADDED,
    &people::MERGED,
    &accounts::FACTOR,
    &morning::WORK,
];
