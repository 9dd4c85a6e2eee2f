//! The old address of those who wait: it leads to that view of the conversations.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::Role;
use serde::Deserialize;

use crate::asking::Asking;
use crate::failure::Failure;
use crate::pages::Form;
use crate::places::{Place, Section};
use crate::router::App;

pub(crate) static PLACE: Place = Place {
    path: "/desk",
    title: "Desk",
    section: Section::Conversations,
    least: Role::Viewer,
    publishable: false,
    table: Some(""),
    route: || get(show),
};

/// The part of the address after `?`: which of those who wait.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    source: Option<String>,
    channel: Option<String>,
    days: Option<u32>,
}

/// `GET /desk`, with `source=`, `channel=` and `days=` to see some only.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair("view", "waiting");
    if let Some(place) = wanted.place() {
        pairs.append_pair("q", &format!("in:\"{}\"", place.replace('"', "")));
    }
    if let Some(days) = wanted.days {
        pairs.append_pair("days", &days.to_string());
    }
    let form = match asking.form {
        Form::Page => "",
        Form::Twin => ".json",
        Form::Sheet => ".csv",
    };
    Redirect::permanent(&format!("/conversations{form}?{}", pairs.finish())).into_response()
}

impl Wanted {
    /// The place it is limited to, as the language of queries has it; `None` if it is not.
    fn place(&self) -> Option<String> {
        match (&self.source, &self.channel) {
            (Some(source), Some(channel)) => Some(format!("{source}/{channel}")),
            (Some(place), _) | (None, Some(place)) => Some(place.clone()),
            (None, None) => None,
        }
    }
}
