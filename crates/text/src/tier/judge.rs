//! Weighs signs: which support tier they speak for, how surely, and which of them carried it.

use std::fmt::Write as _;

/// No help is asked for (or was given), and the tiers 0 to 4.
pub const CLASSES: usize = 6;
/// Reasons given at most.
const REASONS: usize = 3;
/// How many times the corrections are gone through, and how far each step goes: enough for a bias of a few
/// dozen corrections to be learned, too little for one of them to turn everything around.
const ROUNDS: usize = 20;
const STEP: f32 = 0.02;
/// How strongly weights are drawn back to those that are shipped.
const HOLD: f32 = 0.1;

/// Signs that were found, each a bit by its place in [`Judge::signs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Signs(pub u64);

impl Signs {
    /// Adds the sign at `place`, below 64.
    pub fn add(&mut self, place: usize) {
        self.0 |= 1 << place;
    }

    /// Whether the sign at `place` is among them.
    pub fn has(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }

    /// The places of all, ascending.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |place| self.has(*place))
    }
}

/// A support tier: 0 self-service, 1 basic help, 2 in-depth help, 3 engineering, 4 outside help.
pub type Tier = u8;

/// What signs come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The tier, or none where no help is asked for or was given.
    pub tier: Option<Tier>,
    /// How sure that is: 0 to 1.
    pub confidence: f32,
    /// The signs that carried it, strongest first, at most three.
    pub why: Vec<&'static str>,
}

impl Verdict {
    /// The class as a number: 0 for none, else the tier and one.
    pub fn class(&self) -> usize {
        class(self.tier)
    }
}

/// 0 for none, else the tier and one.
pub fn class(tier: Option<Tier>) -> usize {
    tier.map_or(0, |tier| usize::from(tier) + 1)
}

/// Signs and what each speaks for: a softmax over the sum of their weights (multinomial logistic regression).
#[derive(Debug, Clone, PartialEq)]
pub struct Judge {
    /// The signs' words for people, by place; at most 64.
    pub signs: &'static [&'static str],
    bias: [f32; CLASSES],
    weights: Vec<[f32; CLASSES]>,
}

impl Judge {
    /// Reads weights: a line per sign, its words and six numbers (none, tiers 0 to 4) between tabs; the first
    /// line, `bias`, counts always. What is missing or no number is 0; lines of unknown signs are passed over.
    pub fn new(signs: &'static [&'static str], table: &str) -> Judge {
        let mut judge = Judge { signs, bias: [0.0; CLASSES], weights: vec![[0.0; CLASSES]; signs.len()] };
        for line in table.lines() {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut row = [0.0; CLASSES];
            row.iter_mut().zip(cells).for_each(|(weight, cell)| *weight = cell.trim().parse().unwrap_or_default());
            match signs.iter().position(|sign| *sign == name) {
                Some(place) => judge.weights[place] = row,
                None if name == "bias" => judge.bias = row,
                None => {}
            }
        }
        judge
    }

    /// The weights as [`Judge::new`] reads them.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for (name, row) in std::iter::once((&"bias", &self.bias)).chain(self.signs.iter().zip(&self.weights)) {
            table.push_str(name);
            for weight in row {
                let _ = write!(table, "\t{weight:.2}");
            }
            table.push('\n');
        }
        table
    }

    /// What some signs come to.
    pub fn verdict(&self, signs: Signs) -> Verdict {
        self.best(signs, 0)
    }

    /// The same where it is known that it is some tier.
    pub fn tier(&self, signs: Signs) -> Verdict {
        self.best(signs, 1)
    }

    fn best(&self, signs: Signs, from: usize) -> Verdict {
        let mut chances = self.chances(signs);
        let whole: f32 = chances[from..].iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= whole);
        let best = (from..CLASSES).max_by(|a, b| chances[*a].total_cmp(&chances[*b])).unwrap_or_default();
        // Reasons are what tells the best class from the average of the others.
        let mut why: Vec<(f32, usize)> =
            self.known(signs).map(|place| (self.speaks_for(place, best), place)).filter(|one| one.0 > 0.0).collect();
        why.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Verdict {
            tier: best.checked_sub(1).map(|tier| tier as Tier),
            confidence: chances[best],
            why: why.into_iter().take(REASONS).map(|(_, place)| self.signs[place]).collect(),
        }
    }

    /// This judge with what a community's people decided taken to heart: the shipped weights, moved by
    /// gradient steps towards the corrections and held back to where they were.
    pub fn corrected(&self, cases: &[(Signs, Option<Tier>)]) -> Judge {
        self.fitted(cases, ROUNDS, STEP, HOLD)
    }

    /// This judge fitted to cases by stochastic gradient descent: so many rounds of so long a step each, every
    /// weight drawn back to this judge's by a share of the difference (L2 regularisation towards it).
    pub fn fitted(&self, cases: &[(Signs, Option<Tier>)], rounds: usize, step: f32, hold: f32) -> Judge {
        let mut judge = self.clone();
        for _ in 0..rounds {
            cases.iter().for_each(|(signs, tier)| judge.learn(*signs, class(*tier), step));
            let back = |now: &mut [f32; CLASSES], before: &[f32; CLASSES]| {
                now.iter_mut().zip(before).for_each(|(now, before)| *now -= hold * (*now - before));
            };
            back(&mut judge.bias, &self.bias);
            judge.weights.iter_mut().zip(&self.weights).for_each(|(now, before)| back(now, before));
        }
        judge
    }

    fn learn(&mut self, signs: Signs, truth: usize, step: f32) {
        let chances = self.chances(signs);
        let places: Vec<usize> = self.known(signs).collect();
        for (class, chance) in chances.into_iter().enumerate() {
            let change = step * (f32::from(u8::from(class == truth)) - chance);
            self.bias[class] += change;
            places.iter().for_each(|place| self.weights[*place][class] += change);
        }
    }

    fn known(&self, signs: Signs) -> impl Iterator<Item = usize> {
        let count = self.signs.len();
        signs.places().take_while(move |place| *place < count)
    }

    fn chances(&self, signs: Signs) -> [f32; CLASSES] {
        let mut sums = self.bias;
        for place in self.known(signs) {
            sums.iter_mut().zip(&self.weights[place]).for_each(|(sum, weight)| *sum += weight);
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        sums.iter_mut().for_each(|sum| *sum = (*sum - most).exp());
        let whole: f32 = sums.iter().sum();
        sums.map(|part| part / whole)
    }

    fn speaks_for(&self, place: usize, class: usize) -> f32 {
        let row = &self.weights[place];
        let others: f32 = row.iter().sum::<f32>() - row[class];
        row[class] - others / (CLASSES - 1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "bias\t0\t0\t1\t0\t0\t0\nslow\t0\t0\t0\t2\t0\t0\ncrash\t0\t0\t0\t0\t3\t0\n";
    const SIGNS: &[&str] = &["slow", "crash"];

    #[test]
    fn the_strongest_sign_wins_and_is_the_reason() {
        let judge = Judge::new(SIGNS, TABLE);
        for (signs, tier, why) in
            [(0b00, Some(1), vec![]), (0b01, Some(2), vec!["slow"]), (0b11, Some(3), vec!["crash"])]
        {
            let verdict = judge.verdict(Signs(signs));
            assert_eq!((verdict.tier, verdict.why), (tier, why), "{signs:b}");
        }
        assert_eq!(Judge::new(SIGNS, &judge.table()), judge);
        assert_eq!(judge.verdict(Signs(u64::MAX)).tier, Some(3), "signs of a later version");
    }

    #[test]
    fn corrections_move_it_where_they_agree_and_not_where_there_are_none() {
        let judge = Judge::new(SIGNS, TABLE);
        assert_eq!(judge.corrected(&[]), judge);
        let corrected = judge.corrected(&[(Signs(0b01), Some(3)); 20]);
        assert_eq!(corrected.verdict(Signs(0b01)).tier, Some(3));
        assert_eq!(corrected.verdict(Signs(0b10)).tier, Some(3));
        assert_eq!(judge.corrected(&[(Signs(0b01), Some(3))]).verdict(Signs(0b01)).tier, Some(2), "one is no rule");
    }

    #[test]
    fn a_damaged_table_is_no_panic() {
        let judge = Judge::new(SIGNS, "bias\tx\nslow\t1\nnobody\t1\t1\n\t\t\n");
        assert_eq!(judge.verdict(Signs(1)).tier, None);
    }
}
