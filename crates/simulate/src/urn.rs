//! An urn to draw people from, each as likely as their weight: a Fenwick tree over integer weights
//! (Fenwick: A New Data Structure for Cumulative Frequency Tables, 1994).

use crate::rng::Rng;

#[derive(Debug, Default)]
pub(crate) struct Urn {
    ids: Vec<u32>,
    weights: Vec<u32>,
    /// `tree[i]` is the sum of the weights of the last `lowbit(i + 1)` places up to `i`.
    tree: Vec<u64>,
    total: u64,
}

impl Urn {
    pub(crate) fn push(&mut self, id: u32, weight: u32) {
        let place = self.tree.len() + 1;
        let mut sum = u64::from(weight);
        let mut step = 1;
        while step < lowbit(place) {
            sum += self.tree[place - step - 1];
            step *= 2;
        }
        self.ids.push(id);
        self.weights.push(weight);
        self.tree.push(sum);
        self.total += u64::from(weight);
    }

    /// Draws with replacement, only from those for whom `fits` holds, in at most a dozen attempts. Those
    /// for whom `gone` holds are taken out for good.
    pub(crate) fn draw(
        &mut self,
        rng: &mut Rng,
        gone: impl Fn(u32) -> bool,
        fits: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut attempts = 0;
        while self.total > 0 && attempts < 12 {
            let place = self.find(rng.below(self.total));
            let id = self.ids[place];
            if gone(id) {
                self.empty(place);
                continue;
            }
            if fits(id) {
                return Some(id);
            }
            attempts += 1;
        }
        None
    }

    /// The place whose weight covers `at`, counted over all weights in order.
    fn find(&self, mut at: u64) -> usize {
        let mut place = 0;
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(place + step - 1)
                && *sum <= at
            {
                at -= sum;
                place += step;
            }
            step /= 2;
        }
        place
    }

    fn empty(&mut self, place: usize) {
        let weight = u64::from(std::mem::take(&mut self.weights[place]));
        self.total -= weight;
        let mut at = place + 1;
        while at <= self.tree.len() {
            self.tree[at - 1] -= weight;
            at += lowbit(at);
        }
    }
}

fn lowbit(number: usize) -> usize {
    number & number.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_by_weight_and_forgets_who_is_gone() {
        let mut urn = Urn::default();
        for id in 0..50 {
            urn.push(id, if id == 17 { 50 } else { 1 });
        }
        let mut rng = Rng::of(3, 1);
        let hits = (0..10_000).filter(|_| urn.draw(&mut rng, |_| false, |_| true) == Some(17)).count();
        assert!((4_700..5_400).contains(&hits), "{hits}");
        assert!((0..1_000).all(|_| urn.draw(&mut rng, |id| id == 17, |_| true) != Some(17)));
        assert_eq!(urn.total, 49);
        assert_eq!(urn.draw(&mut rng, |_| false, |_| false), None);
        assert_eq!(urn.draw(&mut rng, |_| true, |_| true), None);
    }
}
