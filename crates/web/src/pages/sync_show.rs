//! How far the sync is.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;

use super::{Frame, render};
use crate::asking::Asking;
use crate::office::{SyncState, SyncView};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sources/sync",
    title: "Sync",
    section: Section::Sources,
    least: Role::Member,
    publishable: false,
    table: None,
    route: || get(show),
};

#[derive(Template)]
#[template(path = "sync_show.html")]
struct SyncShow<'a> {
    frame: &'a Frame,
    view: &'a SyncView,
}

/// `GET /sources/sync`. Its twin is what the page's script asks every second while a sync is under way.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.office()?.syncing());
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SyncShow { frame, view })).await
}

impl SyncShow<'_> {
    fn is_running(&self) -> bool {
        self.view.state == SyncState::Running
    }

    fn title(&self) -> &'static str {
        match self.view.state {
            SyncState::None => "No sync yet",
            SyncState::Running if self.view.erases => "Erasing",
            SyncState::Done if self.view.erases => "Erased",
            SyncState::Running => "Syncing",
            SyncState::Done => "Synced",
            SyncState::Failed => "Not all went well",
            SyncState::Stopped => "Stopped",
        }
    }
}
