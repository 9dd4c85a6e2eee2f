//! Making tokens for programs, and taking them back.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use desk::{NewToken, Role, Scope, Scopes};
use model::time::DAY;

use crate::again::Acted;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::pages::token_list::{self, Made, View};
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;

/// Days that a token is let in, at most: ten years.
const LONGEST: i64 = 3_650;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/settings/tokens/new", post(make)).route("/settings/tokens/revoke", post(revoke))
}

/// `POST /settings/tokens/new`: the secret comes with the answer, and is not shown again.
async fn make(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, fields: &Fields| match made(room, fields) {
        Ok(made) => Ok(Acted::Again(StatusCode::OK, View { made: Some(made), ..token_list::view(room)? })),
        Err(Failure::Form(problem)) => {
            let name = fields.one("name").unwrap_or_default().to_owned();
            let view = View { name, problem: Some(problem), ..token_list::view(room)? };
            Ok(Acted::Again(StatusCode::UNPROCESSABLE_ENTITY, view))
        }
        Err(failure) => Err(failure),
    };
    app.act_again(fields, &token_list::PLACE, act, token_list::page).await
}

fn made(room: &Room<'_>, fields: &Fields) -> Result<Made, Failure> {
    let name = fields.one("name").unwrap_or_default();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Failure::form("A token's name is a line of 1 to 100 characters. Call it as the program that will use it."));
    }
    let days = fields.one("days").and_then(|days| days.parse().ok()).filter(|days| (1..=LONGEST).contains(days));
    let days: i64 = days.ok_or_else(|| Failure::form(format!("A token is let in for 1 to {LONGEST} days.")))?;
    let scopes = Scopes::of(fields.all("scope").filter_map(|scope| scope.parse::<Scope>().ok()));
    let (who, made) = (room.visitor.name.clone(), room.clock());
    let expires = Some(made.saturating_add(days.saturating_mul(DAY)));
    let token = NewToken { name: name.to_owned(), scopes, who, made, expires };
    let secret = room.desk()?.new_token(&token, session::random()?)?;
    Ok(Made { name: token.name, secret })
}

/// `POST /settings/tokens/revoke`.
async fn revoke(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, fields: &Fields| {
        let name = fields.must("name")?;
        if !room.desk()?.revoke_token(name, room.clock())? {
            return Err(Failure::form("No token of that name is let in. Load the page again."));
        }
        room.note_change("tokens", "revoked a token", name);
        Ok(Done::to("/settings/tokens").say(format!("“{name}” is let in no more.")))
    };
    app.act(fields, Role::Maintainer, act).await
}
