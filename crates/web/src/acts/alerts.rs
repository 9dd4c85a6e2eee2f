//! Testing alerts, stopping them, letting them go on.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::Role;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Done;
use crate::router::App;

const PAGE: &str = "/settings/alerts";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/alerts/test", post(test))
        .route("/settings/alerts/stop", post(stop))
        .route("/settings/alerts/resume", post(resume))
        .route("/settings/alerts/again", post(again))
}

/// `POST /settings/alerts/test`: sends a made-up alert to `target`.
async fn test(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let target = fields.must("target")?;
        room.office()?.test_alert(target)?;
        Ok(Done::to(PAGE).say("A test was handed over. Look whether it arrived."))
    })
    .await
}

/// `POST /settings/alerts/stop`: nothing more about `subject`, a rule, a target or an id.
async fn stop(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        room.office()?.stop_alerts(fields.must("subject")?, true, &room.visitor.name)?;
        Ok(Done::to(PAGE).say("Stopped. What waited of it is not sent, also when it goes on later."))
    })
    .await
}

/// `POST /settings/alerts/resume`.
async fn resume(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        room.office()?.stop_alerts(fields.must("subject")?, false, &room.visitor.name)?;
        Ok(Done::to(PAGE).say("It goes on, with what happens from now on."))
    })
    .await
}

/// `POST /settings/alerts/again`: queues the entry `number` once more.
async fn again(State(app): State<App>, fields: Fields) -> Response {
    app.act(fields, Role::Maintainer, |room, fields| {
        let number = fields.must("number")?.parse();
        let number = number.map_err(|_| Failure::form("A number of the log was expected. Load the page again."))?;
        room.office()?.send_again(number)?;
        Ok(Done::to(PAGE).say("Queued. It is sent with the next sync."))
    })
    .await
}
