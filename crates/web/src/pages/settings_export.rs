//! Export: every table for other tools, and everything that people decided.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::office::ExportTable;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/export",
    title: "Export",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: Some("tables"),
    route: || get(show),
};

#[derive(Serialize)]
struct View {
    tables: Vec<ExportTable>,
}

#[derive(Template)]
#[template(path = "settings_export.html")]
struct SettingsExport<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /settings/export`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(View { tables: room.office()?.tables()? });
    app.reply(&PLACE, asking, "", question, |frame, view| render(&SettingsExport { frame, view })).await
}
