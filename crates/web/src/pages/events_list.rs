//! Events: what comes, and what is over.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::{EventView, Events};

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/events",
    title: "Events",
    section: Section::Events,
    least: Role::Viewer,
    publishable: true,
    table: Some("coming"),
    route: || get(show),
};

#[derive(Template)]
#[template(path = "events_list.html")]
struct EventsList<'a> {
    frame: &'a Frame,
    view: &'a Events,
}

/// `GET /events`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(room.answers.events()?);
    app.reply(&PLACE, asking, "", question, |frame, view| render(&EventsList { frame, view })).await
}

impl EventsList<'_> {
    fn parts(&self) -> [(&'static str, &[EventView]); 2] {
        [("Coming", &self.view.coming), ("Past", &self.view.past)]
    }

    fn when(&self, event: &EventView) -> String {
        match (event.starts, event.whole_days) {
            (Some(starts), true) => words::day(&starts),
            (Some(starts), false) => words::exact(&starts),
            (None, _) => "no date yet".to_owned(),
        }
    }

    /// An address that a browser may be sent to.
    fn link<'b>(&self, event: &'b EventView) -> Option<&'b str> {
        event.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    }
}
