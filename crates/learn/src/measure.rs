//! Measures, each with the interval it lies in.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Resamples behind every interval: enough for its ends to be steady in the third digit.
const RESAMPLES: usize = 1000;

/// One measured number beside the one that was to be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was done: `IRC reply links`.
    pub task: &'static str,
    /// What was measured: `F1`.
    pub measure: &'static str,
    /// The number.
    pub value: f64,
    /// The interval that holds 95 of 100 resamples.
    pub interval: (f64, f64),
    /// What was to be reached, at least.
    pub reach: f64,
    /// On how much: `3,312 links of 8 logs`.
    pub cases: String,
}

/// Right, wrong and missed: what precision, recall and F1 are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Said and true.
    pub right: u64,
    /// Said and not true.
    pub wrong: u64,
    /// True and not said.
    pub missed: u64,
}

impl Counts {
    /// The share of what was said that is true; 1 where nothing was said.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// The share of what is true that was said; 1 where there was nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

impl std::ops::Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts { right: self.right + other.right, wrong: self.wrong + other.wrong, missed: self.missed + other.missed }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The mean of every class's F1, over pairs of the true and the said class, below `classes`.
pub fn macro_f1(pairs: &[(usize, usize)], classes: usize) -> f64 {
    let mut counts = vec![Counts::default(); classes];
    for (truth, said) in pairs {
        if truth == said {
            counts[*truth].right += 1;
        } else {
            counts[*truth].missed += 1;
            counts[*said].wrong += 1;
        }
    }
    counts.iter().map(|counts| counts.f1()).sum::<f64>() / classes as f64
}

/// Cohen's kappa over pairs of two judges' classes, below `classes`: agreement beyond chance.
/// (J. Cohen, A Coefficient of Agreement for Nominal Scales, 1960.)
pub fn kappa(pairs: &[(usize, usize)], classes: usize) -> f64 {
    let (mut one, mut other) = (vec![0.0; classes], vec![0.0; classes]);
    let total = pairs.len() as f64;
    for (a, b) in pairs {
        one[*a] += 1.0 / total;
        other[*b] += 1.0 / total;
    }
    let agreed = pairs.iter().filter(|(a, b)| a == b).count() as f64 / total;
    let chance: f64 = one.iter().zip(&other).map(|(a, b)| a * b).sum();
    if chance >= 1.0 { 1.0 } else { (agreed - chance) / (1.0 - chance) }
}

/// The 95 % interval of `measure` over `cases`, by the percentiles of resamples with replacement (B. Efron,
/// Bootstrap Methods, 1979). A case is whatever is independent: a post, or a whole log. Equal input gives
/// equal output.
pub fn interval<T: Clone>(cases: &[T], measure: impl Fn(&[T]) -> f64) -> (f64, f64) {
    let mut random = StdRng::seed_from_u64(1);
    let mut sample = cases.to_vec();
    let mut values: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            sample.iter_mut().for_each(|case| *case = cases[random.random_range(0..cases.len())].clone());
            measure(&sample)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    (values[RESAMPLES / 40], values[RESAMPLES - 1 - RESAMPLES / 40])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let counts = Counts { right: 6, wrong: 2, missed: 4 };
        assert_eq!((counts.precision(), counts.recall()), (0.75, 0.6));
        assert!((counts.f1() - 2.0 * 0.75 * 0.6 / 1.35).abs() < 1e-12);
    }

    #[test]
    fn every_class_counts_the_same() {
        // Class 0: right 8, missed 2; class 1: wrong 2.
        let pairs: Vec<_> = std::iter::repeat_n((0, 0), 8).chain([(0, 1), (0, 1)]).collect();
        assert!((macro_f1(&pairs, 2) - (16.0 / 18.0) / 2.0).abs() < 1e-12);
    }

    #[test]
    fn kappa_of_the_textbook() {
        // Two judges of 50 proposals: both yes 20, yes and no 5, no and yes 10, both no 15.
        let pairs: Vec<_> = [((1, 1), 20), ((1, 0), 5), ((0, 1), 10), ((0, 0), 15)]
            .into_iter()
            .flat_map(|(pair, times)| std::iter::repeat_n(pair, times))
            .collect();
        assert!((kappa(&pairs, 2) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn an_interval_holds_the_value_and_repeats() {
        let cases: Vec<u64> = (0..200).map(|case| u64::from(case % 4 == 0)).collect();
        let share = |cases: &[u64]| cases.iter().sum::<u64>() as f64 / cases.len() as f64;
        let (low, high) = interval(&cases, share);
        assert!(low < 0.25 && 0.25 < high && high - low < 0.15, "{low} {high}");
        assert_eq!(interval(&cases, share), (low, high));
    }
}
