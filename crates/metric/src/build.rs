//! From a metric and an ask to one query.

use crate::ask::{Ask, By, Who};
use crate::catalogue::{Catalogue, names};
use crate::explain::Part;
use crate::header::{Metric, MetricError, View};

/// How far before the period `earlier` reaches back: for what can only be told from what was before.
const EARLIER: &str = "90 days";

impl Metric {
    /// The query for its values: columns `key`, `value` and `cases`, ordered by key. It names nothing but the tables, so
    /// any database that has them can run it (written for DataFusion and DuckDB, times in UTC).
    ///
    /// # Errors
    ///
    /// If its view is not there, or has no such column as it is to be split by or narrowed to.
    pub fn sql(&self, catalogue: &Catalogue, ask: &Ask) -> Result<String, MetricError> {
        let rows = self.with_rows(catalogue, ask)?;
        let body = &self.body;
        Ok(filled(&format!("{rows}\nSELECT key, value, cases FROM (\n{body}\n) AS measured ORDER BY key"), ask))
    }

    /// The same, split by what explains a change; none where its rows do not say that.
    pub(crate) fn parted_sql(&self, catalogue: &Catalogue, ask: &Ask, part: Part) -> Option<String> {
        let (view, body) = (catalogue.view(&self.view)?, &self.body);
        let (key, from) = part.key(view)?;
        let rows = self.with_keyed_rows(catalogue, ask, &key, &from).ok()?;
        Some(filled(&format!("{rows}\nSELECT key, value, cases FROM (\n{body}\n) AS measured ORDER BY key"), ask))
    }

    /// A query over its rows (`SELECT … FROM rows …`).
    pub(crate) fn over_rows(&self, catalogue: &Catalogue, ask: &Ask, query: &str) -> Result<String, MetricError> {
        Ok(filled(&format!("{}\n{query}", self.with_rows(catalogue, ask)?), ask))
    }

    /// The query for the rows behind it, latest first.
    ///
    /// # Errors
    ///
    /// As [`Metric::sql`].
    pub fn rows_sql(&self, catalogue: &Catalogue, ask: &Ask) -> Result<String, MetricError> {
        let rows = self.with_rows(catalogue, ask)?;
        Ok(filled(&format!("{rows}\nSELECT * FROM rows ORDER BY time DESC"), ask))
    }

    /// The place in the metric's file that a place in [`Metric::sql`] comes from, lines and columns from 1; where the body
    /// begins if it comes from a view or from what stands around the body.
    pub(crate) fn place_in_file(&self, catalogue: &Catalogue, ask: &Ask, place: (usize, usize)) -> (usize, usize) {
        // The line with `SELECT … FROM (` stands between the rows and the body.
        let before = self.with_rows(catalogue, ask).map_or(0, |rows| rows.lines().count() + 1);
        match place.0.checked_sub(before + 1) {
            Some(within) if within < self.body.lines().count() => (self.body_line + within, place.1),
            _ => (self.body_line, 1),
        }
    }

    fn with_rows(&self, catalogue: &Catalogue, ask: &Ask) -> Result<String, MetricError> {
        self.with_keyed_rows(catalogue, ask, &ask.by.key(), &self.view)
    }

    fn with_keyed_rows(&self, catalogue: &Catalogue, ask: &Ask, key: &str, from: &str) -> Result<String, MetricError> {
        let wrong = |what: String| MetricError { file: format!("{}.sql", self.name), line: 1, column: 1, what };
        let Some(view) = catalogue.view(&self.view) else {
            let known: Vec<&str> = catalogue.views().map(|view| view.name.as_str()).collect();
            return Err(wrong(format!("no view `{}`; `rows` is one of {}", self.view, known.join(", "))));
        };
        let lacking = asked_of(ask).find(|column| !view.has(column));
        if let Some(column) = lacking {
            return Err(wrong(format!("{} has no {column}, so it cannot be split by or narrowed to it", self.title)));
        }
        let mut text = String::from("WITH ");
        for needed in catalogue.needed_by(&self.body, &self.view) {
            text += &format!("{} AS (\n{}\n),\n", needed.name, needed.body);
        }
        let narrowed = narrowed(view, ask);
        let select = |period: &str| format!("SELECT *, {key} AS key FROM {from} WHERE {period}{narrowed}");
        text += &format!("rows AS (\n{}\n)", select("time >= {from} AND time < {until}"));
        if names(&self.body, "earlier") {
            let period = format!("time >= {{from}} - INTERVAL '{EARLIER}' AND time < {{from}}");
            text += &format!(",\nearlier AS (\n{}\n)", select(&period));
        }
        Ok(text)
    }
}

/// The columns that an ask needs.
fn asked_of(ask: &Ask) -> impl Iterator<Item = &'static str> {
    let only = &ask.only;
    let set = [
        (only.source.is_some(), "source"),
        (only.channel.is_some(), "channel"),
        (only.tier.is_some(), "tier"),
        (only.organization.is_some(), "organization"),
        (only.who == Who::Staff, "staff"),
    ];
    set.into_iter().filter(|(is, _)| *is).map(|(_, column)| column).chain((ask.by != By::All).then(|| ask.by.column()))
}

/// All but the period, each behind an `AND`.
fn narrowed(view: &View, ask: &Ask) -> String {
    let text = |column: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!("{column} = '{}'", value.replace('\'', "''")))
    };
    let only = &ask.only;
    let who = match only.who {
        Who::Community if view.has("staff") => Some("NOT staff".to_owned()),
        Who::Staff => Some("staff".to_owned()),
        _ => None,
    };
    let narrowed = [
        text("source", &only.source),
        text("channel", &only.channel),
        only.tier.map(|tier| format!("tier = {tier}")),
        text("organization", &only.organization),
        who,
    ];
    narrowed.into_iter().flatten().map(|one| format!(" AND {one}")).collect()
}

/// With the instants filled in, the period's end being “now” for whatever waits.
fn filled(sql: &str, ask: &Ask) -> String {
    let instant = |time| match jiff::Timestamp::from_microsecond(time) {
        Ok(time) => format!("TIMESTAMP '{time}'"),
        Err(_) => "NULL".to_owned(),
    };
    sql.replace("{from}", &instant(ask.from)).replace("{until}", &instant(ask.until))
}
