//! One's own account: name, password, time zone, sessions.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Account, Role};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/account",
    title: "Your account",
    section: Section::Aside,
    least: Role::Viewer,
    publishable: false,
    table: Some("sessions"),
    route: || get(show),
};

/// What stands on the page.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    /// The account; none while there are none.
    pub account: Option<AccountLine>,
    /// Sessions that last, the one last used first.
    pub sessions: Vec<SessionLine>,
    /// Which form came back: `name`, `habits` or `password`.
    pub form: &'static str,
    /// What was wrong with it, in whole sentences.
    pub problem: Option<String>,
}

/// Somebody of the team, as pages show them. Times are microseconds UTC.
#[derive(Debug, Serialize)]
pub(crate) struct AccountLine {
    pub id: i64,
    pub sign_in: String,
    pub name: String,
    pub role: &'static str,
    pub zone: Option<String>,
    /// Hours that a session lasts.
    pub hours: u32,
    pub has_password: bool,
    pub has_factor: bool,
    /// Recovery codes left.
    pub codes_left: u32,
    /// When they came to the team.
    pub made: i64,
    /// When they last signed in.
    pub seen: Option<i64>,
    /// Since when they are not let in.
    pub disabled: Option<i64>,
}

/// A session.
#[derive(Debug, Serialize)]
pub(crate) struct SessionLine {
    pub id: i64,
    /// Which browser.
    pub browser: String,
    pub made: i64,
    pub used: i64,
    pub expires: i64,
    /// Whether it is the one that asks.
    pub here: bool,
}

impl From<Account> for AccountLine {
    fn from(account: Account) -> AccountLine {
        let Account { id, sign_in, name, role, zone, hours, has_password, has_factor, codes_left, .. } = account;
        let (made, seen, disabled) = (account.made, account.seen, account.disabled);
        let role = role.as_str();
        AccountLine {
            id,
            sign_in,
            name,
            role,
            zone,
            hours,
            has_password,
            has_factor,
            codes_left,
            made,
            seen,
            disabled,
        }
    }
}

#[derive(Template)]
#[template(path = "account_edit.html")]
struct AccountEdit<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /account`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    app.reply(&PLACE, asking, "", |room| view(room, "", None), page).await
}

/// The account as it stands, and what was wrong with the form of this name.
pub(crate) fn view(room: &Room<'_>, form: &'static str, problem: Option<String>) -> Result<View, Failure> {
    // While there are no accounts there may be no desk either.
    let Some(id) = room.visitor.account else {
        return Ok(View { account: None, sessions: Vec::new(), form, problem });
    };
    let desk = room.desk()?;
    let account = desk.account(id)?.ok_or(Failure::SignIn)?;
    let sessions = desk.sessions(&account, room.clock())?.into_iter().map(|session| SessionLine {
        here: room.visitor.session == Some(session.id),
        id: session.id,
        browser: session.browser,
        made: session.made,
        used: session.used,
        expires: session.expires,
    });
    Ok(View { sessions: sessions.collect(), account: Some(account.into()), form, problem })
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&AccountEdit { frame, view })
}

impl View {
    /// What was wrong with a form.
    fn wrong(&self, form: &str) -> Option<&str> {
        self.problem.as_deref().filter(|_| self.form == form)
    }
}
