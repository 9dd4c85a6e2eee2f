//! The people behind the numbers of the demonstration, held against the truth of its maker: who is there is found and
//! named, and what is not there is not claimed.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::common::Place;

/// What really happened.
struct Truth {
    people: Vec<Value>,
    conversations: Vec<Value>,
    events: Vec<Value>,
}

impl Truth {
    fn read(place: &Place) -> Truth {
        let lines = |name: &str| {
            let text =
                std::fs::read_to_string(place.path().join("w/data/truth").join(name)).expect("a file of the truth");
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
        };
        Truth {
            people: lines("people.jsonl"),
            conversations: lines("conversations.jsonl"),
            events: lines("events.jsonl"),
        }
    }

    /// Everybody who goes by a name somewhere.
    fn called(&self, name: &str) -> Vec<&Value> {
        let is = |person: &&Value| list(&person["identities"]).iter().any(|identity| identity["name"] == name);
        self.people.iter().filter(is).collect()
    }

    /// First and last day of an event of a kind, the last of them.
    fn event(&self, kind: &str) -> (&str, &str) {
        let event = self.events.iter().rfind(|event| event["event"] == kind).expect("it is planted");
        (event["first_day"].as_str().expect("a day"), event["last_day"].as_str().expect("a day"))
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
    let was_answered = |name: &&&str| {
        let ids: Vec<&Value> = truth.called(name).into_iter().map(|person| &person["person"]).collect();
        let waits =
            |one: &Value| one["state"] == "waiting" && one.get("answered_by").is_none() && ids.contains(&&one["by"]);
        !truth.conversations.iter().any(waits)
    };
    // An answer in the chat that names nobody is not always seen to be one.
    let wrong: Vec<&&str> = alone.iter().filter(was_answered).collect();
    assert!(wrong.len() * 10 <= alone.len(), "of {} these were answered: {wrong:?}", alone.len());

    // Who answers in one place only: nobody of them goes by the same name anywhere else, but for those of whom it is said
    // that they may be. Whoever has another name elsewhere cannot be known.
    let approach = place.json(&["people", "approach"]);
    let unasked: Vec<&Value> =
        list(&approach["people"]).iter().filter(|one| one["reason"] == "answers_unasked").collect();
    assert!(!unasked.is_empty(), "some answer in one place only");
    let is_unsure =
        |one: &&&Value| list(&one["why"]).iter().any(|why| why.as_str().is_some_and(|why| why.contains("may be")));
    for one in unasked.iter().filter(|one| !is_unsure(one)) {
        let same = |identity: &&Value| identity["name"] == name(one);
        let only = |person: &&Value| {
            let sources: BTreeSet<&str> = list(&person["identities"])
                .iter()
                .filter(same)
                .filter_map(|identity| identity["source"].as_str())
                .collect();
            sources.len() == 1
        };
        assert!(truth.called(name(one)).iter().any(only), "{} is elsewhere too", name(one));
    }

    // The three who answer without being asked and are in one place only are all among them.
    let outsiders: BTreeSet<&str> = truth
        .people
        .iter()
        .filter(|person| person["fate"] == "outsider")
        .filter_map(|person| person["name"].as_str())
        .collect();
    let named: BTreeSet<&str> = unasked.iter().map(|one| name(one)).collect();
    assert!(outsiders.len() == 3 && outsiders.is_subset(&named), "{outsiders:?} of {named:?}");

    blips(&place, &truth);
    namesakes(&place, &truth);

    // A first answer brings people back, and the levels say so.
    let levels = place.json(&["people", "levels"]);
    let note = levels["steps"][0]["note"].as_str().unwrap_or_default().to_owned();
    assert!(note.contains("whose first question nobody answered"), "{note}");
    assert!(list(&levels["quarters"]).len() >= 8);

    // The proposals of the made-up community are discussions, and some who take part were in none.
    let unheard = place.json(&["people", "unheard"]);
    assert!(unheard["discussions"].as_u64() > Some(5) && !list(&unheard["never"]).is_empty());
}

/// The day of an instant in microseconds.
fn day(value: &Value) -> String {
    let at = jiff::Timestamp::from_microsecond(value.as_i64().expect("an instant")).expect("possible");
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Blips of a metric in the demonstration: the one that a day lies in, and all the others.
fn blip_at(place: &Place, metric: &str, at: &str) -> (Value, Vec<Value>) {
    let found = place.json(&["blips", metric]);
    let is_it = |one: &Value| (day(&one["blip"]["from"])..day(&one["blip"]["until"])).contains(&at.to_owned());
    let (mut here, others): (Vec<Value>, Vec<Value>) = list(&found).iter().cloned().partition(is_it);
    assert_eq!(here.len(), 1, "{metric} has no blip at {at}: {found:#}");
    (here.remove(0), others)
}

fn titles(told: &Value) -> Vec<&str> {
    list(&told["why"]["happened"]).iter().filter_map(|one| one["title"].as_str()).collect()
}

/// Two talks that went round, and a mirror network that hides downloads.
fn blips(place: &Place, truth: &Truth) {
    let (first, _) = truth.event("talks");
    let planted = truth.conversations.iter().filter(|one| one["opening"] == "talk").count() as f64;
    let (talks, others) = blip_at(place, "messages", first);
    let linked = &talks["why"]["linked"];
    assert_eq!((talks["blip"]["way"].as_str(), linked["links"].as_u64()), (Some("up"), Some(2)), "{talks:#}");
    let extra = linked["extra"].as_f64().expect("a number");
    assert!((planted * 0.8..=planted).contains(&extra), "{extra} of {planted}");
    assert!(titles(&talks).iter().any(|title| title.starts_with("RelayCon 2")), "{talks:#}");
    // Of the others, nobody claims that links carry them.
    for other in others {
        assert!(other["why"]["linked"].is_null(), "{other:#}");
    }

    let (mirror, _) = truth.event("mirror");
    let (hidden, others) = blip_at(place, "downloads", mirror);
    assert_eq!((hidden["blip"]["way"].as_str(), hidden["blip"]["lasted"].as_bool()), (Some("down"), Some(true)));
    assert!(titles(&hidden).contains(&"Downloads now come from the mirror network"), "{hidden:#}");
    assert!(others.iter().all(|other| other["blip"]["way"] == "up"), "downloads fell once: {others:#?}");
    // It is no loss of people.
    let people = place.run(&["-C", "w", "--json", "blips", "active_people"]).out;
    let people: Value = serde_json::from_str(&people).expect("JSON");
    let fell = |one: &&Value| one["blip"]["way"] == "down" && day(&one["blip"]["from"])[..7] == mirror[..7];
    assert!(!list(&people).iter().any(|one| fell(&one)), "{people:#}");

    place.w(&["blips", "downloads", "--explain", "the mirrors hide them", "--at", mirror, "--by", "ada"]);
    let (said, _) = blip_at(place, "downloads", mirror);
    assert_eq!(said["explanations"][0]["text"], "the mirrors hide them");
    place.w(&["metrics", "retire", "downloads", "--why", "the mirror network hides the downloads", "--by", "ada"]);
    let goals = place.run(&["-C", "w", "goals"]).fails_with(1);
    assert!(goals.contains("retired: downloads (the mirror network hides the downloads)"), "{goals}");
    place.w(&["metrics", "restore", "downloads", "--by", "ada"]);
    place.w(&["metrics", "doubt", "downloads", "--why", "only our own server is counted", "--by", "ada"]);
    assert!(place.w(&["metric", "downloads"]).contains("only our own server is counted"));
    place.w(&["metrics", "trust", "downloads", "--by", "ada"]);
    assert!(place.run(&["-C", "w", "metrics", "trust", "downloads"]).fails(2).contains("nothing is said against"));
}

/// People who share a name are several people.
fn namesakes(place: &Place, truth: &Truth) {
    let mut owners = std::collections::BTreeMap::<(String, String), String>::new();
    let sql = "SELECT source, value, person_id FROM identities";
    let rows = place.w(&["sql", sql, "--format", "jsonl"]);
    for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        owners.insert((text("source"), text("value")), text("person_id"));
    }
    let mut by_name = std::collections::BTreeMap::<&str, Vec<&Value>>::new();
    for person in truth.people.iter().filter(|person| !list(&person["identities"]).is_empty()) {
        by_name.entry(person["name"].as_str().expect("a name")).or_default().push(person);
    }
    let shared: Vec<_> = by_name.into_iter().filter(|(_, people)| people.len() > 1).collect();
    assert!(!shared.is_empty(), "nobody shares a name");
    for (name, people) in shared {
        let mut seen = BTreeSet::new();
        for person in people {
            let identities = list(&person["identities"]).iter().map(|identity| {
                let text = |name: &str| identity[name].as_str().unwrap_or_default().to_owned();
                owners.get(&(text("source"), text("value"))).cloned()
            });
            let own: BTreeSet<String> = identities.flatten().collect();
            assert!(!own.is_empty() && own.is_disjoint(&seen), "two people called {name} are one");
            seen.extend(own);
        }
    }
}
