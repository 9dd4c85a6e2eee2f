//! Who asks: found out for every request from the session's cookie, and from nothing else.
//!
//! The desk is looked at each time, so that signing out and being disabled count at once; it takes some 30
//! microseconds over a connection that stays open. While there are no accounts and only this machine can ask, everything
//! is whoever's who asks.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Account, Desk, DeskError, How, NewSession, Session};

use crate::api;
use crate::asking::Asking;
use crate::caller::{Caller, peer};
use crate::cookies::{Cookies, Jar};
use crate::failure::Failure;
use crate::room::Room;
use crate::router::App;
use crate::visitor::Visitor;

/// Where the second factor is set up.
pub(crate) const FACTOR: &str = "/account/second-factor";

/// For how long a browser is known, in seconds: as long as browsers keep a cookie at most.
const KNOWN: i64 = 400 * 86_400;

/// Open connections to the desk, to read only, so that not every request opens one.
#[derive(Default)]
pub(crate) struct Doors(Mutex<Vec<Desk>>);

/// Who a cookie belongs to.
enum Found {
    /// There are no accounts.
    NoAccounts,
    Stranger,
    Somebody(Box<Session>),
}

impl Doors {
    fn find(&self, path: &Path, cookie: Option<&str>, now: i64) -> Result<Found, DeskError> {
        let desk = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let desk = match desk {
            Some(desk) => desk,
            None => open(path)?,
        };
        let session = cookie.map(|cookie| desk.session(cookie, now)).transpose()?.flatten();
        let found = match session {
            Some(session) => Found::Somebody(Box::new(session)),
            None if desk.has_accounts()? => Found::Stranger,
            None => Found::NoAccounts,
        };
        // One that failed is not used again.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        Ok(found)
    }
}

/// Opens the desk to read, brought to this program's version first if it is older.
fn open(path: &Path) -> Result<Desk, DeskError> {
    match Desk::open_read_only(path) {
        Err(DeskError::Older(_)) => Desk::open(path).and_then(|_| Desk::open_read_only(path)),
        opened => opened,
    }
}

/// Finds out who asks and lets them go on, unless something of theirs has to be set up first.
pub(crate) async fn let_in(app: &App, mut request: Request, next: Next) -> Response {
    if !concerns(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let mut fresh = None;
    // A proxy in front may have said who it is.
    if parts.extensions.get::<Visitor>().is_none() {
        let cookies = Cookies { https: peer(&parts, app).https, port: app.port };
        let session = cookies.read(&parts.headers, Jar::Session);
        match find(app, session).await {
            Ok(Found::NoAccounts) if !app.service.gate.is_for_others() => {
                parts.extensions.insert(Visitor::local(app.csrf("local")));
            }
            Ok(Found::NoAccounts | Found::Stranger) => {
                let (visitor, cookie) = stranger(cookies, &parts);
                parts.extensions.insert(visitor);
                fresh = cookie;
            }
            Ok(Found::Somebody(session)) => drop(parts.extensions.insert(visitor(*session, cookies, &parts))),
            Err(failure) => {
                failure.note("who asks could not be found out");
                let Ok(asking) = Asking::from_request_parts(&mut parts, app).await;
                return failure.reply(app, &asking);
            }
        }
    }
    if lacks_factor(&parts) {
        return Redirect::to(FACTOR).into_response();
    }
    request = Request::from_parts(parts, body);
    let mut response = next.run(request).await;
    if let Some(cookie) = fresh {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Whether it matters who asks: files beside pages are everybody's, and programs show a token.
fn concerns(path: &str) -> bool {
    let below = |base: &str| path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    !(path.starts_with("/assets/") || path == "/healthz" || below(api::BASE) || below("/mcp"))
}

async fn find(app: &App, cookie: Option<String>) -> Result<Found, Failure> {
    let Some(path) = app.service.desk.clone().filter(|path| path.exists()) else { return Ok(Found::NoAccounts) };
    let (doors, clock) = (app.doors.clone(), app.service.clock);
    let work = move || -> Result<Found, DeskError> {
        let now = clock();
        let found = doors.find(&path, cookie.as_deref(), now)?;
        if let Found::Somebody(session) = &found
            && session.is_to_be_noted(now)
        {
            note_use(path, session.id, now);
        }
        Ok(found)
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| Failure::Broken)??)
}

/// Notes that a session is used. Nobody waits for it.
fn note_use(path: PathBuf, session: i64, now: i64) {
    std::mem::drop(tokio::task::spawn_blocking(move || {
        let noted = Desk::open(&path).and_then(|mut desk| desk.session_used(session, now));
        if let Err(error) = noted {
            tracing::warn!("the use of a session could not be noted: {error}");
        }
    }));
}

fn visitor(session: Session, cookies: Cookies, parts: &Parts) -> Visitor {
    let csrf = form_sign(&cookies.read(&parts.headers, Jar::Session).unwrap_or_default());
    let mut visitor = match session.passed {
        true => Visitor::of(&session.account, csrf),
        false => Visitor { half: Some(session.account.id), ..Visitor::nobody(csrf) },
    };
    visitor.session = Some(session.id);
    visitor.lacks_factor = session.passed && session.lacks_factor;
    visitor
}

/// Whoever is not signed in. Their forms carry a sign too: nobody is signed in as somebody else by another site's form.
fn stranger(cookies: Cookies, parts: &Parts) -> (Visitor, Option<HeaderValue>) {
    let is_random = |cookie: &String| cookie.len() == 64 && cookie.chars().all(|c| c.is_ascii_hexdigit());
    let known = cookies.read(&parts.headers, Jar::Visit).filter(is_random);
    let visit = known.clone().or_else(|| random().ok().map(|random: [u8; 32]| hex(random)));
    let csrf = visit.as_deref().map(form_sign).unwrap_or_default();
    let fresh = visit.filter(|_| known.is_none()).and_then(|visit| cookies.keep(Jar::Visit, &visit, None));
    (Visitor::nobody(csrf), fresh)
}

/// What the forms of a browser carry, made from what only it has: it says nothing about the cookie, and holds across
/// a restart.
fn form_sign(cookie: &str) -> String {
    hex(blake3::derive_key("switchboard 2026 forms", cookie.as_bytes()))[..32].to_owned()
}

/// Whether somebody must set their second factor up before they do anything else but sign out.
fn lacks_factor(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let may = path.starts_with(FACTOR) || path == "/sign-out";
    parts.extensions.get::<Visitor>().is_some_and(|visitor| visitor.lacks_factor) && !may
}

/// Begins a session for whoever proved who they are, in place of the one of before, and gives the cookies to set. The
/// browser is known from then on.
pub(crate) fn begin(
    room: &Room<'_>,
    caller: &Caller,
    account: &Account,
    how: How,
) -> Result<Vec<HeaderValue>, Failure> {
    let (mut desk, now) = (room.desk()?, room.clock());
    if let Some((owner, id)) = room.visitor.account.or(room.visitor.half).zip(room.visitor.session) {
        desk.end_session(owner, id)?;
    }
    let new = NewSession { account: account.id, how, passed: true, browser: caller.agent.clone() };
    let secret = desk.begin_session(&new, now, random()?)?;
    let seconds = i64::from(account.hours) * 3_600;
    let mut cookies = vec![caller.cookies.keep(Jar::Session, &secret, Some(seconds))];
    let known = caller.browser.as_deref().map(|browser| desk.knows_browser(browser, &account.sign_in)).transpose()?;
    if known != Some(true) {
        let browser = desk.know_browser(account.id, now, random()?)?;
        cookies.push(caller.cookies.keep(Jar::Browser, &browser, Some(KNOWN)));
    }
    Ok(cookies.into_iter().flatten().collect())
}

/// Begins what lets nobody in until the second factor was given, and gives its cookie.
pub(crate) fn begin_half(room: &Room<'_>, caller: &Caller, account: &Account) -> Result<Vec<HeaderValue>, Failure> {
    let new = NewSession { account: account.id, how: How::Password, passed: false, browser: caller.agent.clone() };
    let secret = room.desk()?.begin_session(&new, room.clock(), random()?)?;
    let cookie = caller.cookies.keep(Jar::Session, &secret, Some(desk::HALF_MINUTES * 60));
    Ok(cookie.into_iter().collect())
}

/// The system's randomness. Without it nothing secret is made.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!("the system gives no randomness: {error}");
        Failure::Broken
    })?;
    Ok(bytes)
}

fn hex(bytes: [u8; 32]) -> String {
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}
