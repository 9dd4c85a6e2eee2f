//! One section of the settings: its simple values as a form, all of it as text.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::{Called, Frame, render, settings_show};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::office::{Fault, FieldKind, SectionView};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/{name}",
    title: "Settings",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What the page shows.
#[derive(Serialize)]
pub(crate) struct View {
    /// The section.
    pub section: SectionView,
    /// What is wrong with what was sent.
    pub fault: Option<Fault>,
    /// The section as it stands, where somebody changed it since it was opened.
    pub stands: Option<String>,
}

#[derive(Template)]
#[template(path = "section_edit.html")]
struct SectionEdit<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /settings/{name}`.
async fn show(State(app): State<App>, asking: Asking, Called(name): Called) -> Response {
    let question = move |room: &Room<'_>| Ok(View { section: section(room, &name)?, fault: None, stands: None });
    app.reply(&PLACE, asking, "", question, page).await
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&SectionEdit { frame, view })
}

/// A section that the visitor may see.
pub(crate) fn section(room: &Room<'_>, name: &str) -> Result<SectionView, Failure> {
    room.visitor.needs(settings_show::least(name))?;
    let section = room.office()?.section(name)?;
    section.ok_or_else(|| Failure::Missing("There is no such section. Settings lists all there are.".to_owned()))
}
