//! Chance that never changes: the same seed gives the same numbers on every machine, for ever.
//!
//! A generator of a library may change with its version, and `exp` of the system's libm may differ in
//! the last bit; both would change every byte after it. So both are made here, from additions and
//! multiplications only.

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64's finalizer: a bijection of 64 bits, so distinct inputs never collide.
pub(crate) fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

impl Rng {
    /// A stream of its own for one thing, such as a message of a conversation.
    pub(crate) fn of(seed: u64, thing: u64) -> Rng {
        Rng(mix(seed ^ mix(thing.wrapping_add(STEP))))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// Uniform in `0..end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// Uniform in `from..=to`.
    pub(crate) fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// Uniform in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// An index into `weights` with probability in proportion to the weight there.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Normal with mean 0 and deviation 1: the sum of twelve uniforms (Irwin–Hall), cut off at ±6.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Lognormal: half of the values below `median`, about one in six above `median * exp(spread)`.
    pub(crate) fn lognormal(&mut self, median: f64, spread: f64) -> f64 {
        median * exp(self.normal() * spread)
    }

    /// How often `chance(p)` holds in a row, at most `most`.
    pub(crate) fn streak(&mut self, p: f64, most: u64) -> u64 {
        (0..most).take_while(|_| self.chance(p)).count() as u64
    }
}

/// e to the power of `x`, good to 1 in 1,000 for `x` between -10 and 10: (1 + x/n)^n, squared 14 times.
fn exp(x: f64) -> f64 {
    (0..14).fold(1.0 + x / 16_384.0, |power, _| power * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_pinned() {
        let mut rng = Rng::of(1, 1);
        insta::assert_debug_snapshot!([rng.next(), rng.below(100), rng.between(5, 9)], @"
        [
            2424468580836592839,
            88,
            8,
        ]
        ");
    }

    #[test]
    fn shapes_are_right() {
        let mut rng = Rng::of(7, 1);
        let count = |rng: &mut Rng, test: &dyn Fn(f64) -> bool| {
            (0..20_000).filter(|_| test(rng.lognormal(10.0, 1.0))).count() as f64 / 20_000.0
        };
        assert!((count(&mut rng, &|value| value < 10.0) - 0.5).abs() < 0.02);
        assert!((count(&mut rng, &|value| value > 27.18) - 0.159).abs() < 0.02);
        assert!((exp(3.0) - 20.0855).abs() < 0.02);
        assert_eq!(rng.below(0), 0);
        assert!((0..1000).all(|_| rng.between(3, 4) - 3 < 2));
    }
}
