//! What a weekday or a time of the year does to values.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fit::median;
use super::scale::Scale;
use crate::series::{Series, Step};

/// A season is looked for where each of its times was seen so often: four weeks, three years.
const WEEKS: usize = 4;
const YEARS: usize = 3;
/// The least that a season multiplies by: below it is nothing to divide by.
const LEAST: f64 = 0.05;
/// More times than that are the weeks of a year; so many on each side are its neighbours, and so many variances make it
/// sure that one of them is unlike them.
const MANY: usize = 12;
const AROUND: usize = 4;
const SURE: f64 = 12.0;
/// The middle half of some values has about this share of the information of all of them, of three values or of many.
const MIDDLE: f64 = 0.65;

/// What the season does to each value: multiplies it, or is added to it ([`Scale::multiplies`]).
pub(super) fn of(series: &Series, scale: Scale) -> Vec<f64> {
    let none = if scale.multiplies() { 1.0 } else { 0.0 };
    let flat = vec![none; series.starts.len()];
    let (times, least, half) = match series.step {
        Step::Day => (7, WEEKS, 14),
        Step::Week => (53, YEARS, 26),
        Step::Month => (12, YEARS, 6),
    };
    let scaled = |(value, cases): (&Option<f64>, &u64)| {
        let value = (*value)?;
        Some(if scale.multiplies() { value } else { scale.to(value, 0.0, *cases) })
    };
    let values: Vec<Option<f64>> = series.values.iter().zip(&series.cases).map(scaled).collect();
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); times];
    let places: Vec<usize> = series.starts.iter().map(|start| place(*start, series.step).min(times - 1)).collect();
    for (at, place) in places.iter().enumerate() {
        let around = at.saturating_sub(half)..values.len().min(at + half + 1);
        let (Some(value), Some(level)) = (values[at], median(&mut known(&values[around]))) else { continue };
        match scale.multiplies() {
            true if level > 0.0 => seen[*place].push(value / level),
            true => {}
            false => seen[*place].push(value - level),
        }
    }
    let enough = seen.iter().filter(|seen| seen.len() >= least).count();
    // Of a year's weeks the 53rd is rarely there.
    if enough + 1 < times {
        return flat;
    }
    let effects = effects(&seen, least);
    let mean = effects.iter().flatten().sum::<f64>() / effects.iter().flatten().count().max(1) as f64;
    let effect = |place: &usize| match (effects[*place], scale.multiplies()) {
        (None, _) => none,
        (Some(effect), true) => (effect / mean.max(LEAST)).max(LEAST),
        (Some(effect), false) => effect - mean,
    };
    places.iter().map(effect).collect()
}

/// The effect of each time. A year's weeks are many and each is seen rarely: each has the effect of the weeks around it,
/// and one of its own only where that is sure (Christmas). Weekdays and months are drawn to their mean by how much of their
/// differences chance alone would make (W. James and C. Stein, "Estimation with quadratic loss", 1961): where there is no
/// season, all are the same.
fn effects(seen: &[Vec<f64>], least: usize) -> Vec<Option<f64>> {
    let middles: Vec<Option<f64>> = seen.iter().map(|seen| (seen.len() >= least).then(|| middle(seen))).collect();
    let count = middles.iter().flatten().count().max(2) as f64;
    let mean = middles.iter().flatten().sum::<f64>() / count;
    let between = middles.iter().flatten().map(|middle| (middle - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let chance = seen.iter().zip(&middles).filter_map(|(seen, middle)| {
        let middle = (*middle)?;
        let off = seen.iter().map(|value| (value - middle).abs()).sum::<f64>() / (seen.len() as f64 - 1.0).max(1.0);
        Some((1.2533 * off).powi(2) / (MIDDLE * seen.len() as f64))
    });
    let chance = chance.sum::<f64>() / count;
    if seen.len() > MANY {
        let around = |at: usize| mean_around(&middles, at);
        let sure = |(at, middle): (usize, &Option<f64>)| {
            let around = around(at)?;
            Some(middle.filter(|middle| (middle - around).powi(2) > SURE * chance).unwrap_or(around))
        };
        return middles.iter().enumerate().map(sure).collect();
    }
    let kept = if between > 0.0 { (1.0 - chance / between).max(0.0) } else { 0.0 };
    middles.into_iter().map(|middle| middle.map(|middle| mean + (middle - mean) * kept)).collect()
}

/// The mean of what is known within [`AROUND`] of a place, in a round.
fn mean_around(middles: &[Option<f64>], at: usize) -> Option<f64> {
    let places = (0..=2 * AROUND).map(|off| (at + middles.len() + off - AROUND) % middles.len());
    let (sum, count) =
        places.filter_map(|place| middles[place]).fold((0.0, 0), |(sum, count), one| (sum + one, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// The mean of the middle half: of three values, the one in the middle.
fn middle(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let off = values.len().div_ceil(4).min(values.len().saturating_sub(1) / 2);
    let middle = &values[off..values.len() - off];
    middle.iter().sum::<f64>() / middle.len().max(1) as f64
}

fn known(values: &[Option<f64>]) -> Vec<f64> {
    values.iter().flatten().copied().collect()
}

/// Which weekday, week or month of the year begins then, from 0.
fn place(start: i64, step: Step) -> usize {
    let date = jiff::Timestamp::from_microsecond(start).map(|time| time.to_zoned(TimeZone::UTC).date());
    let date = date.unwrap_or(Date::ZERO);
    let place = match step {
        Step::Day => i16::from(date.weekday().to_monday_zero_offset()),
        Step::Week => i16::from(date.iso_week_date().week()) - 1,
        Step::Month => i16::from(date.month()) - 1,
    };
    usize::try_from(place).unwrap_or_default()
}
