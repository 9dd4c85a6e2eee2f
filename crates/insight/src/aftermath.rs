//! What changed with something that happened: an event, an announcement.

use model::time::DAY;

use crate::columns::NEVER;
use crate::views::{Aftermath, Change};
use crate::{Community, Result};

/// Stretches before that it is held against.
const BEFORE: usize = 8;
/// A shorter stretch says nothing, in days.
const SHORTEST: i64 = 7;

impl Community {
    /// What newcomers and questions came to from an instant until another (microseconds UTC; at least a week is looked at),
    /// beside the median of the eight stretches before, each as long, and the stretch after. Nothing in it says that one
    /// caused the other.
    pub fn aftermath(&self, from: i64, until: i64) -> Result<Aftermath> {
        let length = until.saturating_sub(from).max(SHORTEST * DAY);
        let now = self.now().time;
        let people = 0..self.people.len();
        let newcomers = people.filter(|person| !self.people.bots[*person]).map(|person| self.people.first_seen[person]);
        let rows = 0..self.conversations.len() as usize;
        let asked =
            |row: &usize| self.conversations.question[*row] && !self.people.is_bot(self.conversations.openers[*row]);
        let questions = rows.filter(asked).map(|row| self.conversations.opened[row]);
        let changes = vec![
            change("newcomers", "Newcomers", newcomers, from, length, now),
            change("questions", "Questions", questions, from, length, now),
        ];
        Ok(Aftermath { from, until: from.saturating_add(length), before: BEFORE, changes })
    }
}

fn change(
    name: &'static str,
    title: &'static str,
    times: impl Iterator<Item = i64>,
    from: i64,
    length: i64,
    now: i64,
) -> Change {
    // The stretch itself, the one after it, and those before, the latest first.
    let mut counts = [0_u64; BEFORE + 2];
    for time in times.filter(|time| *time != NEVER && *time <= now) {
        let stretch = time.saturating_sub(from).div_euclid(length.max(1));
        let place = match stretch {
            0 | 1 => usize::try_from(stretch).ok(),
            before => usize::try_from(before.saturating_neg()).ok().filter(|_| before < 0).map(|before| before + 1),
        };
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let mut before = counts[2..].to_vec();
    before.sort_unstable();
    let usual = (before[BEFORE / 2 - 1] + before[BEFORE / 2]) as f64 / 2.0;
    let later = (from.saturating_add(length.saturating_mul(2)) <= now).then_some(counts[1]);
    Change { name, title, then: counts[0], usual, later }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[i64], now: i64, expected: (u64, f64, Option<u64>)) {
        let times = days.iter().map(|day| day * DAY);
        let change = change("x", "X", times, 100 * DAY, 10 * DAY, now * DAY);
        assert_eq!((change.then, change.usual, change.later), expected);
    }

    #[test]
    fn stretches() {
        check(&[], 200, (0, 0.0, Some(0)));
        check(&[100, 109, 110, 119, 120], 200, (2, 0.0, Some(2)));
        // One in each of the eight before, and one before all of those.
        check(&[99, 89, 79, 69, 59, 49, 39, 29, 19, 105], 200, (1, 1.0, Some(0)));
        check(&[105, 112], 115, (1, 0.0, None));
        check(&[105, i64::MIN / DAY], 104, (0, 0.0, None));
    }
}
