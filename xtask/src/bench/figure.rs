//! A figure: what was wanted, what was measured, and its spread.

use serde::{Serialize, Serializer};

use crate::print;

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    pub(crate) wanted: Wanted,
    /// One value for each run; empty if it was not measured.
    pub(crate) runs: Vec<f64>,
    /// Why it was not measured, or what else to know.
    pub(crate) note: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wanted {
    AtLeast(f64),
    AtMost(f64),
    /// For comparison only.
    Nothing,
}

impl Figure {
    pub(crate) fn new(
        name: &'static str,
        what: impl Into<String>,
        unit: &'static str,
        wanted: Wanted,
        runs: Vec<f64>,
    ) -> Figure {
        Figure { name, what: what.into(), unit, wanted, runs, note: None }
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Figure {
        self.note = Some(note.into());
        self
    }

    /// Half of the runs were below.
    pub(crate) fn median(&self) -> Option<f64> {
        percentile(&self.runs, 50.0)
    }

    /// Whether the median is what was wanted; `None` if nothing was wanted or measured.
    pub(crate) fn reached(&self) -> Option<bool> {
        let median = self.median()?;
        match self.wanted {
            Wanted::AtLeast(limit) => Some(median >= limit),
            Wanted::AtMost(limit) => Some(median <= limit),
            Wanted::Nothing => None,
        }
    }

    fn spread(&self) -> Option<(f64, f64)> {
        Some((percentile(&self.runs, 0.0)?, percentile(&self.runs, 100.0)?))
    }

    fn cells(&self) -> [String; 5] {
        let wanted = match self.wanted {
            Wanted::AtLeast(limit) => format!("≥ {} {}", number(limit), self.unit),
            Wanted::AtMost(limit) => format!("≤ {} {}", number(limit), self.unit),
            Wanted::Nothing => String::new(),
        };
        let median = self.median().map_or("not measured".into(), |median| format!("{} {}", number(median), self.unit));
        let spread = self
            .spread()
            .map_or(String::new(), |(low, high)| format!("{}–{}, {}×", number(low), number(high), self.runs.len()));
        let verdict = match (self.wanted, self.reached()) {
            (Wanted::Nothing, _) => "",
            (_, Some(true)) => "reached",
            (_, Some(false)) => "MISSED",
            (_, None) => "?",
        };
        [self.what.clone(), wanted, median, spread, verdict.to_owned()]
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (at_least, at_most) = match self.wanted {
            Wanted::AtLeast(limit) => (Some(limit), None),
            Wanted::AtMost(limit) => (None, Some(limit)),
            Wanted::Nothing => (None, None),
        };
        serde_json::json!({
            "name": self.name, "what": self.what, "unit": self.unit, "at_least": at_least, "at_most": at_most,
            "median": self.median(), "min": self.spread().map(|spread| spread.0),
            "max": self.spread().map(|spread| spread.1), "runs": self.runs, "reached": self.reached(),
            "note": self.note,
        })
        .serialize(serializer)
    }
}

/// The value that `percent` of 100 are at or below (nearest rank); `None` of nothing.
pub(crate) fn percentile(values: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Prints figures as a table, notes below their line.
pub(crate) fn table(figures: &[Figure]) {
    let head = ["what", "wanted", "median", "min–max, runs", ""].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(figures.iter().map(Figure::cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    for (at, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        print::result(format_args!("{}", cells.collect::<Vec<_>>().join("  ").trim_end()));
        if let Some(note) = at.checked_sub(1).and_then(|at| figures[at].note.as_ref()) {
            print::result(format_args!("    {note}"));
        }
    }
}

/// Three significant digits or so.
fn number(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        let check = |percent, expected| assert_eq!(percentile(&values, percent), Some(expected));
        check(0.0, 1.0);
        check(50.0, 3.0);
        check(95.0, 5.0);
        check(100.0, 5.0);
        assert_eq!(percentile(&[], 50.0), None);
    }

    #[test]
    fn medians_are_held_against_what_was_wanted() {
        let check = |wanted, runs: &[f64], expected| {
            assert_eq!(Figure::new("x", "x", "s", wanted, runs.to_vec()).reached(), expected);
        };
        check(Wanted::AtMost(1.0), &[0.5, 0.9, 7.0], Some(true));
        check(Wanted::AtMost(1.0), &[0.5, 1.1, 1.2], Some(false));
        check(Wanted::AtLeast(150.0), &[151.0], Some(true));
        check(Wanted::AtLeast(150.0), &[], None);
    }
}
