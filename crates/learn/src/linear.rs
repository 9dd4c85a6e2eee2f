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
}

/// Fits by logistic regression of several classes, example by example, each weight with a step of its own
/// (J. Duchi et al., Adaptive Subgradient Methods, 2011). Gives the bias and the weights of every bucket. Equal
/// input gives equal output.
pub fn fit<const CLASSES: usize>(
    examples: &[Example<CLASSES>],
    recipe: Recipe,
) -> ([f32; CLASSES], Vec<[f32; CLASSES]>) {
    let mut bias = [0.0; CLASSES];
    let mut weights = vec![[0.0_f32; CLASSES]; BUCKETS];
    let mut squares = vec![[1e-3_f32; CLASSES]; BUCKETS];
    let mut order: Vec<&Example<CLASSES>> = examples.iter().collect();
    let mut random = StdRng::seed_from_u64(1);
    for pass in 0..recipe.passes {
        order.shuffle(&mut random);
        let rate = recipe.rate * (1.0 - pass as f32 / recipe.passes as f32);
        for example in &order {
            let values = example.bag.values();
            let mut sums = bias;
            for feature in &example.bag.features {
                let value = values[usize::from(feature.group)];
                sums.iter_mut().zip(weights[feature.bucket as usize]).for_each(|(sum, weight)| *sum += weight * value);
            }
            let likely = softmax(sums);
            let error: [f32; CLASSES] =
                std::array::from_fn(|class| (likely[class] - example.truth[class]) * example.weight);
            bias.iter_mut().zip(error).for_each(|(bias, error)| *bias -= 0.01 * rate * error);
            for feature in &example.bag.features {
                let (bucket, value) = (feature.bucket as usize, values[usize::from(feature.group)]);
                for class in 0..CLASSES {
                    let weight = &mut weights[bucket][class];
                    let slope = error[class] * value + recipe.decay * *weight;
                    squares[bucket][class] += slope * slope;
                    *weight -= rate * slope / squares[bucket][class].sqrt();
                }
            }
        }
    }
    (bias, weights)
}
