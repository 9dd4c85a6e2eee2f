//! What the forms of the pages do, one file per subject: who may, what is written, and where to go on.

use axum::Router;

use crate::router::App;

mod alerts;
mod approaches;
mod cases;
mod corrections;
mod elsewhere;
mod erasing;
mod goals;
mod joining;
mod numbers;
mod own;
mod people;
mod records;
mod reports;
mod saved;
mod settings;
mod signing;
mod sources;
mod steps;
pub(crate) mod strategy;
mod sync;
mod team;
mod tokens;
mod who_is_who;

/// The routes of every form.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(cases::routes())
        .merge(corrections::routes())
        .merge(elsewhere::routes())
        .merge(saved::routes())
        .merge(alerts::routes())
        .merge(approaches::routes())
        .merge(goals::routes())
        .merge(joining::routes())
        .merge(numbers::routes())
        .merge(own::routes())
        .merge(erasing::routes())
        .merge(people::routes())
        .merge(records::routes())
        .merge(reports::routes())
        .merge(settings::routes())
        .merge(signing::routes())
        .merge(sources::routes())
        .merge(steps::routes())
        .merge(strategy::routes())
        .merge(sync::routes())
        .merge(team::routes())
        .merge(tokens::routes())
        .merge(who_is_who::routes())
}
