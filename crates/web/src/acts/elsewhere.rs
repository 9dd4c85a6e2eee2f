//! Signing in with an account somewhere else (OpenID Connect): to the provider, and back.
//!
//! What a sign-in needs to be finished travels in a signed cookie of the browser that began it, for ten minutes, and is
//! good once. So nobody can be signed in by a link that somebody else sent, and the server keeps nothing for those who
//! never come back.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use desk::{Account, Desk, How, NewAccount, Role};
use serde::{Deserialize, Serialize};
use sso::{Known, Pending};

use crate::asking::Asking;
use crate::caller::Caller;
use crate::cookies::{Cookies, Jar};
use crate::failure::Failure;
use crate::fields::is_ours;
use crate::gate::SignInElsewhere;
use crate::room::{Done, Room};
use crate::router::App;
use crate::session;

/// How long somebody may take at the provider, in seconds.
const LASTS: i64 = 600;
/// Bytes of a code that are looked at.
const LONGEST: usize = 4096;
/// Bytes of the address of the page to show afterwards: a cookie holds some four thousand in all.
const LONGEST_PATH: usize = 800;
const BACK: &str = "/sign-in/sso/back";
const SECOND: i64 = 1_000_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sign-in/sso", get(begin)).route(BACK, get(back))
}

/// A sign-in on its way.
#[derive(Serialize, Deserialize)]
struct Begun {
    pending: Pending,
    /// The page to show afterwards.
    to: String,
    /// Until when it can be finished, microseconds UTC.
    until: i64,
}

#[derive(Default, Deserialize)]
struct Wanted {
    to: Option<String>,
}

/// `GET /sign-in/sso?to=PATH`.
async fn begin(
    State(app): State<App>,
    asking: Asking,
    caller: Caller,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let wanted = query.map(|Query(wanted)| wanted).unwrap_or_default();
    let to = wanted.to.filter(|to| is_ours(to) && to.len() <= LONGEST_PATH).unwrap_or_else(|| "/".to_owned());
    let begun = elsewhere(&app, move |sso, back| sso.provider.begin(back).map_err(Failure::Elsewhere)).await;
    let begun = begun.and_then(|begun| {
        let until = (app.service.clock)().saturating_add(LASTS * SECOND);
        let text = serde_json::to_string(&Begun { pending: begun.pending, to, until }).map_err(|_| Failure::Broken)?;
        let cookie = caller.cookies.keep(Jar::Elsewhere, &seal(&app, &text), Some(LASTS));
        Ok((begun.to, cookie.ok_or(Failure::Broken)?))
    });
    match begun {
        Ok((to, cookie)) => ([(SET_COOKIE, cookie)], Redirect::to(&to)).into_response(),
        Err(failure) => failure.reply(&app, &asking),
    }
}

#[derive(Default, Deserialize)]
struct CameBack {
    state: Option<String>,
    code: Option<String>,
}

/// `GET /sign-in/sso/back?state=…&code=…`.
async fn back(
    State(app): State<App>,
    asking: Asking,
    caller: Caller,
    headers: HeaderMap,
    query: Result<Query<CameBack>, QueryRejection>,
) -> Response {
    let came_back = query.map(|Query(came_back)| came_back).unwrap_or_default();
    let begun = read(&app, caller.cookies, &headers);
    let gone = caller.cookies.forget(Jar::Elsewhere);
    let signed_in = finish(&app, &asking, caller, begun, came_back).await;
    let mut response = signed_in.map_or_else(
        |failure| {
            failure.note("signing in elsewhere did not work");
            failure.reply(&app, &asking)
        },
        IntoResponse::into_response,
    );
    if let Some(gone) = gone {
        response.headers_mut().append(SET_COOKIE, gone);
    }
    response
}

async fn finish(
    app: &App,
    asking: &Asking,
    caller: Caller,
    begun: Option<Begun>,
    came_back: CameBack,
) -> Result<Done, Failure> {
    let begun = begun.ok_or(Failure::NotBegun)?;
    let state = came_back.state.unwrap_or_default();
    if blake3::hash(state.as_bytes()) != blake3::hash(begun.pending.state.as_bytes())
        || !app.used.is_first(&state, begun.until, (app.service.clock)())
    {
        return Err(Failure::NotBegun);
    }
    let refused = || Failure::Elsewhere(sso::SsoError::Refused("nobody signed in there".to_owned()));
    let code = came_back.code.filter(|code| code.len() <= LONGEST).ok_or_else(refused)?;
    let pending = begun.pending;
    let found = elsewhere(app, move |sso, back| {
        let known = sso.provider.finish(back, &pending, &code).map_err(Failure::Elsewhere)?;
        Ok((known, sso.creates))
    });
    let (known, creates) = found.await?;
    let (service, visitor) = (app.service.clone(), asking.visitor.clone());
    let work = tokio::task::spawn_blocking(move || {
        let room = Room { answers: service.answers_for(false), service: &service, visitor: &visitor };
        let account = account_of(&mut room.desk()?, &known, creates, room.clock())?;
        let cookies = session::begin(&room, &caller, &account, How::Elsewhere)?;
        Ok(Done::to(begun.to).with(cookies))
    });
    work.await.unwrap_or(Err(Failure::Broken))
}

/// The account of whoever came back: theirs already; else the one that an administrator made with the address that the
/// provider made sure of; else a new one, where that is wanted.
fn account_of(desk: &mut Desk, known: &Known, creates: Option<Role>, at: i64) -> Result<Account, Failure> {
    if let Some(account) = desk.account_of_subject(&known.issuer, &known.subject)? {
        return Ok(account);
    }
    let expected = known.email.as_deref().map(|email| desk.account_by_name(email)).transpose()?.flatten();
    let account = match (expected, creates, &known.email) {
        (Some(account), ..) if account.disabled.is_none() => account,
        (None, Some(role), Some(email)) => {
            let name = known.name.clone().unwrap_or_else(|| email.clone());
            let new = NewAccount { sign_in: email.clone(), name, role, password: None, zone: None };
            desk.new_account(&new, "", at)?
        }
        _ => return Err(Failure::NoAccount),
    };
    desk.link_subject(account.id, &known.issuer, &known.subject, &account.name, at)?;
    Ok(account)
}

/// Asks the provider, away from the threads that talk to browsers and with few others at once: it may be slow.
async fn elsewhere<T: Send + 'static>(
    app: &App,
    ask: impl FnOnce(&SignInElsewhere, &str) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let gate = &app.service.gate;
    let (sso, address) = gate.sso.clone().zip(gate.address.clone()).ok_or(Failure::NoPage)?;
    let Some(turn) = app.turn_elsewhere().await else { return Err(Failure::Busy) };
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        ask(&sso, &format!("{}{BACK}", address.origin()))
    });
    work.await.unwrap_or(Err(Failure::Broken))
}

/// What a cookie holds: the text, and our seal.
fn seal(app: &App, text: &str) -> String {
    let sealed = URL_SAFE_NO_PAD.encode(text);
    let mark = app.seal("elsewhere", &sealed);
    format!("{sealed}.{mark}")
}

/// The sign-in that this browser began, if it is not too old.
fn read(app: &App, cookies: Cookies, headers: &HeaderMap) -> Option<Begun> {
    let cookie = cookies.read(headers, Jar::Elsewhere)?;
    let (sealed, mark) = cookie.split_once('.')?;
    if blake3::hash(mark.as_bytes()) != blake3::hash(app.seal("elsewhere", sealed).as_bytes()) {
        return None;
    }
    let begun: Begun = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(sealed).ok()?).ok()?;
    (begun.until >= (app.service.clock)()).then_some(begun)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use sso::Provider;
    use tower::ServiceExt;

    use super::*;
    use crate::tests::made_up::community;
    use crate::{Address, Gate, Service, router};

    fn known(subject: &str, email: Option<&str>) -> Known {
        let email = email.map(str::to_owned);
        Known {
            issuer: "https://id.example.org".into(),
            subject: subject.into(),
            email,
            name: Some(subject.to_uppercase()),
        }
    }

    #[test]
    fn accounts_are_found_by_subject_then_by_a_checked_address() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        let account = |name: &str, role| NewAccount {
            sign_in: format!("{}@example.org", name.to_lowercase()),
            name: name.to_owned(),
            role,
            password: None,
            zone: None,
        };
        desk.new_account(&account("Root", Role::Administrator), "", 1).unwrap();
        let ada = desk.new_account(&account("Ada", Role::Maintainer), "", 1).unwrap();
        let mut check = |known: &Known, creates, expected: Option<(&str, Role)>| {
            let found = account_of(&mut desk, known, creates, 2);
            assert_eq!(
                found.ok().map(|account| (account.name, account.role)),
                expected.map(|(name, role)| (name.to_owned(), role))
            );
        };
        check(&known("stranger", Some("stranger@example.org")), None, None);
        check(&known("liar", None), None, None);
        check(&known("a1", Some("Ada@example.org")), None, Some(("Ada", Role::Maintainer)));
        // From then on by the subject, whatever the address is; and nobody else by an address of before.
        check(&known("a1", Some("new@example.org")), None, Some(("Ada", Role::Maintainer)));
        check(&known("a1", None), None, Some(("Ada", Role::Maintainer)));
        check(&known("bo", Some("bo@example.org")), Some(Role::Viewer), Some(("BO", Role::Viewer)));
        check(&known("nobody", None), Some(Role::Viewer), None);
        let away = desk.disable_account(ada.id, "Bo", 3);
        // The last administrator cannot be disabled, a maintainer can.
        assert!(away.is_ok());
        assert!(matches!(account_of(&mut desk, &known("a1", None), Some(Role::Viewer), 4), Err(Failure::NoAccount)));
        let again = known("a1", Some("ada@example.org"));
        assert!(matches!(account_of(&mut desk, &again, Some(Role::Viewer), 4), Err(Failure::NoAccount)));
    }

    fn service() -> Service {
        let sso = SignInElsewhere {
            // Nobody listens there.
            provider: Provider::new("http://127.0.0.1:9", "us", None).unwrap(),
            title: "Example".into(),
            creates: None,
        };
        let address = Some(Address::parse("https://desk.example.org").unwrap());
        Service { gate: Gate { address, sso: Some(sso), ..Gate::default() }, ..Service::reading(Arc::new(community())) }
    }

    async fn get(path: &str, cookie: &str) -> (StatusCode, String) {
        let request = Request::builder().uri(path).header("host", "desk.example.org").header("cookie", cookie);
        let response = router(service(), 7474).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_was_not_begun_here_ends_nowhere() {
        let (status, body) = get("/sign-in/sso", "").await;
        assert_eq!(status, StatusCode::BAD_GATEWAY);
        assert!(
            body.contains("The provider could not be asked") || body.contains("the provider could not be asked"),
            "{body}"
        );
        for cookie in ["", "elsewhere-7474=x", "elsewhere-7474=e30.00", "__Host-elsewhere=e30.00"] {
            for query in ["", "?state=a&code=b", "?state=&code=", "?error=access_denied", "?state=a&state=b", "?%ff"] {
                let (status, body) = get(&format!("{BACK}{query}"), cookie).await;
                assert_eq!(status, StatusCode::BAD_REQUEST, "{cookie} {query}");
                assert!(body.contains("This sign-in was not begun here"), "{body}");
            }
        }
    }

    #[tokio::test]
    async fn a_sign_in_is_good_once_and_not_for_long() {
        let app = App::new(service(), 7474);
        let cookies = Cookies { https: true, port: 7474 };
        let pending = serde_json::json!({ "state": "s", "nonce": "n", "verifier": "v" });
        let begun =
            |until: i64| serde_json::json!({ "pending": pending, "to": "/conversations", "until": until }).to_string();
        let headers = |value: &str| {
            let pair = format!("__Host-elsewhere={value}");
            HeaderMap::from_iter([(axum::http::header::COOKIE, pair.parse().unwrap())])
        };
        let good = seal(&app, &begun(600));
        assert_eq!(read(&app, cookies, &headers(&good)).map(|begun| begun.to), Some("/conversations".to_owned()));
        assert!(read(&app, cookies, &headers(&seal(&app, &begun(-1)))).is_none(), "too old");
        let other = App::new(service(), 7474);
        assert!(read(&other, cookies, &headers(&good)).is_none(), "sealed by another server");
        let forged = format!("{}.{}", URL_SAFE_NO_PAD.encode(begun(999)), good.split_once('.').unwrap().1);
        assert!(read(&app, cookies, &headers(&forged)).is_none(), "forged");
        assert!(app.used.is_first("s", 600, 0) && !app.used.is_first("s", 600, 1), "replayed");
    }
}
