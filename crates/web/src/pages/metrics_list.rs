//! Metrics: every number that is shown anywhere, with its definition.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use metric::{Metric, MetricError};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/metrics",
    title: "Metrics",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: true,
    table: Some(""),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "metrics_list.html")]
struct MetricsList<'a> {
    frame: &'a Frame,
    view: &'a MetricsView,
}

/// What the page shows.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct MetricsView {
    entries: Vec<Metric>,
    /// Files of the community's own that are no metrics.
    #[serde(skip)]
    problems: Vec<MetricError>,
}

/// `GET /metrics`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let catalogue = room.service.catalogue();
        Ok(MetricsView { entries: catalogue.metrics().cloned().collect(), problems: catalogue.problems().to_vec() })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&MetricsList { frame, view })).await
}
