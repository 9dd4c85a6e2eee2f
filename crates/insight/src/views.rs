//! What the questions give: plain values that the terminal prints, pages show and the API carries.
//!
//! Times are microseconds UTC ([`model::Timestamp`]). Names are never addresses.

mod conversations;
mod people;
mod search;
mod tiers;
mod today;

pub use conversations::*;
pub use people::*;
pub use search::*;
pub use tiers::*;
pub use today::*;
