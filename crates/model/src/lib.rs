//! The words of the design as types: what a source's items become, the ids that name them, and the
//! schema of every table. No IO of any kind.
//!
//! Rows ([`rows`]) are what a source's `normalize` gives; tables ([`tables`]) are what the derive
//! steps write and everybody reads.

pub mod facts;
pub mod id;
pub mod mark;
pub mod promise;
pub mod rows;
pub mod tables;
pub mod time;

pub use facts::{Affiliation, Domain, Event, Measurement, Same};
pub use id::Id;
pub use mark::{Mark, Of, mark};
pub use rows::{
    Activity, ActivityKind, Channel, Identity, IdentityKind, Item, Message, MessageKind, Problem, Rows, Stage,
};
pub use time::Timestamp;

/// The knowledge area of a channel, as in the table `knowledge`: `channel:SOURCE/CHANNEL`, or
/// `channel:SOURCE` where both have one name.
pub fn channel_area(source: &str, channel: &str) -> String {
    if source == channel { format!("channel:{source}") } else { format!("channel:{source}/{channel}") }
}
