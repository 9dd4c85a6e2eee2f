//! Writing down that somebody was approached, and what came of it. Nothing is sent.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::{Approach, Came, Role};

use super::people::id_of;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::{Done, Room};
use crate::router::App;

/// Reasons are words of ours.
const REASON: usize = 40;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/people/{id}/approaches", post(keep))
        .route("/people/{id}/approaches/{name}", post(change))
        .route("/people/{id}/approaches/{name}/remove", post(remove))
}

/// `POST /people/{id}/approaches`: `said`, and if known `came`, `note` and the `reason` of a list.
async fn keep(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let person = id_of(&id)?;
        let approach = Approach {
            person: person.clone(),
            by: room.visitor.name.clone(),
            on: room.clock(),
            reason: fields.one("reason").unwrap_or_default().chars().take(REASON).collect(),
            said: fields.must("said")?.to_owned(),
            came: came(fields)?,
            note: fields.one("note").unwrap_or_default().to_owned(),
        };
        room.desk()?.keep_new(&person, &approach, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/growth/approach")).say("It is written down; they are left in peace for a while."))
    })
    .await
}

/// `POST /people/{id}/approaches/{name}`: `came` and `note`.
async fn change(State(app): State<App>, Path((id, name)): Path<(String, String)>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let kept = find(room, &id, &name)?;
        let note = fields.one("note").unwrap_or_default().to_owned();
        let approach = Approach { came: came(fields)?, note, ..kept };
        room.desk()?.keep(&name, &approach, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/growth/approach")).say("What came of it is written down."))
    })
    .await
}

/// `POST /people/{id}/approaches/{name}/remove`.
async fn remove(State(app): State<App>, Path((id, name)): Path<(String, String)>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        find(room, &id, &name)?;
        room.desk()?.drop_record::<Approach>(&name, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/growth/approach")).say("It is removed."))
    })
    .await
}

/// What is kept under a name, if it is about whom the address says: also as somebody of before a merge.
fn find(room: &Room<'_>, id: &str, name: &str) -> Result<Approach, Failure> {
    let kept = room.desk()?.record::<Approach>(name)?.record;
    let now = |id: &str| Ok::<_, Failure>(room.answers.person(id)?.map(|page| page.person.id));
    let id = id_of(id)?;
    if kept.person == id || now(&kept.person)? == now(&id)? { Ok(kept) } else { Err(Failure::NoPerson) }
}

fn came(fields: &Fields) -> Result<Came, Failure> {
    let wrong = || Failure::form("What came of it is “open”, “yes”, “later” or “no”: choose one and send it again.");
    fields.one("came").map_or(Some(Came::Open), Came::parse).ok_or_else(wrong)
}
