//! Names, proxies and sites; what viewers and passers-by see.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use desk::Role;
use insight::views::Part;
use tower::ServiceExt;

use super::made_up::{MadeUp, community};
use super::{PORT, Reply};
use crate::places::PLACES;
use crate::visitor::Visitor;
use crate::{Address, Gate, Network, Service, router};

/// Sends a request from a machine, as somebody or as whoever the guard finds.
async fn from(
    service: Service,
    machine: &str,
    visitor: Option<Role>,
    request: (Method, &str),
    headers: &[(&str, &str)],
) -> Reply {
    let mut builder = Request::builder().method(request.0).uri(request.1);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let mut request = builder.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(machine.parse().unwrap(), 4711)));
    if let Some(role) = visitor {
        request.extensions_mut().insert(Visitor { account: Some(1), role, ..Visitor::nobody("x".to_owned()) });
    }
    let response = router(service, PORT).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, body }
}

/// A desk for a team, behind a proxy on this machine.
fn for_others() -> Service {
    let gate = Gate {
        address: Some(Address::parse("https://desk.example.org").unwrap()),
        proxies: vec![Network::parse("127.0.0.1").unwrap()],
        ..Gate::default()
    };
    Service { gate, ..Service::reading(Arc::new(community())) }
}

async fn health(service: Service, machine: &str, method: Method, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap) {
    let reply = from(service, machine, None, (method, "/healthz"), headers).await;
    (reply.status, reply.headers)
}

#[tokio::test]
async fn a_name_is_answered_and_no_other() {
    async fn check(host: &str, origin: Option<&str>, expected: StatusCode) {
        let headers: Vec<(&str, &str)> =
            [("host", host)].into_iter().chain(origin.map(|origin| ("origin", origin))).collect();
        let (status, _) = health(for_others(), "127.0.0.1", Method::GET, &headers).await;
        assert_eq!(status, expected, "{host} {origin:?}");
    }
    for host in ["desk.example.org", "DESK.example.org:443", "127.0.0.1:7474", "localhost:7474"] {
        check(host, None, StatusCode::OK).await;
        check(host, Some("https://desk.example.org"), StatusCode::OK).await;
        check(host, Some("http://desk.example.org"), StatusCode::FORBIDDEN).await;
        check(host, Some("https://desk.example.org.evil.example"), StatusCode::FORBIDDEN).await;
        check(host, Some("null"), StatusCode::FORBIDDEN).await;
    }
    for host in
        ["", "evil.example", "desk.example.org:80", "desk.example.org.evil.example", "desk.example.org@evil.example"]
    {
        check(host, None, StatusCode::FORBIDDEN).await;
    }
    let reply = from(for_others(), "127.0.0.1", None, (Method::GET, "/"), &[("host", "evil.example")]).await;
    assert!(reply.body.contains("Open https://desk.example.org instead") && !reply.body.contains("Tidepool"));
}

#[tokio::test]
async fn other_sites_can_change_nothing() {
    async fn check(site: &str, expected: StatusCode) {
        let headers = [("host", "desk.example.org"), ("sec-fetch-site", site)];
        let (status, _) = health(for_others(), "127.0.0.1", Method::POST, &headers).await;
        assert_eq!(status, expected, "{site}");
        let (status, _) = health(for_others(), "127.0.0.1", Method::GET, &headers).await;
        assert_eq!(status, StatusCode::OK, "a link from {site}");
    }
    check("cross-site", StatusCode::FORBIDDEN).await;
    check("same-site", StatusCode::FORBIDDEN).await;
    check("made up", StatusCode::FORBIDDEN).await;
    check("same-origin", StatusCode::METHOD_NOT_ALLOWED).await;
    check("none", StatusCode::METHOD_NOT_ALLOWED).await;
}

#[tokio::test]
async fn proxies_are_believed_when_they_are_known() {
    let host = ("host", "desk.example.org");
    let (status, headers) =
        health(for_others(), "127.0.0.1", Method::GET, &[host, ("x-forwarded-proto", "https")]).await;
    assert_eq!((status, headers["strict-transport-security"].as_bytes()), (StatusCode::OK, &b"max-age=31536000"[..]));
    // In the clear, past the proxy.
    let (status, headers) =
        health(for_others(), "203.0.113.9", Method::GET, &[host, ("x-forwarded-proto", "https")]).await;
    assert_eq!((status, headers.contains_key("strict-transport-security")), (StatusCode::FORBIDDEN, false));
    // A proxy that nobody configured would make administrators of everybody.
    let local = || Service::reading(Arc::new(community()));
    for header in ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"] {
        let headers = [("host", "127.0.0.1:7474"), (header, "192.0.2.1")];
        let reply = from(local(), "127.0.0.1", None, (Method::GET, "/"), &headers).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{header}");
        assert!(reply.body.contains("behind_proxy") && !reply.body.contains("Tidepool"), "{}", reply.body);
    }
}

#[tokio::test]
async fn where_others_can_come_nobody_is_let_in_unknown() {
    let headers = [("host", "127.0.0.1:7474")];
    for path in addresses(&community()).into_iter().filter(|path| !path.starts_with("/sign-in")) {
        let reply = from(for_others(), "127.0.0.1", None, (Method::GET, &path), &headers).await;
        assert!(matches!(reply.status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED), "{path}: {}", reply.status);
        assert!(!reply.body.contains("Noor") && !reply.body.contains("Backfill"), "{path}");
    }
}

/// The address of every page and every twin, ids filled in.
fn addresses(all: &MadeUp) -> Vec<String> {
    let mut paths = Vec::new();
    for place in PLACES {
        let id = if place.path.starts_with("/people") {
            &all.people[0].person.id
        } else {
            &all.conversations[0].conversation.id
        };
        let path = place.path.replace("{id}", id).replace("{name}", "questions");
        let stem = if path == "/" { "/today".to_owned() } else { path.clone() };
        paths.push(if path == "/ask" { "/ask?q=backfill".to_owned() } else { path });
        for extension in place.table.map_or(vec!["json"], |_| vec!["json", "csv"]) {
            let query = if stem == "/ask" { "?q=backfill" } else { "" };
            paths.push(format!("{stem}.{extension}{query}"));
        }
    }
    paths
}

/// A community in which somebody wrote an address, as addresses are written.
fn with_addresses() -> MadeUp {
    let mut all = community();
    for case in &mut all.today.waiting {
        case.lead = "Write to noor@tide.example or noor (at) tide.example".into();
        case.conversation.title = "From noor@tide.example".into();
    }
    for message in all.conversations.iter_mut().flat_map(|page| &mut page.messages) {
        message.parts.push(Part {
            kind: "own",
            text: "\nnoor@tide.example\n<noor@tide.example> https://a.example/?noor%40tide.example".into(),
        });
        message.parts.push(Part { kind: "quote", text: "On Monday, noor at tide.example (Noor) wrote:".into() });
    }
    for page in &mut all.people {
        page.person.name = "noor@tide.example".into();
    }
    all
}

#[tokio::test]
async fn viewers_see_no_address() {
    let headers = [("host", "127.0.0.1:7474")];
    let service = || Service::reading(Arc::new(with_addresses()));
    let mut shown = 0;
    for path in addresses(&with_addresses()) {
        let member = from(service(), "127.0.0.1", Some(Role::Member), (Method::GET, &path), &headers).await;
        shown += usize::from(member.body.contains("tide.example"));
        let viewer = from(service(), "127.0.0.1", Some(Role::Viewer), (Method::GET, &path), &headers).await;
        // Pages of members have none either, whatever they say.
        assert!(!viewer.body.contains("tide.example"), "{path}: {}", viewer.body);
        if viewer.status == StatusCode::OK && path.contains(".json") {
            assert!(serde_json::from_str::<serde_json::Value>(&viewer.body).is_ok(), "{path}");
        }
    }
    assert!(shown >= 8, "the test has something to hide");
}

#[tokio::test]
async fn viewers_see_tables_of_their_own() {
    let mut private = community();
    private.today.community = "Zanzibar".into();
    let case = private.today.waiting[0].clone();
    private.today.waiting = vec![insight::views::Waiting { lead: "zanzibar".into(), ..case }; 3];
    private.conversations[0].conversation.title = "zanzibar".into();
    private.people[0].person.name = "zanzibar".into();
    let private = Arc::new(private);
    let service = || Service { seen_by_viewers: Some(Arc::new(community())), ..Service::reading(private.clone()) };
    let headers = [("host", "127.0.0.1:7474")];
    let mut shown = 0;
    for path in addresses(&community()) {
        let member = from(service(), "127.0.0.1", Some(Role::Member), (Method::GET, &path), &headers).await;
        shown += usize::from(member.body.to_lowercase().contains("zanzibar"));
        for role in [Role::Viewer, Role::Public] {
            let reply = from(service(), "127.0.0.1", Some(role), (Method::GET, &path), &headers).await;
            assert!(!reply.body.to_lowercase().contains("zanzibar"), "{path} as {role}");
        }
    }
    assert!(shown >= 6, "the test has something to hide");
}

#[test]
fn no_page_asks_past_the_visitor() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for part in ["pages", "acts"] {
        for file in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                !text.replace("service.answers_for(", "").contains("service.answers"),
                "{}: ask `room.answers`, which is the visitor's own",
                path.display()
            );
        }
    }
}

/// A community's pages that are switched on for everybody.
fn published(switched_on: bool) -> Service {
    let public = if switched_on { crate::publishable() } else { Vec::new() };
    let public: Vec<String> = public.into_iter().map(str::to_owned).collect();
    let service = for_others();
    Service { gate: Gate { public: public.into(), ..service.gate.clone() }, ..service }
}

#[tokio::test]
async fn what_everybody_may_see_has_nobody_in_it() {
    let all = community();
    let mut people: Vec<(String, String)> =
        all.people.iter().map(|page| (page.person.id.clone(), page.person.name.clone())).collect();
    people.extend(all.today.waiting.iter().filter_map(|case| case.asker.clone()).map(|asker| (asker.id, asker.name)));
    let headers = [("host", "desk.example.org")];
    for place in PLACES {
        if place.path.contains('{') {
            continue;
        }
        let get =
            |switched_on: bool| from(published(switched_on), "127.0.0.1", None, (Method::GET, place.path), &headers);
        if place.least > Role::Public {
            assert_ne!(get(false).await.status, StatusCode::OK, "{} is not switched on", place.path);
        }
        if !place.publishable {
            assert!(place.least == Role::Public || get(true).await.status != StatusCode::OK, "{}", place.path);
            continue;
        }
        let mut bodies = vec![get(true).await];
        for extension in ["json", "csv"].iter().take(1 + usize::from(place.table.is_some())) {
            let path = format!("{}.{extension}", place.path);
            bodies.push(from(published(true), "127.0.0.1", None, (Method::GET, &path), &headers).await);
        }
        for reply in bodies {
            assert_eq!(reply.status, StatusCode::OK, "{}", place.path);
            for (id, name) in &people {
                assert!(!reply.body.contains(id), "{} links to a person", place.path);
                assert!(!reply.body.contains(name.as_str()), "{} names {name}", place.path);
            }
            assert!(!reply.body.contains("/people/") && !reply.body.contains("/conversations/"), "{}", place.path);
            assert!(!reply.body.contains("<form method=\"post\""), "{} can be acted on", place.path);
        }
    }
}

#[test]
fn a_desk_that_cannot_be_written_to_has_a_page_of_its_own() {
    let check = |error: desk::DeskError, expected: StatusCode, words: &str| {
        let advice = crate::failure::Failure::from(error).advice();
        assert_eq!(advice.status, expected);
        assert!(advice.text.contains("Nothing was changed") && advice.text.contains(words), "{}", advice.text);
        assert!(!advice.text.contains("/secret/place"), "no path on a page");
    };
    let path = std::path::PathBuf::from("/secret/place/desk.sqlite");
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    check(desk::DeskError::Busy(path.clone()), StatusCode::SERVICE_UNAVAILABLE, "Wait a few seconds");
    check(desk::DeskError::Io { path: path.clone(), error: full }, StatusCode::INSUFFICIENT_STORAGE, "make room");
    check(desk::DeskError::Io { path, error: denied }, StatusCode::INTERNAL_SERVER_ERROR, "switchboard doctor");
}

#[tokio::test]
async fn a_proxy_s_header_signs_in_whom_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let ada = |sign_in: &str, role| desk::NewAccount {
        sign_in: sign_in.to_owned(),
        name: sign_in.to_uppercase(),
        role,
        password: None,
        zone: None,
    };
    let mut desk = desk::Desk::open(&path).unwrap();
    desk.new_account(&ada("root", Role::Administrator), "", 1).unwrap();
    desk.new_account(&ada("ada", Role::Maintainer), "", 1).unwrap();
    let gone = desk.new_account(&ada("gone", Role::Member), "", 1).unwrap();
    desk.disable_account(gone.id, "ADA", 2).unwrap();
    let service = |header: bool, creates: Option<Role>| {
        let base = for_others();
        let header = header.then(|| crate::SignInHeader { name: "x-remote-user".parse().unwrap(), creates });
        Service { desk: Some(path.clone()), gate: Gate { header, ..base.gate.clone() }, ..base }
    };
    let get = |service: Service, machine: &'static str, names: &'static [&'static str]| async move {
        let names = names.iter().map(|name| ("x-remote-user", *name));
        let headers: Vec<(&str, &str)> = [("host", "desk.example.org")].into_iter().chain(names).collect();
        from(service, machine, None, (Method::GET, "/"), &headers).await
    };
    let (proxy, stranger) = ("127.0.0.1", "203.0.113.9");
    let seen = get(service(true, None), proxy, &["Ada"]).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    for (machine, names, expected) in [
        (proxy, &[][..], StatusCode::SEE_OTHER),
        (proxy, &[""], StatusCode::SEE_OTHER),
        (proxy, &["nobody"], StatusCode::FORBIDDEN),
        (proxy, &["gone"], StatusCode::FORBIDDEN),
        (proxy, &["ada", "nobody"], StatusCode::FORBIDDEN),
        (stranger, &["ada"], StatusCode::FORBIDDEN),
    ] {
        let reply = get(service(true, None), machine, names).await;
        assert_eq!(reply.status, expected, "{machine} {names:?}");
        assert!(!reply.body.contains("Backfill"), "{machine} {names:?}");
    }
    let ignored = get(service(false, None), proxy, &["ada"]).await;
    assert_eq!(ignored.status, StatusCode::SEE_OTHER, "off unless it is configured");
    assert_eq!(get(service(true, Some(Role::Viewer)), proxy, &["bo"]).await.status, StatusCode::OK);
    assert_eq!(desk.account_by_name("bo").unwrap().map(|account| account.role), Some(Role::Viewer));
    assert_eq!(get(service(true, Some(Role::Viewer)), proxy, &["gone"]).await.status, StatusCode::FORBIDDEN);
}
