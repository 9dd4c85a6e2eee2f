//! Fits the linear models of [`text::linear`].

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use text::linear::{BUCKETS, Bag, softmax};

/// A text with its truth.
pub struct Example<const CLASSES: usize> {
    /// What stands in it.
    pub bag: Bag,
    /// How likely each class is; the sum is 1.
    pub truth: [f32; CLASSES],
    /// How much it counts.
    pub weight: f32,
}

/// The truth of somebody who is sure.
pub fn sure<const CLASSES: usize>(class: usize) -> [f32; CLASSES] {
    std::array::from_fn(|other| if other == class { 1.0 } else { 0.0 })
}

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// How often to go over the examples.
    pub passes: usize,
    /// How far to go at first.
    pub rate: f32,
    /// How hard weights are drawn to zero (L2), each time they are used.
    pub decay: f32,
    /// How much further a weight goes the more its feature tells of the class by itself, by naive Bayes (S. Wang
    /// and C. Manning, Baselines and Bigrams, 2012): the power of the ratio they multiply with, 0 for not at all.
    pub informed: f32,
    /// How many times to fit, each with the examples in another order; the weights are the mean.
    pub fits: u64,
}

/// Fits by logistic regression of several classes, example by example, each weight with a step of its own
/// (J. Duchi et al., Adaptive Subgradient Methods, 2011). Gives the bias and the weights of every bucket. Equal
/// input gives equal output.
pub fn fit<const CLASSES: usize>(
    examples: &[Example<CLASSES>],
    recipe: Recipe,
) -> ([f32; CLASSES], Vec<[f32; CLASSES]>) {
    let reach = reaches(examples, recipe.informed);
    let (mut bias, mut weights) = ([0.0; CLASSES], all(0.0));
    let share = 1.0 / recipe.fits as f32;
    for seed in 1..=recipe.fits {
        let (bias_of_one, weights_of_one) = fit_once(examples, recipe, &reach, seed);
        bias.iter_mut().zip(bias_of_one).for_each(|(sum, value)| *sum += value * share);
        for (sums, values) in weights.iter_mut().zip(weights_of_one) {
            sums.iter_mut().zip(values).for_each(|(sum, value): (&mut f32, f32)| *sum += value * share);
        }
    }
    (bias, weights)
}

fn fit_once<const CLASSES: usize>(
    examples: &[Example<CLASSES>],
    recipe: Recipe,
    reach: &[[f32; CLASSES]],
    seed: u64,
) -> ([f32; CLASSES], Vec<[f32; CLASSES]>) {
    let mut bias = [0.0; CLASSES];
    let mut weights: Vec<[f32; CLASSES]> = all(0.0);
    let mut squares: Vec<[f32; CLASSES]> = all(1e-3);
    let mut order: Vec<&Example<CLASSES>> = examples.iter().collect();
    let mut random = StdRng::seed_from_u64(seed);
    for pass in 0..recipe.passes {
        order.shuffle(&mut random);
        let rate = recipe.rate * (1.0 - pass as f32 / recipe.passes as f32);
        for example in &order {
            let values = example.bag.values();
            let mut sums = bias;
            for feature in &example.bag.features {
                let value = values[usize::from(feature.group)];
                let bucket = feature.bucket as usize;
                (0..CLASSES).for_each(|class| sums[class] += weights[bucket][class] * reach[bucket][class] * value);
            }
            let likely = softmax(sums);
            let error: [f32; CLASSES] =
                std::array::from_fn(|class| (likely[class] - example.truth[class]) * example.weight);
            bias.iter_mut().zip(error).for_each(|(bias, error)| *bias -= 0.01 * rate * error);
            for feature in &example.bag.features {
                let (bucket, value) = (feature.bucket as usize, values[usize::from(feature.group)]);
                for class in 0..CLASSES {
                    let weight = &mut weights[bucket][class];
                    let slope = error[class] * value * reach[bucket][class] + recipe.decay * *weight;
                    squares[bucket][class] += slope * slope;
                    *weight -= rate * slope / squares[bucket][class].sqrt();
                }
            }
        }
    }
    let reached =
        weights.iter().zip(reach).map(|(weights, reach)| std::array::from_fn(|class| weights[class] * reach[class]));
    (bias, reached.collect())
}

/// One value for every bucket and class.
fn all<const CLASSES: usize>(value: f32) -> Vec<[f32; CLASSES]> {
    std::iter::repeat_n([value; CLASSES], BUCKETS).collect()
}

/// What every feature counts before it was seen: the best of 0.02, 0.1, 0.5, 1 and 2 for issues.
const BEFORE: f32 = 0.5;

/// How far the weights of every bucket go: [`ratios`] to a power.
fn reaches<const CLASSES: usize>(examples: &[Example<CLASSES>], power: f32) -> Vec<[f32; CLASSES]> {
    if power == 0.0 {
        return all(1.0);
    }
    let raise = |ratio: f32| ratio.abs().powf(power);
    ratios(examples).into_iter().map(|ratios| ratios.map(raise)).collect()
}

/// How much likelier each bucket is in a class than in the others: the logarithm of the ratio.
fn ratios<const CLASSES: usize>(examples: &[Example<CLASSES>]) -> Vec<[f32; CLASSES]> {
    let mut counts: Vec<[f32; CLASSES]> = all(0.0);
    let mut sums = [0.0; CLASSES];
    for example in examples {
        let values = example.bag.values();
        for feature in &example.bag.features {
            for class in 0..CLASSES {
                let count = example.truth[class] * example.weight * values[usize::from(feature.group)];
                counts[feature.bucket as usize][class] += count;
                sums[class] += count;
            }
        }
    }
    let total: f32 = sums.iter().sum();
    let ratio = |counts: [f32; CLASSES]| {
        let sum: f32 = counts.iter().sum();
        std::array::from_fn(|class| {
            let inside = (counts[class] + BEFORE) / sums[class];
            let outside = (sum - counts[class] + BEFORE) / (total - sums[class]);
            (inside / outside).ln()
        })
    };
    counts.into_iter().map(ratio).collect()
}

#[cfg(test)]
mod tests {
    use text::linear::{HASH_OF_NOTHING, Model, hash, likeliest, write};

    use super::*;

    fn example(words: &str, class: usize) -> Example<2> {
        let mut bag = Bag::default();
        words.split(' ').for_each(|word| bag.add(0, hash(HASH_OF_NOTHING, word.as_bytes()), 0..1));
        Example { bag, truth: sure(class), weight: 1.0 }
    }

    #[test]
    fn what_was_seen_is_learned() {
        let examples = [example("a cat", 0), example("a dog", 1), example("the cat", 0), example("the dog", 1)];
        for informed in [0.0, 1.0] {
            let (bias, weights) = fit(&examples, Recipe { passes: 10, rate: 0.1, decay: 1e-5, informed, fits: 2 });
            let file = write(&bias, &weights);
            let model = Model::<2>::read(&file).unwrap();
            let said = ["one cat", "one dog"].map(|words| likeliest(&model.judge(&example(words, 0).bag)));
            assert_eq!(said, [0, 1], "informed: {informed}");
        }
    }
}
