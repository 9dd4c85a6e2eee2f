//! Announcements: what is to be told, written once.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Announcement, Kept, Role};
use serde::Serialize;

use super::{Frame, record_form, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/announcements",
    title: "Announcements",
    section: Section::Stories,
    least: Role::Member,
    publishable: false,
    table: Some("announcements"),
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Default, Serialize)]
struct Announcements {
    /// The latest first.
    announcements: Vec<Kept<Announcement>>,
}

#[derive(Template)]
#[template(path = "announcements_list.html")]
struct AnnouncementsList<'a> {
    frame: &'a Frame,
    view: &'a Announcements,
}

/// `GET /announcements`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| {
        let Some(desk) = room.reading()? else { return Ok(Announcements::default()) };
        let mut all: Vec<_> = desk.records::<Announcement>()?.into_values().collect();
        all.sort_by_key(|kept| std::cmp::Reverse(kept.at));
        Ok(Announcements { announcements: all })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&AnnouncementsList { frame, view })).await
}

impl AnnouncementsList<'_> {
    fn form(&self) -> String {
        record_form::of(self.frame, record_form::named("announcements"), None, None)
    }
}
