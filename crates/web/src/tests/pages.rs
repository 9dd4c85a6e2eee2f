//! What is on the pages, and that their twins say the same.

use axum::http::StatusCode;
use insight::views::{Answer, ConversationPage, PersonPage, Today, Waiting};
use serde::Serialize;

use super::made_up::{MadeUp, community, conversation, empty, person};
use super::{get, text_of};
use crate::Answers;

/// Where a conversation of the made-up community is.
fn path_of(title: &str) -> String {
    format!("/conversations/{}", conversation(title, "").id)
}

const HANGS: &str = "Backfill hangs at 99 % after upgrading to 1.9";
const REACTOR: &str = "how do I stop the reactor cleanly?";

#[tokio::test]
async fn today() {
    let reply = get(community(), "/").await;
    assert_eq!(reply.status, StatusCode::OK);
    insta::assert_snapshot!(text_of(&reply.body), @"");
}

#[tokio::test]
async fn today_before_anything_was_collected() {
    insta::assert_snapshot!(text_of(&get(empty(), "/").await.body), @"");
}

#[tokio::test]
async fn a_conversation_on_a_list() {
    insta::assert_snapshot!(text_of(&get(community(), &path_of(HANGS)).await.body), @"");
}

#[tokio::test]
async fn a_conversation_in_a_chat() {
    let page = get(community(), &path_of(REACTOR)).await.body;
    assert!(page.contains("class=\"messages card chat\""));
    assert_eq!(page.matches("class=\"message goes-on\"").count(), 2);
    assert!(text_of(&page).contains("10 Jun, 06:31"));
}

#[tokio::test]
async fn a_person() {
    let page = get(community(), &format!("/people/{}", person("Ada Okafor").id)).await.body;
    insta::assert_snapshot!(text_of(&page), @"");
}

#[tokio::test]
async fn a_question() {
    let text = text_of(&get(community(), "/ask?q=backfill%20%3Cstuck%3E").await.body);
    assert!(text.contains("You asked\n# backfill <stuck>"), "{text}");
    assert!(text.contains("Answer: The segment that crosses the change is an hour short"), "{text}");
    let text = text_of(&get(community(), "/ask?q=unheard+of").await.body);
    assert!(text.contains("No conversation is about this yet."), "{text}");
    let text = text_of(&get(community(), "/ask").await.body);
    assert!(text.contains("Describe a problem in the box above"), "{text}");
    let long = get(community(), &format!("/ask?q={}", "ä".repeat(9000))).await;
    assert_eq!(long.status, StatusCode::OK);
    assert!(long.body.contains(&format!("value=\"{}\"", "ä".repeat(1000))));
}

#[tokio::test]
async fn the_desk_of_one_place() {
    let all = get(community(), "/desk").await.body;
    assert!(all.contains(HANGS) && all.contains(REACTOR));
    assert!(all.contains("href=\"/desk?source=chat&amp;channel=%23tidepool\""));
    let some = get(community(), "/desk?source=chat&channel=%23tidepool&days=3").await.body;
    assert!(!some.contains(HANGS) && some.contains(REACTOR));
    assert!(text_of(&some).contains("Those who wait in chat / #tidepool, the oldest promise first."));
    assert_eq!(get(community(), "/desk?days=soon").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn twins_carry_the_views() {
    async fn check<V: Serialize>(path: &str, view: V) {
        let reply = get(community(), path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(reply.headers["content-type"], "application/json");
        assert_eq!(reply.body, serde_json::to_string(&view).unwrap(), "{path}");
    }
    let expected = community();
    let today: Today = expected.today().unwrap();
    check("/today.json", today).await;
    let waiting: Vec<Waiting> = expected.waiting(200, &Default::default()).unwrap();
    check("/desk.json", waiting).await;
    let answer: Answer = expected.ask("backfill").unwrap();
    check("/ask.json?q=backfill", answer).await;
    let page: &ConversationPage = &expected.conversations[0];
    check(&format!("/conversations/{}.json", page.conversation.id), page).await;
    let page: &PersonPage = &expected.people[0];
    check(&format!("/people/{}.json", page.person.id), page).await;
}

#[tokio::test]
async fn every_link_to_a_page_leads_there() {
    for path in ["/", "/desk", "/ask?q=backfill", &path_of(HANGS), &path_of(REACTOR)] {
        let page = get(community(), path).await.body;
        for link in page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            // The made-up community has but few whole conversations and people.
            let known = !link.starts_with("conversations/") && !link.starts_with("people/");
            let expected = if known { StatusCode::OK } else { get(community(), &format!("/{link}")).await.status };
            let status = get(community(), &format!("/{}", link.replace("&amp;", "&"))).await.status;
            assert_eq!(status, expected, "{link} on {path}");
        }
    }
}

#[tokio::test]
async fn every_page_says_what_it_is_made_of() {
    let paths = ["/", "/desk", "/ask", "/nowhere", &path_of(HANGS), "/people/nobody"];
    for path in paths {
        let archive = || {
            let mut archive = community();
            archive.today.as_of_data = true;
            archive
        };
        assert!(get(archive(), path).await.body.contains("This is a simulated demonstration community"), "{path}");
        assert!(get(archive(), path).await.body.contains("is the time of its newest message"), "{path}");
        let page = get(empty(), path).await.body;
        assert!(!page.contains("simulated") && !page.contains("newest message:"), "{path}");
    }
}

#[tokio::test]
async fn at_least_so_many_are_late() {
    let mut late = community();
    late.today.waiting.truncate(2);
    let text = text_of(&get(late, "/").await.body);
    assert!(text.contains("23 conversations wait for an answer, at least 2 past the promise"), "{text}");
    let one = || {
        let mut one = community();
        one.today.waiting.drain(..3);
        one.today.waiting.truncate(1);
        one.today.waiting_total = 1;
        one
    };
    assert!(text_of(&get(one(), "/").await.body).contains("1 conversation waits for an answer."));
}

#[tokio::test]
async fn times_that_cannot_be_do_no_harm() {
    for time in [i64::MIN, i64::MAX] {
        let mut odd: MadeUp = community();
        odd.today.waiting.iter_mut().for_each(|case| (case.since, case.due) = (time, time));
        odd.today.newcomers.iter_mut().for_each(|newcomer| newcomer.first_seen = time);
        odd.today.as_of = time.saturating_neg();
        assert_eq!(get(odd, "/").await.status, StatusCode::OK);
    }
}
