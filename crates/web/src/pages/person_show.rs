//! One person: what they did here, what they know, where they took part last.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use insight::views::PersonPage;

use super::{Form, Frame, Named, render};
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
pub(crate) async fn get(State(app): State<App>, form: Form, Named(id): Named) -> Response {
    let Some(id) = id else { return Failure::NoPerson.reply(&app, form) };
    let question = move |answers: &dyn crate::Answers| answers.person(id.as_str())?.ok_or(Failure::NoPerson);
    app.reply(form, "", question, |frame, view| render(&PersonShow { frame, view })).await
}
