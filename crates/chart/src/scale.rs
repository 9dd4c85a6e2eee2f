//! From numbers to heights: the ticks a person would choose, and where a value stands between the first and the last.

use crate::unit::Unit;

/// Numbers beyond this are drawn as it: nothing is measured so large, and sums stay finite.
const LARGEST: f64 = 1e15;
/// Ticks wanted, about.
const TICKS: f64 = 4.0;
/// Lengths of time that make good steps, in hours: minutes, hours, days, a week, months of 30 days, years.
const TIME_STEPS: [f64; 18] = [
    1.0 / 60.0,
    5.0 / 60.0,
    0.25,
    0.5,
    1.0,
    2.0,
    3.0,
    6.0,
    12.0,
    24.0,
    48.0,
    72.0,
    168.0,
    336.0,
    720.0,
    2_160.0,
    4_320.0,
    8_760.0,
];
/// Ticks where lengths of time differ by orders of magnitude: a minute, ten, an hour, six, a day, a week, a month of 30
/// days, half a year, two, ten, a hundred.
const TIME_MARKS: [f64; 11] =
    [1.0 / 60.0, 1.0 / 6.0, 1.0, 6.0, 24.0, 168.0, 720.0, 4_320.0, 17_520.0, 87_600.0, 876_000.0];
/// From so many times the least on, the longest would press all others flat.
const FLAT: f64 = 60.0;

/// A vertical axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    /// Ascending, at least two.
    pub(crate) ticks: Vec<f64>,
    logarithmic: bool,
}

/// A number that can be drawn.
pub(crate) fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(|value| value.clamp(-LARGEST, LARGEST))
}

impl Scale {
    /// An axis for values that are drawable. `from_zero`: they are drawn as bars, which must begin at nothing.
    pub(crate) fn of(values: impl Iterator<Item = f64> + Clone, unit: Unit, from_zero: bool) -> Scale {
        let least = values.clone().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        if unit == Unit::Hours && !from_zero && low >= 0.0 && high > least * FLAT {
            return Scale { ticks: time_marks(least, high), logarithmic: true };
        }
        let step = match unit {
            Unit::Hours => time_step(high - low),
            unit => nice_step(high - low, unit == Unit::Count),
        };
        let first = (low / step).floor();
        let count = ((high / step).ceil() - first).clamp(1.0, 20.0) as usize;
        Scale { ticks: (0..=count).map(|tick| (first + tick as f64) * step).collect(), logarithmic: false }
    }

    /// Where a value stands, from the bottom (0) to the top (1).
    pub(crate) fn share(&self, value: f64) -> f64 {
        let (Some(low), Some(high)) = (self.ticks.first(), self.ticks.last()) else { return 0.0 };
        let share = if self.logarithmic {
            (value.max(*low) / low).ln() / (high / low).ln()
        } else {
            (value - low) / (high - low)
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// One, two, two and a half or five times a power of ten, so that about [`TICKS`] fit.
fn nice_step(span: f64, whole: bool) -> f64 {
    if span <= 0.0 {
        return 1.0;
    }
    let raw = span / TICKS;
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= raw * 0.999);
    let step = step.unwrap_or(10.0 * power);
    // A quarter of a message cannot be.
    if whole && step.fract() != 0.0 && step < 5.0 { step.ceil() } else { step.max(f64::MIN_POSITIVE) }
}

fn time_step(span: f64) -> f64 {
    let fits = TIME_STEPS.into_iter().find(|step| span / step <= TICKS + 1.0);
    fits.unwrap_or_else(|| (nice_step(span / 8_760.0, true)) * 8_760.0)
}

fn time_marks(least: f64, most: f64) -> Vec<f64> {
    let first = TIME_MARKS.iter().rposition(|mark| *mark <= least).unwrap_or(0);
    let last = TIME_MARKS.iter().position(|mark| *mark >= most).unwrap_or(TIME_MARKS.len() - 1);
    TIME_MARKS[first.min(last.saturating_sub(1))..=last].to_vec()
}
