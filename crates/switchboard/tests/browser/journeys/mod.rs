//! What people do, one file per part of the desk; the list of all of it.

use crate::harness::Journey;

mod keyboard;
mod pages;
mod plain;
mod searching;

/// Every journey, in the order in which they run.
pub const ALL: &[&Journey] = &[
    &pages::FIT,
    &pages::ACCESSIBLE,
    &pages::PRINTED,
    &pages::DARK,
    &plain::WITHOUT_SCRIPTS,
    &keyboard::ALONE,
    &searching::SEARCH,
];
