//! What people change about their own account.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use desk::{Account, Desk, Role};

use super::joining::chosen;
use super::signing::too_often;
use crate::again::Acted;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::limits::Key;
use crate::pages::{account_edit, factor_edit};
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;
use crate::words;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account/name", post(rename))
        .route("/account/habits", post(habits))
        .route("/account/password", post(password))
        .route("/account/sessions/end", post(end_others))
        .route("/account/sessions/{id}/end", post(end))
        .route("/account/second-factor/begin", post(begin_factor))
        .route("/account/second-factor/confirm", post(confirm_factor))
        .route("/account/second-factor/off", post(turn_off))
        .route("/account/second-factor/codes", post(new_codes))
}

/// `POST /account/name`.
async fn rename(State(app): State<App>, fields: Fields) -> Response {
    edit(app, fields, "name", |room, fields| {
        let account = room.desk()?.rename_account(room.visitor.own()?, fields.one("name").unwrap_or_default(), room.clock())?;
        Ok(Done::to("/account").say(format!("You are called {} from now on.", account.name)))
    })
    .await
}

/// `POST /account/habits`.
async fn habits(State(app): State<App>, fields: Fields) -> Response {
    edit(app, fields, "habits", |room, fields| {
        let hours = fields.one("hours").and_then(|hours| hours.parse().ok()).unwrap_or(0);
        room.desk()?.set_habits(room.visitor.own()?, fields.one("zone"), hours)?;
        let text = format!("Saved. From your next sign-in on a session lasts {}.", words::count(&u64::from(hours), "hour"));
        Ok(Done::to("/account").say(text))
    })
    .await
}

/// `POST /account/password`.
async fn password(State(app): State<App>, fields: Fields) -> Response {
    let Some(turn) = app.password_turn().await else { return Failure::Busy.reply(&app, &fields.asking) };
    let state = app.clone();
    edit(app, fields, "password", move |room, fields| {
        let _turn = turn;
        let (mut desk, account) = proven(&state, room, fields)?;
        let hash = chosen(fields, &account.sign_in)?;
        desk.set_password(account.id, &hash, room.visitor.session, room.clock())?;
        Ok(Done::to("/account").say("Your password is changed. Other browsers are signed out."))
    })
    .await
}

/// A form of the account's page, which comes back with what was wrong.
async fn edit(
    app: App,
    fields: Fields,
    form: &'static str,
    act: impl FnOnce(&Room<'_>, &Fields) -> Result<Done, Failure> + Send + 'static,
) -> Response {
    let act = move |room: &Room<'_>, fields: &Fields| match act(room, fields) {
        Ok(done) => Ok(Acted::Done(done)),
        Err(Failure::Form(problem)) => {
            Ok(Acted::Again(StatusCode::UNPROCESSABLE_ENTITY, account_edit::view(room, form, Some(problem))?))
        }
        Err(failure) => Err(failure),
    };
    app.act_again(fields, &account_edit::PLACE, act, account_edit::page).await
}

/// `POST /account/sessions/{id}/end`.
async fn end(State(app): State<App>, Path(id): Path<i64>, fields: Fields) -> Response {
    let act = move |room: &Room<'_>, _: &Fields| {
        let ended = room.desk()?.end_session(room.visitor.own()?, id)?;
        let text = if ended { "That browser is signed out." } else { "That browser was signed out already." };
        Ok(Done::to("/account").say(text))
    };
    app.act(fields, Role::Viewer, act).await
}

/// `POST /account/sessions/end`.
async fn end_others(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, _: &Fields| {
        let ended = room.desk()?.end_sessions(room.visitor.own()?, room.visitor.session)?;
        Ok(Done::to("/account").say(format!("{} ended; this browser stays signed in.", words::count(&ended, "session"))))
    };
    app.act(fields, Role::Viewer, act).await
}

/// `POST /account/second-factor/begin`.
async fn begin_factor(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, _: &Fields| {
        let (mut desk, own) = (room.desk()?, room.visitor.own()?);
        if desk.account(own)?.is_some_and(|account| account.has_factor) {
            return Err(Failure::form("Your second factor is on already. Turn it off first to set up another."));
        }
        desk.begin_factor(own, session::random()?)?;
        Ok(Done::to(session::FACTOR))
    };
    app.act(fields, Role::Viewer, act).await
}

/// `POST /account/second-factor/confirm`: the recovery codes come with the answer, and are not shown again.
async fn confirm_factor(State(app): State<App>, fields: Fields) -> Response {
    let act = |room: &Room<'_>, fields: &Fields| {
        let (mut desk, own) = (room.desk()?, room.visitor.own()?);
        let code = fields.one("code").unwrap_or_default();
        let codes = desk.confirm_factor(own, code, room.clock(), session::random()?)?;
        let (status, problem) = match &codes {
            Some(_) => (StatusCode::OK, None),
            None => (
                StatusCode::UNPROCESSABLE_ENTITY,
                Some("That code is not right. Type the one that the app shows now.".to_owned()),
            ),
        };
        let view = factor_edit::View { codes: codes.unwrap_or_default(), problem, ..factor_edit::view(room)? };
        Ok(Acted::Again(status, view))
    };
    app.act_again(fields, &factor_edit::PLACE, act, factor_edit::page).await
}

/// `POST /account/second-factor/off`.
async fn turn_off(State(app): State<App>, fields: Fields) -> Response {
    let act = |desk: &mut Desk, account: &Account, room: &Room<'_>| {
        desk.turn_factor_off(account.id, &room.visitor.name, room.clock())?;
        Ok(Acted::Done(Done::to(session::FACTOR).say("Your second factor is off.")))
    };
    with_password(app, fields, act).await
}

/// `POST /account/second-factor/codes`: the codes come with the answer, and are not shown again.
async fn new_codes(State(app): State<App>, fields: Fields) -> Response {
    let act = |desk: &mut Desk, account: &Account, room: &Room<'_>| {
        let codes = desk.new_recovery_codes(account.id, room.clock(), session::random()?)?;
        Ok(Acted::Again(StatusCode::OK, factor_edit::View { codes, ..factor_edit::view(room)? }))
    };
    with_password(app, fields, act).await
}

/// A form of the second factor's page that takes the password once more.
async fn with_password(
    app: App,
    fields: Fields,
    act: impl FnOnce(&mut Desk, &Account, &Room<'_>) -> Result<Acted<factor_edit::View>, Failure> + Send + 'static,
) -> Response {
    let Some(turn) = app.password_turn().await else { return Failure::Busy.reply(&app, &fields.asking) };
    let state = app.clone();
    let act = move |room: &Room<'_>, fields: &Fields| {
        let _turn = turn;
        let done = proven(&state, room, fields).and_then(|(mut desk, account)| act(&mut desk, &account, room));
        match done {
            Err(Failure::Form(problem)) => {
                let view = factor_edit::View { problem: Some(problem), ..factor_edit::view(room)? };
                Ok(Acted::Again(StatusCode::UNPROCESSABLE_ENTITY, view))
            }
            done => done,
        }
    };
    app.act_again(fields, &factor_edit::PLACE, act, factor_edit::page).await
}

/// Whoever is signed in, if the field `current` holds their password: a browser left open is not enough for this.
fn proven(app: &App, room: &Room<'_>, fields: &Fields) -> Result<(Desk, Account), Failure> {
    let (mut desk, now) = (room.desk()?, room.clock());
    let account = desk.account(room.visitor.own()?)?.ok_or(Failure::SignIn)?;
    let keys = [Key::again(account.id)];
    app.limits.attempt(&desk, &keys, now).map_err(|wait| Failure::Form(too_often(wait)))?;
    if !desk.is_password_of(account.id, fields.untouched("current"))? {
        app.limits.failed(&mut desk, &keys, now);
        return Err(Failure::form("The password that you have now is not that one. Nothing was changed."));
    }
    app.limits.passed(&keys);
    Ok((desk, account))
}
