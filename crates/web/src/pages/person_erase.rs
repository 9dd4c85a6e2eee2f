//! Erasing a person: what will go, what stays, and the name to be written before it is done.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::people::PersonAsk;
use insight::views::{PersonFile, PersonRef};
use serde::Serialize;

use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/{id}/erase",
    title: "Erase",
    section: Section::People,
    least: Role::Administrator,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What will go.
#[derive(Debug, Serialize)]
struct Erase {
    person: PersonRef,
    /// How many identities of theirs there are, by source.
    identities: BTreeMap<String, u64>,
    /// Messages of theirs.
    messages: u64,
}

#[derive(Template)]
#[template(path = "person_erase.html")]
struct PersonErase<'a> {
    frame: &'a Frame,
    view: &'a Erase,
}

/// `GET /people/{id}/erase`.
async fn show(State(app): State<App>, asking: Asking, Named(id): Named) -> Response {
    let Some(id) = id else { return Failure::NoPerson.reply(&app, &asking) };
    let question = move |room: &Room<'_>| {
        let file = room.answers.person_file(id.as_str(), &PersonAsk::default())?;
        Ok(erase(file.ok_or_else(|| room.nobody(id.as_str()))?))
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&PersonErase { frame, view })).await
}

fn erase(file: PersonFile) -> Erase {
    let mut identities = BTreeMap::new();
    for account in &file.accounts {
        *identities.entry(account.source.clone()).or_default() += 1;
    }
    Erase { messages: file.page.messages, person: file.page.person, identities }
}
