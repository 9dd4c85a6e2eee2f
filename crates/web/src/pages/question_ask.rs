//! A question in somebody's own words: was it answered before, and who knows?

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::Answer;
use serde::Deserialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/ask",
    title: "Ask",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: false,
    table: Some("similar"),
    route: || get(show),
};

/// Characters of a question that are looked at: a long mail's worth of words finds nothing more.
const LONGEST: usize = 1000;

/// The part of the address after `?`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Question {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "question_ask.html")]
struct QuestionAsk<'a> {
    frame: &'a Frame,
    view: &'a Answer,
}

/// `GET /ask?q=` and `/ask.json?q=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Question>, QueryRejection>) -> Response {
    let Ok(Query(Question { q })) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let asked: String = q.trim().chars().take(LONGEST).collect();
    let question = {
        let asked = asked.clone();
        move |room: &Room<'_>| match asked.as_str() {
            "" => Ok(Answer::default()),
            asked => Ok(room.answers.ask(asked)?),
        }
    };
    app.reply(&PLACE, asking, &asked, question, |frame, view| render(&QuestionAsk { frame, view })).await
}
