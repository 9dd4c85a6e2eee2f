//! What the questions give: plain values that the terminal prints, pages show and the API carries.
//!
//! Times are microseconds UTC ([`model::Timestamp`]). Names are never addresses.

mod alerts;
mod cases;
mod conversations;
mod people;
mod tiers;
mod today;

pub use alerts::*;
pub use cases::*;
pub use conversations::*;
pub use people::*;
pub use tiers::*;
pub use today::*;
