//! Blips: stretches of a series that lie outside its usual range, given its trend, its season and, by day, the weekday.
//!
//! The method, in words for whoever doubts it:
//!
//! 1. Values are brought to a scale on which chance weighs the same everywhere (`scale.rs`): counts by their square root,
//!    as of a Poisson process (F. J. Anscombe, "The transformation of Poisson, binomial and negative-binomial data",
//!    Biometrika 35, 1948), so that 3 after 1 is nothing and 300 after 100 is much; shares by their arcsine; times by their
//!    logarithm.
//! 2. The season is taken out (`season.rs`): weekdays by day, the time of the year where there are three years of it.
//! 3. What was usual *before* is a line through the values of a moving window, by repeated medians (`fit.rs`), as P. L.
//!    Davies, R. Fried and U. Gather do it to watch patients: "Robust signal extraction for on-line monitoring data",
//!    Journal of Statistical Planning and Inference 122, 2004. Half of the values may be wrong without moving it. How far
//!    values usually lie from it is the median of their distances (MAD), and never less than chance alone makes of a count.
//! 4. One value too far out, or several that are so together, begin a blip (`walk.rs`); it ends when two values in a row
//!    are back. What stays out for long is the new usual: the blip ends there, and lasted.
//!
//! How far out is too far grows with the number of values, so that a series in which nothing happens shows a blip in one
//! of twenty cases at most: `cargo xtask eval --only blips` measures it. Of the first values nothing is said: there is no
//! usual yet.

mod fit;
mod scale;
mod season;
mod walk;

use serde::Serialize;

use crate::header::Unit;
use crate::series::{Series, Step};
use scale::Scale;

/// Less of a change is nobody's story, however sure it is: a fifth of a count or a time, five points of a share.
const LEAST_CHANGE: f64 = 0.2;
const LEAST_POINTS: f64 = 0.05;

/// Which way a value went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// More than usual.
    Up,
    /// Less than usual.
    Down,
}

impl Way {
    /// Whether it is [`Way::Up`].
    pub fn is_up(self) -> bool {
        self == Way::Up
    }
}

/// What a value usually is at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Usual {
    /// A single value below this is out of the usual range.
    pub low: f64,
    /// The middle.
    pub middle: f64,
    /// A single value above this is out of it.
    pub high: f64,
}

/// A stretch outside the usual range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blip {
    /// When it begins, microseconds UTC.
    pub from: i64,
    /// When it ends, that instant not included.
    pub until: i64,
    /// The first of its values, by its number in the series.
    pub first: usize,
    /// How many values it has.
    pub length: usize,
    /// Which way it goes.
    pub way: Way,
    /// What a value would have been there, on the average.
    pub usual: f64,
    /// What a value was, on the average.
    pub was: f64,
    /// Of counts: how many more there were than usual, all together; negative where there were fewer.
    pub extra: Option<f64>,
    /// How far out it is, as a multiple of what is too far; 1 and more.
    pub out: f64,
    /// What a value was afterwards, on the average; none where nothing came after yet.
    pub after: Option<f64>,
    /// Whether what came after is nearer to the blip than to what was usual before; none while it is too soon to tell.
    pub lasted: Option<bool>,
}

/// A series, watched.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Watched {
    /// The usual range at each value; none where nothing can be said.
    pub usual: Vec<Option<Usual>>,
    /// What left it, in order of time.
    pub blips: Vec<Blip>,
}

/// How many values count for what, by step.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// The window that says what is usual.
    window: usize,
    /// Values before anything is said.
    least: usize,
    /// A blip that is as long is the new usual.
    lasting: usize,
    /// Values that may be out together only.
    together: usize,
    /// Values after a blip that tell whether it lasted.
    after: usize,
}

impl Pace {
    /// Windows of eight weeks, a year and two years: long enough for a trend, short enough to follow it. What lasts three
    /// weeks, two months or four is no passing thing. Both are choices.
    fn of(step: Step) -> Pace {
        match step {
            Step::Day => Pace { window: 56, least: 28, lasting: 21, together: 14, after: 28 },
            Step::Week => Pace { window: 52, least: 16, lasting: 8, together: 6, after: 8 },
            Step::Month => Pace { window: 24, least: 12, lasting: 4, together: 3, after: 3 },
        }
    }
}

/// Finds the blips of a series. It should hold whole stretches only: a month that goes on looks like a fall.
pub fn watch(series: &Series) -> Watched {
    let scale = Scale::of(series.unit);
    let season = season::of(series, scale);
    walk::Walk::new(series, scale, &season, Pace::of(series.step)).run()
}

/// Whether a change is worth a word.
fn is_worth_telling(unit: Unit, usual: f64, was: f64) -> bool {
    match unit {
        Unit::Count | Unit::People | Unit::Hours | Unit::Days => (was - usual).abs() >= LEAST_CHANGE * usual,
        Unit::Share => (was - usual).abs() >= LEAST_POINTS,
        Unit::Number => true,
    }
}

#[cfg(test)]
mod tests;
