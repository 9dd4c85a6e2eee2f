//! One number: its definition, its SQL and the rows behind it.

use askama::Template;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use chart::Unit;
use desk::Role;
use insight::catalogue::Entry;
use serde::{Deserialize, Serialize};
use std::time::Duration;

use super::bare;
use crate::failure::Failure;
use crate::service::{SqlLimits, SqlRows};

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/metrics/{name}",
    title: "Metric",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: false,
    table: Some("rows"),
    route: || get(show),
};

/// How far back the rows go if nothing is said: as [`insight::METRIC_DAYS`], in microseconds.
const BACK: i64 = insight::METRIC_DAYS as i64 * 86_400_000_000;
/// What the query may use: it runs while somebody waits for a page.
const LIMITS: SqlLimits = SqlLimits { rows: 100, bytes: 1 << 20, time: Duration::from_secs(5), addresses: false };

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    /// RFC 3339.
    from: Option<String>,
    /// RFC 3339, that instant not included.
    until: Option<String>,
    /// `yes`: run the SQL.
    rows: Option<String>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct MetricShown {
    #[serde(flatten)]
    entry: Entry,
    /// From when on, microseconds UTC.
    from: i64,
    /// Until when, that instant not included.
    until: i64,
    /// The number by SQL, where it was asked for.
    value: Option<f64>,
    /// The rows behind it, where they were asked for: texts by column.
    rows: Vec<serde_json::Map<String, serde_json::Value>>,
    #[serde(skip)]
    columns: Vec<String>,
    /// Whether there are more rows.
    more: bool,
    #[serde(skip)]
    sql: (Option<String>, Option<String>),
    /// Why there are no rows.
    #[serde(skip)]
    remark: Option<String>,
    #[serde(skip)]
    asked: bool,
}

#[derive(Template)]
#[template(path = "metric_show.html")]
struct MetricShow<'a> {
    frame: &'a Frame,
    view: &'a MetricShown,
}

/// What a number is in, for charts.
pub(crate) fn unit(entry: &Entry) -> Unit {
    match entry.unit {
        "share" => Unit::Share,
        "hours" => Unit::Hours,
        "mood" => Unit::Number,
        _ => Unit::Count,
    }
}

/// `GET /metrics/{name}`, with `from=`, `until=` (RFC 3339) and `rows=yes`.
async fn show(
    State(app): State<App>,
    asking: Asking,
    name: Option<Path<String>>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let entry = name.and_then(|Path(name)| Entry::named(bare(&name)).copied());
    let Some(entry) = entry else { return Failure::NoPage.reply(&app, &asking) };
    let time = |text: &Option<String>| text.as_deref().map(str::parse::<jiff::Timestamp>).transpose();
    let (Ok(from), Ok(until)) = (time(&wanted.from), time(&wanted.until)) else {
        return Failure::BadQuery.reply(&app, &asking);
    };
    let is_page = asking.form == super::Form::Page;
    let question = move |room: &Room<'_>| {
        let now = room.answers.about().as_of.saturating_add(1);
        let until = until.map_or(now, |until| until.as_microsecond());
        let from = from.map_or_else(|| until.saturating_sub(BACK), |from| from.as_microsecond());
        let sql = |sql: Option<&str>| sql.map(|sql| Entry::for_period(sql, from, until));
        let sql = (sql(entry.sql), sql(entry.rows));
        let asked = wanted.rows.as_deref() == Some("yes") || !is_page;
        let mut shown = MetricShown {
            entry,
            from,
            until,
            sql,
            asked,
            value: None,
            rows: Vec::new(),
            columns: Vec::new(),
            more: false,
            remark: None,
        };
        if asked {
            shown.ask(room);
        }
        Ok(shown)
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&MetricShow { frame, view })).await
}

impl MetricShown {
    fn ask(&mut self, room: &Room<'_>) {
        // Rows name people and titles.
        if room.visitor.needs(Role::Member).is_err() {
            self.remark = Some("Rows are for members of the team.".to_owned());
            return;
        }
        let Some(engine) = room.service.sql.as_deref() else {
            self.remark = Some("SQL is not at hand here.".to_owned());
            return;
        };
        let run = |sql: &Option<String>| sql.as_ref().map(|sql| engine.rows(sql, &LIMITS)).transpose();
        match (run(&self.sql.0), run(&self.sql.1)) {
            (Ok(value), Ok(rows)) => {
                self.value = value.and_then(|found| found.rows.first()?.first()?.as_f64());
                if let Some(rows) = rows {
                    self.fill(rows);
                }
            }
            (Err(error), _) | (_, Err(error)) => self.remark = Some(format!("The rows could not be had: {error}.")),
        }
    }

    fn fill(&mut self, found: SqlRows) {
        self.columns = found.columns.into_iter().map(|column| column.name).collect();
        self.more = found.more;
        let named = |row: Vec<serde_json::Value>| self.columns.iter().cloned().zip(row).collect();
        self.rows = found.rows.into_iter().map(named).collect();
    }

    fn said(&self) -> Option<String> {
        self.value.map(|value| unit(&self.entry).long(value))
    }

    /// A cell, and where it leads to.
    fn cell(&self, row: &serde_json::Map<String, serde_json::Value>, column: &str) -> (String, Option<String>) {
        let text = match row.get(column) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Array(all)) => {
                all.iter().map(|one| one.as_str().unwrap_or_default()).collect::<Vec<_>>().join(", ")
            }
            Some(other) => other.to_string(),
        };
        let place = match column {
            "conversation_id" | "gap_id" => Some("conversations"),
            "person_id" => Some("people"),
            _ => None,
        };
        let link = place.filter(|_| !text.is_empty()).map(|place| format!("/{place}/{text}"));
        (text, link)
    }
}
