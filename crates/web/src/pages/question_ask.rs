//! A question in somebody's own words: was it answered before, and who knows?

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use insight::views::Answer;
use serde::Deserialize;

use super::{Form, Frame, render};
use crate::failure::Failure;
use crate::router::App;
use crate::words;

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
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    query: Result<Query<Question>, QueryRejection>,
) -> Response {
    let Ok(Query(Question { q })) = query else { return Failure::BadQuery.reply(&app, form) };
    let asked: String = q.trim().chars().take(LONGEST).collect();
    let question = {
        let asked = asked.clone();
        move |answers: &dyn crate::Answers| match asked.as_str() {
            "" => Ok(Answer::default()),
            asked => Ok(answers.ask(asked)?),
        }
    };
    app.reply(form, &asked, question, |frame, view| render(&QuestionAsk { frame, view })).await
}
