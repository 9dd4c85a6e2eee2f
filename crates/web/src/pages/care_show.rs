//! Whom to relieve, and whom to ask how they are: for the team only.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::CareView;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth/care",
    title: "Whom to relieve",
    section: Section::Growth,
    least: Role::Member,
    publishable: false,
    table: Some("quiet"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "care_show.html")]
struct CareShow<'a> {
    frame: &'a Frame,
    view: &'a CareView,
}

/// `GET /growth/care`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.care()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&CareShow { frame, view })).await
}

/// `7 days`.
fn days(days: &u32) -> String {
    words::count(&u64::from(*days), "day")
}
