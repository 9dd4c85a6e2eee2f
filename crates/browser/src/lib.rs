//! A headless Chromium, driven over WebDriver (W3C) by Debian's `chromedriver`: what the tests of the pages and
//! `cargo xtask screenshots` look through.
//!
//! [`Driver`] is the process, [`Window`] one browser with a profile of its own. Everything waits for the page at most
//! ten seconds and fails with what it waited for. Knows nothing of what it looks at.

mod driver;
mod tour;
mod window;
mod wire;

pub use driver::{Driver, missing};
pub use tour::tour;
pub use window::{Key, Look, Window};
