//! How fast a community changes: how much somebody's last days, months and years say about who helps next.
//!
//! Where students come and go, last week tells; where the same few have been there for ten years, the years do. It
//! is learned from the community's own past: each time somebody helped, the way of fading that had expected them
//! most gets the credit (the expectation step of a mixture, taken online: Neal and Hinton 1998, "A view of the EM
//! algorithm that justifies incremental, sparse, and other variants").

use model::time::DAY;
use rustc_hash::FxHashMap;

use super::HALVES;
use crate::columns::NEVER;

/// Answers taken for granted before the first one, each way of fading as good as the others.
const GRANTED: f64 = 30.0;

/// How much each of the ways of [`HALVES`] counts; together 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pace([f64; 3]);

/// What was done until a time, faded.
#[derive(Debug, Clone, Copy, Default)]
struct Faded {
    until: i64,
    sums: [f64; 3],
}

impl Pace {
    /// Learns it from who helped when.
    pub(super) fn of(mut events: Vec<(i64, u32)>) -> Pace {
        events.retain(|(when, _)| *when != NEVER);
        events.sort_unstable();
        let (mut people, mut all) = (FxHashMap::<u32, Faded>::default(), Faded::default());
        let (mut weights, mut seen) = ([1.0 / 3.0; 3], GRANTED);
        for (when, person) in events {
            let theirs = people.entry(person).or_default();
            theirs.fade(when);
            all.fade(when);
            let expected: [f64; 3] = std::array::from_fn(|way| weights[way] * ratio(theirs.sums[way], all.sums[way]));
            let whole: f64 = expected.iter().sum();
            if whole > 0.0 {
                seen += 1.0;
                for (weight, expected) in weights.iter_mut().zip(expected) {
                    *weight += (expected / whole - *weight) / seen;
                }
            }
            theirs.sums.iter_mut().chain(&mut all.sums).for_each(|sum| *sum += 1.0);
        }
        Pace(weights)
    }

    /// Somebody's share of the whole, 0 to 1.
    pub(super) fn share(&self, part: [f32; 3], whole: [f32; 3]) -> f32 {
        let share = |way: usize| self.0[way] * ratio(f64::from(part[way]), f64::from(whole[way]));
        (0..3).map(share).sum::<f64>() as f32
    }
}

impl Faded {
    fn fade(&mut self, now: i64) {
        let days = now.saturating_sub(self.until) as f64 / DAY as f64;
        for (sum, half) in self.sums.iter_mut().zip(HALVES) {
            *sum *= (-days / half).exp2();
        }
        self.until = now;
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_foretells_counts() {
        let steady: Vec<(i64, u32)> = (0..600).map(|day: i64| (day * 3 * DAY, (day * 7 % 5) as u32)).collect();
        let turning: Vec<(i64, u32)> = (0..600).map(|day: i64| (day * 3 * DAY, (day / 12) as u32)).collect();
        let (steady, turning) = (Pace::of(steady), Pace::of(turning));
        assert!(turning.0[0] > 0.6 && turning.0[2] < 0.2, "{turning:?}");
        assert!(steady.0[2] > turning.0[2], "{steady:?} {turning:?}");
        assert!((steady.0.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(Pace::of(Vec::new()), Pace([1.0 / 3.0; 3]));
    }
}
