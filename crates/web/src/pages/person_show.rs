//! One person: what they did here, what they know, where they took part last.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use insight::views::PersonPage;

use super::{Form, Frame, id_of, render};
use crate::failure::Failure;
use crate::router::App;
use crate::words;

#[derive(Template)]
#[template(path = "person_show.html")]
struct PersonShow<'a> {
    frame: &'a Frame,
    view: &'a PersonPage,
}

/// `GET /people/{id}` and `/people/{id}.json`.
pub(crate) async fn get(State(app): State<App>, form: Form, Path(name): Path<String>) -> Response {
    let Some(id) = id_of(&name) else { return Failure::NoPerson.reply(&app, form) };
    let question = move |answers: &dyn crate::Answers| answers.person(id.as_str())?.ok_or(Failure::NoPerson);
    app.reply(form, "", question, |frame, view| render(&PersonShow { frame, view })).await
}
