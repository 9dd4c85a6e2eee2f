//! The people behind the numbers: whom to approach, thank, relieve and hear; and what is not there is not claimed.

use desk::{Approach, Came, Decision, Desk, Kind, PersonChange};
use insight::care::{FirstKind, FirstsAsk, Reason};
use insight::people::{Level, PersonAsk};
use insight::views::{ApproachList, Firsts};
use model::time::DAY;

use crate::village::{NOW, Open, Value, Village, ago, message, person};

/// Cells that put a conversation in the chat.
fn in_chat() -> Vec<(&'static str, Value)> {
    vec![("source", "chat".into()), ("channel", "#help".into())]
}

/// Cells of a question that `helper` solved.
fn solved_by(helper: &str) -> Vec<(&'static str, Value)> {
    vec![("state", "resolved".into()), ("thanked_person_ids", vec![person(helper)].into())]
}

/// Ada answers everywhere, Ola in the chat only, and so does whoever may be Ada; Ben asks well, Cleo complains and stays.
fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("ada", "Ada Okafor"), ("ben", "Ben Adamu"), ("ola", "Ola Nordmann"), ("cleo", "Cleo Ngata")] {
        village.person(key, Some(name), &[]);
    }
    village.person("adao", Some("Ada O."), &[]);
    village.person("bot", Some("Build Bot"), &[("bot", true.into())]);
    for number in 0..8_i64 {
        let (opened, asker) = (ago(20 + number * 20), format!("asker{number}"));
        village.person(&asker, Some(&format!("Asker {number}")), &[]);
        for helper in ["ada", "ola", "adao"] {
            let key = format!("{helper}{number}");
            let said = [(asker.as_str(), opened, "?"), (helper, opened + DAY, "!")];
            village.conversation(&key, &format!("How {number}?"), &said, &[in_chat(), solved_by(helper)].concat());
        }
        let said = [("ben", opened, "?"), ("ada", opened + DAY, "!")];
        let solved = if number < 6 { solved_by("ada") } else { Vec::new() };
        village.conversation(&format!("ben{number}"), &format!("Why {number}?"), &said, &solved);
    }
    for number in 0..5_i64 {
        let key = format!("angry{number}");
        village.conversation(
            &key,
            "Broken again",
            &[("cleo", ago(30 * number + 3), "!")],
            &[("is_question", false.into())],
        );
        let signal = [
            ("message_id", message(&key).into()),
            ("conversation_id", message(&key).into()),
            ("source", "list".into()),
            ("time", ago(30 * number + 3).into()),
            ("complaint", true.into()),
            ("sentiment", Value::Float(-0.7)),
        ];
        village.row("signals", &signal);
    }
    let (a, b) = (person("ada").min(person("adao")), person("ada").max(person("adao")));
    let suggestion = [
        ("person_id", a.into()),
        ("other_id", b.into()),
        ("score", Value::Float(0.8)),
        ("reasons", vec!["names that fit".to_owned()].into()),
    ];
    village.row("suggestions", &suggestion);
    village
}

fn names(list: &ApproachList) -> Vec<String> {
    list.people.iter().map(|one| format!("{} {}", one.person.name, one.reason.as_str())).collect()
}

#[test]
fn whom_to_approach_and_why() {
    let community = village().open().expect("opens");
    let list = community.approach().expect("answers");
    assert_eq!(
        names(&list),
        [
            "Ola Nordmann answers_unasked",
            "Ada O. answers_unasked",
            "Ben Adamu asks_well",
            "Cleo Ngata complains_and_cares"
        ],
    );
    let may_be_ada = &list.people[1].why;
    assert!(may_be_ada.iter().any(|why| why.contains("may be the same person")), "{may_be_ada:?}");
    let said: Vec<String> = list.people.iter().map(|one| format!("{}\n{}", one.why.join("; "), one.say)).collect();
    insta::assert_snapshot!(said.join("\n"), @"
    answered 8 questions in the last year, 8 of them with thanks; only on chat/#help, as far as is known; asked nothing themselves in that time
    Thank you for your answer in “How 0?”, and for all the others on chat/#help. Is there anything that would make it easier for you? You owe us nothing.
    answered 8 questions in the last year, 8 of them with thanks; only on chat/#help, as far as is known; asked nothing themselves in that time; somebody elsewhere may be the same person: decide that first
    Thank you for your answer in “How 0?”, and for all the others on chat/#help. Is there anything that would make it easier for you? You owe us nothing.
    asked 8 questions in the last year, and said in 6 what helped; has not answered anybody yet
    Thank you for saying in “Why 0?” what helped: others find it there. If you ever feel like answering somebody else, we would gladly look over it with you.
    complained in 5 conversations in the last year; was there in 5 of its months
    We read what you wrote in “Broken again” and would like to understand it. What would have helped? A few words are enough, whenever it suits you.
    ");
    assert!(list.people.iter().all(|one| !one.evidence.is_empty() && one.evidence.len() <= 3));
}

#[test]
fn who_does_not_want_to_be_asked_is_on_no_list() {
    let mut village = village();
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.decide(&Decision::new(1, "me", &person("ola"), Kind::DoNotAsk)).expect("decided");
    desk.change_people(&[person("ben")], &[PersonChange::Tag("staff".into())], "me", 1).expect("tagged");
    let community = village.open().expect("opens");
    assert_eq!(
        names(&community.approach().expect("answers")),
        ["Ada O. answers_unasked", "Cleo Ngata complains_and_cares"]
    );
    let unheard = community.unheard().expect("answers");
    let named = format!("{:?}", (unheard.never, unheard.apart, community.care().expect("answers").quiet));
    assert!(!named.contains("Ola") && !named.contains("Ben"), "{named}");
}

#[test]
fn who_was_approached_is_left_in_peace_and_what_came_of_it_is_shown() {
    let mut village = village();
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let told = |key: &str, days: i64, came: Came| Approach {
        person: person(key),
        by: "Sam".into(),
        on: ago(days),
        said: "Hello".into(),
        came,
        ..Approach::default()
    };
    for (key, days, came) in [("ola", 10, Came::Later), ("ben", 400, Came::Yes)] {
        desk.keep_new(&person(key), &told(key, days, came), "Sam", ago(days)).expect("kept");
    }
    let community = village.open().expect("opens");
    let list = community.approach().expect("answers");
    let expected = ["Ada O. answers_unasked", "Ben Adamu asks_well", "Cleo Ngata complains_and_cares"];
    assert_eq!(names(&list), expected);
    assert_eq!(list.people[1].before.len(), 1, "the list says that they were approached long ago");
    let came: Vec<&str> = list.approached.iter().map(|one| one.approach.came).collect();
    assert_eq!(came, ["later", "yes"], "the latest first");
    let ask = PersonAsk { team: true, limit: 5, ..PersonAsk::default() };
    let file = community.person_file(&person("ola"), &ask).expect("answers").expect("is there");
    assert_eq!(file.team.expect("for the team").approaches.len(), 1);
}

fn firsts(community: &Open, kind: Option<FirstKind>) -> Firsts {
    community.firsts(&FirstsAsk { kind, offset: 0, limit: 20 }).expect("answers")
}

#[test]
fn first_contributions_are_thanked_for_and_the_newcomer_nobody_answered_comes_first() {
    let mut village = village();
    for (key, name) in [("dora", "Dora"), ("finn", "Finn"), ("gil", "Gil"), ("hana", "Hana")] {
        village.person(key, Some(name), &[("first_seen", ago(9).into())]);
    }
    let about = |topic: &str| ("topics", Value::from(vec![topic.to_owned()]));
    village.conversation("dora", "Where is TLS?", &[("dora", ago(5), "?")], &[about("tls")]);
    let said = [("ben", ago(9), "?"), ("finn", ago(8), "!")];
    village.conversation(
        "finn",
        "How to log?",
        &said,
        &[solved_by("finn"), in_chat(), vec![about("logging")]].concat(),
    );
    let said = [("gil", ago(7), "?"), ("ada", ago(6), "!")];
    village.conversation("gil", "TLS now?", &said, &[solved_by("ada"), vec![about("tls")]].concat());
    let change = [
        ("activity_id", "a1".into()),
        ("source", "code".into()),
        ("channel", "tidepool".into()),
        ("kind", "authored".into()),
        ("identity_id", person("hana").into()),
        ("time", ago(4).into()),
        ("detail", "Log less".into()),
    ];
    village.row("activities", &change);
    let community = village.open().expect("opens");
    let all = firsts(&community, None);
    let line = |one: &insight::views::FirstView| {
        let kinds: Vec<&str> = one.did.iter().map(|deed| deed.kind.as_str()).collect();
        let next = one.next.as_ref().map(|next| next.conversation.title.as_str()).unwrap_or("–");
        let mentor = one.mentor.as_ref().map_or("–", |mentor| mentor.person.name.as_str());
        format!("{} {}: {} | next {next} | mentor {mentor}", one.person.name, kinds.join(" "), one.thanks)
    };
    let lines: Vec<String> = all.people.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    Dora message: Hello Dora, your question “Where is TLS?” has waited for too long. We are looking for somebody who knows. | next – | mentor Ada Okafor
    Hana change: Hello Hana, thank you for your first change, “Log less”. And should you ever like to write about how you got there, we would gladly publish it. | next – | mentor –
    Finn answer: Hello Finn, thank you for your first answer, “How to log?”. It helped. And should you ever like to write about how you got there, we would gladly publish it. | next – | mentor Ada O.
    Gil message: Hello Gil, thank you for writing to us, “TLS now?”. Good to read that it is solved. If you feel like it: “Where is TLS?” on dev-list waits for an answer and is about tls; there is no hurry. | next Where is TLS? | mentor Ada Okafor
    Asker 0 message: Hello Asker 0, thank you for writing to us, “How 0?”. Good to read that it is solved. | next – | mentor Ola Nordmann
    ");
    let waiting: Vec<&str> =
        all.people.iter().filter(|one| one.unanswered).map(|one| one.person.name.as_str()).collect();
    assert_eq!(waiting, ["Dora"], "and nobody who was answered");
    let answers = firsts(&community, Some(FirstKind::Answer));
    assert_eq!(answers.people.iter().map(|one| one.person.name.as_str()).collect::<Vec<_>>(), ["Finn"]);
    assert!(all.keys.is_empty(), "nobody did enough for the keys");
}

#[test]
fn keys_are_for_who_did_the_work_and_has_none() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]).person("ben", Some("Ben"), &[]);
    for number in 0..14_i64 {
        for who in ["ada", "ben"] {
            let change = [
                ("activity_id", format!("{who}{number}").into()),
                ("source", "code".into()),
                ("channel", "code".into()),
                ("kind", if who == "ben" && number == 13 { "merged" } else { "authored" }.into()),
                ("identity_id", person(who).into()),
                ("time", ago(10 + number * 20).into()),
            ];
            village.row("activities", &change);
        }
    }
    let community = village.open().expect("opens");
    let keys = firsts(&community, None).keys;
    assert_eq!(
        keys.iter().map(|one| (one.person.name.as_str(), one.place.as_str())).collect::<Vec<_>>(),
        [("Ada", "code")]
    );
}

#[test]
fn levels_go_up_at_once_and_down_slowly() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[("first_seen", ago(2000).into())]).person("ben", Some("Ben"), &[]);
    // Core for half a year, then nothing.
    for month in 0..8_i64 {
        let opened = ago(1600 - month * 30);
        let said = [("ben", opened, "?"), ("ada", opened + DAY, "!")];
        village.conversation(&format!("q{month}"), "How?", &said, &[]);
    }
    let community = village.open().expect("opens");
    let file = community.person_file(&person("ada"), &PersonAsk::default()).expect("answers").expect("is there");
    let levels: Vec<String> =
        file.levels.iter().map(|change| format!("{} {}", change.level.as_str(), (NOW - change.since) / DAY)).collect();
    insta::assert_snapshot!(levels.join("\n"), @"
    newcomer 1599
    contributor 1539
    core 1449
    contributor 1024
    participant 659
    ");
    assert_eq!(file.level, Level::Participant);
}

#[test]
fn where_people_stop() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    for days in [2000, 1900] {
        village.conversation(&format!("ada{days}"), "Old", &[("ada", ago(days), "?")], &[]);
    }
    for number in 0..40_i64 {
        let (key, came) = (format!("p{number}"), ago(400 + number * 5));
        village.person(&key, Some(&format!("Person {number}")), &[("first_seen", came.into())]);
        // Every second one is answered, and comes back.
        let said = [(key.as_str(), came, "?"), ("ada", came + DAY, "!")];
        let answered = number % 2 == 0;
        village.conversation(&format!("{key}/a"), "How?", if answered { &said } else { &said[..1] }, &[]);
        if answered {
            village.conversation(&format!("{key}/b"), "And how?", &[(key.as_str(), came + 30 * DAY, "?")], &[]);
        }
    }
    let levels = village.open().expect("opens").levels().expect("answers");
    let back = &levels.steps[0];
    assert_eq!((back.step, back.reached, back.moved), ("came_back", 40, 20));
    assert_eq!(
        back.note.as_deref(),
        Some("of 20 whose first question nobody answered 0 came back, of 20 who had an answer 20")
    );
    assert_eq!(levels.stuck, Some("gave"), "nobody of them ever helped");
    let came: u64 = levels.quarters.iter().map(|quarter| quarter.came).sum();
    assert_eq!(came, 40, "each came in one quarter");
}

#[test]
fn who_carries_most_and_who_could_take_a_part() {
    let mut village = Village::new();
    for (key, name) in [("ada", "Ada"), ("ben", "Ben"), ("cleo", "Cleo")] {
        village.person(key, Some(name), &[]);
    }
    for number in 0..20_i64 {
        let helper = if number % 5 == 0 { "cleo" } else { "ada" };
        let said = [("ben", ago(10 + number), "?"), (helper, ago(9 + number), "!")];
        village.conversation(&format!("q{number}"), &format!("How {number}?"), &said, &[]);
    }
    let care = village.open().expect("opens").care().expect("answers");
    let one = &care.heavy[0];
    let area = &one.areas[0];
    assert_eq!((care.heavy.len(), one.person.name.as_str(), area.done, area.of), (1, "Ada", 16, 20));
    assert_eq!(area.others.iter().map(|other| other.person.name.as_str()).collect::<Vec<_>>(), ["Cleo"]);
    assert_eq!(area.examples.len(), 3);
    assert!(care.quiet.is_empty(), "nobody was a regular");
}

#[test]
fn regulars_who_go_quiet_are_missed_by_their_own_rhythm() {
    let mut village = Village::new();
    // Ada came every third day, Ben every tenth, both until 30 days ago; Cleo goes on.
    for (key, name, every, until) in [("ada", "Ada", 3, 30), ("ben", "Ben", 10, 30), ("cleo", "Cleo", 3, 1)] {
        village.person(key, Some(name), &[]);
        for number in 0..40_i64 {
            let said = [(key, ago(until + number * every), "!")];
            let more = [("is_question", false.into()), ("state", "not_question".into())];
            village.conversation(&format!("{key}{number}"), "Says", &said, &more);
        }
    }
    let quiet = village.open().expect("opens").care().expect("answers").quiet;
    let quiet: Vec<_> =
        quiet.iter().map(|one| (one.person.name.as_str(), one.silent_days, one.usual_days, one.longest_days)).collect();
    assert_eq!(quiet, [("Ada", 29, 3, 3)], "held against what Cleo wrote last; a month is nothing to Ben");
}

#[test]
fn who_is_not_heard_and_who_is_in_one_place_only() {
    let mut village = village();
    let said = [("ada", ago(50), "?"), ("ben", ago(49), "+1"), ("cleo", ago(48), "-1")];
    village.conversation(
        "rfc",
        "RFC: other defaults",
        &said,
        &[("is_question", false.into()), ("state", "not_question".into())],
    );
    let said = [("ola", ago(50), "!"), ("ben", ago(49), "+1"), ("cleo", ago(48), "-1")];
    village.conversation(
        "chat",
        "Devoted users",
        &said,
        &[in_chat(), vec![("is_question", false.into()), ("state", "not_question".into())]].concat(),
    );
    let unheard = village.open().expect("opens").unheard().expect("answers");
    assert_eq!((unheard.discussions, unheard.people, unheard.half), (1, 3, 2));
    assert_eq!(unheard.never.iter().map(|one| one.person.name.as_str()).collect::<Vec<_>>(), ["Ola Nordmann"]);
    let sources: Vec<String> = unheard
        .apart
        .sources
        .iter()
        .map(|one| {
            let known: Vec<&str> = one.known_here.iter().map(|one| one.person.name.as_str()).collect();
            format!(
                "{}: {} people, {} only here, {} unsure: {}",
                one.source,
                one.people,
                one.only_here,
                one.unsure,
                known.join(" ")
            )
        })
        .collect();
    assert_eq!(
        sources,
        ["chat: 13 people, 10 only here, 1 unsure: Ola Nordmann", "list: 3 people, 0 only here, 0 unsure: "]
    );
    assert!(Reason::ALL.iter().all(|reason| !reason.as_str().is_empty()));
}
