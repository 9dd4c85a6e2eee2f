//! What the forms of the pages do, one file per subject: who may, what is written, and where to go on.

use axum::Router;

use crate::router::App;

mod alerts;
mod settings;
mod sources;
mod steps;
pub(crate) mod strategy;
mod sync;

/// The routes of every form.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(alerts::routes())
        .merge(settings::routes())
        .merge(sources::routes())
        .merge(steps::routes())
        .merge(strategy::routes())
        .merge(sync::routes())
}
