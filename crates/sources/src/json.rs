//! Reading JSON of any size: what every source that reads an export shares. [`Collector`] is the cursor
//! loop, [`Pieces`] what it cuts files with, [`Reading`] and [`Fields`] what normalizers read items with.

mod collect;
mod fields;
mod pieces;
mod reading;

pub use collect::{Collector, Cut, Named, Origin, REVISION};
pub use fields::Fields;
pub use pieces::{Found, LINES, Pieces};
pub use reading::Reading;

/// Cuts any bytes into pieces by patterns of every shape: for the fuzz target `pieces` and its corpus.
pub fn cut_anything(bytes: &[u8]) {
    for patterns in
        [&["", "[]"] as &[&'static str], &["a.b[].c", "a[]"], &["[][]"], &["messages[]", "guild", "channel"]]
    {
        let mut pieces = Pieces::new(bytes, patterns, 1 << 10);
        while let Ok(Some(found)) = pieces.next_piece() {
            assert!(found.offset <= bytes.len() as u64);
        }
    }
}
