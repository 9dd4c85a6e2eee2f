//! What the questions give: plain values that the terminal prints, pages show and the API carries.
//!
//! Times are microseconds UTC ([`model::Timestamp`]). Names are never addresses.

mod alerts;
mod answers;
mod care;
mod cases;
mod channels;
mod conversations;
mod day;
mod introductions;
mod metrics;
mod office;
mod people;
mod period;
mod person_file;
mod roster;
mod search;
mod series;
mod sources;
mod suggestions;
mod tiers;
mod today;

pub use alerts::*;
pub use answers::*;
pub use care::*;
pub use cases::*;
pub use channels::*;
pub use conversations::*;
pub use day::*;
pub use introductions::*;
pub use metrics::*;
pub use office::*;
pub use people::*;
pub use period::*;
pub use person_file::*;
pub use roster::*;
pub use search::*;
pub use series::*;
pub use sources::*;
pub use suggestions::*;
pub use tiers::*;
pub use today::*;
