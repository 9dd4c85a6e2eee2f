//! The model: trees whose every level asks one question, and the file they ship in.
//!
//! All leaves of a level share their question (as in CatBoost; Prokhorenkova et al., 2018), so the answers
//! are the bits of the leaf's number, and all candidates are asked at one stroke.

use std::sync::LazyLock;

use crate::features::{CANDIDATES, COUNT, Features, LARGEST};
use crate::sieve::{DISTANCES, KINDS, SHARED, Sieve};

/// Questions of a tree.
pub const DEPTH: usize = 6;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH;

/// 1 in each candidate's byte.
const EVERY: u128 = u128::MAX / 255;

/// What the file begins with.
const MAGIC: &[u8; 8] = b"untangle";
/// To be raised when the meaning of the file or of a feature changes.
const VERSION: u32 = 1;

/// The model that ships.
static SHIPPED: &[u8] = include_bytes!("model.bin");

/// One tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Each level asks whether a feature exceeds a value.
    pub questions: [(u8, u8); DEPTH],
    /// What each leaf adds to a candidate's score.
    pub leaves: [f32; LEAVES],
}

/// What a line's candidates are weighed with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The first choice.
    pub sieve: Sieve,
    /// Added to the score of answering nothing.
    pub opening: f32,
    /// The second choice; none in an untrained model.
    pub trees: Vec<Tree>,
}

/// A model file that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl Model {
    /// The model that ships with the program; an untrained one if it were damaged, which a test rules out.
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(SHIPPED).unwrap_or_default());
        &MODEL
    }

    /// Each candidate's score: the logarithm of its likelihood, up to a constant.
    pub fn scores(&self, features: &Features) -> [f32; CANDIDATES] {
        let mut scores = [0.0; CANDIDATES];
        scores[0] = self.opening;
        if self.trees.is_empty() {
            return untrained();
        }
        for tree in &self.trees {
            let mut leaves = 0;
            for (level, (feature, value)) in tree.questions.iter().enumerate() {
                let row = u128::from_le_bytes(features[usize::from(*feature).min(COUNT - 1)]);
                // No byte overflows: a value is at most LARGEST, so only its highest bit tells whether it is greater.
                let greater = (row + EVERY * u128::from(127 - value.min(&LARGEST))) & (EVERY << 7);
                leaves |= (greater >> 7) << level;
            }
            for (score, leaf) in scores.iter_mut().zip(leaves.to_le_bytes()) {
                *score += tree.leaves[usize::from(leaf) % LEAVES];
            }
        }
        scores
    }

    /// The model as a file's bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [VERSION, COUNT as u32, self.trees.len() as u32] {
            bytes.extend(number.to_le_bytes());
        }
        let sieve = self.sieve.near.iter().chain(&self.sieve.minutes).chain(&self.sieve.shared);
        sieve.chain([&self.opening]).for_each(|weight| bytes.extend(weight.to_le_bytes()));
        for tree in &self.trees {
            tree.questions.iter().for_each(|(feature, value)| bytes.extend([*feature, *value]));
            tree.leaves.iter().for_each(|leaf| bytes.extend(leaf.to_le_bytes()));
        }
        bytes
    }

    /// Reads a file's bytes.
    pub fn read(bytes: &[u8]) -> Result<Model, Unreadable> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(Unreadable)?;
        let (version, count, trees) = (number(&mut rest)?, number(&mut rest)?, number(&mut rest)?);
        if version != VERSION || count != COUNT as u32 {
            return Err(Unreadable);
        }
        let near = floats(&mut rest, KINDS * DISTANCES)?;
        let minutes = floats(&mut rest, DISTANCES)?;
        let shared = floats(&mut rest, SHARED)?;
        let opening = f32::from_le_bytes(take(&mut rest)?);
        let mut model = Model { sieve: Sieve { near, minutes, shared }, opening, trees: Vec::new() };
        for _ in 0..trees {
            model.trees.push(tree(&mut rest)?);
        }
        if rest.is_empty() { Ok(model) } else { Err(Unreadable) }
    }
}

/// Without trees the likeliest of the sieve is best: enough to begin learning with.
fn untrained() -> [f32; CANDIDATES] {
    std::array::from_fn(|at| if at == 0 { -2.0 } else { -(at as f32) })
}

/// Turns scores into chances that add up to 1 (softmax).
pub fn to_chances(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = exp(*score - highest));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The exponential of a number that is not positive, the same on every machine: a power of two by its bits,
/// and the rest by its Taylor series, exact to six digits.
fn exp(number: f32) -> f32 {
    let twos = (number * std::f32::consts::LOG2_E).max(-100.0);
    let whole = twos.floor();
    let rest = (twos - whole) * std::f32::consts::LN_2;
    let series = [720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0];
    let sum = series.iter().fold(0.0, |sum, factorial| sum * rest + 1.0 / factorial);
    sum * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

fn tree(rest: &mut &[u8]) -> Result<Tree, Unreadable> {
    let mut tree = Tree { questions: [(0, 0); DEPTH], leaves: [0.0; LEAVES] };
    for question in &mut tree.questions {
        let [feature, value] = take(rest)?;
        if usize::from(feature) >= COUNT {
            return Err(Unreadable);
        }
        *question = (feature, value);
    }
    for leaf in &mut tree.leaves {
        *leaf = f32::from_le_bytes(take(rest)?);
    }
    Ok(tree)
}

fn floats(rest: &mut &[u8], count: usize) -> Result<Vec<f32>, Unreadable> {
    (0..count).map(|_| take(rest).map(f32::from_le_bytes)).collect()
}

fn number(rest: &mut &[u8]) -> Result<u32, Unreadable> {
    take(rest).map(u32::from_le_bytes)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Unreadable> {
    let (taken, after) = rest.split_first_chunk::<N>().ok_or(Unreadable)?;
    *rest = after;
    Ok(*taken)
}
