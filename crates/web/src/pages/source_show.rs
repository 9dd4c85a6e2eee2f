//! One source: what is here of it, how its last run went, and what could not be read.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::{Deserialize, Serialize};

use super::{Called, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::office::{ProblemsView, SourceView, SyncState};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sources/{name}",
    title: "A source",
    section: Section::Sources,
    least: Role::Member,
    publishable: false,
    table: Some("problems.problems"),
    route: || get(show),
};

/// Problems on a page.
const LINES: usize = 50;

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
struct Wanted {
    page: Option<usize>,
}

#[derive(Serialize)]
struct View {
    source: SourceView,
    problems: ProblemsView,
    /// Which page of the problems this is, from 1.
    page: usize,
    /// How many there are.
    pages: usize,
    running: bool,
}

#[derive(Template)]
#[template(path = "source_show.html")]
struct SourceShow<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /sources/{name}`, with `page=` for more of its problems.
async fn show(
    State(app): State<App>,
    asking: Asking,
    Called(name): Called,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let question = move |room: &Room<'_>| view(room, &name, wanted.page.unwrap_or(1).max(1));
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SourceShow { frame, view })).await
}

fn view(room: &Room<'_>, name: &str, page: usize) -> Result<View, Failure> {
    let office = room.office()?;
    let found = office.sources()?.sources.into_iter().find(|source| source.name == name);
    let source = found.ok_or_else(|| unknown(name))?;
    let problems = office.problems(name, (page - 1).saturating_mul(LINES), LINES)?;
    let pages = usize::try_from(problems.total).unwrap_or(usize::MAX).div_ceil(LINES).max(1);
    let running = office.syncing().state == SyncState::Running;
    Ok(View { source, problems, page, pages, running })
}

/// What to say of a source that is not there.
pub(crate) fn unknown(name: &str) -> Failure {
    // A name is a part of the address: shown as it came, cut to what a name can be.
    let name: String = name.chars().take(64).collect();
    Failure::Missing(format!("No source is called “{name}”. It may have been renamed; Sources lists all there are."))
}
