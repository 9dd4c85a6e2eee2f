//! How a promise of a first response stands: in words, and as a ring that runs empty.

use crate::words;

/// Where a promise stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    /// For the style sheet: `open`, `soon` (less than a quarter of the time is left) or `late`.
    pub class: &'static str,
    /// `due in 5 hours`, `overdue by 2 days`.
    pub text: String,
    /// How much of the time is left, 0 to 100.
    pub left: u8,
}

impl Promise {
    /// A promise made at `since` and due at `due`, as it looks at `now` (microseconds UTC).
    pub(crate) fn new(now: i64, since: i64, due: i64) -> Promise {
        if now >= due {
            return Promise { class: "late", text: format!("overdue by {}", words::length(&due, &now)), left: 0 };
        }
        let left = (due.abs_diff(now) as f64 / due.abs_diff(since).max(1) as f64).clamp(0.0, 1.0);
        let class = if left < 0.25 { "soon" } else { "open" };
        Promise { class, text: format!("due in {}", words::length(&now, &due)), left: (left * 100.0).round() as u8 }
    }

    /// Whether it is broken.
    pub(crate) fn is_late(&self) -> bool {
        self.class == "late"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_run_empty() {
        const HOUR: i64 = 3_600_000_000;
        let check = |now: i64, class: &'static str, left: u8, text: &str| {
            assert_eq!(Promise::new(now, 0, 48 * HOUR), Promise { class, text: text.to_owned(), left });
        };
        check(0, "open", 100, "due in 2 days");
        check(-HOUR, "open", 100, "due in 2 days");
        check(24 * HOUR, "open", 50, "due in 24 hours");
        check(40 * HOUR, "soon", 17, "due in 8 hours");
        check(48 * HOUR, "late", 0, "overdue by under a minute");
        check(144 * HOUR, "late", 0, "overdue by 4 days");
        check(i64::MAX, "late", 0, "overdue by 292,471 years");
        assert_eq!(Promise::new(5, 7, 7).left, 100);
    }
}
