//! What the forms of the pages do, one file per subject: who may, what is written, and where to go on.

use axum::Router;

use crate::router::App;

mod people;
mod steps;
mod who_is_who;

/// The routes of every form.
pub(crate) fn routes() -> Router<App> {
    Router::new().merge(people::routes()).merge(steps::routes()).merge(who_is_who::routes())
}
