//! The daily work, as a browser does it, over the router and with a real desk.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use desk::{CaseState, Deed, Desk, Kind, SavedKind};
use tower::ServiceExt;

use super::api::Place;
use super::made_up::conversation;
use super::{PORT, Reply, text_of};
use crate::router;

const HANGS: &str = "Backfill hangs at 99 % after upgrading to 1.9";
const REACTOR: &str = "how do I stop the reactor cleanly?";

fn id(title: &str) -> String {
    conversation(title, "").id
}

/// A browser that is at a place, and sends its forms back.
pub(super) struct Browser {
    place: Place,
    router: Router,
}

impl Browser {
    pub(super) fn new() -> Browser {
        let place = Place::new();
        let router = router(place.service.clone(), PORT);
        Browser { place, router }
    }

    pub(super) fn desk(&self) -> Desk {
        self.place.desk()
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Reply {
        let request = Request::builder().method(method).uri(path).header("host", "localhost:7474");
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub(super) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form as a page of ours would.
    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get("/conversations?view=all").await.body;
        let sign = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("csrf", sign).extend_pairs(fields);
        self.send(Method::POST, path, pairs.finish()).await
    }

    /// Sends one that must succeed; what is said afterwards.
    pub(super) async fn done(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.post(path, fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", text_of(&reply.body));
        reply.headers["set-cookie"].to_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_case_is_taken_refused_forced_handed_over_and_taken_back() {
    let browser = Browser::new();
    let case = id(HANGS);
    let about = ("id", case.as_str());
    browser.done("/cases", &[about, ("do", "take")]).await;
    assert_eq!(browser.desk().case(&case).unwrap().unwrap().holder.as_deref(), Some("local"));
    // Another has it meanwhile.
    let take = Deed::Take { holder: "grace".to_owned(), force: true };
    browser.desk().change(&[case.as_str().into()], &[take.into()], "grace", 1).unwrap();
    let refused = browser.post("/cases", &[about, ("do", "take")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(text_of(&refused.body).contains("grace has this case"), "{}", refused.body);
    browser.done("/cases", &[about, ("do", "take"), ("force", "yes")]).await;
    let said = browser.done("/cases", &[about, ("do", "hand-over"), ("tier", "3"), ("note", "a defect")]).await;
    let now = browser.desk().case(&case).unwrap().unwrap();
    assert_eq!((now.state, now.tier, now.why.as_deref()), (CaseState::HandedOver, Some(3), Some("a defect")));
    let step: String = said.trim_start_matches("said=").chars().take_while(char::is_ascii_digit).collect();
    browser.done(&format!("/steps/{step}/undo"), &[]).await;
    let now = browser.desk().case(&case).unwrap().unwrap();
    assert_eq!((now.state, now.holder.as_deref()), (CaseState::Taken, Some("local")));
}

#[tokio::test]
async fn many_are_changed_in_one_step() {
    let browser = Browser::new();
    let both = [id(HANGS), id(REACTOR)];
    browser.done("/cases", &[("id", &both[0]), ("id", &both[1]), ("do", "tag"), ("tag", "spring tls")]).await;
    assert_eq!(browser.desk().case(&both[1]).unwrap().unwrap().tags, ["spring", "tls"]);
    assert_eq!(browser.desk().steps(10).unwrap().len(), 1);
    browser.done("/cases", &[("all", "yes"), ("view", "all"), ("do", "resolve")]).await;
    assert_eq!(browser.desk().steps(1).unwrap()[0].cases, 2);
    browser.desk().save(SavedKind::Macro, "sleep", "untag tls\npark 7d", "grace", 1).unwrap();
    browser.done("/cases", &[("id", &both[0]), ("do", "macro"), ("macro", "sleep")]).await;
    let now = browser.desk().case(&both[0]).unwrap().unwrap();
    assert_eq!((now.state, now.tags), (CaseState::Parked, vec!["spring".to_owned()]));
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_changes_nothing() {
    let browser = Browser::new();
    let case = id(HANGS);
    for (fields, status) in [
        (vec![("do", "take")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str())], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "dance")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "hand-over"), ("tier", "9")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "park"), ("until", "2001-01-01")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "park"), ("until", "soon")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "link"), ("other", "<script>")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", case.as_str()), ("do", "macro"), ("macro", "none")], StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("id", "m0123456789abcdef"), ("do", "take")], StatusCode::NOT_FOUND),
        (vec![("id", case.as_str()), ("id", "../etc"), ("do", "take")], StatusCode::NOT_FOUND),
    ] {
        let reply = browser.post("/cases", &fields).await;
        assert_eq!(reply.status, status, "{fields:?} {}", text_of(&reply.body));
    }
    assert!(browser.desk().cases().unwrap().is_empty());
}

#[tokio::test]
async fn a_view_is_kept_renamed_and_removed() {
    let browser = Browser::new();
    browser.done("/saved", &[("kind", "view"), ("name", "tls"), ("text", "is:waiting tag:tls")]).await;
    let page = text_of(&browser.get("/conversations?view=all&q=is%3Awaiting+tag%3Atls").await.body);
    assert!(page.contains("\ntls\n") && page.contains("Remove this tab"), "{page}");
    let again = browser.post("/saved", &[("kind", "view"), ("name", "tls"), ("text", "x")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let rename = [("kind", "view"), ("name", "secure"), ("was", "tls"), ("text", "is:waiting tag:tls")];
    browser.done("/saved", &rename).await;
    let kept = browser.desk().all_saved(SavedKind::View).unwrap();
    assert_eq!(kept.keys().collect::<Vec<_>>(), ["secure"]);
    browser.done("/saved/remove", &[("kind", "view"), ("name", "secure")]).await;
    assert!(browser.desk().all_saved(SavedKind::View).unwrap().is_empty());
    let wrong = browser.post("/saved", &[("kind", "macro"), ("name", "bad"), ("text", "dance")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_draft_is_shown_with_its_sources() {
    let browser = Browser::new();
    let path = format!("/conversations/{}/draft", id(HANGS));
    let page = text_of(&browser.get(&path).await.body);
    assert!(page.contains("Set `strict = false` for that one run."), "{page}");
    assert!(page.contains("the asker said that it worked") && page.contains("The program sends nothing"), "{page}");
    browser.desk().save(SavedKind::Canned, "logs", "Please add a log. {me} {link}", "grace", 1).unwrap();
    let page = text_of(&browser.get(&format!("{path}?canned=logs")).await.body);
    assert!(page.contains("Please add a log. local {link}"), "{page}");
    assert!(page.contains("Nothing is known for {link}."), "{page}");
    assert_eq!(browser.get(&format!("{path}?canned=nothing")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_correction_is_a_decision() {
    let browser = Browser::new();
    let case = id(HANGS);
    let page = text_of(&browser.get(&format!("/messages/{case}")).await.body);
    assert!(page.contains("asked tier") && page.contains("it says that it worked before"), "{page}");
    browser.done("/corrections", &[("id", &case), ("what", "asked"), ("value", "3"), ("note", "a defect")]).await;
    let decided = browser.desk().latest(Kind::AskedTier).unwrap();
    assert_eq!((decided[0].value.as_deref(), decided[0].who.as_str()), (Some("3"), "local"));
    browser.done("/corrections", &[("id", &case), ("what", "asked"), ("value", "auto")]).await;
    assert!(browser.desk().tiers(Kind::AskedTier).unwrap().is_empty());
    for (what, value) in [("asked", "7"), ("answers", "3"), ("mood", "3")] {
        let reply = browser.post("/corrections", &[("id", &case), ("what", what), ("value", value)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{what} {value}");
    }
}

#[tokio::test]
async fn whoever_was_asked_is_remembered() {
    let browser = Browser::new();
    let (case, person) = (id(REACTOR), super::made_up::person("Ada Okafor").id);
    browser.done("/cases/asked", &[("id", &case), ("person", &person)]).await;
    assert_eq!(browser.desk().asked_about(&case).unwrap().len(), 1);
    let unknown = browser.post("/cases/asked", &[("id", &case), ("person", "i0123456789abcdef")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_says_what_is_on_it() {
    let browser = Browser::new();
    let page = text_of(&browser.get("/conversations").await.body);
    for line in [
        "1–2 of 2 conversations; 4 more wait for longer than this view looks back",
        HANGS,
        "overdue by 2 days",
        "Noor van Dijk newcomer",
        "handed over",
        "with ada",
        "1 note",
        "spring",
        "handed over by ada",
    ] {
        assert!(page.lines().any(|other| other == line), "{line} in {page}");
    }
    let last = text_of(&browser.get("/conversations?view=mine&page=9").await.body);
    assert!(last.contains("There is nothing on this page."), "{last}");
    let written = browser.get("/conversations?view=open&q=lock&state=&tier=2&place=dev+list&tag=&has=").await;
    assert_eq!(written.headers["location"], "/conversations?view=open&q=lock+tier%3A2+in%3A%22dev+list%22");
    let csv = browser.get("/conversations.csv?view=all").await.body;
    assert!(csv.lines().count() == 3 && csv.contains(HANGS), "{csv}");
}

#[tokio::test]
async fn searching_marks_what_was_looked_for() {
    let browser = Browser::new();
    let page = browser.get("/search?q=backfill").await.body;
    assert!(page.contains("<mark>backfill</mark>") && page.contains("Ada Okafor"), "{page}");
    assert!(text_of(&browser.get("/search").await.body).contains("Words, phrases and filters"));
}
