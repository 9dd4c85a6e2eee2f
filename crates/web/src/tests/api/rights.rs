//! Who may do what, and that nobody sees addresses without the right to.

use axum::http::{Method, StatusCode};
use desk::Scope;
use insight::views::Part;
use serde_json::{Value, json};

use super::{Place, problem};
use crate::tests::ask;
use crate::tests::made_up::{community, conversation};

#[tokio::test]
async fn scopes_say_what_a_token_may_do() {
    let place = Place::new();
    let sql = json!({ "query": "SELECT 1" });
    let (read, may) = (place.token(&[Scope::Read]), place.token(&[Scope::Sql]));
    let reply = ask(place.service.clone(), Method::POST, "/api/v1/sql", &[("content-type", "application/json")], "{}");
    let reply = reply.await;
    assert_eq!(problem(&reply), (StatusCode::FORBIDDEN, "scope".to_owned()));
    assert!(reply.headers["www-authenticate"].to_str().unwrap().contains("scope=\"sql\""));
    assert_eq!(
        problem(&place.post_with(&read, "/api/v1/sql", &sql).await),
        (StatusCode::FORBIDDEN, "scope".to_owned())
    );
    assert_eq!(place.post_with(&may, "/api/v1/sql", &sql).await.status, StatusCode::OK);
    let about: Value = serde_json::from_str(&place.get_with(&may, "/api/v1").await.body).unwrap();
    assert_eq!((&about["scopes"], &about["token"]), (&json!(["read", "sql"]), &json!("token 1")));
    let about: Value = serde_json::from_str(&place.get("/api/v1").await.body).unwrap();
    assert_eq!((&about["scopes"], &about["token"]), (&json!(["read"]), &Value::Null));
}

#[tokio::test]
async fn what_is_no_token_is_refused_even_where_none_is_needed() {
    let place = Place::new();
    let good = place.token(&[Scope::Read]);
    let refused = (StatusCode::UNAUTHORIZED, "token".to_owned());
    for header in ["Bearer", "Bearer ", "Bearer sb_00", "Basic YTpi", &good, &format!("Bearer {good}0"), "Bearer é"] {
        let headers = [("authorization", header)];
        let reply = ask(place.service.clone(), Method::GET, "/api/v1/today", &headers, "").await;
        assert_eq!(problem(&reply), refused, "{header}");
        assert!(!reply.body.contains(&good), "a secret must not come back");
        assert!(reply.headers["www-authenticate"].to_str().unwrap().contains("invalid_token"));
    }
    assert_eq!(place.get_with(&good, "/api/v1/today").await.status, StatusCode::OK);
    place.desk().revoke_token("token 0", 1).unwrap();
    assert_eq!(problem(&place.get_with(&good, "/api/v1/today").await), refused);
    let mut later = place;
    let good = later.token(&[Scope::Read]);
    later.service.clock = || i64::MAX;
    assert_eq!(problem(&later.get_with(&good, "/api/v1/today").await), refused);
    later.service.desk = None;
    assert_eq!(problem(&later.get_with(&good, "/api/v1/today").await), refused);
}

#[tokio::test]
async fn the_day_of_a_token_s_use_is_noted() {
    let place = Place::new();
    let secret = place.token(&[Scope::Read]);
    assert_eq!(place.desk().tokens().unwrap()[0].last_used, None);
    place.get_with(&secret, "/api/v1").await;
    // 2024-06-12.
    assert_eq!(place.desk().tokens().unwrap()[0].last_used, Some(1_718_150_400_000_000));
}

#[tokio::test]
async fn addresses_are_seen_only_with_the_right_to() {
    let mut all = community();
    all.conversations[0].conversation.title = "mail ada@example.org".to_owned();
    all.conversations[0].messages[0].parts = vec![Part { kind: "own", text: "I am eve@example.org.".to_owned() }];
    all.today.waiting[0].helpers[0].person.name = "bob@example.org".to_owned();
    let mut place = Place::new();
    place.service.answers = std::sync::Arc::new(all);
    let page =
        format!("/api/v1/conversations/{}", conversation("Backfill hangs at 99 % after upgrading to 1.9", "").id);
    let id = community().conversations[0].conversation.id.clone();
    assert!(page.ends_with(&id));
    let (plain, may) = (place.token(&[Scope::Sql]), place.token(&[Scope::Sql, Scope::Addresses]));
    for path in [page.as_str(), "/api/v1/waiting", "/api/v1/today", "/api/v1/who-knows?q=x"] {
        let hidden = place.get_with(&plain, path).await.body;
        assert!(hidden.contains("(address)") && !hidden.contains("@example.org"), "{path}: {hidden}");
        assert!(place.get_with(&may, path).await.body.contains("@example.org"), "{path}");
    }
    let query = json!({ "query": "SELECT body" });
    let hidden: Value = serde_json::from_str(&place.post_with(&plain, "/api/v1/sql", &query).await.body).unwrap();
    assert_eq!(hidden["rows"][0], json!(["mail (address)", false, null]));
    let seen: Value = serde_json::from_str(&place.post_with(&may, "/api/v1/sql", &query).await.body).unwrap();
    assert_eq!(seen["rows"][0], json!(["mail ada@example.org", true, null]));
    let tables = place.get_with(&plain, "/api/v1/tables?name=identities").await.body;
    assert!(tables.contains("\"person_id\"") && !tables.contains("\"email\""), "{tables}");
    let tables = place.get_with(&may, "/api/v1/tables?name=identities").await.body;
    assert!(tables.contains("\"email\""), "{tables}");
}
