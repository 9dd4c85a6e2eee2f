//! Searching: words, phrases and filters; pages; who is called so.

use insight::Page;
use insight::query::Query;
use insight::views::SearchView;

use crate::village::{NOW, Open, Village, ago, message};

const TRACE: &str = "It fails:\n\nTraceback (most recent call last):\n  File \"app.py\", line 3, in run\n    \
                     listen(8080)\nOSError: [Errno 98] Address already in use";

fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("mo", "Mo Li"), ("eve", "Eve"), ("kim", "Kim Park")] {
        village.person(key, Some(name), &[]);
    }
    let said = [("mo", ago(40), "How do I stop the reactor?"), ("kim", ago(39), "Call reactor.stop()")];
    village.conversation("stop", "Stopping cleanly", &said, &[("state", "resolved".into()), ("asked_tier", 1.into())]);
    village.conversation("listen", "Cannot listen", &[("eve", ago(9), TRACE)], &[("asked_tier", 3.into())]);
    village.conversation("tls", "Certificates", &[("mo", ago(5), "The reactor wants https://a.example/ca now")], &[]);
    village.conversation(
        "chat",
        "Lunch",
        &[("kim", ago(3), "Who comes to lunch?"), ("eve", ago(2), "京都で I do")],
        &[("is_question", false.into()), ("state", "not_question".into()), ("topics", vec!["food".to_owned()].into())],
    );
    let cells = [("event_id", "e1".into()), ("title", "Reactor meeting".into()), ("starts", ago(-9).into())];
    village.row("events", &cells);
    village
}

fn search(community: &Open, query: &str, page: Page) -> SearchView {
    community.search(&Query::parse(query, NOW, None), page).expect("answers")
}

/// The conversations found, in the order of their keys.
#[track_caller]
fn check(community: &Open, query: &str, expected: &[&str]) {
    let mut found: Vec<String> =
        search(community, query, Page::default()).found.into_iter().map(|found| found.conversation.id).collect();
    let mut expected: Vec<String> = expected.iter().map(|key| message(key)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn words_phrases_and_filters() {
    let community = village().open().expect("opens");
    for (query, expected) in [
        ("stop", &["stop"][..]),
        ("reactor", &["stop", "tls"]),
        ("reactor -stop", &["tls"]),
        ("\"stop the reactor\"", &["stop"]),
        ("\"reactor the stop\"", &[]),
        ("\"OSError Errno 98: address already\"", &["listen"]),
        ("京都", &["chat"]),
        ("reactor from:kim", &["stop"]),
        ("reactor from:\"mo li\"", &["stop", "tls"]),
        ("reactor from:kim@example.org", &["stop"]),
        ("reactor from:zoe", &[]),
        ("reactor -from:mo", &["stop"]),
        ("reactor after:10d", &["tls"]),
        ("reactor before:10d", &["stop"]),
        ("reactor in:list/dev-list", &["stop", "tls"]),
        ("reactor in:elsewhere", &[]),
        ("reactor is:resolved", &["stop"]),
        ("reactor -is:resolved", &["tls"]),
        ("is:waiting", &["listen", "tls"]),
        ("tier:1", &["stop"]),
        ("tier:1-3 is:unanswered", &["listen"]),
        ("has:trace", &["listen"]),
        ("has:link from:mo", &["tls"]),
        ("tag:food", &["chat"]),
        ("zebra", &[]),
        ("", &[]),
        ("is:everything", &[]),
    ] {
        check(&community, query, expected);
    }
}

#[test]
fn a_found_conversation_says_where() {
    let community = village().open().expect("opens");
    let view = search(&community, "errno address", Page::default());
    let found = &view.found[0];
    assert_eq!((found.conversation.title.as_str(), found.tier, found.by), ("Cannot listen", Some(3), "words"));
    assert_eq!((found.message.as_str(), found.time), (message("listen").as_str(), Some(ago(9))));
    let marked: Vec<&str> =
        found.excerpt.iter().filter(|stretch| stretch.marked).map(|stretch| stretch.text.as_str()).collect();
    assert_eq!(marked, ["Errno", "Address"]);
    assert_eq!(view.messages_with_all, Some(1));
}

#[test]
fn people_and_events_are_found_by_name() {
    let community = village().open().expect("opens");
    let names = |query| search(&community, query, Page::default()).people.into_iter().map(|person| person.name);
    assert_eq!(names("kim").collect::<Vec<_>>(), ["Kim Park"]);
    assert_eq!(names("li mo").collect::<Vec<_>>(), ["Mo Li"]);
    assert_eq!(names("kim@example.org").count(), 0, "an address is nothing to be found by");
    assert_eq!(search(&community, "reactor", Page::default()).events[0].title, "Reactor meeting");
}

#[test]
fn pages_follow_each_other() {
    let mut village = village();
    for number in 0..300 {
        let body = format!("reactor {}", "again ".repeat(number % 5));
        village.conversation(&format!("more{number}"), "More", &[("eve", ago(20), &body)], &[]);
    }
    let community = village.open().expect("opens");
    for query in ["reactor", "reactor again zebra", "is:waiting"] {
        let whole: Vec<_> = search(&community, query, Page { offset: 0, limit: 1_000 }).found;
        assert!(whole.len() > 290, "{query}");
        let mut pages = Vec::new();
        for offset in (0..).step_by(70) {
            let page = search(&community, query, Page { offset, limit: 70 });
            pages.extend(page.found);
            if !page.more {
                break;
            }
        }
        assert_eq!(pages, whole, "{query}");
    }
    assert!(search(&community, "reactor", Page { offset: usize::MAX, limit: usize::MAX }).found.is_empty());
}

#[test]
fn what_cannot_be_looked_for_is_said() {
    let community = village().open().expect("opens");
    for query in ["", "the what and", "is:fun", "before:whenever stop"] {
        assert!(!search(&community, query, Page::default()).notes.is_empty(), "{query}");
    }
    let long = "reactor \"stop ".repeat(100_000);
    assert!(!search(&community, &long, Page::default()).notes.is_empty());
    for query in ["\u{0}\u{202e}", "\"((AND OR NOT)) +-*:^~[", "’'’'’_._.::::", "-- -\" \""] {
        search(&community, query, Page::default());
    }
}
