//! Links that work once: the first account, joining the team, another password.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use desk::{DeskError, How, Join, PasswordHash};

use crate::again::Acted;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::pages::link_use::{self, View};
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/set-up/{secret}", get(link_use::show).post(follow))
        .route("/invitations/{secret}", get(link_use::show).post(follow))
        .route("/reset/{secret}", get(link_use::show).post(follow))
}

/// `POST /set-up/{secret}`, `/invitations/{secret}` and `/reset/{secret}`.
async fn follow(State(app): State<App>, Path(secret): Path<String>, caller: Caller, fields: Fields) -> Response {
    let Some(turn) = app.password_turn().await else { return Failure::Busy.reply(&app, &fields.asking) };
    let act = move |room: &Room<'_>, fields: &Fields| {
        let _turn = turn;
        // Only whoever has a link that works makes us hash anything.
        let mut view = link_use::view(room, &secret)?;
        match carry_out(room, fields, &caller, &secret, &view) {
            Ok(done) => Ok(Acted::Done(done)),
            Err(Failure::Form(problem)) => {
                let typed = |name: &str| fields.one(name).unwrap_or_default().to_owned();
                if view.kind != "reset" {
                    view.sign_in = typed("sign_in");
                }
                view = View { name: typed("name"), zone: typed("zone"), problem: Some(problem), ..view };
                Ok(Acted::Again(StatusCode::UNPROCESSABLE_ENTITY, view))
            }
            Err(failure) => Err(failure),
        }
    };
    app.act_again(fields, &link_use::PLACE, act, link_use::page).await
}

fn carry_out(
    room: &Room<'_>,
    fields: &Fields,
    caller: &Caller,
    secret: &str,
    view: &View,
) -> Result<Done, Failure> {
    let mut desk = room.desk()?;
    if view.kind == "reset" {
        let hash = chosen(fields, &view.sign_in)?;
        desk.reset_password(secret, &hash, room.clock())?;
        return Ok(Done::to("/sign-in").say("Your password is changed. Sign in with it."));
    }
    let sign_in = desk::sign_in_name(fields.one("sign_in").unwrap_or_default())?;
    let name = fields.one("name").unwrap_or(&sign_in).to_owned();
    let password = chosen(fields, &sign_in)?;
    let zone = fields.one("zone").map(str::to_owned);
    let account = desk.join(secret, &Join { sign_in, name, password, zone }, room.clock())?;
    let cookies = session::begin(room, caller, &account, How::Password)?;
    Ok(Done::to("/account").with(cookies).say(format!("Welcome, {}. You are signed in.", account.name)))
}

/// The password that somebody chose, typed twice.
pub(super) fn chosen(fields: &Fields, sign_in: &str) -> Result<PasswordHash, Failure> {
    let password = fields.untouched("password");
    if password != fields.untouched("again") {
        return Err(DeskError::Wrong("the two passwords differ; type the same one twice".to_owned()).into());
    }
    Ok(PasswordHash::new(password, sign_in, session::random()?)?)
}
