//! Reading JSON of any size: what every source that reads an export shares. [`Collector`] is the cursor
//! loop, [`Pieces`] what it cuts files with, [`Reading`] and [`Fields`] what normalizers read items with.

mod collect;
mod fields;
mod pieces;
mod reading;

pub use collect::{Collector, Cut, Named, Origin, REVISION};
pub use fields::Fields;
pub use pieces::{Found, Pieces};
pub use reading::Reading;
