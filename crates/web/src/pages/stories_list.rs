//! Stories: messages in which somebody tells how they use the project.

use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::Stories;
use serde::Deserialize;

use super::figures::Pager;
use crate::failure::Failure;

use super::{Frame, figures, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/stories",
    title: "Stories",
    section: Section::Stories,
    least: Role::Viewer,
    publishable: false,
    table: Some("leads"),
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "stories_list.html")]
struct StoriesList<'a> {
    frame: &'a Frame,
    view: &'a Stories,
    pager: Pager,
}

/// `GET /stories`, with `page=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let page = wanted.page.unwrap_or(1);
    let question = move |room: &Room<'_>| Ok(room.answers.stories(Pager::offset(page), figures::LINES)?);
    app.reply(&PLACE, asking, "", question, move |frame, view| {
        render(&StoriesList { frame, view, pager: Pager::new(page, view.total.min(1_000), "/stories?page=") })
    })
    .await
}
