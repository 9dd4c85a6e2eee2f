//! What the questions give: plain values that the terminal prints, pages show and the API carries.
//!
//! Times are microseconds UTC ([`model::Timestamp`]). Names are never addresses.

mod alerts;
mod answers;
mod cases;
mod channels;
mod conversations;
mod day;
mod introductions;
mod metrics;
mod people;
mod search;
mod series;
mod tiers;
mod today;

pub use alerts::*;
pub use answers::*;
pub use cases::*;
pub use channels::*;
pub use conversations::*;
pub use day::*;
pub use introductions::*;
pub use metrics::*;
pub use people::*;
pub use search::*;
pub use series::*;
pub use tiers::*;
pub use today::*;
