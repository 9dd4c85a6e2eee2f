//! Whom discussions and asks keep hearing from, who was never asked, and who is in one place only.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::UnheardView;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth/unheard",
    title: "Who is not heard",
    section: Section::Growth,
    least: Role::Member,
    publishable: false,
    table: Some("never"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "unheard_show.html")]
struct UnheardShow<'a> {
    frame: &'a Frame,
    view: &'a UnheardView,
}

/// `GET /growth/unheard`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.unheard()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&UnheardShow { frame, view })).await
}
