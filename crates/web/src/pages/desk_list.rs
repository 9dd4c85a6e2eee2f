//! The desk: everybody who waits for an answer, oldest promise first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use insight::views::Waiting;

use super::{Form, Frame, render};
use crate::router::App;
use crate::words;

/// As many as one person can look through; the terminal's `switchboard desk --limit` gives more.
const LIMIT: usize = 200;

#[derive(Template)]
#[template(path = "desk_list.html")]
struct DeskList<'a> {
    frame: &'a Frame,
    waiting: &'a [Waiting],
    limit: usize,
}

/// `GET /desk` and `/desk.json`.
pub(crate) async fn get(State(app): State<App>, form: Form) -> Response {
    let question = |answers: &dyn crate::Answers| Ok(answers.waiting(LIMIT)?);
    app.reply(form, "", question, |frame, view: &Vec<Waiting>| render(&DeskList { frame, waiting: view, limit: LIMIT }))
        .await
}
