//! Lists of people, everything about one, who may be who.

use desk::{Decision, Desk, Kind, PersonChange, Preferences};
use insight::people::{Level, PeopleAsk, PeopleSort, PersonAsk, Segment, SuggestionAsk};

use crate::village::{NOW, Open, Village, ago, person};

/// Ada helps, Ben asks, Cora came yesterday, Dan went quiet, Eve is a bot.
fn village() -> Village {
    let mut village = Village::new();
    let seen = |first: i64, last: i64| [("first_seen", ago(first).into()), ("last_seen", ago(last).into())];
    let counts = [("messages", 9.into()), ("helped", 5.into()), ("thanked", 2.into())];
    village.person("ada", Some("Ada Okafor"), &counts);
    village.person(
        "ben",
        Some("Ben Adamu"),
        &[("messages", 12.into()), ("asked", 6.into()), ("last_seen", ago(3).into())],
    );
    village.person("cora", Some("Cora"), &[&seen(1, 1)[..], &[("messages", 1.into())]].concat());
    village.person("dan", Some("Dan"), &[&seen(400, 150)[..], &[("messages", 4.into())]].concat());
    village.person("eve", Some("Eve"), &[("bot", true.into()), ("messages", 100.into())]);
    for month in 0..6_i64 {
        let key = format!("q{month}");
        let opened = ago(month * 30 + 5);
        let topics = [("topics", vec!["tls".to_owned()].into())];
        village.conversation(
            &key,
            "How does TLS work?",
            &[("ben", opened, "?"), ("ada", opened + 60_000_000, "!")],
            &topics,
        );
    }
    for month in 5..9_i64 {
        village.conversation(
            &format!("d{month}"),
            "Dan says",
            &[("dan", ago(month * 30 + 1), "!")],
            &[("is_question", false.into()), ("state", "not_question".into())],
        );
    }
    village.conversation("new", "Hello, TLS?", &[("cora", ago(1), "?")], &[("topics", vec!["tls".to_owned()].into())]);
    for (who, organization, until) in [("ada", "Harbour Labs", None), ("dan", "Harbour Labs", Some(ago(200)))] {
        let mut stay = vec![
            ("person_id", person(who).into()),
            ("identity_id", person(who).into()),
            ("organization", organization.into()),
            ("from_time", ago(700).into()),
            ("basis", "imported".into()),
        ];
        stay.extend(until.map(|until: i64| ("until_time", until.into())));
        village.row("affiliations", &stay);
    }
    let knows = [("person_id", person("ada").into()), ("area", "tag:tls".into()), ("answered", 6.into())];
    village.row("knowledge", &knows);
    let commit = [
        ("activity_id", "a1".into()),
        ("source", "code".into()),
        ("channel", "tidepool".into()),
        ("kind", "authored".into()),
        ("identity_id", person("ada").into()),
        ("time", ago(40).into()),
        ("detail", "Speak TLS".into()),
    ];
    village.row("activities", &commit);
    for (one, other, score) in [("ada", "ben", 9), ("ben", "cora", 5)] {
        let (a, b) = (person(one).min(person(other)), person(one).max(person(other)));
        let suggestion = [
            ("person_id", a.into()),
            ("other_id", b.into()),
            ("score", crate::village::Value::Float(f64::from(score) / 10.0)),
            ("reasons", vec!["the same handle".to_owned()].into()),
        ];
        village.row("suggestions", &suggestion);
    }
    village
}

fn names(community: &Open, ask: PeopleAsk) -> String {
    let list = community.people_list(&PeopleAsk { limit: 50, ..ask }).expect("answers");
    let names: Vec<&str> =
        list.people.iter().map(|line| line.person.name.split(' ').next().unwrap_or_default()).collect();
    names.join(" ")
}

#[test]
fn people_are_found_by_what_they_are_and_do() {
    let community = village().open().expect("opens");
    let check = |ask: PeopleAsk, expected: &str| assert_eq!(names(&community, ask.clone()), expected, "{ask:?}");
    let segment = |segment| PeopleAsk { segment: Some(segment), ..PeopleAsk::default() };
    let given = |text: &str| Some(text.to_owned());
    check(PeopleAsk::default(), "Ada Cora Ben Dan");
    check(PeopleAsk { sort: PeopleSort::Name, ..PeopleAsk::default() }, "Ada Ben Cora Dan");
    check(PeopleAsk { sort: PeopleSort::Messages, ..PeopleAsk::default() }, "Ben Ada Dan Cora");
    check(PeopleAsk { name: given("ADA"), ..PeopleAsk::default() }, "Ada Ben");
    check(PeopleAsk { name: given("okafor ada"), ..PeopleAsk::default() }, "Ada");
    check(PeopleAsk { name: given("ada@example.org"), ..PeopleAsk::default() }, "");
    check(segment(Segment::Newcomers), "Cora");
    check(segment(Segment::Regulars), "Ada Ben");
    check(segment(Segment::Quiet), "Dan");
    check(segment(Segment::Helpers), "Ada");
    check(segment(Segment::Askers), "Cora Ben");
    check(segment(Segment::Bots), "Eve");
    check(segment(Segment::Staff), "");
    check(PeopleAsk { level: Some(Level::Core), ..PeopleAsk::default() }, "Ada");
    check(PeopleAsk { channel: given("code/tidepool"), ..PeopleAsk::default() }, "Ada");
    check(PeopleAsk { channel: given("list"), ..PeopleAsk::default() }, "Ada Cora Ben Dan");
    check(PeopleAsk { channel: given("list/none"), ..PeopleAsk::default() }, "");
    check(PeopleAsk { organization: given("Harbour Labs"), ..PeopleAsk::default() }, "Ada Dan");
    check(PeopleAsk { area: given("TLS"), ..PeopleAsk::default() }, "Ada");
    check(PeopleAsk { area: given("dns"), ..PeopleAsk::default() }, "");
    let second = PeopleAsk { offset: 1, limit: 1, ..PeopleAsk::default() };
    let list = community.people_list(&second).expect("answers");
    assert_eq!((list.total, list.people.len(), list.people[0].person.name.as_str()), (4, 1, "Cora"));
}

#[test]
fn tags_are_the_teams_and_staff_stands_apart() {
    let mut village = village();
    let community = village.open().expect("opens");
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let tag = |tag: &str| [PersonChange::Tag(tag.to_owned())];
    desk.change_people(&[person("ben"), person("dan")], &tag("speaker"), "me", NOW).expect("kept");
    let step = desk.change_people(&[person("ada")], &tag("staff"), "me", NOW).expect("kept");
    let tagged = |team| PeopleAsk { tag: Some("speaker".to_owned()), team, ..PeopleAsk::default() };
    assert_eq!(names(&community, tagged(true)), "Ben Dan");
    // Others cannot find out who has it.
    assert_eq!(names(&community, tagged(false)), "Cora Ben Dan");
    let staff = PeopleAsk { segment: Some(Segment::Staff), ..PeopleAsk::default() };
    assert_eq!(names(&community, staff.clone()), "Ada");
    desk.undo(step.number, "me", NOW).expect("undone");
    assert_eq!(names(&community, staff), "");
    assert_eq!(names(&community, PeopleAsk::default()), "Ada Cora Ben Dan");
}

#[test]
fn one_person_in_time() {
    let mut village = village();
    let community = village.open().expect("opens");
    let ask =
        |kind: Option<&str>, team| PersonAsk { kind: kind.map(str::to_owned), limit: 3, team, ..PersonAsk::default() };
    let file = community.person_file(&person("ada"), &ask(None, false)).expect("answers").expect("is there");
    let lines: Vec<String> = file
        .entries
        .iter()
        .map(|entry| {
            let what =
                entry.conversation.as_ref().map(|conversation| conversation.title.clone()).or(entry.detail.clone());
            format!("{} {} ({})", entry.words, what.unwrap_or_default(), entry.channel)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    wrote in a question How does TLS work? (dev-list)
    wrote in a question How does TLS work? (dev-list)
    wrote a change Speak TLS (tidepool)
    ");
    assert_eq!((file.entries_total, file.level, file.next.len()), (7, Level::Core, 1));
    assert_eq!(file.next[0].conversation.title, "Hello, TLS?");
    assert_eq!(file.connections[0].person.name, "Ben Adamu");
    let levels: Vec<&str> = file.levels.iter().map(|change| change.level.as_str()).collect();
    assert_eq!(levels, ["newcomer", "contributor", "core"]);
    assert!(file.team.is_none() && !format!("{file:?}").contains("@example.org"), "{file:?}");
    let changes =
        community.person_file(&person("ada"), &ask(Some("authored"), true)).expect("answers").expect("is there");
    assert_eq!((changes.entries_total, changes.accounts[0].value.as_deref()), (1, Some("ada@example.org")));
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let away = Preferences { away_until: Some(NOW + 1), ..Preferences::default() };
    desk.prefer(&person("ada"), &away, "me", NOW).expect("kept");
    let file = community.person_file(&person("ada"), &ask(None, true)).expect("answers").expect("is there");
    assert_eq!((file.next.len(), file.not_now.is_some()), (0, true));
    assert!(community.person_file("nobody", &ask(None, true)).expect("answers").is_none());
}

#[test]
fn suggestions_are_gone_once_decided_and_back_once_taken_back() {
    let mut village = village();
    let community = village.open().expect("opens");
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let queue = || {
        let queue =
            community.suggestion_queue(&SuggestionAsk { limit: 10, ..SuggestionAsk::default() }).expect("answers");
        let next = queue.pair.map(|pair| (pair.line.score * 100.0) as u32);
        (queue.total, queue.decided, next, queue.waiting.len())
    };
    assert_eq!(queue(), (2, 0, Some(90), 2));
    let mut decide = |subject: &str, kind, value: String| {
        let decision = Decision::new(NOW, "me", &person(subject), kind).with(value);
        desk.decide(&decision).expect("kept");
        desk.people_log().expect("a log").pop().expect("a decision").number
    };
    let merged = decide("ben", Kind::SamePerson, person("ada"));
    assert_eq!(queue(), (2, 1, Some(50), 1));
    let file = community.person_file(&person("ada"), &PersonAsk { team: true, ..PersonAsk::default() });
    let team = file.expect("answers").expect("is there").team.expect("the team's");
    assert!(
        team.decisions[0].pending && team.decisions[0].other.as_ref().is_some_and(|other| other.name == "Ben Adamu")
    );
    // Refused of Ada is refused of Ben, who is her.
    decide("cora", Kind::NotSamePerson, person("ada"));
    assert_eq!(queue(), (2, 2, None, 0));
    decide("ben", Kind::TakenBack, merged.to_string());
    assert_eq!(queue(), (2, 0, Some(90), 2));
    decide("ada", Kind::PutOff, format!("{} {}", person("ben"), NOW + 10));
    assert_eq!(queue(), (2, 1, Some(50), 1));
    decide("cora", Kind::Locked, person("cora"));
    assert_eq!(queue(), (2, 2, None, 0));
    let asked = SuggestionAsk { pair: Some((person("dan"), person("ben"))), ..SuggestionAsk::default() };
    let pair = community.suggestion_queue(&asked).expect("answers").pair.expect("two people");
    assert!(pair.line.reasons.is_empty() && pair.sides[0].accounts[0].value.is_none());
}

#[test]
fn organizations_and_addresses() {
    let community = village().open().expect("opens");
    let lines = community.organizations().expect("answers");
    let line = &lines[0];
    assert_eq!(
        (line.organization.as_str(), line.people, line.before, line.active, line.helped),
        ("Harbour Labs", 1, 1, 1, 5)
    );
    let found = |text: &str| community.people_by_address(text).expect("answers").len();
    assert_eq!((found(" Ada@Example.org"), found("ada@example"), found("")), (1, 0, 0));
}
