//! Merging a person with another whom nothing suggested: found by name, looked at side by side, confirmed.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::people::{PeopleAsk, PersonAsk, SuggestionAsk};
use insight::views::{PersonLine, PersonRef, SuggestionPair};
use model::Id;
use serde::{Deserialize, Serialize};

use super::suggestions_show::{percent, usual_hours};
use super::{Frame, Named, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/{id}/merge",
    title: "Merge",
    section: Section::People,
    least: Role::Member,
    publishable: false,
    table: None,
    route: || get(show),
};

/// People found by a name.
const FOUND: usize = 30;

/// The part of the address after `?`: a name to look for, or the one chosen.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    with: String,
}

/// Who is to be merged with whom.
#[derive(Debug, Serialize)]
struct Merge {
    person: PersonRef,
    found: Vec<PersonLine>,
    pair: Option<SuggestionPair>,
}

#[derive(Template)]
#[template(path = "person_merge.html")]
struct PersonMerge<'a> {
    frame: &'a Frame,
    view: &'a Merge,
    wanted: &'a Wanted,
}

/// `GET /people/{id}/merge`, with `name=` to look for somebody and `with=` for the one chosen.
async fn show(
    State(app): State<App>,
    asking: Asking,
    Named(id): Named,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Some(id) = id else { return Failure::NoPerson.reply(&app, &asking) };
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    let asked = wanted.clone();
    let question = move |room: &Room<'_>| merge(room, id.as_str(), &asked);
    let page = move |frame: &Frame, view: &Merge| render(&PersonMerge { frame, view, wanted: &wanted });
    app.reply(&PLACE, asking, "", question, page).await
}

fn merge(room: &Room<'_>, id: &str, wanted: &Wanted) -> Result<Merge, Failure> {
    let file = room.answers.person_file(id, &PersonAsk::default())?.ok_or_else(|| room.nobody(id))?;
    let person = file.page.person;
    let name = if wanted.name.trim().is_empty() { person.name.clone() } else { wanted.name.clone() };
    let ask = PeopleAsk { name: Some(name), limit: FOUND, team: true, ..PeopleAsk::default() };
    let mut found = room.answers.people_list(&ask)?.people;
    found.retain(|line| line.person.id != person.id);
    let pair = match Id::parse(wanted.with.trim()) {
        None => None,
        Some(other) => {
            let pair = Some((person.id.clone(), other.to_string()));
            let ask = SuggestionAsk { pair, addresses: true, ..SuggestionAsk::default() };
            Some(room.answers.suggestion_queue(&ask)?.pair.ok_or(Failure::NoPerson)?)
        }
    };
    Ok(Merge { person, found, pair })
}
