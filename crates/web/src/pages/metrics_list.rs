//! Metrics: every number that is shown anywhere, with its definition.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::catalogue::{CATALOGUE, Entry};

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
    entries: &'static [Entry],
}

/// `GET /metrics`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |_: &Room<'_>| Ok(CATALOGUE.to_vec());
    app.reply(&PLACE, asking, "", question, |frame, _| render(&MetricsList { frame, entries: CATALOGUE })).await
}
