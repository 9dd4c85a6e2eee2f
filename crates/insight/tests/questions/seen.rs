//! What those see who may not see some places: nothing of them, whatever is asked.

use insight::query::Query;
use insight::{By, CaseAsk, Community, MetricsFilter, Page, View, WaitingFilter};

use crate::village::{NOW, Value, Village, ago, message, person};

/// Stands in everything that is private, and nowhere else.
const PRIVATE: &str = "zanzibar";

/// A conversation in a place of its own, its last message in another one's.
fn talk(village: &mut Village, key: &str, place: (&str, &str), who: [&str; 2], words: &str, state: &str) {
    let (source, channel) = place;
    let conversation: [(&str, Value); 14] = [
        ("conversation_id", message(key).into()),
        ("source", source.into()),
        ("channel", channel.into()),
        ("title", format!("How does the reactor stop, {words}?").into()),
        ("opener_person_id", person(who[0]).into()),
        ("opened", ago(3).into()),
        ("last_time", ago(2).into()),
        ("messages", 2.into()),
        ("is_question", true.into()),
        ("state", state.into()),
        ("waiting_since", ago(3).into()),
        ("first_response", ago(2).into()),
        ("helper_person_ids", vec![person(who[1])].into()),
        ("topics", vec![words.to_owned()].into()),
    ];
    village.row("conversations", &conversation);
    for (number, who) in who.into_iter().enumerate() {
        let id = if number == 0 { message(key) } else { message(&format!("{key}/{number}")) };
        let cells: [(&str, Value); 11] = [
            ("message_id", id.clone().into()),
            ("conversation_id", message(key).into()),
            ("source", source.into()),
            ("channel", channel.into()),
            ("kind", "post".into()),
            ("identity_id", person(who).into()),
            ("time", ago(3 - number as i64).into()),
            ("position", (number as i64).into()),
            ("subject", format!("How does the reactor stop, {words}?").into()),
            ("body", format!("The reactor of {words} does not stop. It says {words} at port 8080.").into()),
            ("seen_in", vec![format!("{source}/{channel}"), "list/dev-list".to_owned()].into()),
        ];
        village.row("messages", &cells);
        let signs = [
            ("message_id", id.into()),
            ("conversation_id", message(key).into()),
            ("source", source.into()),
            ("time", ago(3).into()),
            ("why", vec![format!("question: {words}")].into()),
            ("lead", words.into()),
        ];
        village.row("signals", &signs);
    }
}

fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("mo", "Mo Li"), ("eve", "Eve"), ("kim", "Kim Park")] {
        village.person(key, Some(name), &[("sources", vec!["list".to_owned(), "team".to_owned()].into())]);
    }
    let only_there = [("sources", vec!["team".to_owned()].into())];
    village.row(
        "people",
        &[("person_id", person("ada").into()), ("name", format!("Ada {PRIVATE}").into()), only_there[0].clone()],
    );
    village.row(
        "identities",
        &[
            ("identity_id", person("ada").into()),
            ("person_id", person("ada").into()),
            ("source", "team".into()),
            ("name", format!("Ada {PRIVATE}").into()),
        ],
    );
    // Between those of private places, so that rows are numbered otherwise than they lie.
    talk(&mut village, "a", ("chat", "#board"), ["mo", "eve"], PRIVATE, "answered");
    talk(&mut village, "b", ("list", "dev-list"), ["eve", "kim"], "gently", "answered");
    talk(&mut village, "c", ("team", PRIVATE), ["mo", "kim"], PRIVATE, "waiting");
    talk(&mut village, "d", ("chat", "#dev"), ["kim", "mo"], "softly", "waiting");
    for (source, channel) in [("chat", "#board"), ("chat", "#dev"), ("list", "dev-list"), ("team", PRIVATE)] {
        village.row("channels", &[("source", source.into()), ("channel", channel.into()), ("kind", "chat".into())]);
    }
    // A public thread that went on where not everybody may read.
    let cells: [(&str, Value); 9] = [
        ("message_id", message("b/9").into()),
        ("conversation_id", message("b").into()),
        ("source", "team".into()),
        ("channel", PRIVATE.into()),
        ("identity_id", person("mo").into()),
        ("time", ago(1).into()),
        ("position", 9.into()),
        ("body", format!("Among us: the reactor of {PRIVATE} stops gently.").into()),
        ("seen_in", vec![format!("team/{PRIVATE}")].into()),
    ];
    village.row("messages", &cells);
    for (topic, key) in [(PRIVATE, "c"), ("gently", "b")] {
        let cells =
            [("topic", topic.into()), ("kind", "phrase".into()), ("conversation_ids", vec![message(key)].into())];
        village.row("topics", &cells);
        let cells =
            [("gap_id", message(key).into()), ("title", topic.into()), ("conversation_ids", vec![message(key)].into())];
        village.row("gaps", &cells);
        for area in [format!("word:{topic}"), format!("tag:{topic}")] {
            let cells = [
                ("person_id", person("mo").into()),
                ("area", area.into()),
                ("answered", 3.into()),
                ("last_time", ago(1).into()),
            ];
            village.row("knowledge", &cells);
        }
    }
    village.row(
        "knowledge",
        &[
            ("person_id", person("mo").into()),
            ("area", format!("channel:team/{PRIVATE}").into()),
            ("answered", 9.into()),
        ],
    );
    village.row(
        "events",
        &[("event_id", "e".into()), ("source", "team".into()), ("title", PRIVATE.into()), ("starts", ago(-3).into())],
    );
    village.row("problems", &[("source", "team".into()), ("what", PRIVATE.into())]);
    let did = [
        ("activity_id", "v1".into()),
        ("source", "team".into()),
        ("channel", PRIVATE.into()),
        ("kind", "committed".into()),
    ];
    let did = [&did[..], &[("identity_id", person("mo").into()), ("time", ago(1).into()), ("detail", PRIVATE.into())]]
        .concat();
    village.row("activities", &did);
    village
}

/// Everything that can be asked, as text.
fn all_answers(community: &Community) -> String {
    let mut said = String::new();
    let mut say = |what: &str, answer: String| said.push_str(&format!("{what}: {answer}\n"));
    let json = |value: serde_json::Value| value.to_string();
    macro_rules! ask {
        ($what:expr, $answer:expr) => {
            say($what, json(serde_json::to_value($answer.expect($what)).expect("is JSON")))
        };
    }
    ask!("today", community.today());
    ask!("waiting", community.waiting(100, &WaitingFilter::default()));
    ask!("topics", community.topics());
    ask!("gaps", community.gaps());
    ask!("tiers", community.channel_tiers());
    for by in [By::All, By::Channel, By::Month] {
        ask!("metrics", community.metrics(&MetricsFilter { by, ..MetricsFilter::default() }));
    }
    for words in ["reactor", "How does the reactor stop at port 8080?", "is:waiting", "is:resolved", "before:1h"] {
        ask!("search", community.search(&Query::parse(words, NOW, None), Page::default()));
        ask!("ask", community.ask(words));
        ask!("who knows", community.who_knows(words));
    }
    for view in [View::Waiting, View::All] {
        let ask = CaseAsk {
            query: Query::parse("", NOW, None),
            view,
            me: None,
            days: None,
            offset: 0,
            limit: 50,
            helpers: true,
            fresh: None,
        };
        ask!("cases", community.cases(&ask));
    }
    for key in ["a", "b", "c", "d", "a/1", "b/1", "b/9", "c/1"] {
        let id = message(key);
        ask!("conversation", community.conversation(&id));
        ask!("case", community.case(&id));
        ask!("same", community.same(&id));
        ask!("explain", community.explain(&id));
    }
    for key in ["mo", "eve", "kim", "ada"] {
        ask!("person", community.person(&person(key)));
        ask!("explain", community.explain(&person(key)));
        ask!("introducers", community.introducers(&person(key)));
    }
    said
}

/// What a search for the private word itself says, besides the word.
fn found(community: &Community) -> (usize, Option<u64>, usize, usize) {
    let view = community.search(&Query::parse(PRIVATE, NOW, None), Page::default()).expect("answers");
    (view.found.len(), view.messages_with_all.filter(|count| *count > 0), view.people.len(), view.events.len())
}

#[test]
fn nothing_of_a_hidden_place_is_told() {
    let mut village = village();
    let whole = village.open().expect("opens");
    let told = all_answers(&whole);
    assert!(told.matches(PRIVATE).count() > 20, "the test has something to hide");
    assert!(found(&whole).0 > 0 && found(&whole).1.is_some());

    let seen = village.open_without(&["team", "chat/#board"]).expect("opens");
    let told = all_answers(&seen);
    let hidden = [PRIVATE, "#board", "\"team\""];
    let leaked: Vec<&str> = told.lines().filter(|line| hidden.iter().any(|word| line.contains(word))).collect();
    assert!(leaked.is_empty(), "{leaked:#?}");
    assert_eq!(found(&seen), (0, None, 0, 0));
    assert!(!seen.has_conversation(&message("a")) && !seen.has_conversation(&message("c")));

    // What is left is what it was: the titles are those of their own rows.
    let title = |key: &str| seen.conversation(&message(key)).expect("answers").expect("is there").conversation.title;
    assert_eq!(title("b"), "How does the reactor stop, gently?");
    assert_eq!(title("d"), "How does the reactor stop, softly?");
}
