//! What is on the pages, and that their twins say the same.

use axum::http::StatusCode;
use insight::views::{Answer, ConversationPage, PersonPage, Today, Waiting};
use model::Id;
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
    let mut community = community();
    community.today.waiting.truncate(4);
    let reply = get(community, "/").await;
    assert_eq!(reply.status, StatusCode::OK);
    insta::assert_snapshot!(text_of(&reply.body), @"
    Skip to the content
    Switchboard Tidepool
    Ask what the community knows
    Ask
    Today
    Desk
    Simulated. This is a simulated demonstration community: its people, messages and figures are made up by a program, and nobody in it is real.
    # Today
    23 conversations wait for an answer, 2 past the promise of a first response.
    ## Waiting for an answer
    Backfill hangs at 99 % after upgrading to 1.9
    overdue by 2 days
    Noor van Dijk newcomer
    dev-list
    waiting for 4 days
    tier 2: in-depth help
    2 messages
    Since the upgrade from 1.8.4 the nightly backfill stays at 99 % until I kill it. The log only says “waiting for 1 segment”. Is there a way to see which segment that is, or to skip it?
    ▸ Could help:
    Ada Okafor
    Bao Trần
    Chiara Rossi and 1 more
    why?
    Ada Okafor
    answered 6 similar questions, 4 accepted; last 3 days ago
    knows the topic backfill
    Backfill stops at the daylight saving change
    Import skips the first hour of the day
    Bao Trần
    wrote 31 commits to src/backfill; last in May 2024
    Backfill is slow on spinning disks
    Chiara Rossi
    answered 2 similar questions, 1 thanked; last in March 2024
    Дмитрий Орлов
    answered 1 similar question; last in 2022
    how do I stop the reactor cleanly?
    overdue by 3 hours
    fennec
    chat / #tidepool
    waiting for 2 days
    how do I stop the reactor cleanly? ctrl-c leaves the lock file behind every second time
    ▸ Could help:
    Chiara Rossi
    why?
    Chiara Rossi
    answered 2 similar questions, 1 thanked; last in March 2024
    TypeError: unsupported operand type(s) for +: 'NoneType' and 'datetime.timedelta' when a series has no first point
    due in 6 hours
    Ingrid Solberg newcomer
    qa
    waiting for 42 hours
    I get this traceback for one series out of four thousand, and only when it is new. Minimal example below. Python 3.12, tidepool 1.9.1.
    ▸ Could help:
    Ada Okafor
    Bao Trần
    why?
    Ada Okafor
    answered 6 similar questions, 4 accepted; last 3 days ago
    knows the topic backfill
    Backfill stops at the daylight saving change
    Import skips the first hour of the day
    Bao Trần
    wrote 31 commits to src/backfill; last in May 2024
    Backfill is slow on spinning disks
    איך מגדירים אזור זמן לכל חיישן?
    due in 43 hours
    somebody
    qa
    waiting for 5 hours
    יש לי חיישנים בשלושה אזורי זמן שונים, ו־tidepool מציג את כולם לפי UTC.
    Nobody who is still here has answered anything like it.
    See the others on the desk
    Not listed: 4 conversations that nobody has answered for longer than the desk looks back, or since nobody knows when.
    ## To thank
    Ada Okafor
    answered 9 questions in the last seven days, 4 of them accepted
    ▸ 2 conversations
    Backfill stops at the daylight saving change
    Which storage engine for small sensors?
    Bao Trần
    reviewed 6 changes by people who had never contributed before
    ## Newly arrived
    Ingrid Solberg no reply yet
    42 hours ago: asked “TypeError: unsupported operand …” on qa
    Noor van Dijk no reply yet
    4 days ago: asked “Backfill hangs at 99 % …” on dev-list
    玲奈
    6 days ago: committed to code
    ## Busiest this week
    Release candidate 2.0-rc1: please test
    41 messages 17 people dev-list latest 20 minutes ago
    good morning, the build bot is red again
    33 messages 6 people chat / #tidepool latest 2 hours ago
    Which storage engine for small sensors?
    12 messages 9 people qa latest 26 hours ago
    ## Sources
    SourceMessagesActivitiesLatestProblems
    chat
    48,213
    12,940
    4 minutes ago
    0
    code
    0
    9,377
    3 hours ago
    0
    dev-list
    21,806
    0
    38 minutes ago
    17
    qa
    7,412
    15,020
    2 months ago quiet
    2
    Problems are input that could not be read whole; its good neighbours were kept. switchboard problems lists them with file and place.
    As of Wed 12 Jun 2024, 09:30 UTC. This page as JSON Its table as CSV
    Keys: / ask, j k next and previous, ? all.
    ");
}

#[tokio::test]
async fn today_before_anything_was_collected() {
    insta::assert_snapshot!(text_of(&get(empty(), "/").await.body), @"
    Skip to the content
    Switchboard this community
    Ask what the community knows
    Ask
    Today
    Desk
    # Today
    Nobody waits for an answer in this community.
    ## Waiting for an answer
    Nothing has been collected yet.
    Add a place where your community talks and collect from it:
    switchboard add mbox dev-list --path PATH
    switchboard sync
    switchboard sources lists every kind of place.
    ## To thank
    Nobody stands out this week. People appear here after helping others: answers that were accepted or thanked.
    ## Newly arrived
    Nobody new lately. People appear here when they are seen for the first time; a quick, kind reply is what makes them stay.
    ## Busiest this week
    No conversation had much going on in the last seven days.
    ## Sources
    None yet. switchboard sources lists every kind, with an example configuration.
    As of Wed 12 Jun 2024, 09:30 UTC. This page as JSON Its table as CSV
    Keys: / ask, j k next and previous, ? all.
    ");
}

#[tokio::test]
async fn a_conversation_on_a_list() {
    insta::assert_snapshot!(text_of(&get(community(), &path_of(HANGS)).await.body), @"
    Skip to the content
    Switchboard Tidepool
    Ask what the community knows
    Ask
    Today
    Desk
    Simulated. This is a simulated demonstration community: its people, messages and figures are made up by a program, and nobody in it is real.
    dev-list
    # Backfill hangs at 99 % after upgrading to 1.9
    resolved an answer was accepted opened 4 days ago first response after 2 days
    3 messages asks for tier 2: in-depth help took tier 1: basic help
    backfill upgrade
    ## Messages
    Noor van Dijk
    4 days ago
    Hello everybody,
    since the upgrade from 1.8.4 the nightly backfill stays at 99 % until I kill it:
    $ tidepool backfill --since yesterday
    [ 97 %] segment 00411
    [ 99 %] waiting for 1 segment
    Is there a way to see which segment that is, or to skip it? I found https://tidepool.example/docs/backfill#stuck (from 2019) but the flag it names is gone.
    Thank you!
    Noor
    ▸ Signature: Noor van Dijk
    --
    Noor van Dijk
    Waterschap Noord, sensor team
    backfill.log
    tidepool.toml
    Seen in dev-list/dev-list, archive/dev
    Ada Okafor accepted answer
    2 days ago original
    ▸ Quote: Is there a way to see which segment that is, or to skip it?
    On Saturday Noor van Dijk wrote:
    > Is there a way to see which segment that is, or to skip it?
    Both. `tidepool segments --open` names it, and this skips it for one run:
    [backfill]
    strict = false # back to true afterwards
    It is the hour that the clocks went forward: the segment is an hour short, so the counter never gets to its total.
    Noor van Dijk asker
    about 47 hours ago
    That was it, thank you so much!
    ## About the same
    Backfill stops at the daylight saving change
    resolved dev-list opened 7 months ago
    Answer: The segment that crosses the change is an hour short, so the counter never reaches its total. Set `strict = false` for that one run; 1.9.2 will do it by itself.
    Import skips the first hour of the day
    answered dev-list opened 3 years ago
    Answer: Have you looked at the time zone of the importer? It is not the server's.
    Backfill is slow on spinning disks
    waiting dev-list opened 4 weeks ago
    As of Wed 12 Jun 2024, 09:30 UTC. This page as JSON
    Keys: / ask, j k next and previous, ? all.
    ");
}

#[tokio::test]
async fn a_conversation_in_a_chat() {
    let page = get(community(), &path_of(REACTOR)).await.body;
    assert!(page.contains("class=\"messages card chat\""));
    assert_eq!(page.matches("class=\"message goes-on\"").count(), 2);
    assert!(text_of(&page).contains("10 Jun 2024, 06:31"));
}

#[tokio::test]
async fn a_person() {
    let page = get(community(), &format!("/people/{}", person("Ada Okafor").id)).await.body;
    insta::assert_snapshot!(text_of(&page), @"
    Skip to the content
    Switchboard Tidepool
    Ask what the community knows
    Ask
    Today
    Desk
    Simulated. This is a simulated demonstration community: its people, messages and figures are made up by a program, and nobody in it is real.
    # Ada Okafor
    here since 20 November 2020 last seen 3 hours ago
    Messages2,318
    Activities1,044
    Questions asked12
    Questions helped with611
    Thanked or accepted240
    ## Latest conversations
    Backfill hangs at 99 % after upgrading to 1.9
    dev-list 2 days ago
    Which storage engine for small sensors?
    qa 3 days ago
    Release candidate 2.0-rc1: please test
    dev-list 5 days ago
    ## Knows
    backfill tag
    answered 88 questions on it, 41 thanked; last 3 days ago
    segment word
    answered 35 questions on it, 12 thanked; last in May 2024
    dev-list channel
    answered 402 questions there, 150 thanked; last 2 days ago
    ## Identities
    code email
    as Ada Okafor; joined by the same address
    dev-list email
    as Ada Okafor
    qa account
    as ada_o; joined by the same address
    As of Wed 12 Jun 2024, 09:30 UTC. This page as JSON
    Keys: / ask, j k next and previous, ? all.
    ");
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
            // Of whole conversations and people the made-up community has but few.
            match link.split_once('/') {
                Some(("conversations" | "people", name)) => {
                    assert!(Id::parse(name.trim_end_matches(".json")).is_some(), "{link} on {path}");
                }
                _ => {
                    let status = get(community(), &format!("/{}", link.replace("&amp;", "&"))).await.status;
                    assert_eq!(status, StatusCode::OK, "{link} on {path}");
                }
            }
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
        assert!(get(archive(), path).await.body.contains("is when something was done in it last"), "{path}");
        let page = get(empty(), path).await.body;
        assert!(!page.contains("simulated") && !page.contains("done in it last"), "{path}");
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
