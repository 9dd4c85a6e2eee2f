//! Charts: numbers over time and side by side, as SVG for pages and as PNG for mail. Knows no community.
//!
//! A chart is a value: [`OverTime`] (lines or stacked bars along a calendar) or [`Bars`] (one bar per line of a list).
//! `figure()` gives all that a page needs, to be put in as it is: caption, legend, the drawing, the list of what is marked
//! in it, and the same numbers as a table. `svg()` gives the drawing alone, `picture()` a PNG. [`sparkline`] is a line
//! as small as a word.
//!
//! What a drawing promises: it fits any width from 300 pixels on without its words growing or shrinking; colours come
//! from classes (`tone0` … `tone5`) and none from `style`, so that the page's policy and both themes hold; nothing in it
//! depends on colour alone, for every point says its numbers and every chart has its table; any number, gap, name or
//! address gives well-formed SVG. Times are microseconds UTC, and calendars are UTC's.

mod bars;
mod calendar;
mod draw;
mod error;
mod figure;
mod marks;
mod over_time;
mod picture;
mod scale;
mod spark;
mod unit;

pub use bars::{Bar, Bars};
pub use calendar::Step;
pub use error::ChartError;
pub use marks::Mark;
pub use over_time::{OverTime, Series, Shape};
pub use picture::{FONT, Theme};
pub use spark::sparkline;
pub use unit::Unit;

/// How many tones the style sheet knows; a series' tone is taken modulo this.
pub const TONES: u8 = 6;

#[cfg(test)]
mod tests;
