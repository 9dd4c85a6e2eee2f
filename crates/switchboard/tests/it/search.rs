//! Searching, as somebody does in a terminal.

use crate::common::Place;

fn titles(found: &serde_json::Value) -> Vec<&str> {
    let found = found["found"].as_array().map(Vec::as_slice).unwrap_or_default();
    found.iter().filter_map(|found| found["conversation"]["title"].as_str()).collect()
}

#[test]
fn what_was_synced_is_found() {
    let place = Place::with_list();
    place.w(&["sync"]);
    assert_eq!(titles(&place.json(&["search", "\"stop the reactor cleanly\""])), ["Stopping the reactor"]);
    assert_eq!(titles(&place.json(&["search", "stop the reactor", "cleanly"])), ["Stopping the reactor"]);
    assert_eq!(titles(&place.json(&["search", "reactor is:waiting"])), ["Reactor does not stop"]);
    assert_eq!(titles(&place.json(&["search", "reactor from:bob"])), ["Stopping the reactor"]);
    assert_eq!(titles(&place.json(&["search", "reactor", "--limit", "1", "--offset", "1"])).len(), 1);
    let people = place.json(&["search", "ada"]);
    assert_eq!(people["people"][0]["name"], "ada Example");
    let shown = place.w(&["search", "--words", "handler"]);
    assert!(shown.contains("Call reactor.stop() in the handler."), "{shown}");
}

#[test]
fn what_was_not_found_says_what_to_try() {
    let place = Place::with_list();
    place.w(&["sync"]);
    let search = |query: &str| place.run(&["-C", "w", "search", query]);
    assert!(search("zebra").fails(1).contains("try fewer or other words"));
    assert!(search("zebra is:waiting").fails(1).contains("try without a filter"));
    assert!(search("\"reactor zebra\"").fails(1).contains("try the words without quotes"));
    assert!(search("the \"unclosed zebra").fails(1).contains("a quote is not closed"));
    assert!(search("is:great").fails(1).contains("it can be waiting, unanswered"));
    assert!(search(" ").fails(2).contains("the query is empty"));
}
