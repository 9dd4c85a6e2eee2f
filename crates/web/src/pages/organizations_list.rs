//! Who is from where: how many people each organization has here, and the help they give.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::Role;
use insight::views::OrganizationLine;
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/people/organizations",
    title: "Organizations",
    section: Section::People,
    least: Role::Viewer,
    publishable: true,
    table: Some("organizations"),
    route: || get(show),
};

/// Organizations on the page; the twin and the table have all.
const SHOWN: usize = 200;

/// The twin: an object, so that it can grow.
#[derive(Debug, Serialize)]
struct Organizations {
    organizations: Vec<OrganizationLine>,
}

#[derive(Template)]
#[template(path = "organizations_list.html")]
struct OrganizationsList<'a> {
    frame: &'a Frame,
    shown: &'a [OrganizationLine],
    more: usize,
}

/// `GET /people/organizations`, its twin and its table.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    let question = |room: &Room<'_>| Ok(Organizations { organizations: room.answers.organizations()? });
    let page = |frame: &Frame, view: &Organizations| {
        let shown = &view.organizations[..view.organizations.len().min(SHOWN)];
        render(&OrganizationsList { frame, shown, more: view.organizations.len() - shown.len() })
    };
    app.reply(&PLACE, asking, "", question, page).await
}

/// How an organization is known, in words.
fn basis(basis: &str) -> &str {
    match basis {
        "imported" => "written down",
        "mail domain" => "by mail domain",
        "shared domain" => "a domain that several write from",
        other => other,
    }
}
