//! The scale on which chance weighs the same everywhere.

use crate::header::Unit;

/// Below so many, a Poisson number is far from normal on any scale.
const FEW: f64 = 3.0;
/// Times below this are this: six minutes of an hour. The logarithm of nothing is no number.
const SHORTEST: f64 = 0.1;
/// The logarithms of the times that people take have about this deviation from each other, and never less than half of it
/// within one channel; a median of n has √(π/2n) of it.
const TIMES: f64 = 0.6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Root,
    Arcsine,
    Logarithm,
    Plain,
}

impl Scale {
    pub(super) fn of(unit: Unit) -> Scale {
        match unit {
            Unit::Count | Unit::People => Scale::Root,
            Unit::Share => Scale::Arcsine,
            Unit::Hours | Unit::Days => Scale::Logarithm,
            Unit::Number => Scale::Plain,
        }
    }

    /// Whether a season multiplies values, or else is added to them.
    pub(super) fn multiplies(self) -> bool {
        self == Scale::Root
    }

    /// A value without its season, on this scale.
    pub(super) fn to(self, value: f64, season: f64, cases: u64) -> f64 {
        match self {
            Scale::Root => 2.0 * (value.max(0.0) / season + 0.375).sqrt(),
            Scale::Arcsine => {
                let cases = cases.max(1) as f64;
                let share = (value * cases + 0.375) / (cases + 0.75);
                2.0 * share.clamp(0.0, 1.0).sqrt().asin() - season
            }
            Scale::Logarithm => value.max(SHORTEST).ln() - season,
            Scale::Plain => value - season,
        }
    }

    /// Back from it.
    pub(super) fn from(self, scaled: f64, season: f64) -> f64 {
        match self {
            Scale::Root => ((scaled.max(0.0) / 2.0).powi(2) - 0.375).max(0.0) * season,
            Scale::Arcsine => ((scaled + season) / 2.0).clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
            Scale::Logarithm => (scaled + season).exp(),
            Scale::Plain => scaled + season,
        }
    }

    /// The noise that a value has beside others: the fewer cases, the more.
    pub(super) fn noise(self, season: f64, cases: u64) -> f64 {
        let cases = cases.max(1) as f64;
        match self {
            Scale::Root => 1.0 / season.sqrt(),
            Scale::Arcsine => 1.0 / (cases + 0.5).sqrt(),
            Scale::Logarithm | Scale::Plain => 1.0 / cases.sqrt(),
        }
    }

    /// Of counts, so few that chance is not normal there ([`FEW`]), on this scale; below everything otherwise.
    pub(super) fn few(self, season: f64) -> f64 {
        if self == Scale::Root { self.to(FEW, season, 1) } else { f64::NEG_INFINITY }
    }

    /// The least deviation of values from what is usual, in that noise: what chance alone makes.
    pub(super) fn floor(self) -> f64 {
        match self {
            Scale::Root | Scale::Arcsine => 1.0,
            Scale::Logarithm => TIMES,
            Scale::Plain => 1e-9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (scale, value, season) in
            [(Scale::Root, 30.0, 1.5), (Scale::Logarithm, 30.0, 0.5), (Scale::Plain, -3.0, 0.5)]
        {
            assert!((scale.from(scale.to(value, season, 10), season) - value).abs() < 1e-9, "{scale:?}");
        }
        // Shares are drawn to the middle by what chance may have hidden.
        assert!((Scale::Arcsine.from(Scale::Arcsine.to(0.25, 0.0, 1_000), 0.0) - 0.25).abs() < 1e-3);
    }
}
