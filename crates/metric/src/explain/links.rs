//! The links in what was written in a blip. Texts are read for that time only; of the time before, it is only counted in
//! how many the same links stand.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::around::quoted;
use super::{Carrier, LEAST, MOST, Part};
use crate::ask::Ask;
use crate::catalogue::{Catalogue, names};
use crate::header::Metric;
use crate::run::{Sql, SqlError, SqlLimits};

/// Texts that are read; more are no single blip.
const LIMITS: SqlLimits = SqlLimits { rows: 20_000, bytes: 32 << 20, time: Duration::from_secs(20), addresses: false };
/// Links that stand in fewer messages are nobody's wave.
const FEW: usize = 3;

/// What the links of a blip carry together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Linked {
    /// How many links.
    pub links: usize,
    /// Messages with at least one of them, more than usual.
    pub extra: f64,
    /// How much of the difference that is.
    pub share: f64,
}

/// The links that carry most of the difference, and what they carry together.
pub(super) fn links(
    sql: &dyn Sql,
    catalogue: &Catalogue,
    metric: &Metric,
    inside: &Ask,
    before: &Ask,
    difference: f64,
) -> Result<(Vec<Carrier>, Option<Linked>), SqlError> {
    let Some(id) = written(catalogue, metric) else { return Ok((Vec::new(), None)) };
    // The time is said of the messages too: so only the files of that time are read.
    let time = "m.time >= {from} AND m.time < {until}";
    let joined = format!("FROM rows AS r JOIN messages AS m ON m.message_id = r.{id}");
    let from = format!("{joined} WHERE {time} AND strpos(m.body, '://') > 0");
    let query = metric.over_rows(catalogue, inside, &format!("SELECT m.body {from}"));
    let query = query.map_err(|error| SqlError::Query(error.to_string()))?;
    let bodies = sql.rows(&query, &LIMITS)?.rows;
    let texts = bodies.iter().filter_map(|row| row.first().and_then(Value::as_str));
    let found: Vec<BTreeSet<&str>> = texts.map(|text| in_text(text).collect()).collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    found.iter().flatten().for_each(|link| *counts.entry(link).or_default() += 1);
    let mut top: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= FEW).collect();
    top.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    top.truncate(MOST);
    if top.is_empty() {
        return Ok((Vec::new(), None));
    }
    let has = |link: &str| format!("strpos(m.body, {}) > 0", quoted(link));
    let each = top.iter().map(|(link, _)| format!("count(*) FILTER (WHERE {})", has(link)));
    let query = metric.over_rows(catalogue, before, &format!("SELECT {} {from}", each.collect::<Vec<_>>().join(", ")));
    let query = query.map_err(|error| SqlError::Query(error.to_string()))?;
    let counted = sql.rows(&query, &LIMITS)?.rows.into_iter().next().unwrap_or_default();
    let scale = (inside.until - inside.from) as f64 / (before.until - before.from).max(1) as f64;
    let usual = |at: usize| counted.get(at).and_then(Value::as_f64).unwrap_or_default() * scale;
    let carrier = |(at, (link, count)): (usize, &(&str, usize))| {
        let (was, usual) = (*count as f64, usual(at));
        let share = (was - usual) / difference;
        (share >= LEAST).then(|| Carrier { part: Part::Link, key: (*link).to_owned(), title: None, was, usual, share })
    };
    let carriers: Vec<Carrier> = top.iter().enumerate().filter_map(carrier).collect();
    let any = |links: &&BTreeSet<&str>| carriers.iter().any(|carrier| links.contains(carrier.key.as_str()));
    let extra = found.iter().filter(any).count() as f64 - carriers.iter().map(|carrier| carrier.usual).sum::<f64>();
    let linked = Linked { links: carriers.len(), extra, share: extra / difference };
    Ok((carriers, (linked.links > 0).then_some(linked)))
}

/// The column of a metric's rows that names a message; none where a row is something else.
fn written(catalogue: &Catalogue, metric: &Metric) -> Option<&'static str> {
    let view = catalogue.view(&metric.view)?;
    let column = ["message_id", "conversation_id"].into_iter().find(|column| names(&view.body, column))?;
    // A person's part in a conversation is no text of its own.
    let is_text = column == "message_id" || metric.view == "questions";
    is_text.then_some(column)
}

/// The links in a text's own lines: quoted ones are somebody else's.
fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let own = text.lines().filter(|line| !line.trim_start().starts_with('>'));
    own.flat_map(in_line)
}

fn in_line(line: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`()[]{}|\\^".contains(c);
    let words = line.split(ends).filter(|word| word.starts_with("http://") || word.starts_with("https://"));
    let plain = |word: &'_ str| word.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '/']).len();
    words.map(move |word| &word[..plain(word)]).filter(|link| link.len() > "https://".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(in_text(text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn links_are_found_in_own_words() {
        check("", &[]);
        check(
            "see https://video.example/a, and <http://b.example/>.",
            &["https://video.example/a", "http://b.example"],
        );
        check("[talk](https://video.example/a?x=1&y=2)", &["https://video.example/a?x=1&y=2"]);
        check("> https://quoted.example\nhttps://", &[]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(?s)(https://|http:|>|[a-zé ./]|\n){0,40}") {
            in_text(&text).for_each(|link| assert!(link.starts_with("http")));
        }
    }
}
