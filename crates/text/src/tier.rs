//! Which support tier a text asks for, and what kind of help a conversation took.
//!
//! Both are judged alike: signs are found, and each speaks for some tiers and against others ([`Judge`]). The
//! signs that carried a verdict are its reasons. The weights are a table that anybody can read; they were set
//! by hand and fitted to labelled conversations (`cargo xtask train tiers`).

mod asked;
mod judge;
mod observed;

pub(crate) use asked::signs;
pub use asked::{ASKED, Asked, asked};
pub use judge::{CLASSES, Judge, Signs, Tier, Verdict, class};
pub use observed::{OBSERVED, Observed};
