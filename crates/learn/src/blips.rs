//! Blips: how often one is seen where nothing happened, and how many of those that happened are seen.
//!
//! Everything is simulated, for only then is it known what happened: counts by day, week and month with a trend, a season
//! of the year and quiet weekends; shares; and medians of times. How far out is too far was chosen on series of these
//! kinds, so the figures say how the method is calibrated, not how it does on a real community.

use anyhow::Result;
use metric::{Series, Step, Unit, Way, watch};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::path::Path;

use crate::Figure;
use crate::measure::interval;

/// Series of each kind in which nothing happens, and with something planted.
const QUIET: u64 = 120;
const PLANTED: u64 = 200;
/// Years of each series.
const YEARS: i32 = 4;
/// 2020-01-01T00:00:00Z, a Wednesday, microseconds.
const BEGIN: i64 = 1_577_836_800_000_000;

/// How much goes on in a week, by and large.
const LEVELS: [f64; 3] = [8.0, 40.0, 200.0];

/// What is simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Counts of a Poisson process.
    Counts,
    /// Counts that come in bunches: a conversation has more than one message. Their variance is twice their mean.
    Bunches,
    /// Shares of such counts.
    Shares,
    /// Medians of times, log-normal.
    Times,
}

/// Measures, for [`crate::TASKS`].
pub fn eval(_: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let quiet = [
        ("counts, nothing happened", Kind::Counts),
        ("counts in bunches, nothing happened", Kind::Bunches),
        ("shares, nothing happened", Kind::Shares),
        ("times, nothing happened", Kind::Times),
    ];
    for (task, kind) in quiet {
        let cases: Vec<f64> = (0..QUIET * 3).map(|seed| clean(kind, seed)).collect();
        figures.push(figure(task, "series without blip", &cases, 0.95));
    }
    for (task, size) in [("blips of 1.5 times", 1.5), ("blips of 2 times", 2.0), ("blips of 3 times", 3.0)] {
        for (measure, level) in [("found at 8 a week", 0), ("found at 40 a week", 1), ("found at 200 a week", 2)] {
            let cases: Vec<f64> = (0..PLANTED).map(|seed| planted(size, level, seed)).collect();
            // Half again as many of eight are within chance: nobody could find them.
            let reach = if LEVELS[level] * (size - 1.0) >= 40.0 { 0.9 } else { 0.0 };
            figures.push(figure(task, measure, &cases, reach));
        }
    }
    Ok(figures)
}

fn figure(task: &'static str, measure: &'static str, cases: &[f64], reach: f64) -> Figure {
    let share = |cases: &[f64]| cases.iter().sum::<f64>() / cases.len().max(1) as f64;
    let years = format!("{} series of {YEARS} years", cases.len());
    Figure { task, measure, value: share(cases), interval: interval(cases, share), reach, cases: years }
}

/// 1 where nothing is said of a series in which nothing happens.
fn clean(kind: Kind, seed: u64) -> f64 {
    let step = [Step::Day, Step::Week, Step::Month][(seed % 3) as usize];
    let level = LEVELS[(seed / 3 % 3) as usize];
    let series = simulated(kind, step, level, seed, |_| 1.0);
    f64::from(u8::from(watch(&series).blips.is_empty()))
}

/// 1 where three weeks in which a count is `size` times as high are found, by week.
fn planted(size: f64, level: usize, seed: u64) -> f64 {
    let first = 80 + (seed % 100) as usize;
    let inside = first..first + 3;
    let series = simulated(Kind::Counts, Step::Week, LEVELS[level], 1_000_000 + seed, |at| {
        if inside.contains(&at) { size } else { 1.0 }
    });
    let is_it =
        |blip: &metric::Blip| blip.way == Way::Up && blip.first < inside.end && blip.first + blip.length > inside.start;
    f64::from(u8::from(watch(&series).blips.iter().any(is_it)))
}

fn simulated(kind: Kind, step: Step, weekly: f64, seed: u64, size: impl Fn(usize) -> f64) -> Series {
    let mut random = StdRng::seed_from_u64(seed);
    let unit = match kind {
        Kind::Counts | Kind::Bunches => Unit::Count,
        Kind::Shares => Unit::Share,
        Kind::Times => Unit::Hours,
    };
    let mut series = Series { step, unit, starts: Vec::new(), values: Vec::new(), cases: Vec::new() };
    let (mut start, end) = (step.floor(BEGIN), step.after(step.floor(BEGIN), 0) + i64::from(YEARS) * 365 * DAY);
    let trend = random.random_range(-0.2..0.3);
    let turn = random.random_range(0.0..std::f64::consts::TAU);
    while start < end {
        let next = step.after(start, 1);
        let expected = weekly * expected(start, next, trend, turn) * size(series.starts.len());
        let count = match kind {
            // Pairs come at half the rate, each counts twice: the variance is twice the mean.
            Kind::Bunches => 2.0 * poisson(&mut random, expected / 2.0),
            _ => poisson(&mut random, expected),
        };
        let value = match kind {
            Kind::Counts | Kind::Bunches => Some(count),
            Kind::Shares => (count > 0.0).then(|| {
                let hits = (0..count as u64).filter(|_| random.random_bool(0.7)).count();
                hits as f64 / count
            }),
            Kind::Times => (count > 0.0).then(|| {
                let mut times: Vec<f64> = (0..count as u64).map(|_| (2.0 + 1.5 * normal(&mut random)).exp()).collect();
                times.sort_by(f64::total_cmp);
                times[times.len() / 2]
            }),
        };
        series.starts.push(start);
        series.values.push(value);
        series.cases.push(count as u64);
        start = next;
    }
    series
}

const DAY: i64 = 86_400_000_000;

/// How many weeks' worth of things a stretch holds, with weekends, the season and the trend.
fn expected(start: i64, next: i64, trend: f64, turn: f64) -> f64 {
    let mut sum = 0.0;
    for day in (start / DAY)..(next / DAY) {
        let years = (day * DAY - BEGIN) as f64 / (365.25 * DAY as f64);
        // The epoch began on a Thursday.
        let weekend = (day + 3) % 7 >= 5;
        let weekday = if weekend { 0.3 } else { 1.28 };
        let season = 1.0 + 0.2 * (years * std::f64::consts::TAU + turn).sin();
        sum += weekday / 7.0 * season * (1.0 + trend * years).max(0.3);
    }
    sum
}

/// A Poisson number (D. Knuth, The Art of Computer Programming 2, 3.4.1), in parts so small that their logarithms hold.
fn poisson(random: &mut StdRng, mean: f64) -> f64 {
    let mut count = 0.0;
    let parts = (mean / 50.0).ceil().max(1.0);
    for _ in 0..parts as usize {
        let least = (-mean / parts).exp();
        let mut product: f64 = random.random();
        while product > least {
            count += 1.0;
            product *= random.random::<f64>();
        }
    }
    count
}

/// A normal number (G. E. P. Box and M. E. Muller, 1958).
fn normal(random: &mut StdRng) -> f64 {
    let (a, b): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}
