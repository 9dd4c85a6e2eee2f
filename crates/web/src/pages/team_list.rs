//! The team: who is in it, what they may do, who is invited.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Link, Role};
use serde::Serialize;

use super::account_edit::AccountLine;
use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/team",
    title: "Team",
    section: Section::Settings,
    least: Role::Administrator,
    publishable: false,
    table: Some("accounts"),
    route: || get(show),
};

/// What stands on the page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct View {
    /// Everybody, by name.
    pub accounts: Vec<AccountLine>,
    /// Invitations that work, oldest first.
    pub invitations: Vec<InvitationLine>,
    /// The roles that need a second factor.
    pub factor_roles: Vec<&'static str>,
    /// A link that was just made, shown this once.
    #[serde(skip)]
    pub link: Option<MadeLink>,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
}

/// An invitation. Times are microseconds UTC.
#[derive(Debug, Serialize)]
pub(crate) struct InvitationLine {
    pub id: i64,
    /// Whom it is for.
    pub name: Option<String>,
    pub role: &'static str,
    /// Who made it.
    pub who: String,
    pub made: i64,
    pub expires: i64,
}

/// A link to be handed on. Prints stars.
pub(crate) struct MadeLink {
    /// The whole address.
    pub address: String,
    /// What it is for, to go on after “This link”.
    pub purpose: String,
    /// When it ceases to work.
    pub expires: i64,
}

impl std::fmt::Debug for MadeLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MadeLink(***)")
    }
}

impl From<Link> for InvitationLine {
    fn from(link: Link) -> InvitationLine {
        let Link { id, name, role, who, made, expires, .. } = link;
        InvitationLine { id, name, role: role.as_str(), who, made, expires }
    }
}

#[derive(Template)]
#[template(path = "team_list.html")]
struct TeamList<'a> {
    frame: &'a Frame,
    view: &'a View,
    roles: &'static [Role],
}

/// `GET /settings/team`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    app.reply(&PLACE, asking, "", view, page).await
}

/// The team as it stands.
pub(crate) fn view(room: &Room<'_>) -> Result<View, Failure> {
    let desk = room.desk()?;
    Ok(View {
        accounts: desk.accounts()?.into_iter().map(AccountLine::from).collect(),
        invitations: desk.invitations(room.clock())?.into_iter().map(InvitationLine::from).collect(),
        factor_roles: desk.factor_roles()?.into_iter().map(Role::as_str).collect(),
        link: None,
        problem: None,
    })
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&TeamList { frame, view, roles: Role::TEAM })
}

impl TeamList<'_> {
    /// Whether a role needs a second factor.
    fn needs_factor(&self, role: &Role) -> bool {
        self.view.factor_roles.contains(&role.as_str())
    }

    fn may(&self, role: &Role) -> &'static str {
        may(role.as_str())
    }

    /// Whether this is whoever asks.
    fn is_own(&self, account: &AccountLine) -> bool {
        self.frame.asking.visitor.account == Some(account.id)
    }
}

/// What a role may do, to go on after its name.
pub(crate) fn may(role: &str) -> &'static str {
    match role {
        "viewer" => "reads; sees no mail addresses and no private channels",
        "member" => "works at the desk: takes cases, says who is who, writes notes",
        "maintainer" => "changes promises, sources and what everybody sees",
        _ => "decides who is in the team",
    }
}
