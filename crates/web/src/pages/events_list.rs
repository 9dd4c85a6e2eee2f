//! Events: what comes, and what is over.

use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::Role;
use insight::calendar::icalendar;
use insight::views::{EventView, Events};

use super::{Frame, record_form, render};
use crate::asking::Asking;
use crate::failure::Failure;
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

    fn form(&self) -> String {
        record_form::of(self.frame, record_form::named("events"), None, None)
    }
}

/// When an event is, in words.
pub(super) fn when(event: &EventView) -> String {
    match (event.starts, event.whole_days) {
        (Some(starts), true) => words::day(&starts),
        (Some(starts), false) => words::exact(&starts),
        (None, _) => "no date yet".to_owned(),
    }
}

/// An address that a browser may be sent to.
pub(super) fn link(event: &EventView) -> Option<&str> {
    event.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// The calendar for other programs, `GET /events.ics`.
pub(crate) async fn calendar(State(app): State<App>, asking: Asking) -> Response {
    if let Err(failure) = asking.may_see(&PLACE) {
        return failure.reply(&app, &asking);
    }
    let Some(turn) = app.turn().await else { return Failure::Busy.reply(&app, &asking) };
    let service = app.service.clone();
    let sees_all = asking.sees_all();
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let answers = service.answers_for(sees_all);
        let (events, about) = (answers.events()?, answers.about());
        let all: Vec<EventView> = events.coming.into_iter().chain(events.past).collect();
        Ok(icalendar(&about.community, &all, about.as_of))
    });
    match work.await.unwrap_or(Err(Failure::Broken)) {
        Ok(text) => ([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response(),
        Err(failure) => failure.reply(&app, &asking),
    }
}
