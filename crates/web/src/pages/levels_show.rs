//! Levels: how many are at each, who moves, and at which step people stop.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::LevelsView;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth/levels",
    title: "Levels",
    section: Section::Growth,
    least: Role::Viewer,
    publishable: true,
    table: Some("quarters"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "levels_show.html")]
struct LevelsShow<'a> {
    frame: &'a Frame,
    view: &'a LevelsView,
}

/// `GET /growth/levels`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.levels()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&LevelsShow { frame, view })).await
}

/// `12 days`; a dash if nobody took the step.
fn days(days: &Option<f64>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| words::count(&(days.round() as u64), "day"))
}
