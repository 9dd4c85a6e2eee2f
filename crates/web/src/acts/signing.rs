//! Signing in and out.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use desk::{Account, Desk, How, Role};

use crate::again::Acted;
use crate::caller::Caller;
use crate::cookies::Jar;
use crate::failure::Failure;
use crate::fields::{Fields, is_ours};
use crate::limits::{Key, Wait};
use crate::pages::{session_begin, session_confirm};
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;
use crate::words;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", post(sign_in))
        .route("/sign-in/code", get(session_confirm::show).post(confirm))
        .route("/sign-out", post(sign_out))
}

/// The same for a name that nobody has and for a password that is wrong.
const WRONG: &str = "That name and password do not belong together. Names are written in one word, as you were invited; \
     whoever forgot the password asks an administrator for a link to choose another.";

/// `POST /sign-in`.
async fn sign_in(State(app): State<App>, caller: Caller, fields: Fields) -> Response {
    let Some(turn) = app.password_turn().await else { return Failure::Busy.reply(&app, &fields.asking) };
    let state = app.clone();
    let act = move |room: &Room<'_>, fields: &Fields| {
        let _turn = turn;
        with_password(&state, &caller, room, fields)
    };
    app.act_again(fields, &session_begin::PLACE, act, session_begin::page).await
}

fn with_password(
    app: &App,
    caller: &Caller,
    room: &Room<'_>,
    fields: &Fields,
) -> Result<Acted<session_begin::View>, Failure> {
    let name: String = fields.one("name").unwrap_or_default().to_lowercase().chars().take(100).collect();
    let again = |status: StatusCode, problem: String| {
        let elsewhere = session_begin::elsewhere(app);
        let view = session_begin::View { to: to(fields), name: name.clone(), problem: Some(problem), elsewhere };
        Ok(Acted::Again(status, view))
    };
    let (mut desk, now) = (room.desk()?, room.clock());
    let keys = keys(&desk, caller, &name)?;
    if let Err(wait) = app.limits.attempt(&desk, &keys, now) {
        return again(StatusCode::TOO_MANY_REQUESTS, too_often(wait));
    }
    let Some(account) = desk.check_password(&name, fields.untouched("password"))? else {
        app.limits.failed(&mut desk, &keys, now);
        return again(StatusCode::UNAUTHORIZED, WRONG.to_owned());
    };
    if account.has_factor {
        // The try counts until the code was right as well.
        let half = session::begin_half(room, caller, &account)?;
        let to: String = form_urlencoded::byte_serialize(to(fields).as_bytes()).collect();
        return Ok(Acted::Done(Done::to(format!("/sign-in/code?to={to}")).with(half)));
    }
    app.limits.passed(&keys);
    Ok(Acted::Done(Done::to(to(fields)).with(session::begin(room, caller, &account, How::Password)?)))
}

/// `POST /sign-in/code`.
async fn confirm(State(app): State<App>, caller: Caller, fields: Fields) -> Response {
    let state = app.clone();
    let act = move |room: &Room<'_>, fields: &Fields| with_code(&state, &caller, room, fields);
    app.act_again(fields, &session_confirm::PLACE, act, session_confirm::page).await
}

fn with_code(
    app: &App,
    caller: &Caller,
    room: &Room<'_>,
    fields: &Fields,
) -> Result<Acted<session_confirm::View>, Failure> {
    let (mut desk, now) = (room.desk()?, room.clock());
    let owner = room.visitor.half.map(|account| desk.account(account)).transpose()?.flatten();
    let Some(account) = owner else { return Ok(Acted::Done(Done::to("/sign-in"))) };
    let again = |status: StatusCode, problem: String| {
        Ok(Acted::Again(status, session_confirm::View { to: to(fields), problem: Some(problem) }))
    };
    let mut keys = keys(&desk, caller, &account.sign_in)?;
    if !is_known(&desk, caller, &account.sign_in)? {
        keys.push(Key::codes(account.id));
    }
    if let Err(wait) = app.limits.attempt(&desk, &keys, now) {
        return again(StatusCode::TOO_MANY_REQUESTS, too_often(wait));
    }
    let code = fields.one("code").unwrap_or_default();
    let by_app = desk.use_factor(account.id, code, now)?;
    if !by_app && !desk.use_recovery_code(account.id, code, now)? {
        app.limits.failed(&mut desk, &keys, now);
        let text = "That code is not right. Each counts once and for half a minute: wait for the next one. If none is \
                    right, look whether the clock of your device is.";
        return again(StatusCode::UNAUTHORIZED, text.to_owned());
    }
    app.limits.passed(&keys);
    let done = Done::to(to(fields)).with(session::begin(room, caller, &account, How::Password)?);
    Ok(Acted::Done(if by_app { done } else { done.say(codes_left(&account)) }))
}

/// `POST /sign-out`.
async fn sign_out(State(app): State<App>, caller: Caller, fields: Fields) -> Response {
    let act = move |room: &Room<'_>, _: &Fields| {
        if let Some((account, session)) = room.visitor.account.or(room.visitor.half).zip(room.visitor.session) {
            room.desk()?.end_session(account, session)?;
        }
        Ok(Done::to("/sign-in").with(caller.cookies.forget(Jar::Session)).say("You are signed out."))
    };
    app.act(fields, Role::Public, act).await
}

fn keys(desk: &Desk, caller: &Caller, name: &str) -> Result<Vec<Key>, Failure> {
    Ok(Key::of(caller, name, is_known(desk, caller, name)?))
}

fn is_known(desk: &Desk, caller: &Caller, name: &str) -> Result<bool, Failure> {
    let known = caller.browser.as_deref().map(|browser| desk.knows_browser(browser, name)).transpose()?;
    Ok(known == Some(true))
}

/// Where to go on: a page of ours.
fn to(fields: &Fields) -> String {
    fields.one("to").filter(|path| is_ours(path)).unwrap_or("/").to_owned()
}

/// How long to wait, in whole sentences.
pub(super) fn too_often(Wait(seconds): Wait) -> String {
    let time = if seconds < 90 { words::count(&seconds, "second") } else { words::count(&seconds.div_ceil(60), "minute") };
    format!("Too many tries from here. Wait {time}, then try again.")
}

fn codes_left(account: &Account) -> String {
    match account.codes_left.saturating_sub(1) {
        0 => "That was your last recovery code. Make others now, on the page of your account.".to_owned(),
        left => format!("{} left.", words::count(&u64::from(left), "recovery code")),
    }
}
