//! Sources: where the community talks, how much of it is here, and how the last run went.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;

use super::{Frame, render};
use crate::asking::Asking;
use crate::office::{SourcesView, SyncState};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sources",
    title: "Sources",
    section: Section::Sources,
    least: Role::Member,
    publishable: false,
    table: Some("sources"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "sources_list.html")]
struct SourcesList<'a> {
    frame: &'a Frame,
    view: &'a SourcesView,
}

/// `GET /sources`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.office()?.sources()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SourcesList { frame, view })).await
}

impl SourcesList<'_> {
    fn is_running(&self) -> bool {
        self.view.sync.state == SyncState::Running
    }
}
