//! One kept report: as its readers see it, its text to edit, and what to take along.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Report, Role};
use report::Document;
use serde::Serialize;

use super::{Called, Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::reports;
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/reports/{name}",
    title: "Report",
    section: Section::Reports,
    least: Role::Viewer,
    publishable: true,
    table: None,
    route: || get(show),
};

/// What the page shows.
#[derive(Debug, Serialize)]
struct ReportView {
    name: String,
    #[serde(flatten)]
    report: Report,
    /// Who changed it last.
    who: String,
    /// When, microseconds UTC.
    at: i64,
    #[serde(skip)]
    body: String,
}

#[derive(Template)]
#[template(path = "report_show.html")]
struct ReportShow<'a> {
    frame: &'a Frame,
    view: &'a ReportView,
}

/// `GET /reports/{name}`.
async fn show(State(app): State<App>, asking: Asking, Called(name): Called) -> Response {
    let question = move |room: &Room<'_>| {
        let kept = reports::one(room, &name)?;
        let body = Document::read(&kept.record.markdown).untitled().body()?;
        let mut report = kept.record;
        if !room.visitor.may(&Role::Member) {
            // To whom it went is the team's, and so are the notes of its editors.
            (report.to, report.markdown) = (Vec::new(), String::new());
        }
        let who = if room.visitor.may(&Role::Member) { kept.who } else { String::new() };
        Ok(ReportView { name: kept.name, report, who, at: kept.at, body })
    };
    app.reply(&PLACE, asking, "", question, |frame, view| render(&ReportShow { frame, view })).await
}
