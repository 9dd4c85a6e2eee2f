//! The desk: everybody who waits for an answer, oldest promise first.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::WaitingFilter;
use insight::views::Waiting;
use serde::Deserialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/desk",
    title: "Desk",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: Some(""),
    route: || get(show),
};

/// As many as one person can look through; the terminal's `switchboard desk` gives as many as wanted.
const LIMIT: usize = 200;

/// The part of the address after `?`: which of those who wait.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    source: Option<String>,
    channel: Option<String>,
    days: Option<u64>,
}

#[derive(Template)]
#[template(path = "desk_list.html")]
struct DeskList<'a> {
    frame: &'a Frame,
    waiting: &'a [Waiting],
    wanted: &'a Wanted,
    limit: usize,
}

/// `GET /desk` and `/desk.json`, with `source=`, `channel=` and `days=` to see some only.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let filter = WaitingFilter {
        source: wanted.source.clone(),
        channel: wanted.channel.clone(),
        since_days: wanted.days.map(|days| u32::try_from(days).unwrap_or(u32::MAX)),
    };
    let question = move |room: &Room<'_>| Ok(room.answers.waiting(LIMIT, &filter)?);
    let page = move |frame: &Frame, waiting: &Vec<Waiting>| {
        render(&DeskList { frame, waiting, wanted: &wanted, limit: LIMIT })
    };
    app.reply(&PLACE, asking, "", question, page).await
}

impl Wanted {
    /// The places it is limited to, in words; `None` if it is not.
    fn place(&self) -> Option<String> {
        match (&self.source, &self.channel) {
            (Some(source), Some(channel)) if source != channel => Some(format!("{source} / {channel}")),
            (Some(place), _) | (None, Some(place)) => Some(place.clone()),
            (None, None) => None,
        }
    }
}
