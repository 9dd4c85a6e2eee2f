//! Whether a number moved after something was done.

use serde::Serialize;

use crate::ask::{Ask, Only};
use crate::catalogue::Catalogue;
use crate::header::{Good, Metric, Unit};
use crate::measure::measure;
use crate::run::{Sql, SqlError};

/// How long before and after is looked at, in microseconds: 90 days.
const STRETCH: i64 = 90 * 86_400_000_000;

/// A metric before and after an instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The metric's name.
    pub metric: String,
    /// In the 90 days before; none where no case says anything.
    pub before: Option<f64>,
    /// In the 90 days after, or as many of them as are over.
    pub after: Option<f64>,
    /// Days of those after that are over, up to 90.
    pub days: i64,
    /// Whether it moved the good way; none where it did not move, neither way is good, or a count has had fewer days.
    pub better: Option<bool>,
}

/// A metric in the 90 days before an instant beside those after it, `now` being the end of what is known (both microseconds
/// UTC). That it moved does not say why.
///
/// # Errors
///
/// As [`measure()`].
pub fn moved(sql: &dyn Sql, catalogue: &Catalogue, metric: &Metric, at: i64, now: i64) -> Result<Moved, SqlError> {
    let until = at.saturating_add(STRETCH).min(now.max(at));
    let value = |from, until| {
        let ask = Ask { only: Only::default(), ..Ask::period(from, until) };
        measure(sql, catalogue, metric, &ask).map(|measured| measured.value())
    };
    let before = value(at.saturating_sub(STRETCH), at)?;
    let after = if until > at { value(at, until)? } else { None };
    // Of a count, fewer days have fewer: that says nothing.
    let short = until - at < STRETCH && matches!(metric.unit, Unit::Count | Unit::People);
    let better =
        before.zip(after).filter(|(before, after)| before != after && !short).and_then(|(before, after)| match metric
            .good
        {
            Good::Up => Some(after > before),
            Good::Down => Some(after < before),
            Good::Neither => None,
        });
    Ok(Moved { metric: metric.name.clone(), before, after, days: (until - at) / 86_400_000_000, better })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::run::{SqlLimits, SqlRows};

    /// Says first one number, then the other.
    struct Says(std::sync::Mutex<Vec<Option<f64>>>);

    impl Sql for Says {
        fn rows(&self, _: &str, _: &SqlLimits) -> Result<SqlRows, SqlError> {
            let value = self.0.lock().unwrap().remove(0);
            Ok(SqlRows { columns: Vec::new(), rows: vec![vec![json!("all"), json!(value), json!(3)]], more: false })
        }
    }

    fn check(metric: &str, values: [Option<f64>; 2], days: i64, expected: (Option<f64>, i64, Option<bool>)) {
        let catalogue = Catalogue::shipped();
        let says = Says(std::sync::Mutex::new(values.to_vec()));
        let at = 1_700_000_000_000_000;
        let now = at + days * 86_400_000_000;
        let moved = moved(&says, catalogue, catalogue.named(metric).unwrap(), at, now).unwrap();
        assert_eq!((moved.after, moved.days, moved.better), expected);
    }

    #[test]
    fn before_and_after() {
        check("first_response_median", [Some(9.0), Some(4.0)], 200, (Some(4.0), 90, Some(true)));
        check("first_response_median", [Some(4.0), Some(9.0)], 30, (Some(9.0), 30, Some(false)));
        check("answered_share", [Some(0.5), Some(0.5)], 30, (Some(0.5), 30, None));
        check("questions", [Some(5.0), Some(7.0)], 30, (Some(7.0), 30, None));
        check("new_contributors", [Some(30.0), Some(4.0)], 10, (Some(4.0), 10, None));
        check("new_contributors", [Some(30.0), Some(4.0)], 200, (Some(4.0), 90, Some(false)));
        check("answered_share", [None, Some(0.5)], 30, (Some(0.5), 30, None));
        check("answered_share", [Some(0.5), Some(0.5)], 0, (None, 0, None));
    }
}
