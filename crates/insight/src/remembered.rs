//! Answers that are remembered for as long as they hold: pages are read far more often than anything is decided.
//!
//! What an answer depends on besides the snapshot is its stamp. With another stamp everything is forgotten, and with
//! too many answers too.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::{Arc, Mutex};

use desk::CasesStamp;
use rustc_hash::FxHasher;

use crate::Result;
use crate::kept::{Once, lock};
use crate::moment::Moment;

/// Promises run by the minute, microseconds.
const MINUTE: i64 = 60_000_000;

/// What answers about conversations depend on: what people decided about cases and tiers, and the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    cases: Option<CasesStamp>,
    /// A hash of the tiers that people corrected.
    corrected: u64,
    minute: i64,
}

impl Moment {
    /// What tells this moment from others in which answers may differ.
    pub(crate) fn stamp(&self) -> Stamp {
        let hash = |of: (u8, &String, &Option<u8>)| BuildHasherDefault::<FxHasher>::default().hash_one(of);
        let asked = self.asked.iter().map(|(id, tier)| hash((0, id, tier)));
        let corrected = asked.chain(self.observed.iter().map(|(id, tier)| hash((1, id, tier))));
        Stamp {
            cases: self.cases.stamp(),
            // Maps have no order: a sum has none either.
            corrected: corrected.fold(0, u64::wrapping_add),
            minute: self.now.div_euclid(MINUTE),
        }
    }
}

/// One answer in the making or made.
type Held<T> = Arc<Once<T>>;

/// Answers by what was asked, at most `MOST`, all of one stamp.
pub(crate) struct Remembered<K, T, S = Stamp, const MOST: usize = 48>(Mutex<All<K, T, S>>);

/// What they are of, and all of them.
type All<K, T, S> = (Option<S>, Vec<(K, Held<T>)>);

impl<K, T, S, const MOST: usize> Default for Remembered<K, T, S, MOST> {
    fn default() -> Self {
        Remembered(Mutex::new((None, Vec::new())))
    }
}

impl<K: PartialEq, T, S: PartialEq, const MOST: usize> Remembered<K, T, S, MOST> {
    /// The answer to what is asked, made if it is not remembered. Those who ask the same meanwhile wait for it, others
    /// do not.
    pub(crate) fn get(&self, stamp: S, key: K, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        self.held(stamp, key).get(make)
    }

    fn held(&self, stamp: S, key: K) -> Held<T> {
        let mut held = lock(&self.0);
        if held.0.as_ref() != Some(&stamp) {
            *held = (Some(stamp), Vec::new());
        }
        if let Some((_, found)) = held.1.iter().find(|(other, _)| *other == key) {
            return found.clone();
        }
        if held.1.len() >= MOST {
            held.1.clear();
        }
        let new = Held::<T>::default();
        held.1.push((key, new.clone()));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_made_once_for_each_stamp_and_question() {
        let remembered = Remembered::<&str, u32, u32, 2>::default();
        let ask = |stamp, key, answer| *remembered.get(stamp, key, || Ok(answer)).expect("made");
        assert_eq!(ask(1, "a", 10), 10);
        assert_eq!(ask(1, "a", 11), 10);
        assert_eq!(ask(1, "b", 12), 12);
        assert_eq!(ask(1, "a", 13), 10);
        assert_eq!(ask(1, "c", 14), 14, "more than are kept");
        assert_eq!(ask(1, "a", 15), 15);
        assert_eq!(ask(2, "a", 16), 16);
    }

    #[test]
    fn a_corrected_tier_is_another_moment() {
        let tier = |tier| Moment { asked: [("m1".to_owned(), Some(tier))].into(), ..Moment::default() };
        assert_eq!(tier(2).stamp(), tier(2).stamp());
        assert_ne!(tier(2).stamp(), tier(3).stamp());
        assert_ne!(tier(2).stamp(), Moment::default().stamp());
    }
}
