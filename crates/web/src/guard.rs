//! What holds for every request and response: who may ask, and what a browser may do with the answer.
//!
//! While there are no accounts, being able to reach the port is all the right anybody needs. Loopback keeps other machines
//! out; the `Host` check keeps other *sites* out, which could otherwise point a name of theirs at 127.0.0.1 and read the
//! pages through the user's own browser (DNS rebinding); the `Origin` check keeps their scripts from asking at all. With
//! accounts the same checks keep other sites from asking with somebody's session.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::{BASE, Problem};
use crate::asking::{Asking, Published};
use crate::failure::Failure;
use crate::peer::Peer;
use crate::proxy;
use crate::router::App;
use crate::session;

/// Everything is refused but our own style sheet, icon and scripts, and forms that come back here. No page has a style or
/// a script within it, so nothing is let through by a nonce either, which a page's own text could leak.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: browsers would then send our own forms with `Origin: null` (Fetch, “append a request Origin
    // header”). Other sites are told nothing either way.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    // For browsers that know no `frame-ancestors`.
    (HeaderName::from_static("x-frame-options"), "DENY"),
];

/// For how long a browser that once came over TLS comes by nothing else: a year, in seconds.
const HSTS: &str = "max-age=31536000";

/// Bytes of a body that are read: a little more than any form or call may have, so that those say themselves what is too
/// long.
const LONGEST: usize = (1 << 20) + (1 << 16);

/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(if cfg!(test) { 4 } else { 20 });

/// Refuses requests for other hosts and sets the headers of every response. Only a response that says
/// otherwise (an asset) may be kept by the browser.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = Peer::of(&parts, &app.service.gate);
    // Not even the community's name for a site that has no business here.
    let mut response = match check(&app, &parts, &peer) {
        Err(failure) => failure.plain(),
        Ok(()) => {
            parts.extensions.insert(peer);
            parts.extensions.insert(Published(app.service.gate.public.clone()));
            match whole_of(&app, &mut parts, body, &peer).await {
                Ok(body) => session::let_in(&app, Request::from_parts(parts, body), next).await,
                Err(failure) => refuse(failure, &app, &mut parts).await,
            }
        }
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if peer.https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Tells why a request goes no further, in the form that was asked for.
async fn refuse(failure: Failure, app: &App, parts: &mut Parts) -> Response {
    let calls = parts.uri.path().starts_with(BASE);
    if calls && matches!(failure, Failure::TooLong) {
        return Problem::TooLong.into_response();
    }
    let Ok(asking) = Asking::from_request_parts(parts, app).await;
    failure.reply(app, &asking)
}

/// The whole body, with a note of who asks where a proxy says so.
async fn whole_of(app: &App, parts: &mut Parts, body: Body, peer: &Peer) -> Result<Body, Failure> {
    if let Some(visitor) = proxy::visitor(app, &parts.headers, peer).await? {
        parts.extensions.insert(visitor);
    }
    whole(parts, body).await
}

/// Whether a request is for us and from nobody's site but ours.
fn check(app: &App, parts: &Parts, peer: &Peer) -> Result<(), Failure> {
    let gate = &app.service.gate;
    if peer.is_unexpected(gate) {
        return Err(Failure::NotThroughProxy);
    }
    if !peer.proxied && !gate.is_for_others() && is_handed_on(&parts.headers) {
        return Err(Failure::UnknownProxy);
    }
    if !is_for_us(app, &parts.headers, &parts.uri) {
        return Err(Failure::OtherHost { open: open(app) });
    }
    if !is_from_us(app, &parts.headers) || is_made_elsewhere(parts) {
        return Err(Failure::OtherOrigin);
    }
    Ok(())
}

/// The whole body: handlers never wait for a slow client.
async fn whole(parts: &Parts, body: Body) -> Result<Body, Failure> {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(Body::empty());
    }
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > LONGEST) {
        return Err(Failure::TooLong);
    }
    match tokio::time::timeout(BODY_TIME, to_bytes(body, LONGEST)).await {
        Err(_) => Err(Failure::TooSlow),
        Ok(Err(_)) => Err(Failure::TooLong),
        Ok(Ok(bytes)) => Ok(Body::from(bytes)),
    }
}

/// What to open instead of what was opened.
fn open(app: &App) -> String {
    let port = app.port;
    match &app.service.gate.address {
        Some(address) => format!("Open {} instead.", address.origin()),
        None => format!(
            "Only this machine may read these pages. Open http://127.0.0.1:{port} instead. Through an SSH tunnel, use \
             port {port} at both ends: ssh -L {port}:127.0.0.1:{port} HOST. To serve a team, give `[server]` in \
             switchboard.toml an `address`."
        ),
    }
}

/// Whether a request names us, in its `Host` (exactly one) and, where it has one, in its absolute address.
fn is_for_us(app: &App, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let authority = uri.authority().map(|authority| authority.as_str());
    host.to_str().is_ok_and(|host| is_ours(app, host)) && authority.is_none_or(|host| is_ours(app, host))
}

/// Whether it was no other site that made a browser ask: browsers say which one did in `Origin`, programs nothing.
fn is_from_us(app: &App, headers: &HeaderMap) -> bool {
    let gate = &app.service.gate;
    let scheme = if gate.certificate.is_some() { "https://" } else { "http://" };
    let ours = |origin: &HeaderValue| {
        let origin = origin.to_str().unwrap_or_default();
        origin.strip_prefix(scheme).is_some_and(|host| is_loopback(host, app.port))
            || gate.address.as_ref().is_some_and(|address| address.origin() == origin)
    };
    headers.get_all(ORIGIN).iter().all(ours)
}

/// Whether a browser says that another site made it change something (Fetch Metadata; a link may come from anywhere).
fn is_made_elsewhere(parts: &Parts) -> bool {
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    !reads && parts.headers.get_all("sec-fetch-site").iter().any(|site| site != "same-origin" && site != "none")
}

/// Whether a proxy wrote into the request on whose behalf it asks.
fn is_handed_on(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

fn is_ours(app: &App, host: &str) -> bool {
    is_loopback(host, app.port) || app.service.gate.address.as_ref().is_some_and(|address| address.is(host))
}

/// Whether `host` is `localhost` or a loopback address, with the port (which may be left out if it is 80).
fn is_loopback(host: &str, port: u16) -> bool {
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        None if port == 80 => host,
        None => return false,
    };
    let address = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.parse::<Ipv6Addr>().map(IpAddr::V6),
        None => name.parse().map(IpAddr::V4),
    };
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_port() {
        let check = |host: &str, expected: bool| assert_eq!(is_loopback(host, 7474), expected, "{host}");
        for host in ["localhost:7474", "LOCALHOST:7474", "127.0.0.1:7474", "127.0.0.2:7474", "[::1]:7474"] {
            check(host, true);
        }
        for host in [
            "",
            ":7474",
            "localhost",
            "localhost:80",
            "localhost:74744",
            "127.0.0.1",
            "10.0.0.1:7474",
            "[::2]:7474",
            "::1:7474",
            "example.org:7474",
            "localhost.example.org:7474",
            "127.0.0.1.example.org:7474",
            "localhost@example.org:7474",
            "0.0.0.0:7474",
            "2130706433:7474",
            "[127.0.0.1]:7474",
            "localhost:7474:7474",
        ] {
            check(host, false);
        }
        assert!(is_loopback("localhost", 80));
    }
}
