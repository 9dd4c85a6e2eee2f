//! What may be used once only, remembered until it would be too old anyway.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How many are remembered. Each took a visit to a provider; with so many within minutes, something is wrong, and what
/// is new is refused.
const MOST: usize = 10_000;

/// What was used, and until when it would have been good.
#[derive(Debug, Default)]
pub(crate) struct Once(Mutex<HashMap<String, i64>>);

impl Once {
    /// Whether it is the first use of `what`, which is good until `until` (microseconds UTC, as `now`).
    pub(crate) fn is_first(&self, what: &str, until: i64, now: i64) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= MOST {
            used.retain(|_, until| *until >= now);
        }
        used.len() < MOST && used.insert(what.to_owned(), until).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_first_once() {
        let once = Once::default();
        assert!(once.is_first("a", 10, 0) && !once.is_first("a", 10, 5) && once.is_first("b", 10, 5));
        for number in 2..MOST {
            assert!(once.is_first(&number.to_string(), 20, 5));
        }
        assert!(!once.is_first("one more", 20, 6), "there is no room");
        assert!(once.is_first("one more", 20, 11), "those of before are gone");
    }
}
