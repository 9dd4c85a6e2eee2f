//! The options of a configured source.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::Serialize;

use super::{Called, Frame, render, source_show};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::office::{Fault, FieldKind, SourceForm, Trial};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sources/{name}/edit",
    title: "Edit a source",
    section: Section::Sources,
    least: Role::Maintainer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What the page shows.
#[derive(Serialize)]
pub(crate) struct View {
    /// The form.
    pub form: SourceForm,
    /// What a test of it found.
    pub trial: Option<Trial>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

#[derive(Template)]
#[template(path = "source_edit.html")]
struct SourceEdit<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /sources/{name}/edit`.
async fn show(State(app): State<App>, asking: Asking, Called(name): Called) -> Response {
    let question = move |room: &Room<'_>| {
        let form = room.office()?.form(&name)?.ok_or_else(|| source_show::unknown(&name))?;
        Ok(View { form, trial: None, fault: None })
    };
    app.reply(&PLACE, asking, "", question, page).await
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&SourceEdit { frame, view })
}
