//! A link that works once: the first account, joining the team, another password.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::{LinkKind, Role};
use serde::Serialize;

use super::team_list::may;
use super::{Form, Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

/// Not in the list of pages: only its link leads there.
pub(crate) static PLACE: Place = Place {
    path: "/invitations/{secret}",
    title: "Join the team",
    section: Section::Aside,
    least: Role::Public,
    publishable: false,
    table: None,
    route: || get(show),
};

/// What stands on the page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct View {
    /// `set-up`, `invitation` or `reset`.
    pub kind: &'static str,
    /// What whoever joins may do.
    pub role: &'static str,
    /// The name to sign in with, as it was typed, or whose password it is about.
    pub sign_in: String,
    /// What they are called.
    pub name: String,
    /// Their time zone.
    pub zone: String,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
}

#[derive(Template)]
#[template(path = "link_use.html")]
struct LinkUse<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /set-up/{secret}`, `/invitations/{secret}` and `/reset/{secret}`. Looking uses nothing up.
pub(crate) async fn show(State(app): State<App>, asking: Asking, Path(secret): Path<String>) -> Response {
    let (service, visitor) = (app.service.clone(), asking.visitor.clone());
    let work = tokio::task::spawn_blocking(move || {
        let room = Room { answers: service.answers_for(false), service: &service, visitor: &visitor };
        view(&room, &secret)
    });
    let view = work.await.unwrap_or(Err(Failure::Broken));
    let shown =
        view.and_then(|view| page(&Frame::new(app.service.answers_for(false).about(), &asking, None, ""), &view));
    match shown {
        Ok(page) => (StatusCode::OK, Form::Page.content_type(), page).into_response(),
        Err(failure) => failure.reply(&app, &asking),
    }
}

/// What a link says, if it works.
pub(crate) fn view(room: &Room<'_>, secret: &str) -> Result<View, Failure> {
    let desk = room.desk()?;
    let link = desk.link(secret, room.clock())?.ok_or(Failure::LinkGone)?;
    let owner = link.account.map(|account| desk.account(account)).transpose()?.flatten();
    let role = if link.kind == LinkKind::SetUp { Role::Administrator } else { link.role };
    Ok(View {
        kind: link.kind.as_str(),
        role: role.as_str(),
        sign_in: owner.map(|owner| owner.sign_in).unwrap_or_default(),
        name: link.name.unwrap_or_default(),
        ..View::default()
    })
}

impl LinkUse<'_> {
    fn title(&self) -> &'static str {
        match self.view.kind {
            "set-up" => "Make the first account",
            "reset" => "Choose another password",
            _ => "Join the team",
        }
    }

    fn may(&self) -> &'static str {
        may(self.view.role)
    }
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&LinkUse { frame, view })
}
