//! Why a number is not to be believed as it stands: what people say against it or its source, sources that are behind, and
//! sources of which much could not be read.

use std::collections::BTreeMap;

use desk::{Doubt, Narrowed};
use model::time::DAY;
use serde_json::Value;

use crate::catalogue::{Catalogue, names};
use crate::header::Metric;
use crate::measure::LIMITS;
use crate::run::{Sql, SqlError};

/// Days without anything new after which a source is behind; after a year it is over.
const STALE: std::ops::Range<i64> = 30..365;
/// So many items for each one that could not be read are enough to be silent about it.
const READ_FOR_EACH: u64 = 100;

/// What is known against numbers.
#[derive(Debug, Clone, Default)]
pub struct Doubts {
    all: Vec<Doubt>,
    /// What each source gives: a number counts for it only if it is made of such.
    gives: BTreeMap<String, Gives>,
}

/// What a source gives.
#[derive(Debug, Clone, Copy, Default)]
struct Gives {
    /// What people did here.
    deeds: bool,
    /// Numbers that others counted.
    numbers: bool,
}

impl Doubts {
    /// What people said (`said`), and what the tables tell of their sources up to `now` (microseconds UTC).
    ///
    /// # Errors
    ///
    /// What keeps the tables from being asked.
    pub fn new(sql: &dyn Sql, now: i64, said: impl IntoIterator<Item = Doubt>) -> Result<Doubts, SqlError> {
        let mut doubts = Doubts { all: said.into_iter().collect(), gives: BTreeMap::new() };
        let rows = |query| Ok(sql.rows(query, &LIMITS)?.rows);
        let count = |row: &[Value], at: usize| row.get(at).and_then(Value::as_u64).unwrap_or_default();
        let unread: BTreeMap<String, u64> = rows("SELECT source, count(*) FROM problems GROUP BY source")?
            .iter()
            .filter_map(|row| Some((row.first()?.as_str()?.to_owned(), count(row, 1))))
            .collect();
        // A calendar is silent between its events: only where people write or others count does silence say something.
        let deeds = rows(
            "SELECT source, sum(messages + activities), max(last_time) FROM channels\n\
             GROUP BY source HAVING sum(messages + activities) > 0 ORDER BY source",
        )?;
        let numbers = rows("SELECT source, count(*), max(time) FROM measurements GROUP BY source ORDER BY source")?;
        let mut items = BTreeMap::<String, u64>::new();
        for (found, is_deed) in [(deeds, true), (numbers, false)] {
            for row in &found {
                let Some(source) = row.first().and_then(Value::as_str) else { continue };
                let gives = doubts.gives.entry(source.to_owned()).or_default();
                (gives.deeds, gives.numbers) = (gives.deeds || is_deed, gives.numbers || !is_deed);
                *items.entry(source.to_owned()).or_default() += count(row, 1);
                let last = row.get(2).and_then(Value::as_str).and_then(|last| last.parse().ok());
                doubts.all.extend(last.and_then(|last| behind(last, now)).map(|why| of_source(source, why)));
            }
        }
        for (source, items) in &items {
            let lost = unread.get(source).copied().unwrap_or_default();
            doubts.all.extend(incomplete(*items, lost).map(|why| of_source(source, why)));
        }
        Ok(doubts)
    }

    /// What is known against a metric of what `only` names, in words.
    pub fn of(&self, catalogue: &Catalogue, metric: &Metric, only: &Narrowed) -> Vec<String> {
        let counted = catalogue.view(&metric.view).is_some_and(|view| names(&view.body, "measurements"));
        let matters = |source: &str| {
            let gives = self.gives.get(source).copied().unwrap_or(Gives { deeds: true, numbers: true });
            // A number over all sources has those of a doubted one in it.
            let asked = only.source.as_deref().is_none_or(|only| only == source);
            asked && if counted { gives.numbers } else { gives.deeds }
        };
        let said = |doubt: &Doubt| match doubt.about.strip_prefix("source:") {
            Some(source) => matters(source).then(|| format!("{source}: {}", why(doubt))),
            None => (doubt.about == metric.name).then(|| why(doubt)),
        };
        self.all.iter().filter_map(said).collect()
    }
}

fn of_source(source: &str, why: String) -> Doubt {
    Doubt { about: format!("source:{source}"), why, ..Doubt::default() }
}

fn behind(last: jiff::Timestamp, now: i64) -> Option<String> {
    let days = (now - last.as_microsecond()) / DAY;
    STALE.contains(&days).then(|| format!("nothing new since {}", last.strftime("%Y-%m-%d")))
}

fn incomplete(items: u64, lost: u64) -> Option<String> {
    let much = lost > 0 && lost.saturating_mul(READ_FOR_EACH) >= items;
    much.then(|| format!("incomplete: {lost} of its items could not be read, beside {items} that could"))
}

/// What is not true, and when.
fn why(doubt: &Doubt) -> String {
    let day = |at: i64| jiff::Timestamp::from_microsecond(at).map(|at| at.strftime("%Y-%m-%d").to_string());
    let from = doubt.from.and_then(|at| day(at).ok()).map(|day| format!(" from {day}"));
    let until = doubt.until.and_then(|at| day(at).ok()).map(|day| format!(" until {day}"));
    format!("{}{}{}", doubt.why, from.unwrap_or_default(), until.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(about: &str) -> Doubt {
        Doubt { about: about.to_owned(), why: "half is missing".to_owned(), ..Doubt::default() }
    }

    fn check(metric: &str, source: Option<&str>, expected: &[&str]) {
        let gives = |deeds, numbers| Gives { deeds, numbers };
        let doubts = Doubts {
            all: vec![doubt("questions"), doubt("source:chat"), doubt("source:shop"), doubt("messages")],
            gives: [("chat".to_owned(), gives(true, false)), ("shop".to_owned(), gives(false, true))].into(),
        };
        let catalogue = Catalogue::shipped();
        let only = Narrowed { source: source.map(str::to_owned), ..Narrowed::default() };
        assert_eq!(doubts.of(catalogue, catalogue.named(metric).unwrap(), &only), expected, "{metric} {source:?}");
    }

    #[test]
    fn doubts_are_said_of_what_they_are_about() {
        check("questions", None, &["half is missing", "chat: half is missing"]);
        check("questions", Some("list"), &["half is missing"]);
        check("downloads", None, &["shop: half is missing"]);
        check("answered_share", Some("list"), &[]);
    }

    #[test]
    fn sources_that_are_behind_or_incomplete() {
        let last: jiff::Timestamp = "2024-03-01T00:00:00Z".parse().unwrap();
        let after = |days: i64| behind(last, last.as_microsecond() + days * DAY);
        assert_eq!((after(29), after(400)), (None, None));
        assert_eq!(after(31).as_deref(), Some("nothing new since 2024-03-01"));
        assert_eq!((incomplete(1_000, 9), incomplete(0, 0)), (None, None));
        let said = "incomplete: 10 of its items could not be read, beside 1000 that could";
        assert_eq!(incomplete(1_000, 10).as_deref(), Some(said));
    }
}
