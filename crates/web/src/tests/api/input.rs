//! Whatever comes in, a clear answer goes out.

use axum::http::{Method, StatusCode};
use desk::Scope;
use proptest::prelude::*;
use serde_json::json;

use super::{Place, problem};
use crate::tests::{Reply, ask};

async fn check(path: &str, status: u16, kind: &str, detail: &str) {
    let reply = Place::new().get(&format!("/api/v1{path}")).await;
    assert_eq!(problem(&reply), (StatusCode::from_u16(status).unwrap(), kind.to_owned()), "{path}");
    assert!(reply.body.contains(detail), "{path}: {}", reply.body);
}

#[tokio::test]
async fn parameters_that_are_not_right() {
    check("/ask", 400, "parameter", "`q` is missing").await;
    check("/ask?q=", 400, "parameter", "`q` is empty").await;
    check("/ask?q=a&q=b", 400, "parameter", "more than once").await;
    check("/ask?q=a&p=b", 400, "parameter", "there is no parameter `p` here; it takes `q`").await;
    check("/today?x=1", 400, "parameter", "it takes none").await;
    check(&format!("/ask?q={}", "a".repeat(4_001)), 400, "parameter", "at most 4000 characters").await;
    check("/waiting?limit=0", 400, "parameter", "a whole number from 1 to 200").await;
    check("/waiting?limit=-1", 400, "parameter", "a whole number").await;
    check("/waiting?limit=99999999999999999999", 400, "parameter", "a whole number").await;
    check("/metrics?by=moon", 400, "parameter", "one of all, source, channel, tier, month").await;
    check("/metrics?from=soon", 400, "parameter", "a day or an instant").await;
    check("/tables?name=secrets", 400, "parameter", "there are activities, ").await;
}

#[tokio::test]
async fn ids_of_nothing() {
    for path in ["/conversations/x", "/people/ada@example.org", "/explain/%00", "/conversations/..%2f..", "/people/m0"]
    {
        check(path, 404, "not-found", "nothing has this id").await;
    }
    // What is in the path cannot be said again behind it.
    let path = "/conversations/m0123456789abcdef?id=m0";
    assert!(Place::new().get(&format!("/api/v1{path}")).await.status.is_client_error());
}

async fn post(headers: &[(&str, &str)], body: &str) -> Reply {
    let place = Place::new();
    let bearer = format!("Bearer {}", place.token(&[Scope::Sql]));
    let headers = [headers, &[("authorization", bearer.as_str())]].concat();
    ask(place.service.clone(), Method::POST, "/api/v1/sql", &headers, body).await
}

#[tokio::test]
async fn bodies_that_are_not_right() {
    let json = [("content-type", "application/json; charset=utf-8")];
    let plain = [("content-type", "text/plain")];
    let long = json!({ "query": "x".repeat(2 << 20) }).to_string();
    let deep = "{\"query\":".repeat(100_000);
    for (headers, body, status, kind) in [
        (&json[..], "{}", 400, "body"),
        (&json[..], "[]", 400, "body"),
        (&json[..], "{\"query\": 1}", 400, "body"),
        (&json[..], "{\"query\": \"SELECT 1\", \"limit\": 0}", 400, "body"),
        (&json[..], "{\"query\": \"SELECT 1\", \"limit\": 10001}", 400, "body"),
        (&json[..], "{\"query\": \"SELECT 1\", \"more\": 1}", 400, "body"),
        (&json[..], "{\"query\": \" \"}", 400, "body"),
        (&json[..], "{", 400, "body"),
        (&json[..], deep.as_str(), 400, "body"),
        (&json[..], long.as_str(), 413, "too-long"),
        (&json[..0], "{\"query\": \"SELECT 1\"}", 415, "not-json"),
        (&plain[..], "{\"query\": \"SELECT 1\"}", 415, "not-json"),
        (&json[..], "{\"query\": \"DROP TABLE messages\"}", 422, "query"),
        (&json[..], "{\"query\": \"SELECT for ever\"}", 422, "limit"),
        (&json[..], "{\"query\": \"SELECT damage\"}", 500, "no-answer"),
    ] {
        let reply = post(headers, body).await;
        let shown: String = body.chars().take(80).collect();
        assert_eq!(problem(&reply), (StatusCode::from_u16(status).unwrap(), kind.to_owned()), "{shown}");
    }
}

#[tokio::test]
async fn methods_that_are_not_right() {
    let place = Place::new();
    for (method, path) in [(Method::POST, "/api/v1/today"), (Method::GET, "/api/v1/sql"), (Method::DELETE, "/api/v1")] {
        let reply = ask(place.service.clone(), method, path, &[], "").await;
        assert_eq!(problem(&reply), (StatusCode::METHOD_NOT_ALLOWED, "method".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_server_without_sql_says_so() {
    let mut place = Place::new();
    place.service.sql = None;
    let secret = place.token(&[Scope::Sql]);
    let reply = place.post_with(&secret, "/api/v1/sql", &json!({ "query": "SELECT 1" })).await;
    assert_eq!(problem(&reply), (StatusCode::NOT_IMPLEMENTED, "not-here".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_address_breaks_it(path in "[a-z0-9/%?=&.+{}-]{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let path = format!("/api/v1/{path}");
        if path.parse::<axum::http::Uri>().is_ok() {
            let reply = runtime.block_on(Place::new().get(&path));
            prop_assert!(reply.status.as_u16() < 500, "{}: {}", path, reply.body);
        }
    }
}
