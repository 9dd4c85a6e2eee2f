//! Every endpoint gives what the document says that it gives.

use axum::http::StatusCode;
use desk::Scope;
use serde_json::{Value, json};

use super::Place;
use crate::api::ENDPOINTS;
use crate::openapi;
use crate::tests::made_up::{conversation, person};

const HANGS: &str = "Backfill hangs at 99 % after upgrading to 1.9";

/// An address of each endpoint with something to find, and what is sent there.
fn example(name: &str) -> (String, Option<Value>) {
    let get = |path: &str| (format!("/api/v1{path}"), None);
    let hangs = conversation(HANGS, "").id;
    let (ada, noor) = (person("Ada Okafor").id, person("Noor van Dijk").id);
    let case = |deed: &str, body: Value| (format!("/api/v1/cases/{hangs}/{deed}"), Some(body));
    match name {
        "about" => get(""),
        "acquaintances" => get(&format!("/people/{ada}/acquaintances")),
        "alerts" => get("/alerts?state=sent"),
        "assign_case" => case("assign", json!({ "holder": "ada", "force": true })),
        "case" => get(&format!("/cases/{hangs}")),
        "cases" => get("/cases?view=escalated&q=backfill&limit=1&helpers=yes"),
        "change_cases" => {
            let tag = json!({ "do": "tag", "tag": "urgent" });
            let change = json!({ "conversations": [hangs], "changes": [{ "do": "take", "force": true }, tag] });
            ("/api/v1/cases/bulk".to_owned(), Some(change))
        }
        "hand_over_case" => case("hand-over", json!({ "tier": 3, "note": "it is a defect" })),
        "introduce" => get(&format!("/introduce?from={noor}&to={ada}")),
        "not_a_question" => case("not-a-question", json!({})),
        "note_on_case" => case("note", json!({ "note": "the same as last week" })),
        "park_case" => case("park", json!({ "until": 1_719_000_000_000_000_i64 })),
        "release_case" => case("release", json!({ "note": "no time" })),
        "reopen_case" => case("reopen", json!({})),
        "resolve_case" => case("resolve", json!({})),
        "search" => get("/search?q=backfill+is:resolved+frob:x&limit=1"),
        "same" => get(&format!("/conversations/{hangs}/same")),
        "tag_case" => case("tag", json!({ "add": ["backfill"], "remove": ["urgent"] })),
        "take_case" => case("take", json!({ "force": true })),
        "undo_step" => ("/api/v1/cases/undo".to_owned(), Some(json!({ "step": 1 }))),
        "ask" => get("/ask?q=backfill+hangs"),
        "conversation" => get(&format!("/conversations/{hangs}")),
        "explain" => get(&format!("/explain/{hangs}")),
        "gaps" => get("/gaps"),
        "metrics" => get("/metrics?by=source&from=2024-01-01&until=2024-06-01T12:00:00Z"),
        "openapi" => get("/openapi.json"),
        "person" => get(&format!("/people/{}", person("Ada Okafor").id)),
        "sql" => ("/api/v1/sql".to_owned(), Some(json!({ "query": "SELECT 1", "limit": 2 }))),
        "tables" => get("/tables"),
        "tiers" => get("/tiers"),
        "today" => get("/today"),
        "topics" => get("/topics?limit=2&offset=1"),
        "waiting" => get("/waiting?limit=3"),
        "who_knows" => get("/who-knows?q=backfill"),
        other => panic!("there is no example of the endpoint {other}: add one here"),
    }
}

/// The schema of what an operation gives, with all that it refers to.
fn schema_of(document: &Value, verb: &str, path: &str) -> Value {
    let content = &document["paths"][path][verb]["responses"]["200"]["content"]["application/json"]["schema"];
    let mut schema = content.clone();
    schema["components"] = document["components"].clone();
    schema
}

#[tokio::test]
async fn every_answer_fits_its_schema() {
    let place = Place::new();
    let secret = place.token(Scope::ALL);
    let document = openapi();
    // Something to undo.
    let (path, body) = example("take_case");
    place.post_with(&secret, &path, &body.unwrap()).await;
    for endpoint in ENDPOINTS {
        let (path, body) = example(endpoint.name);
        let reply = match &body {
            Some(body) => place.post_with(&secret, &path, body).await,
            None => place.get_with(&secret, &path).await,
        };
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        assert_eq!(reply.headers["content-type"], "application/json");
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        assert!(answer.is_object(), "{path} gives no object and could not grow");
        let documented = format!("/api/v1{}", endpoint.path.trim_end_matches('/'));
        let schema = schema_of(&document, endpoint.verb.as_str(), &documented);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}");
        // A schema that lets anything pass says nothing.
        assert!(endpoint.name == "openapi" || !validator.is_valid(&json!({})), "{path}");
    }
}

#[tokio::test]
async fn every_route_is_documented_and_every_documented_one_is_there() {
    let place = Place::new();
    let document = openapi();
    let paths = document["paths"].as_object().unwrap();
    let operations: usize = paths.values().map(|path| path.as_object().unwrap().len()).sum();
    assert_eq!(operations, ENDPOINTS.len());
    for path in paths.keys() {
        let reply = place.get(&path.replace("{id}", "x")).await;
        assert!(!reply.body.contains("no-endpoint"), "{path}: {}", reply.body);
    }
    let reply = place.get("/api/v1/nowhere").await;
    assert_eq!(super::problem(&reply), (StatusCode::NOT_FOUND, "no-endpoint".to_owned()));
}

#[test]
fn the_document_is_sound() {
    let document = openapi();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    let mut names: Vec<&str> = ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ENDPOINTS.len(), "two endpoints have one name");
    assert!(ENDPOINTS.is_sorted_by_key(|endpoint| (endpoint.path, endpoint.verb)), "not in the order of addresses");
    for endpoint in ENDPOINTS {
        assert!(!endpoint.title.is_empty() && !endpoint.about.is_empty(), "{}", endpoint.name);
        for name in endpoint.in_path() {
            let known = endpoint.parameters.iter().any(|parameter| parameter.name == name && parameter.required);
            assert!(known, "{}: {name}", endpoint.name);
        }
    }
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let place = Place::new();
    let mut titles = Vec::new();
    let mut next = Some(0);
    while let Some(offset) = next {
        let reply = place.get(&format!("/api/v1/waiting?limit=3&offset={offset}")).await;
        let page: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(page["total"], 7);
        titles.extend(page["items"].as_array().unwrap().iter().map(|item| item["conversation"]["title"].to_string()));
        next = page["next"].as_u64();
    }
    titles.dedup();
    assert_eq!(titles.len(), 7);
    let reply = place.get("/api/v1/waiting?offset=90").await;
    let page: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!((page["items"].as_array().unwrap().len(), &page["next"]), (0, &Value::Null));
}
