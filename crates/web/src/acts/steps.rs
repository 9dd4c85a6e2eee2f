//! Taking back a step on the desk.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::Role;

use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/steps/{number}/undo", post(undo))
}

/// `POST /steps/{number}/undo`.
async fn undo(State(app): State<App>, Path(number): Path<i64>, fields: Fields) -> Response {
    app.act(fields, Role::Member, move |room, fields| {
        let step = room.desk()?.undo(number, &room.visitor.name, room.clock())?;
        Ok(Done::to(fields.back("/conversations")).say(format!("Taken back: {}.", step.what)).undoable(step.number))
    })
    .await
}
