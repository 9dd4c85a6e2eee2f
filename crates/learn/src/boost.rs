//! Gradient boosting of trees whose levels each ask one question, to choose one of several candidates.
//!
//! The loss is the cross entropy of a softmax over the candidates of one choice (T.-Y. Liu, Learning to Rank
//! for Information Retrieval, 2009, ListNet with one winner); a tree's leaves take Newton steps on it (J.
//! Friedman, Greedy Function Approximation, 2001). Equal input gives equal trees.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use untangle::features::LARGEST;
use untangle::model::{DEPTH, LEAVES, Tree, to_chances};

/// Values of a feature.
const VALUES: usize = LARGEST as usize + 1;

/// Sums that are kept side by side.
const TURNS: usize = 4;

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Boost {
    pub(crate) trees: usize,
    /// The share of a Newton step that each tree takes.
    pub(crate) rate: f32,
    /// Added to every leaf's curvature, so that a leaf of few rows says little.
    pub(crate) calm: f32,
    /// The share of features each tree may ask about.
    pub(crate) features: f64,
    /// The share of choices each tree sees.
    pub(crate) choices: f64,
    pub(crate) seed: u64,
}

/// What is learned from: choices, each a run of rows, one row per candidate.
#[derive(Debug, Default, Clone)]
pub(crate) struct Choices {
    /// One column per feature.
    columns: Vec<Vec<u8>>,
    /// Where each choice's rows end.
    ends: Vec<usize>,
    /// What share of the choice's truth each row is.
    truth: Vec<f32>,
}

impl Choices {
    /// Adds a choice; `rows` candidates, and what `value` says of a feature of one.
    pub(crate) fn add(&mut self, features: usize, truth: &[f32], value: impl Fn(usize, usize) -> u8) {
        self.columns.resize(features, Vec::new());
        for (feature, column) in self.columns.iter_mut().enumerate() {
            column.extend((0..truth.len()).map(|row| value(feature, row).min(LARGEST)));
        }
        self.truth.extend(truth);
        self.ends.push(self.truth.len());
    }

    /// All choices of several parts.
    pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a Choices>) -> Choices {
        let mut all = Choices::default();
        for part in parts.filter(|part| !part.ends.is_empty()) {
            let before = all.truth.len();
            all.columns.resize(part.columns.len(), Vec::new());
            all.columns.iter_mut().zip(&part.columns).for_each(|(column, more)| column.extend(more));
            all.truth.extend(&part.truth);
            all.ends.extend(part.ends.iter().map(|end| before + end));
        }
        all
    }

    fn runs(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| start..*end)
    }
}

/// Slope and curvature of the loss.
type Slope = [f32; 2];

impl Boost {
    /// Learns trees.
    pub(crate) fn learn(&self, choices: &Choices) -> Vec<Tree> {
        let mut random = StdRng::seed_from_u64(self.seed);
        let mut scores = vec![0.0; choices.truth.len()];
        let mut features: Vec<usize> = (0..choices.columns.len()).collect();
        let asked = ((features.len() as f64 * self.features).ceil() as usize).max(1);
        let mut trees = Vec::with_capacity(self.trees);
        for _ in 0..self.trees {
            let slopes = self.slopes(choices, &scores, &mut random);
            features.shuffle(&mut random);
            let (tree, leaf_of) = self.tree(choices, &slopes, &features[..asked.min(features.len())]);
            for (score, leaf) in scores.iter_mut().zip(leaf_of) {
                *score += tree.leaves[usize::from(leaf)];
            }
            trees.push(tree);
        }
        trees
    }

    /// Each row's slope; none for the choices that this tree does not see.
    fn slopes(&self, choices: &Choices, scores: &[f32], random: &mut StdRng) -> Vec<Slope> {
        let mut slopes = vec![[0.0; 2]; scores.len()];
        for run in choices.runs() {
            if !random.random_bool(self.choices) {
                continue;
            }
            let mut chances = scores[run.clone()].to_vec();
            to_chances(&mut chances);
            for ((slope, chance), truth) in slopes[run.clone()].iter_mut().zip(&chances).zip(&choices.truth[run]) {
                *slope = [chance - truth, (chance * (1.0 - chance)).max(1e-6)];
            }
        }
        slopes
    }

    /// Grows one tree, level by level, and says which leaf each row falls into.
    fn tree(&self, choices: &Choices, slopes: &[Slope], features: &[usize]) -> (Tree, Vec<u8>) {
        let mut leaf_of = vec![0_u8; slopes.len()];
        let mut tree = Tree { questions: [(0, 0); DEPTH], leaves: [0.0; LEAVES] };
        for level in 0..DEPTH {
            let Some((feature, value)) = self.best(choices, slopes, features, &leaf_of, 1 << level) else { break };
            tree.questions[level] = (feature as u8, value);
            for (leaf, asked) in leaf_of.iter_mut().zip(&choices.columns[feature]) {
                *leaf |= u8::from(*asked > value) << level;
            }
        }
        let mut sums = [[0.0_f32; 2]; LEAVES];
        for (leaf, slope) in leaf_of.iter().zip(slopes) {
            let sum = &mut sums[usize::from(*leaf)];
            *sum = [sum[0] + slope[0], sum[1] + slope[1]];
        }
        for (leaf, [slope, curve]) in tree.leaves.iter_mut().zip(sums) {
            *leaf = -self.rate * slope / (curve + self.calm);
        }
        (tree, leaf_of)
    }

    /// The question that lowers the loss most, asked in all leaves at once.
    fn best(
        &self,
        choices: &Choices,
        slopes: &[Slope],
        features: &[usize],
        leaf_of: &[u8],
        leaves: usize,
    ) -> Option<(usize, u8)> {
        let halves = features.split_at(features.len() / 2);
        let of = |features: &[usize]| {
            let gains = features.iter().map(|feature| {
                let (gain, value) = self.best_value(&choices.columns[*feature], slopes, leaf_of, leaves);
                (gain, *feature, value)
            });
            gains.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(|| of(halves.0));
            let other = of(halves.1);
            (one.join().ok().flatten(), other)
        });
        let best = one.into_iter().chain(other).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(_, feature, value)| (feature, value))
    }

    fn best_value(&self, column: &[u8], slopes: &[Slope], leaf_of: &[u8], leaves: usize) -> (f32, u8) {
        // Neighbours often fall into the same cell; in turns, none has to wait for the last one's sum.
        let mut turns = [[[0.0_f32; 2]; LEAVES * VALUES]; TURNS];
        let rows = column.chunks(TURNS).zip(leaf_of.chunks(TURNS)).zip(slopes.chunks(TURNS));
        for ((values, leaves), slopes) in rows {
            for (((sums, value), leaf), slope) in turns.iter_mut().zip(values).zip(leaves).zip(slopes) {
                let sum = &mut sums[(usize::from(*leaf) * VALUES + usize::from(*value)) % (LEAVES * VALUES)];
                *sum = [sum[0] + slope[0], sum[1] + slope[1]];
            }
        }
        let [mut sums, others @ ..] = turns;
        for (at, sum) in sums.iter_mut().enumerate().take(leaves * VALUES) {
            *sum = others.iter().fold(*sum, |sum, other| [sum[0] + other[at][0], sum[1] + other[at][1]]);
        }
        let mut gains = [0.0; VALUES];
        for leaf in sums.chunks_exact(VALUES).take(leaves) {
            let whole = leaf.iter().fold([0.0, 0.0], |all, sum| [all[0] + sum[0], all[1] + sum[1]]);
            let mut below = [0.0, 0.0];
            for (gain, sum) in gains.iter_mut().zip(leaf) {
                below = [below[0] + sum[0], below[1] + sum[1]];
                let above = [whole[0] - below[0], whole[1] - below[1]];
                *gain += self.gain(below) + self.gain(above);
            }
        }
        let best = gains.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        best.map_or((0.0, 0), |(value, gain)| (*gain, value as u8))
    }

    fn gain(&self, [slope, curve]: Slope) -> f32 {
        slope * slope / (curve + self.calm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_which_candidate_is_chosen_and_learns_it_again() {
        // Of three candidates the one is chosen whose first feature is greater than 7; the second is noise.
        let mut choices = Choices::default();
        for choice in 0..60_usize {
            let chosen = choice % 3;
            let truth = std::array::from_fn::<f32, 3, _>(|row| if row == chosen { 1.0 } else { 0.0 });
            let noise = |row: usize| ((choice * 7 + row * 5) % 16) as u8;
            choices.add(2, &truth, |feature, row| match feature {
                0 if row == chosen => 8 + (choice % 8) as u8,
                0 => (choice % 8) as u8,
                _ => noise(row),
            });
        }
        let boost = Boost { trees: 20, rate: 0.3, calm: 1.0, features: 1.0, choices: 1.0, seed: 1 };
        let trees = boost.learn(&choices);
        assert!(trees.iter().all(|tree| tree.questions.contains(&(0, 7))));
        let score = |features: [u8; 2]| -> f32 {
            let leaf = |tree: &Tree| {
                let bits = tree.questions.iter().enumerate();
                bits.map(|(level, (feature, value))| usize::from(features[usize::from(*feature)] > *value) << level)
                    .sum::<usize>()
            };
            trees.iter().map(|tree| tree.leaves[leaf(tree)]).sum()
        };
        assert!((0..16).all(|noise| score([9, noise]) > score([3, 15 - noise])));
        assert_eq!(boost.learn(&choices), trees);
    }
}
