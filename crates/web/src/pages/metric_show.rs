//! One number: its definition, its SQL and the rows behind it.

use askama::Template;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use chart::Unit;
use desk::Role;
use metric::{Ask, By, Catalogue, Metric, SqlLimits, SqlRows};
use serde::{Deserialize, Serialize};
use std::time::Duration;

use super::bare;
use super::goal_show::Numbers;
use super::metric_trend::Trend;
use crate::failure::Failure;

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

/// Microseconds.
const MINUTE: i64 = 60_000_000;
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
    /// A way to split, as [`By`] calls it.
    by: Option<String>,
    /// `yes`: run the SQL.
    rows: Option<String>,
    /// `day`, `week` or `month`: what the chart is by.
    step: Option<String>,
    /// RFC 3339: the beginning of the blip to explain.
    blip: Option<String>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
struct MetricShown {
    #[serde(flatten)]
    metric: Metric,
    /// From when on, microseconds UTC.
    from: i64,
    /// Until when, that instant not included.
    until: i64,
    /// What the values are split by.
    by: &'static str,
    /// The values, where they were asked for.
    groups: Vec<metric::Group>,
    /// The rows behind them, where they were asked for: texts by column.
    rows: Vec<serde_json::Map<String, serde_json::Value>>,
    #[serde(skip)]
    columns: Vec<String>,
    /// Whether there are more rows.
    more: bool,
    /// The query for the values.
    sql: String,
    /// The query for the rows.
    rows_sql: String,
    /// Why there are no rows.
    #[serde(skip)]
    remark: Option<String>,
    #[serde(skip)]
    asked: bool,
    /// How it went, and what left its usual range; none where the tables cannot be asked.
    trend: Option<Trend>,
}

#[derive(Template)]
#[template(path = "metric_show.html")]
struct MetricShow<'a> {
    frame: &'a Frame,
    view: &'a MetricShown,
}

/// What a number is in, for charts.
pub(crate) fn unit(metric: &Metric) -> Unit {
    match metric.unit {
        metric::Unit::Share => Unit::Share,
        metric::Unit::Hours => Unit::Hours,
        metric::Unit::Number | metric::Unit::Days => Unit::Number,
        metric::Unit::Count | metric::Unit::People => Unit::Count,
    }
}

/// `GET /metrics/{name}`, with `from=`, `until=` (RFC 3339), `by=` and `rows=yes`.
async fn show(
    State(app): State<App>,
    asking: Asking,
    name: Option<Path<String>>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let time = |text: &Option<String>| text.as_deref().map(str::parse::<jiff::Timestamp>).transpose();
    let (Ok(from), Ok(until)) = (time(&wanted.from), time(&wanted.until)) else {
        return Failure::BadQuery.reply(&app, &asking);
    };
    let Ok(blip) = time(&wanted.blip) else { return Failure::BadQuery.reply(&app, &asking) };
    let step = wanted.step.as_deref().and_then(metric::Step::parse);
    let Some(by) = wanted.by.as_deref().map_or(Some(By::All), By::parse) else {
        return Failure::BadQuery.reply(&app, &asking);
    };
    let name = name.map(|Path(name)| bare(&name).to_owned()).unwrap_or_default();
    let is_page = asking.form == super::Form::Page;
    let question = move |room: &Room<'_>| {
        let numbers = Numbers::new(room)?;
        let catalogue = &numbers.catalogue;
        let metric = catalogue.named(&name).ok_or(Failure::NoPage)?.clone();
        // To the minute, so that readers of one minute ask the same, which is remembered.
        let now = room.answers.about().as_of.div_euclid(MINUTE).saturating_add(1).saturating_mul(MINUTE);
        let until = until.map_or(now, |until| until.as_microsecond());
        let from = from.map_or_else(|| until.saturating_sub(BACK), |from| from.as_microsecond());
        let ask = Ask::period(from, until).by(by);
        let asked = wanted.rows.as_deref() == Some("yes") || !is_page;
        let trend = Trend::new(room, &numbers, &metric, step, blip.map(|blip| blip.as_microsecond()))?;
        let mut shown = MetricShown::new(metric, catalogue, &ask);
        (shown.asked, shown.trend) = (asked, trend);
        if asked {
            shown.ask(room, catalogue, &ask);
        }
        Ok(shown)
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&MetricShow { frame, view })).await
}

impl MetricShown {
    /// Nothing but what it is, and its queries; why there are none where it cannot be split so.
    fn new(metric: Metric, catalogue: &Catalogue, ask: &Ask) -> MetricShown {
        let queries = metric.sql(catalogue, ask).and_then(|sql| Ok((sql, metric.rows_sql(catalogue, ask)?)));
        let (queries, remark) = match queries {
            Ok(queries) => (queries, None),
            Err(error) => ((String::new(), String::new()), Some(format!("{}.", error.what))),
        };
        MetricShown {
            metric,
            from: ask.from,
            until: ask.until,
            by: ask.by.as_str(),
            groups: Vec::new(),
            rows: Vec::new(),
            columns: Vec::new(),
            more: false,
            sql: queries.0,
            rows_sql: queries.1,
            remark,
            asked: false,
            trend: None,
        }
    }

    fn ask(&mut self, room: &Room<'_>, catalogue: &Catalogue, ask: &Ask) {
        if self.remark.is_some() {
            return;
        }
        // Rows name people and titles.
        if room.visitor.needs(Role::Member).is_err() {
            self.remark = Some("Rows are for members of the team.".to_owned());
            return;
        }
        let Some(engine) = room.service.sql.as_deref() else {
            self.remark = Some("SQL is not at hand here.".to_owned());
            return;
        };
        match (metric::measure(engine, catalogue, &self.metric, ask), engine.rows(&self.rows_sql, &LIMITS)) {
            (Ok(measured), Ok(rows)) => {
                self.groups = measured.groups;
                self.fill(rows);
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

    /// A value for people.
    fn said(&self, value: &Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| unit(&self.metric).long(value))
    }

    /// The value, where it is not split.
    fn whole(&self) -> Option<&metric::Group> {
        self.groups.first().filter(|_| self.by == By::All.as_str())
    }

    /// Ways to split, and whether each is the one that was asked for.
    fn ways(&self) -> Vec<(&'static str, bool)> {
        By::all().map(|by| (by.as_str(), by.as_str() == self.by)).collect()
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
