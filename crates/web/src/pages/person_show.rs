//! One person: what they did here, what they know, where they took part last.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::PersonPage;

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/{id}",
    title: "Person",
    section: Section::People,
    least: Role::Viewer,
    publishable: false,
    table: None,
    route: || get(show),
};

#[derive(Template)]
#[template(path = "person_show.html")]
struct PersonShow<'a> {
    frame: &'a Frame,
    view: &'a PersonPage,
}

/// `GET /people/{id}` and `/people/{id}.json`.
async fn show(State(app): State<App>, asking: Asking, Named(id): Named) -> Response {
    let Some(id) = id else { return Failure::NoPerson.reply(&app, &asking) };
    let question = move |room: &Room<'_>| room.answers.person(id.as_str())?.ok_or(Failure::NoPerson);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&PersonShow { frame, view })).await
}
