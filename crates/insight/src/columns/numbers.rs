//! Finding a row by its id without keeping the id twice: a table of row numbers alone, beside the column of ids.

use std::hash::{BuildHasher, BuildHasherDefault};

use model::Id;
use rustc_hash::FxHasher;

/// No row.
const FREE: u32 = u32::MAX;

/// Row numbers by the hash of their ids: open addressing with linear probing, at most half full. At 350,000 rows it takes
/// 4 MB where a map with the ids as keys takes 13.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    slots: Vec<u32>,
}

impl Numbers {
    /// The rows of `ids`, fewer than 2³¹. Of an id that stands twice the last row counts.
    pub(crate) fn of(ids: &[Id]) -> Numbers {
        let size = (ids.len() * 2).next_power_of_two();
        let mut numbers = Numbers { slots: vec![FREE; size] };
        for (row, id) in (0..).zip(ids) {
            let slot = numbers.slot(ids, *id);
            if let Some(slot) = slot.and_then(|slot| numbers.slots.get_mut(slot)) {
                *slot = row;
            }
        }
        numbers
    }

    /// The row of an id among those that this was made of.
    pub(crate) fn find(&self, ids: &[Id], id: Id) -> Option<u32> {
        self.slots.get(self.slot(ids, id)?).copied().filter(|row| *row != FREE)
    }

    /// Where an id stands, or else would.
    fn slot(&self, ids: &[Id], id: Id) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(id) as usize;
        let is_it = |slot: &usize| {
            let row = self.slots[*slot];
            row == FREE || ids.get(row as usize) == Some(&id)
        };
        // Half of the slots are free: it ends soon.
        (0..=mask).map(|step| hash.wrapping_add(step) & mask).find(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_ids() {
        let id = |number: u32| Id::message("made up", &number.to_string());
        for length in [0, 1, 2, 3, 1000] {
            let ids: Vec<Id> = (0..length).map(id).collect();
            let numbers = Numbers::of(&ids);
            assert!((0..length).all(|row| numbers.find(&ids, id(row)) == Some(row)), "{length}");
            assert_eq!(numbers.find(&ids, id(length)), None, "{length}");
        }
        let twice = [id(1), id(2), id(1)];
        assert_eq!(Numbers::of(&twice).find(&twice, id(1)), Some(2));
        assert_eq!(Numbers::default().find(&[], id(1)), None);
    }
}
