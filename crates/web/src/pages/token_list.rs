//! Tokens: which programs and assistants are let in, and what they may do.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use desk::{Role, Token};
use serde::Serialize;

use super::{Frame, render};
use crate::asking::Asking;
use crate::failure::Failure;
use crate::places::{Place, Section};
use crate::room::Room;
use crate::router::App;
use crate::words;

pub(crate) static PLACE: Place = Place {
    path: "/settings/tokens",
    title: "Tokens",
    section: Section::Settings,
    least: Role::Maintainer,
    publishable: false,
    table: Some("tokens"),
    route: || get(show),
};

/// What stands on the page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct View {
    /// Those that are let in first, newest first.
    pub tokens: Vec<TokenLine>,
    /// The secret of one that was just made, shown this once.
    #[serde(skip)]
    pub made: Option<Made>,
    /// The name that was typed.
    #[serde(skip)]
    pub name: String,
    /// What was wrong, in whole sentences.
    pub problem: Option<String>,
}

/// A token. Times are microseconds UTC.
#[derive(Debug, Serialize)]
pub(crate) struct TokenLine {
    pub name: String,
    /// What it may do.
    pub scopes: String,
    /// Who made it.
    pub who: String,
    pub made: i64,
    pub expires: Option<i64>,
    /// The beginning of the day on which it was last used.
    pub last_used: Option<i64>,
    /// `let in`, `expired` or `revoked`.
    pub state: &'static str,
}

/// A secret to be handed to a program. Prints stars.
pub(crate) struct Made {
    pub name: String,
    pub secret: String,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Made(***)")
    }
}

#[derive(Template)]
#[template(path = "token_list.html")]
struct TokenList<'a> {
    frame: &'a Frame,
    view: &'a View,
}

/// `GET /settings/tokens`.
async fn show(State(app): State<App>, asking: Asking) -> Response {
    app.reply(&PLACE, asking, "", view, page).await
}

/// The tokens as they stand.
pub(crate) fn view(room: &Room<'_>) -> Result<View, Failure> {
    let now = room.clock();
    let mut tokens: Vec<TokenLine> = room.desk()?.tokens()?.into_iter().map(|token| line(token, now)).collect();
    tokens.reverse();
    tokens.sort_by_key(|token| token.state != "let in");
    Ok(View { tokens, ..View::default() })
}

fn line(token: Token, now: i64) -> TokenLine {
    let Token { name, scopes, who, made, expires, revoked, last_used, .. } = token;
    let state = match (revoked, expires) {
        (Some(_), _) => "revoked",
        (None, Some(expires)) if expires <= now => "expired",
        _ => "let in",
    };
    TokenLine { name, scopes: scopes.to_string(), who, made, expires, last_used, state }
}

/// The page.
pub(crate) fn page(frame: &Frame, view: &View) -> Result<String, Failure> {
    render(&TokenList { frame, view })
}
