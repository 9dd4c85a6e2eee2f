//! What is usual: a line by repeated medians, and how far values lie from it.

/// A MAD times this is the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4).
const AS_DEVIATION: f64 = 1.4826;
/// The same for the mean distance, where more than half of the distances are none: √(π/2) (B. Iglewicz and D. Hoaglin,
/// "How to Detect and Handle Outliers", 1993).
const MEAN_AS_DEVIATION: f64 = 1.2533;

/// A line, and how far values lie from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub(super) at: f64,
    pub(super) level: f64,
    pub(super) slope: f64,
    /// In units of each value's own noise.
    pub(super) spread: f64,
    pub(super) count: usize,
}

impl Line {
    /// Through points (place, value, noise). Without `sloped`, a level. None without points.
    pub(super) fn through(points: &[(f64, f64, f64)], sloped: bool) -> Option<Line> {
        let mut places: Vec<f64> = points.iter().map(|point| point.0).collect();
        let at = median(&mut places)?;
        let slope = if sloped { slope(points) } else { 0.0 };
        let mut levels: Vec<f64> = points.iter().map(|(place, value, _)| value - slope * (place - at)).collect();
        let level = median(&mut levels)?;
        let line = Line { at, level, slope, spread: 0.0, count: points.len() };
        let mut off: Vec<f64> =
            points.iter().map(|(place, value, noise)| (value - line.value(*place)) / noise).collect();
        // Two numbers were fitted: the distances are that much too small.
        let fitted = if sloped { 2.0 } else { 1.0 };
        let count = points.len() as f64;
        let small = (count / (count - fitted).max(1.0)).sqrt();
        Some(Line { spread: spread(&mut off) * small, ..line })
    }

    pub(super) fn value(&self, place: f64) -> f64 {
        self.level + self.slope * (place - self.at)
    }

    /// By how much the sum of `together` values in a row is less sure than of a line that is known: the error of a line's
    /// end is 4/n of a value's variance by least squares, and half as much again by medians.
    pub(super) fn unsure(&self, together: usize) -> f64 {
        (1.0 + 6.0 * together as f64 / self.count.max(1) as f64).sqrt()
    }
}

/// A. F. Siegel, "Robust regression using repeated medians", Biometrika 69, 1982: the median over all points of the
/// median of the slopes to all others.
fn slope(points: &[(f64, f64, f64)]) -> f64 {
    let mut to_others = Vec::with_capacity(points.len());
    let mut slopes: Vec<f64> = Vec::with_capacity(points.len());
    for (place, value, _) in points {
        to_others.clear();
        let others = points.iter().filter(|other| other.0 != *place);
        to_others.extend(others.map(|other| (other.1 - value) / (other.0 - place)));
        slopes.extend(median(&mut to_others));
    }
    median(&mut slopes).unwrap_or_default()
}

/// Half of the values are below it. Sorts no more than it must.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (middle, even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (below, high, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let high = *high;
    let low = below.iter().copied().max_by(f64::total_cmp).filter(|_| even);
    Some(low.map_or(high, |low| f64::midpoint(low, high)))
}

/// The standard deviation of distances from a middle, from their median.
fn spread(off: &mut [f64]) -> f64 {
    off.iter_mut().for_each(|off| *off = off.abs());
    let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
    match median(off).unwrap_or_default() * AS_DEVIATION {
        0.0 => mean * MEAN_AS_DEVIATION,
        spread => spread,
    }
}

/// The standard deviation of the noise in (value, noise) in a row, from their differences (J. von Neumann, "Distribution
/// of the ratio of the mean square successive difference to the variance", 1941): no trend and no step makes it larger.
/// What is more than three deviations off counts as three. `floor` is the least that it can be.
pub(super) fn noise(points: &[(f64, f64)], floor: f64) -> f64 {
    let pairs = points.windows(2).map(|pair| (pair[1].0 - pair[0].0) / (pair[0].1.hypot(pair[1].1)));
    let mut off: Vec<f64> = pairs.collect();
    let most = 3.0 * spread(&mut off).max(floor);
    let sum: f64 = off.iter().map(|off| off.abs().min(most).powi(2)).sum();
    let count = off.len().max(1) as f64;
    // A deviation out of so few is uncertain; one standard error is added, of twice as many for each pair shares a value.
    (sum / count).sqrt() * (1.0 + 1.0 / count.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_though_two_of_five_values_are_wrong() {
        let points: Vec<_> = (0..20)
            .map(|at| {
                let wrong = if at % 5 < 2 { 1_000.0 } else { 0.0 };
                (f64::from(at), 3.0 + 0.5 * f64::from(at) + wrong, 1.0)
            })
            .collect();
        let line = Line::through(&points, true).unwrap();
        assert!((line.value(20.0) - 13.0).abs() < 1e-9, "{line:?}");
        assert_eq!(Line::through(&[], true), None);
    }
}
