//! Reading JSON of any size: what every source that reads an export shares.

mod fields;
mod pieces;

pub use fields::Fields;
pub use pieces::{Found, Pieces};
