//! What holds for every request and response: who may ask, and what a browser may do with the answer.
//!
//! The pages show personal data and there are no accounts yet, so being able to reach the port is all
//! the right anybody needs. Loopback keeps other machines out; the `Host` check keeps other *sites*
//! out, which could otherwise point a name of theirs at 127.0.0.1 and read the pages through the
//! user's own browser (DNS rebinding); the `Origin` check keeps their scripts from asking at all.

use std::net::{IpAddr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;

use crate::failure::Failure;
use crate::router::App;
use crate::visitor::Visitor;

/// Everything is refused but our own style sheet, icon and script, and forms that come back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses requests for other hosts and sets the headers of every response. Only a response that says
/// otherwise (an asset) may be kept by the browser.
pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Not even the community's name for a site that has no business here.
    let mut response = if !is_for_us(request.headers(), request.uri(), app.port) {
        Failure::OtherHost { port: app.port }.plain()
    } else if !is_from_us(request.headers(), app.port) {
        Failure::OtherOrigin.plain()
    } else {
        request.extensions_mut().insert(Visitor::local(app.csrf("local")));
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether a request names this machine and our port, in its `Host` (exactly one) and, where it has
/// one, in its absolute address.
fn is_for_us(headers: &HeaderMap, uri: &Uri, port: u16) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let authority = uri.authority().map(|authority| authority.as_str());
    host.to_str().is_ok_and(|host| is_loopback(host, port)) && authority.is_none_or(|host| is_loopback(host, port))
}

/// Whether it was no other site that made a browser ask: browsers say which one did in `Origin`, programs nothing.
fn is_from_us(headers: &HeaderMap, port: u16) -> bool {
    let ours = |origin: &HeaderValue| {
        let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        host.is_some_and(|host| is_loopback(host, port))
    };
    headers.get_all(ORIGIN).iter().all(ours)
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
