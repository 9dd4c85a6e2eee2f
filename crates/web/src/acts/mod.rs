//! What the forms of the pages do, one file per subject: who may, what is written, and where to go on.

use axum::Router;

use crate::router::App;

mod alerts;
mod people;
mod settings;
mod sources;
mod steps;
mod sync;
mod who_is_who;

/// The routes of every form.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(alerts::routes())
        .merge(people::routes())
        .merge(settings::routes())
        .merge(sources::routes())
        .merge(steps::routes())
        .merge(sync::routes())
        .merge(who_is_who::routes())
}
