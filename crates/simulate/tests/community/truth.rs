//! The truth speaks only of what exists, and of all of it.

use std::collections::{BTreeMap, BTreeSet};

use super::demo;

#[test]
fn every_message_is_in_the_truth_once() {
    let mut told = BTreeSet::new();
    for conversation in demo().truth("conversations.jsonl") {
        let place = conversation["source"].as_str().expect("a place").to_owned();
        let messages = conversation["messages"].as_array().expect("messages");
        assert_eq!(conversation["id"], messages[0]["id"]);
        let mut ids = BTreeSet::new();
        for (at, message) in messages.iter().enumerate() {
            let id = message["id"].as_str().expect("an id");
            ids.insert(id);
            assert!(told.insert(format!("{place} {id}")), "{id} twice");
            assert!(message["to"].as_u64().is_none_or(|to| (to as usize) < at));
        }
        for name in ["solved_by", "accepted"] {
            assert!(conversation[name].as_str().is_none_or(|id| ids.contains(id)), "{name}");
        }
    }
    let exist = demo().native_ids();
    let missing: Vec<_> = exist.difference(&told).take(3).collect();
    let invented: Vec<_> = told.difference(&exist).take(3).collect();
    assert!(missing.is_empty() && invented.is_empty(), "not told: {missing:?}, do not exist: {invented:?}");
}

#[test]
fn people_have_the_identities_that_are_seen() {
    let mut owners = BTreeMap::new();
    for person in demo().truth("people.jsonl") {
        for identity in person["identities"].as_array().expect("identities") {
            let name = format!(
                "{} {}",
                identity["source"].as_str().expect("a source"),
                identity["value"].as_str().expect("a value")
            );
            let before = owners.insert(name.clone(), person["person"].clone());
            assert!(before.is_none(), "two people share an identity");
        }
    }
    for text in demo().texts("list").values() {
        for line in text.lines().filter(|line| line.starts_with("From: ")) {
            let mail = line.rsplit('<').next().and_then(|mail| mail.strip_suffix('>')).expect("an address");
            let domain = mail.rsplit('@').next().expect("a domain");
            assert!(domain.ends_with(".example") || ["example.org", "example.com"].contains(&domain));
            assert!(owners.contains_key(&format!("list {mail}")), "an address of nobody");
        }
    }
    for text in demo().texts("chat").values() {
        for line in text.lines().filter(|line| line.starts_with('[')) {
            let nick = line.split(['<', '>']).nth(1).expect("a nick");
            assert!(owners.contains_key(&format!("chat {nick}")), "a nick of nobody");
        }
    }
    for user in super::formats::rows(demo(), "Users.xml") {
        assert!(user["Id"] == "-1" || owners.contains_key(&format!("forum {}", user["Id"])));
    }
}

#[test]
fn topics_group_the_questions() {
    let conversations = demo().truth("conversations.jsonl");
    let questions = conversations.iter().filter(|one| one["opening"] == "question").count();
    let grouped: usize =
        demo().truth("topics.jsonl").iter().map(|topic| topic["conversations"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(grouped, questions);
    assert_eq!(demo().truth("events.jsonl").iter().filter(|event| event["event"] == "conference").count(), 4);
}
