//! Erasing a person, as a process of its own.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::Role;

use super::who_is_who::person;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/people/{id}/erase", post(erase))
}

/// `POST /people/{id}/erase`: `name` must be what they are called, so that nobody erases by one wrong click. Who asked is
/// on record with the erasure itself; their name is not.
async fn erase(State(app): State<App>, Path(id): Path<String>, fields: Fields) -> Response {
    app.act(fields, Role::Administrator, move |room, fields| {
        let person = person(room, &id)?.page.person;
        if fields.must("name")?.trim() != person.name.trim() {
            return Err(Failure::form("The name is not theirs: nobody was erased. Write it as it stands on the page."));
        }
        room.office()?.erase(&person.id, &room.visitor.name)?;
        Ok(Done::to("/sources/sync"))
    })
    .await
}
