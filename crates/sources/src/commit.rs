//! One commit, from git's raw object to what people did: what every source that gets to see commits shares.

mod deeds;
mod object;
mod people;
mod trailers;

pub use deeds::read;
pub use object::{Commit, Signature};
