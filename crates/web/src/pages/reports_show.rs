//! Reports: a summary of the last whole month, to be printed or sent.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chart::{Shape, Unit};
use desk::Role;
use insight::SeriesAsk;
use insight::catalogue::Entry;
use insight::views::{Events, GrowthView, SeriesView};
use serde::Serialize;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/reports",
    title: "Reports",
    section: Section::Reports,
    least: Role::Viewer,
    publishable: true,
    table: Some("figures"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct ReportView {
    /// When the month begins, microseconds UTC; none where there is no whole month yet.
    month: Option<i64>,
    /// The month's numbers.
    figures: Vec<Figure>,
    #[serde(skip)]
    series: SeriesView,
    #[serde(skip)]
    growth: GrowthView,
    #[serde(skip)]
    events: Events,
}

/// One number of the month, and of the one before.
#[derive(Debug, Serialize)]
struct Figure {
    name: &'static str,
    title: &'static str,
    value: String,
    before: String,
}

#[derive(Template)]
#[template(path = "reports_show.html")]
struct ReportsShow<'a> {
    frame: &'a Frame,
    view: &'a ReportView,
}

/// `GET /reports`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let (series, growth) = (room.answers.series(&SeriesAsk::default())?, room.answers.growth()?);
        let month = series.starts.len().checked_sub(2).and_then(|at| series.starts.get(at)).copied();
        let asked = ["questions", "answered_share", "first_response_median", "within_promise", "unanswered"];
        let figures = asked.iter().filter_map(|name| figure(name, &series, month?));
        let people = ["newcomers", "active_people", "new_contributors"];
        let people = people.iter().filter_map(|name| figure(name, &growth.series, month?));
        let figures = figures.chain(people).collect();
        Ok(ReportView { month, figures, events: room.answers.events()?, series, growth })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ReportsShow { frame, view })).await
}

fn figure(name: &str, series: &SeriesView, month: i64) -> Option<Figure> {
    let entry = Entry::named(name)?;
    let at = series.starts.iter().position(|start| *start == month)?;
    let values = series.line(name).values;
    let unit = super::metric_show::unit(entry);
    let say = |at: Option<usize>| {
        let value = at.and_then(|at| values.get(at)).copied().flatten();
        value.map_or_else(|| "–".to_owned(), |value| unit.long(value))
    };
    Some(Figure { name: entry.name, title: entry.title, value: say(Some(at)), before: say(at.checked_sub(1)) })
}

impl ReportsShow<'_> {
    fn questions(&self) -> String {
        let chart = figures::Drawn {
            name: "questions",
            title: "Questions by month",
            about: "Asked, and answered by now.",
            unit: Unit::Count,
            shape: Shape::Lines,
            lines: &[("questions", "asked", 0), ("answered", "answered", 2)],
        };
        chart.of(&self.view.series, &self.view.events).figure()
    }

    fn people(&self) -> String {
        let chart = figures::Drawn {
            name: "people",
            title: "People by month",
            about: "Who wrote, and who was seen for the first time.",
            unit: Unit::Count,
            shape: Shape::Lines,
            lines: &[("active_people", "active", 0), ("newcomers", "newcomers", 1)],
        };
        chart.of(&self.view.growth.series, &self.view.events).figure()
    }

    fn month(&self) -> Option<String> {
        let start = jiff::Timestamp::from_microsecond(self.view.month?).ok()?;
        Some(start.strftime("%B %Y").to_string())
    }
}
