//! First contributions: to celebrate, to thank, and to ask for the second; and whom to give the keys.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::care::{FirstKind, FirstsAsk};
use insight::views::Firsts;
use serde::Deserialize;

use super::figures::Pager;
use super::{Form, Frame, figures, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/growth/firsts",
    title: "First contributions",
    section: Section::Growth,
    least: Role::Member,
    publishable: false,
    table: Some("people"),
    route: || get(show),
};

/// Lines of the table that can be taken along.
const IN_A_SHEET: usize = 500;

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    kind: String,
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "firsts_list.html")]
struct FirstsList<'a> {
    frame: &'a Frame,
    view: &'a Firsts,
    wanted: &'a Wanted,
    pager: Pager,
}

/// `GET /growth/firsts`, with `kind=` and `page=`.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let kind = match wanted.kind.as_str() {
        "" => None,
        word => match FirstKind::parse(word) {
            None => return Failure::BadQuery.reply(&app, &asking),
            kind => kind,
        },
    };
    let page = wanted.page.unwrap_or(1);
    let (offset, limit) = match asking.form {
        Form::Sheet => (0, IN_A_SHEET),
        Form::Page | Form::Twin => (Pager::offset(page), figures::LINES),
    };
    let ask = FirstsAsk { kind, offset, limit };
    let question = move |room: &Room<'_>| Ok(room.answers.firsts(&ask)?);
    app.reply(&PLACE, asking, "", question, move |frame, view| {
        let address = match wanted.kind.as_str() {
            "" => "/growth/firsts?page=".to_owned(),
            kind => format!("/growth/firsts?kind={kind}&page="),
        };
        render(&FirstsList { frame, view, wanted: &wanted, pager: Pager::new(page, view.total, &address) })
    })
    .await
}

/// What was done for the first time.
fn kind(kind: &FirstKind) -> &'static str {
    match kind {
        FirstKind::Change => "first change",
        FirstKind::Review => "first review",
        FirstKind::Page => "first page",
        FirstKind::Answer => "first answer",
        FirstKind::Report => "first report",
        FirstKind::Event => "first event",
        FirstKind::Message => "first message",
    }
}
