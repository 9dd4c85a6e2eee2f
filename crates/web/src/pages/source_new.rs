//! A new source: what lies at a path, which kinds there are, and the form of one.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use serde::{Deserialize, Serialize};

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::{Failure, sentence};
use crate::office::{Fault, FieldKind, KindView, OfficeError, Proposal, SourceForm, Trial};
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/sources/new",
    title: "Add a source",
    section: Section::Sources,
    least: Role::Maintainer,
    publishable: false,
    table: None,
    route: || get(show),
};

/// The part of the address after `?`.
#[derive(Debug, Default, Clone, Deserialize)]
struct Wanted {
    kind: Option<String>,
    path: Option<String>,
}

/// What the page shows.
#[derive(Default, Serialize)]
pub(crate) struct View {
    /// Every kind, where none is chosen.
    pub kinds: Vec<KindView>,
    /// The path that was looked at.
    pub path: String,
    /// What was seen there.
    pub proposals: Vec<Proposal>,
    /// Why nothing was seen there.
    pub nothing: Option<String>,
    /// The form of the kind that is chosen.
    pub form: Option<SourceForm>,
    /// What a test of it found.
    pub trial: Option<Trial>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

#[derive(Template)]
#[template(path = "source_new.html")]
struct SourceNew<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /sources/new`, with `path=` to look what is there, `kind=` for the form of a kind.
async fn show(State(app): State<App>, asking: Asking, query: Result<Query<Wanted>, QueryRejection>) -> Response {
    let Ok(Query(wanted)) = query else { return Failure::BadQuery.reply(&app, &asking) };
    app.reply(&PLACE, asking, "", move |room: &Room<'_>| view(room, &wanted), page).await
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&SourceNew { frame, view })
}

fn view(room: &Room<'_>, wanted: &Wanted) -> Result<View, Failure> {
    let office = room.office()?;
    let given =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (kind, path) = (given(&wanted.kind), given(&wanted.path));
    let mut view = View { path: path.clone().unwrap_or_default(), ..View::default() };
    match (kind, path) {
        (Some(kind), path) => {
            let form = office.new_form(&kind, path.as_deref())?;
            view.form =
                Some(form.ok_or_else(|| Failure::form("There is no such kind of source. Choose one of the list."))?);
        }
        (None, Some(path)) => {
            match office.look(&path) {
                Ok(proposals) => view.proposals = proposals,
                // What lies at a path is what the page is asked for: that it cannot be read is an answer.
                Err(error @ (OfficeError::Wrong(_) | OfficeError::Missing(_) | OfficeError::Failed(_))) => {
                    view.nothing = Some(sentence(&error.to_string()));
                }
                Err(error) => return Err(error.into()),
            }
            view.kinds = office.kinds();
        }
        (None, None) => view.kinds = office.kinds(),
    }
    Ok(view)
}
