//! Which vectors may be near another one, by the signs of their numbers alone.
//!
//! Of two vectors with an angle between them, about that share of the signs differs that the angle is of a half turn
//! (M. Charikar, "Similarity estimation techniques from rounding algorithms", 2002). Signs are 24 bytes where the vector has
//! 192, and are compared by three machine words: so the many that point elsewhere are left out before anything is multiplied.

use std::ops::Range;

use text::DIMENSIONS;

/// Bits of a machine word.
const WORD: usize = u64::BITS as usize;
/// Words of one vector's signs.
const WORDS: usize = DIMENSIONS.div_ceil(WORD);
/// Of so many one is compared by its numbers too, those whose signs differ least. Among 280,000 openings of a simulated
/// community that were all of the nearest for six questions (493 of 493), in a fifth of the time.
const ONE_OF: usize = 16;

/// The signs of vectors, one bit a number, by row.
#[derive(Debug, Default)]
pub(crate) struct Signs(Vec<[u64; WORDS]>);

impl Signs {
    /// Of vectors of signed bytes, one after the other.
    pub(crate) fn of(vectors: &[u8]) -> Signs {
        Signs(vectors.as_chunks::<DIMENSIONS>().0.iter().map(signs).collect())
    }

    /// The rows in which the fewest signs differ from those of `wanted`, ascending: at least every sixteenth.
    pub(crate) fn likely(&self, wanted: &[u8; DIMENSIONS], rows: Range<usize>) -> Vec<usize> {
        let wanted = signs(wanted);
        let all = self.0.get(rows.clone()).unwrap_or_default();
        let differ = |own: &[u64; WORDS]| own.iter().zip(&wanted).map(|(a, b)| (a ^ b).count_ones()).sum::<u32>() as u8;
        let apart: Vec<u8> = all.iter().map(differ).collect();
        let mut counts = [0_usize; DIMENSIONS + 1];
        apart.iter().for_each(|apart| counts[usize::from(*apart)] += 1);
        let mut left = all.len().div_ceil(ONE_OF);
        let most = counts.iter().position(|count| {
            let enough = *count >= left;
            left = left.saturating_sub(*count);
            enough
        });
        let most = most.unwrap_or(DIMENSIONS);
        rows.zip(apart).filter(|(_, apart)| usize::from(*apart) <= most).map(|(row, _)| row).collect()
    }
}

fn signs(vector: &[u8; DIMENSIONS]) -> [u64; WORDS] {
    let word = |word: usize| {
        let values = vector.iter().skip(word * WORD).take(WORD);
        values.rev().fold(0, |bits, value| bits << 1 | u64::from((*value as i8) < 0))
    };
    std::array::from_fn(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_point_elsewhere_are_left_out() {
        let mut state = 1_u64;
        let mut random = || {
            // Numerical Recipes' linear congruence: any noise does.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let mut vectors: Vec<u8> = (0..1_600 * DIMENSIONS).map(|_| random()).collect();
        let wanted: [u8; DIMENSIONS] = std::array::from_fn(|_| random());
        // Rows 7 and 1200 point where it does, but for every fourth number.
        for row in [7, 1_200] {
            for (at, value) in wanted.iter().enumerate().filter(|(at, _)| at % 4 != 0) {
                vectors[row * DIMENSIONS + at] = *value;
            }
        }
        let signs = Signs::of(&vectors);
        let likely = signs.likely(&wanted, 0..1_600);
        assert!(likely.contains(&7) && likely.contains(&1_200));
        assert!((100..200).contains(&likely.len()), "{}", likely.len());
        assert!(likely.is_sorted());
        assert_eq!(signs.likely(&wanted, 7..8), [7]);
        assert!(signs.likely(&wanted, 5..5).is_empty());
    }
}
