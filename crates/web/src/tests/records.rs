//! Actions, announcements, events, stories and the channels of peers, as a browser keeps them.

use axum::http::StatusCode;
use desk::{Action, EventPlan, PeerChannel, Story};

use super::conversations::Browser;
use super::text_of;

#[tokio::test]
async fn an_action_is_written_down_changed_and_removed() {
    let browser = Browser::new();
    let page = text_of(&browser.get("/actions").await.body);
    assert!(page.contains("None yet. When a review ends with"), "{page}");
    let fields =
        [("what", "Answer the chat <b>on Fridays</b>"), ("about_kind", "tier"), ("about", "1"), ("who", "Ada")];
    let said = browser.done("/records/actions", &[&fields[..], &[("metric", "questions")]].concat()).await;
    assert!(said.contains("is%20kept"), "{said}");
    let page = browser.get("/actions").await.body;
    assert!(page.contains("&lt;b&gt;on Fridays") && page.contains("href=\"/metrics/questions\""), "{page}");
    let name = "answer-the-chat-b-on-fridays-b";
    let done = [("record", name), ("done", "2026-11-20"), ("outcome", "kept up")];
    browser.done("/records/actions", &[&fields[..], &done[..]].concat()).await;
    let all = browser.desk().records::<Action>().unwrap();
    assert_eq!(all[name].record.done.as_deref(), Some("2026-11-20"));
    for wrong in [&[("who", "Ada")][..], &[("what", "x"), ("due", "soon")], &[("what", "x"), ("about_kind", "moon")]] {
        let reply = browser.post("/records/actions", wrong).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    browser.done("/records/actions/remove", &[("record", name)]).await;
    assert!(browser.desk().records::<Action>().unwrap().is_empty());
    assert_eq!(browser.post("/records/moon", &[("what", "x")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_announcement_is_drafted_for_each_audience() {
    let browser = Browser::new();
    let text = "It starts **twice** as fast.\r\n\r\nThanks to everybody.";
    let fields = [("title", "Version 3 is out"), ("text", text), ("said", "2024-05-01 the list\r\n2024-05-02 chat")];
    browser.done("/records/announcements", &fields).await;
    let page = text_of(&browser.get("/announcements/version-3-is-out").await.body);
    for expected in
        ["Subject: [ANN] Version 3 is out", "It starts twice as fast.", "2024-05-01 the list", "Newcomers", "19"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(text_of(&browser.get("/announcements").await.body).contains("said in 2 places"));
    assert_eq!(browser.get("/announcements/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_event_is_planned() {
    let browser = Browser::new();
    let list = browser.get("/events").await.body;
    let id = list.split("href=\"/events/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let path = format!("/events/{id}");
    let page = browser.get(&path).await.body;
    assert!(page.contains(&format!("name=\"record\" value=\"{id}\"")) && page.contains("Plan for it"), "{page}");
    let plan =
        [("title", "The conference"), ("cfp", "2026-12-01"), ("budget", "travel of Ada: 300 of 400\nstickers: 120")];
    browser
        .done(
            "/records/events",
            &[&plan[..], &[("record", &id), ("gatherings", "2027-01-31 18:00-21:00 Dinner")]].concat(),
        )
        .await;
    let page = text_of(&browser.get(&path).await.body);
    for expected in ["300 spent of 520 planned", "2026-12-01", "Dinner", "Change the plan"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert_eq!(browser.desk().records::<EventPlan>().unwrap().len(), 1);
    let calendar = browser.get("/events.ics").await;
    assert_eq!(calendar.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(calendar.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", calendar.body);
    assert_eq!(browser.get("/events/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_story_is_published_with_consent_only() {
    let browser = Browser::new();
    let page = text_of(&browser.get("/stories").await.body);
    assert!(page.contains("Follow it"), "{page}");
    let story = [("title", "Forty stations"), ("state", "published"), ("record", "m0011223344556677aabb")];
    let refused = browser.post("/records/stories", &story).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&refused.body).contains("with its teller's consent"));
    browser.done("/records/stories", &[&story[..], &[("consent", "yes")]].concat()).await;
    assert!(browser.desk().records::<Story>().unwrap()["m0011223344556677aabb"].record.consent);
    assert!(text_of(&browser.get("/stories").await.body).contains("On their way"));
}

#[tokio::test]
async fn the_directory_of_peers_is_the_team_s_to_change() {
    let browser = Browser::new();
    let page = text_of(&browser.get("/channels/peers").await.body);
    assert!(page.contains("Every third project has chat; we do not") && page.contains("Heron"), "{page}");
    let own =
        [("project", "Ibis"), ("channel", "#ibis"), ("kind", "irc"), ("access", "open"), ("looked", "2026-11-01")];
    browser.done("/records/peers", &own).await;
    assert_eq!(browser.desk().records::<PeerChannel>().unwrap()["ibis"].record.kind, "irc");
    let sheet = browser.get("/channels/peers.csv").await.body;
    assert!(sheet.lines().count() == 4 && sheet.contains("Heron"), "{sheet}");
}
