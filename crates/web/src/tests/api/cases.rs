//! What programs decide about cases.

use axum::http::StatusCode;
use desk::{CaseState, Scope};
use serde_json::{Value, json};

use super::{Place, problem};
use crate::tests::made_up::{community, conversation};

fn hangs() -> String {
    community().conversations[0].conversation.id.clone()
}

#[tokio::test]
async fn deciding_needs_the_right_to() {
    let place = Place::new();
    let secret = place.token(&[Scope::Read, Scope::Sql]);
    let reply = place.post_with(&secret, &format!("/api/v1/cases/{}/take", hangs()), &json!({})).await;
    assert_eq!(problem(&reply), (StatusCode::FORBIDDEN, "scope".to_owned()));
    assert!(place.desk().cases().unwrap().is_empty());
}

#[tokio::test]
async fn who_takes_a_case_is_the_token_and_what_another_has_is_refused() {
    let place = Place::new();
    let (one, other) = (place.token(&[Scope::Write]), place.token(&[Scope::Write]));
    let take = format!("/api/v1/cases/{}/take", hangs());
    let reply = place.post_with(&one, &take, &json!({ "note": "I know this" })).await;
    let step: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!((&step["who"], &step["cases"]), (&json!("token 0"), &json!(1)), "{}", reply.body);
    let case = place.desk().case(&hangs()).unwrap().unwrap();
    assert_eq!((case.state, case.holder.as_deref()), (CaseState::Taken, Some("token 0")));
    let reply = place.post_with(&other, &take, &json!({})).await;
    assert_eq!(problem(&reply), (StatusCode::CONFLICT, "conflict".to_owned()));
    assert!(reply.body.contains("held by token 0"), "{}", reply.body);
    assert_eq!(place.post_with(&other, &take, &json!({ "force": true })).await.status, StatusCode::OK);
    assert_eq!(place.desk().case(&hangs()).unwrap().unwrap().holder.as_deref(), Some("token 1"));
}

#[tokio::test]
async fn many_are_changed_at_once_or_none_and_undone_in_one_step() {
    let place = Place::new();
    let secret = place.token(&[Scope::Write]);
    let other = conversation("how do I stop the reactor cleanly?", "").id;
    let changes = json!([{ "do": "tag", "tag": "spring" }, { "do": "hand_over", "tier": 3, "note": "a defect" }]);
    let bulk = |ids: Value| json!({ "conversations": ids, "changes": changes });
    let missing = place.post_with(&secret, "/api/v1/cases/bulk", &bulk(json!([hangs(), "m0123456789abcdef"]))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(place.desk().cases().unwrap().is_empty());
    let reply = place.post_with(&secret, "/api/v1/cases/bulk", &bulk(json!([hangs(), other]))).await;
    let step: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(step["cases"], 2, "{}", reply.body);
    let case = place.desk().case(&other).unwrap().unwrap();
    assert_eq!((case.state, case.tags), (CaseState::HandedOver, vec!["spring".to_owned()]));
    let undo = json!({ "step": step["number"] });
    let reply = place.post_with(&secret, "/api/v1/cases/undo", &undo).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let case = place.desk().case(&other).unwrap().unwrap_or_default();
    assert_eq!((case.state, case.tags.len()), (CaseState::None, 0));
    let again = place.post_with(&secret, "/api/v1/cases/undo", &undo).await;
    assert_eq!(problem(&again), (StatusCode::CONFLICT, "conflict".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_decided_is_said() {
    let place = Place::new();
    let secret = place.token(&[Scope::Write]);
    for (deed, body) in [
        ("hand-over", json!({ "tier": 9 })),
        ("hand-over", json!({})),
        ("tag", json!({})),
        ("tag", json!({ "add": ["two words"] })),
        ("note", json!({ "note": "  " })),
        ("assign", json!({ "holder": "" })),
        ("park", json!({ "until": "tomorrow" })),
        ("take", json!({ "frobnicate": 1 })),
    ] {
        let reply = place.post_with(&secret, &format!("/api/v1/cases/{}/{deed}", hangs()), &body).await;
        assert_eq!(problem(&reply), (StatusCode::BAD_REQUEST, "body".to_owned()), "{deed} {body}");
    }
    let reply = place.post_with(&secret, "/api/v1/cases/m0123456789abcdef/take", &json!({})).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let many = json!({ "conversations": vec![hangs(); 20_001], "changes": [{ "do": "release" }] });
    let reply = place.post_with(&secret, "/api/v1/cases/bulk", &many).await;
    assert_eq!(problem(&reply), (StatusCode::BAD_REQUEST, "body".to_owned()), "{}", reply.body);
    let reply = place.post_with(&secret, "/api/v1/cases/bulk", &json!({ "conversations": [], "changes": [] })).await;
    assert_eq!(problem(&reply), (StatusCode::BAD_REQUEST, "body".to_owned()));
}
