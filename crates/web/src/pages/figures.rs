//! Numbers on pages: how they are said, and how series become charts.

use chart::{Mark, OverTime, Series, Shape, Step, Unit};
use insight::views::{Events, SeriesView};

/// A share as `75%`; a dash where there is none.
pub(crate) fn share(value: &Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| Unit::Share.long(value))
}

/// A share that is known.
pub(crate) fn percent(value: &f64) -> String {
    share(&Some(*value))
}

/// Hours as `5.5 hours`; a dash where there are none.
pub(crate) fn hours(value: &Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| Unit::Hours.long(value))
}

/// Microseconds of working time as `2 days`.
pub(crate) fn promise(micros: &i64) -> String {
    Unit::Hours.long(*micros as f64 / 3_600_000_000.0)
}

/// A mood in a word; a dash where there is none. The middle third of what channels usually have is `even`: a choice.
pub(crate) fn mood(value: &Option<f64>) -> &'static str {
    match value {
        None => "–",
        Some(value) if *value < -0.05 => "gloomy",
        Some(value) if *value < 0.1 => "even",
        Some(_) => "friendly",
    }
}

/// Values as a line as small as a word; nothing where more than half of them are not known: that would be dots.
pub(crate) fn spark_of(values: &[Option<f64>], about: &str) -> String {
    let known = values.iter().flatten().count();
    if known < 2 || known * 2 < values.len() { String::new() } else { chart::sparkline(values, about) }
}

/// Counts as a line as small as a word.
pub(crate) fn spark(counts: &[u64], about: &str) -> String {
    let values: Vec<Option<f64>> = counts.iter().map(|count| Some(*count as f64)).collect();
    chart::sparkline(&values, about)
}

/// What is drawn from a series: names of its lines, each with what it is called and its tone.
pub(crate) struct Drawn<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub about: &'a str,
    pub unit: Unit,
    pub shape: Shape,
    pub lines: &'a [(&'a str, &'a str, u8)],
}

impl Drawn<'_> {
    /// The chart, each stretch with a link to the rows behind its first line.
    pub(crate) fn of(&self, view: &SeriesView, events: &Events) -> OverTime {
        let lines = self.lines.iter();
        let series = lines.map(|(line, name, tone)| Series {
            name: (*name).to_owned(),
            tone: *tone,
            values: view.line(line).values,
        });
        OverTime {
            name: self.name.to_owned(),
            title: self.title.to_owned(),
            about: self.about.to_owned(),
            unit: self.unit,
            shape: self.shape,
            step: Step::parse(view.step).unwrap_or_default(),
            series: series.collect(),
            links: self.links(view),
            marks: marks(view, events),
            starts: view.starts.clone(),
        }
    }

    fn links(&self, view: &SeriesView) -> Vec<String> {
        let Some((line, ..)) = self.lines.first() else { return Vec::new() };
        let ends = view.starts.iter().skip(1).copied().chain([view.as_of.saturating_add(1)]);
        let day = |time: i64| crate::words::iso(&time);
        view.starts
            .iter()
            .zip(ends)
            .map(|(from, until)| format!("/metrics/{line}?from={}&until={}", day(*from), day(until)))
            .collect()
    }
}

/// Events of the stretches, the latest eight: more would cover the numbers.
fn marks(view: &SeriesView, events: &Events) -> Vec<Mark> {
    let (Some(first), last) = (view.starts.first(), view.as_of) else { return Vec::new() };
    let all = events.past.iter().chain(&events.coming).filter(|event| !event.cancelled);
    let inside =
        all.filter_map(|event| Some((event.starts.filter(|starts| starts >= first && *starts <= last)?, event)));
    inside
        .take(8)
        .map(|(at, event)| Mark { at, until: None, label: event.title.clone(), href: Some("/events".to_owned()) })
        .collect()
}

/// One page of a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    /// The first one shown, from 1.
    pub first: u64,
    /// The last one shown.
    pub last: u64,
    /// How many there are.
    pub total: u64,
    /// The address of the page before, if there is one.
    pub before: Option<String>,
    /// The address of the page after.
    pub after: Option<String>,
}

/// Lines of a page of a long list.
pub(crate) const LINES: usize = 25;

impl Pager {
    /// Page `page`, from 1, of so many. `address` ends where the number of the page goes.
    pub(crate) fn new(page: usize, total: u64, address: &str) -> Pager {
        Pager::of(page, LINES, total, address)
    }

    /// The same of pages with so many lines.
    pub(crate) fn of(page: usize, lines: usize, total: u64, address: &str) -> Pager {
        let (page, lines) = (page.max(1) as u64, lines as u64);
        let to = |page: u64| format!("{address}{page}");
        Pager {
            first: (page.saturating_sub(1)).saturating_mul(lines).saturating_add(1).min(total),
            last: page.saturating_mul(lines).min(total),
            total,
            before: (page > 1).then(|| to(page - 1)),
            after: (page.saturating_mul(lines) < total).then(|| to(page + 1)),
        }
    }

    /// How many lines come before a page.
    pub(crate) fn offset(page: usize) -> usize {
        page.saturating_sub(1).saturating_mul(LINES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_list() {
        let check = |page: usize, total: u64, expected: (u64, u64, bool, bool)| {
            let pager = Pager::new(page, total, "/topics?page=");
            assert_eq!((pager.first, pager.last, pager.before.is_some(), pager.after.is_some()), expected);
        };
        check(1, 0, (0, 0, false, false));
        check(1, 25, (1, 25, false, false));
        check(2, 60, (26, 50, true, true));
        check(3, 60, (51, 60, true, false));
        check(usize::MAX, 60, (60, 60, true, false));
        assert_eq!(Pager::offset(0), 0);
    }
}
