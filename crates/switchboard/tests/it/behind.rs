//! The people behind the numbers of the demonstration, held against the truth of its maker: who is there is found and
//! named, and what is not there is not claimed.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::common::Place;

/// What really happened.
struct Truth {
    people: Vec<Value>,
    conversations: Vec<Value>,
}

impl Truth {
    fn read(place: &Place) -> Truth {
        let lines = |name: &str| {
            let text =
                std::fs::read_to_string(place.path().join("w/data/truth").join(name)).expect("a file of the truth");
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
        };
        Truth { people: lines("people.jsonl"), conversations: lines("conversations.jsonl") }
    }

    /// Everybody who goes by a name somewhere.
    fn called(&self, name: &str) -> Vec<&Value> {
        let is = |person: &&Value| list(&person["identities"]).iter().any(|identity| identity["name"] == name);
        self.people.iter().filter(is).collect()
    }

    /// What became of them.
    fn fates(&self, name: &str) -> Vec<&str> {
        self.called(name).into_iter().filter_map(|person| person["fate"].as_str()).collect()
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn name(one: &Value) -> &str {
    one["person"]["name"].as_str().expect("a name")
}

#[test]
fn the_people_behind_the_numbers_of_the_demonstration() {
    let place = Place::new();
    place.run(&["--quiet", "demo", "--folder", "w", "--no-serve"]).ok();
    let truth = Truth::read(&place);

    // The hero, under whatever name they go: and whoever else is named does carry much.
    let care = place.json(&["people", "care"]);
    let heavy: Vec<&str> = list(&care["heavy"]).iter().map(name).collect();
    assert!(heavy.first().is_some_and(|name| truth.fates(name).contains(&"hero")), "{heavy:?}");
    for name in heavy {
        assert!(truth.fates(name).iter().any(|fate| matches!(*fate, "hero" | "core")), "{name} carries nothing");
    }

    // Newcomers whom nobody answered.
    let firsts = place.json(&["people", "firsts", "--limit", "200"]);
    let alone: Vec<&str> = list(&firsts["people"]).iter().filter(|one| one["unanswered"] == true).map(name).collect();
    assert!(!alone.is_empty(), "some wait for a first answer");
    for name in alone {
        let ids: Vec<&Value> = truth.called(name).into_iter().map(|person| &person["person"]).collect();
        let waits =
            |one: &&Value| one["state"] == "waiting" && one.get("answered_by").is_none() && ids.contains(&&one["by"]);
        assert!(truth.conversations.iter().any(|one| waits(&one)), "{name} was answered");
    }

    // Who answers in one place only: nobody of them is anywhere else.
    let approach = place.json(&["people", "approach"]);
    let unasked: Vec<&Value> =
        list(&approach["people"]).iter().filter(|one| one["reason"] == "answers_unasked").collect();
    assert!(!unasked.is_empty(), "some answer in one place only");
    for one in unasked {
        let only = |person: &&Value| {
            let sources: BTreeSet<&str> =
                list(&person["identities"]).iter().filter_map(|identity| identity["source"].as_str()).collect();
            sources.len() == 1
        };
        assert!(truth.called(name(one)).iter().any(only), "{} is elsewhere too", name(one));
    }

    // A first answer brings people back, and the levels say so.
    let levels = place.json(&["people", "levels"]);
    let note = levels["steps"][0]["note"].as_str().unwrap_or_default().to_owned();
    assert!(note.contains("whose first question nobody answered"), "{note}");
    assert!(list(&levels["quarters"]).len() >= 8);

    // The proposals of the made-up community are discussions, and some who take part were in none.
    let unheard = place.json(&["people", "unheard"]);
    assert!(unheard["discussions"].as_u64() > Some(5) && !list(&unheard["never"]).is_empty());
}
