//! The first, coarse choice: of the last messages those that a line may well answer, by what is known of
//! pairs at a glance. What comes after is too slow for all of them.

use crate::now::Now;
use crate::window::Said;

/// Messages looked at: of 100 answers in the Ubuntu logs more than 99 reach no farther back.
pub(crate) const REACH: usize = 128;
/// Messages that pass, beside the line itself.
pub(crate) const PASSING: usize = 15;

/// Kinds of pairs: every combination of [`kind`]'s bits.
pub const KINDS: usize = 128;
/// Steps of the distance in messages.
pub const DISTANCES: usize = 16;
/// Steps of the weight of shared words.
pub const SHARED: usize = 6;

/// What the sieve weighs pairs with: logarithms of odds, counted in training.
#[derive(Debug, Clone, PartialEq)]
pub struct Sieve {
    /// By kind and distance, `kind * DISTANCES + distance`.
    pub near: Vec<f32>,
    /// By minutes between.
    pub minutes: Vec<f32>,
    /// By the weight of shared words.
    pub shared: Vec<f32>,
}

/// One message as the sieve sees it.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// The message's number among all lines.
    pub number: u64,
    /// Its place among messages.
    pub(crate) place: u64,
    /// Its cell in [`Sieve::near`].
    pub near: u16,
    /// Its cell in [`Sieve::minutes`].
    pub minutes: u8,
    /// Its cell in [`Sieve::shared`].
    pub shared: u8,
    /// How likely it is, as a logarithm.
    pub(crate) score: f32,
}

impl Default for Sieve {
    /// What one would guess without having counted: enough to begin the counting with.
    fn default() -> Sieve {
        let of_kind = |kind: usize| {
            let weights = [2.0, 4.0, 3.0, -2.0, 2.0, 0.5, -1.0];
            weights
                .iter()
                .enumerate()
                .map(|(bit, weight)| if kind >> bit & 1 == 1 { *weight } else { 0.0 })
                .sum::<f32>()
        };
        let near = (0..KINDS * DISTANCES).map(|cell| of_kind(cell / DISTANCES) - 0.5 * (cell % DISTANCES) as f32);
        Sieve { near: near.collect(), minutes: vec![0.0; DISTANCES], shared: vec![0.0, 0.5, 1.0, 1.5, 2.0, 2.5] }
    }
}

/// A number in steps that widen: 0 to 4 themselves, 14 for 129 and more; 15 is left for "none".
pub(crate) fn scale(number: u64) -> u8 {
    match number {
        0..=4 => number as u8,
        5..=6 => 5,
        7..=8 => 6,
        9..=12 => 7,
        13..=16 => 8,
        17..=24 => 9,
        25..=32 => 10,
        33..=48 => 11,
        49..=64 => 12,
        65..=128 => 13,
        _ => 14,
    }
}

fn kind(now: &Now<'_>, place: u64, said: &Said) -> usize {
    let (mut names, mut names_other) = (false, false);
    for named in &now.mentions.named {
        if named.person == said.author { names = true } else { names_other = true }
    }
    let (mut names_me, mut names_third) = (false, false);
    for named in &said.named {
        if named.person == now.author { names_me = true } else { names_third = true }
    }
    let bits = [
        said.author == now.author,
        names,
        names_me,
        names_other,
        now.partners.first() == Some(&said.author),
        now.window.people.get(said.author).lines.back() == Some(&place),
        names_third,
    ];
    bits.iter().enumerate().map(|(bit, set)| usize::from(*set) << bit).sum()
}

/// Sees the last messages, latest first.
pub(crate) fn sights(now: &Now<'_>, sieve: &Sieve) -> Vec<Sight> {
    let shared = shared(now);
    let mut sights = Vec::with_capacity(REACH);
    for (back, (place, said)) in now.window.latest().take(REACH).enumerate() {
        let near = kind(now, place, said) * DISTANCES + usize::from(scale(back as u64));
        let minutes = usize::from(scale(now.minutes_since(said)));
        let shared = usize::from((shared[back] / 5).min(SHARED as u16 - 1));
        let weight = |of: &[f32], cell: usize| of.get(cell).copied().unwrap_or(0.0);
        let score = weight(&sieve.near, near) + weight(&sieve.minutes, minutes) + weight(&sieve.shared, shared);
        sights.push(Sight {
            number: said.number,
            place,
            near: near as u16,
            minutes: minutes as u8,
            shared: shared as u8,
            score,
        });
    }
    sights
}

/// The weight of the words that each of the last messages shares, by how far back it lies.
fn shared(now: &Now<'_>) -> [u16; REACH] {
    let mut shared = [0; REACH];
    for (id, weight) in now.words.ids.iter().zip(&now.weights).filter(|(_, weight)| **weight > 0) {
        for place in now.window.lines_with(*id) {
            if let Some(sum) = shared.get_mut(now.back(place) as usize) {
                *sum += *weight as u16;
            }
        }
    }
    shared
}

/// Keeps the likeliest, likeliest first; of equal ones the later message.
pub(crate) fn pass(mut sights: Vec<Sight>) -> Vec<Sight> {
    let order = |a: &Sight, b: &Sight| b.score.total_cmp(&a.score).then(b.place.cmp(&a.place));
    if sights.len() > PASSING {
        sights.select_nth_unstable_by(PASSING, order);
        sights.truncate(PASSING);
    }
    sights.sort_unstable_by(order);
    sights
}
