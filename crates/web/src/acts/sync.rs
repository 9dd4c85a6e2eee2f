//! Starting a sync and stopping it.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::Role;

use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sources/sync", post(start)).route("/sources/sync/stop", post(stop))
}

/// `POST /sources/sync`, with `source` once for each source that is to be collected from (all without).
async fn start(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let names: Vec<String> = fields.all("source").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        room.office()?.sync(&names, &room.visitor.name)?;
        let what = if names.is_empty() { "every source".to_owned() } else { names.join(", ") };
        room.note_change("sources", "started a sync", &what);
        Ok(Done::to("/sources/sync"))
    })
    .await
}

/// `POST /sources/sync/stop`.
async fn stop(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, _| {
        let stopped = room.office()?.stop_sync()?;
        if stopped {
            room.note_change("sources", "stopped the sync", "");
        }
        let said = if stopped { "Stopped. What was collected so far is kept." } else { "It had ended already." };
        Ok(Done::to("/sources/sync").say(said))
    })
    .await
}
