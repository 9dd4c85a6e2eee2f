//! Signing in: the code of the second factor, or a recovery code in its place.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::session_begin::Wanted;
use super::{Form, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::router::App;
use crate::words;

/// Not in the list of pages: there is no way to it but through the one before.
pub(crate) static PLACE: Place = Place {
    path: "/sign-in/code",
    title: "Sign in",
    section: Section::Aside,
    least: Role::Public,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What stands on the page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct View {
    /// Where to go afterwards: a path of ours.
    pub to: String,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
}

#[derive(Template)]
#[template(path = "session_confirm.html")]
struct SessionConfirm<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /sign-in/code`.
pub(crate) async fn show(State(app): State<App>, asking: Asking, wanted: Result<Query<Wanted>, QueryRejection>) -> Response {
    let to = wanted.map_or_else(|_| "/".to_owned(), |Query(wanted)| wanted.to());
    if asking.visitor.half.is_none() {
        return Redirect::to(&to).into_response();
    }
    let frame = Frame::new(app.service.answers.about(), &asking, None, "");
    match page(&frame, &View { to, problem: None }) {
        Ok(page) => (StatusCode::OK, Form::Page.content_type(), page).into_response(),
        Err(failure) => failure.reply(&app, &asking),
    }
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&SessionConfirm { frame, view })
}
