//! Signing in: the name and the password.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Role;
use serde::{Deserialize, Serialize};

use super::{Frame, render};
use crate::asking::Asking;
use crate::fields::is_ours;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sign-in",
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
    /// The name that was typed.
    pub name: String,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
    /// Where else one can sign in, as its button says.
    pub elsewhere: Option<String>,
}

/// The part of the address after `?`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    to: String,
}

impl Wanted {
    /// Where to go afterwards: Today if no page of ours is named.
    pub(crate) fn to(&self) -> String {
        if is_ours(&self.to) { self.to.clone() } else { "/".to_owned() }
    }
}

#[derive(Template)]
#[template(path = "session_begin.html")]
struct SessionBegin<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /sign-in`, with `to=` for where to go afterwards.
async fn show(State(app): State<App>, asking: Asking, wanted: Result<Query<Wanted>, QueryRejection>) -> Response {
    let to = wanted.map_or_else(|_| "/".to_owned(), |Query(wanted)| wanted.to());
    // Whoever may see something already has nothing to do here.
    if asking.visitor.role > Role::Public {
        return Redirect::to(&to).into_response();
    }
    let elsewhere = elsewhere(&app);
    let question = move |_: &Room<'_>| Ok(View { to, elsewhere, ..View::default() });
    app.reply(&PLACE, asking, "", question, page).await
}

/// Where else one can sign in, as its button says.
pub(crate) fn elsewhere(app: &App) -> Option<String> {
    app.service.gate.sso.as_ref().map(|sso| sso.title.clone())
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, crate::failure::Failure> {
    render(&SessionBegin { frame, view })
}
