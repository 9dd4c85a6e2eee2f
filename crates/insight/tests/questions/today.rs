//! The Today page.

use desk::{Deed, Desk};
use insight::DayAsk;
use insight::views::{CaseView, Changes, Newcomer, Today};

use crate::village::{Value, Village, ago, message, person};

fn today(village: &mut Village) -> Today {
    village.open().expect("opens").today().expect("answers")
}

fn activity(who: &str, kind: &str, days: i64) -> [(&'static str, Value); 6] {
    [
        ("activity_id", format!("{who}{kind}{days}").into()),
        ("source", "code".into()),
        ("channel", "project".into()),
        ("kind", kind.into()),
        ("identity_id", person(who).into()),
        ("time", ago(days).into()),
    ]
}

#[test]
fn newcomers_are_shown_with_what_they_did_first() {
    let mut village = Village::new();
    village.person("ben", Some("Ben"), &[]);
    for (key, name, days) in [("ada", "Ada", 5), ("cyd", "Cyd", 6), ("dan", "Dan", 7), ("eve", "Eve", 8)] {
        village.person(key, Some(name), &[("first_seen", ago(days).into())]);
    }
    village.person("only-joined", Some("Flo"), &[("first_seen", ago(4).into())]);
    village.person("new-bot", Some("Bot"), &[("first_seen", ago(4).into()), ("bot", true.into())]);
    village.conversation("a", "How?", &[("ada", ago(5), "How?"), ("ben", ago(4), "So.")], &[]);
    village.conversation("b", "Why?", &[("ben", ago(9), "Why?"), ("cyd", ago(6), "Because.")], &[]);
    village.conversation("c", "Beep", &[("new-bot", ago(4), "Beep")], &[]);
    village.row("activities", &activity("dan", "authored", 7));
    village.row("activities", &activity("only-joined", "joined", 4));
    village.conversation("d", "Hm?", &[("eve", ago(8), "Hm?")], &[]);
    let line = |one: &Newcomer| format!("{}: {}; answered: {}", one.person.name, one.first, one.answered);
    let lines: Vec<String> = today(&mut village).newcomers.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Ada: asked “How?” on dev-list; answered: true
    Cyd: answered in “Why?” on dev-list; answered: false
    Dan: committed to code; answered: false
    Eve: asked “Hm?” on dev-list; answered: false
    ");
}

#[test]
fn the_busiest_count_messages_of_people_in_seven_days() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.person("ben", Some("Ben"), &[]);
    village.person("bot", Some("Bot"), &[("bot", true.into())]);
    let said = [("ada", ago(20), "1"), ("ben", ago(6), "2"), ("ada", ago(5), "3"), ("bot", ago(4), "4")];
    village.conversation("a", "Long", &said, &[]);
    village.conversation("b", "Short", &[("ada", ago(1), "1")], &[]);
    village.conversation("c", "Old", &[("ada", ago(8), "1"), ("ben", ago(8), "2"), ("ada", ago(8), "3")], &[]);
    let busiest = today(&mut village).busiest;
    let found: Vec<_> =
        busiest.iter().map(|busy| (busy.conversation.title.as_str(), busy.messages, busy.people)).collect();
    assert_eq!(found, [("Long", 2, 2), ("Short", 1, 1)]);
    assert_eq!(busiest[0].last, ago(5));
}

#[test]
fn everyone_is_thanked_once_and_first_times_count() {
    let mut village = Village::new();
    village.person("asker", Some("Asa"), &[]);
    village.person("hero", Some("Hero"), &[("helped", 400.into())]);
    village.person("first", Some("First"), &[("helped", 1.into())]);
    village.person("coder", Some("Coder"), &[]);
    village.person("veteran", Some("Veteran"), &[]);
    village.person("past", Some("Past"), &[("helped", 9.into())]);
    let resolved = |who: &str, days| {
        let said = [("asker", ago(days + 1), "How?"), ("hero", ago(days), "So."), ("asker", ago(days), "Thanks!")];
        (said, [("state", "resolved".into()), ("thanked_person_ids", vec![person(who)].into())])
    };
    for days in 1..=5 {
        let (said, more) = resolved("hero", days);
        village.conversation(&format!("hero{days}"), "How?", &said, &more);
    }
    village.conversation("one", "One?", &[("asker", ago(3), "?"), ("first", ago(2), "!")], &[]);
    let said = [("asker", ago(40), "?"), ("past", ago(39), "!"), ("asker", ago(2), "Thanks, late")];
    village.conversation("past", "Past?", &said, &[("thanked_person_ids", vec![person("past")].into())]);
    village.row("activities", &activity("coder", "authored", 3));
    village.row("activities", &activity("coder", "reviewed", 2));
    village.row("activities", &activity("veteran", "authored", 3));
    village.row("activities", &activity("veteran", "authored", 900));
    let today = today(&mut village);
    let lines: Vec<String> = today.to_thank.iter().map(|one| format!("{} {}", one.person.name, one.why)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Coder made a first commit to code and did a first review in code
    Hero was thanked or accepted in 5 conversations
    First gave a first answer
    ");
    assert_eq!(today.to_thank.iter().find(|one| one.person.name == "Hero").expect("thanked").evidence.len(), 3);
}

#[test]
fn sources_say_what_they_hold() {
    let mut village = Village::new();
    let channel = |source: &str, channel: &str, messages: i64, last: i64| {
        [
            ("source", source.into()),
            ("channel", channel.into()),
            ("messages", messages.into()),
            ("activities", 1.into()),
            ("last_time", last.into()),
        ]
    };
    village.row("channels", &channel("list", "dev", 5, ago(9)));
    village.row("channels", &channel("list", "users", 7, ago(3)));
    village.row("problems", &[("source", "list".into()), ("what", "date cannot be".into())]);
    village.row("problems", &[("source", "broken".into()), ("what", "not text".into())]);
    let sources = today(&mut village).sources;
    let lines: Vec<_> = sources
        .iter()
        .map(|line| (line.source.as_str(), line.messages, line.activities, line.last, line.problems))
        .collect();
    assert_eq!(lines, [("broken", 0, 0, None, 1), ("list", 12, 2, Some(ago(3)), 1)]);
    assert_eq!(message("a").len(), 17);
}

#[test]
fn a_day_says_what_is_mine_what_changed_and_what_comes() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[("first_seen", ago(1).into())]);
    village.person("ben", Some("Ben"), &[]);
    village.conversation("new", "New?", &[("ada", ago(1), "New?")], &[]);
    village.conversation("old", "Old?", &[("ada", ago(9), "Old?"), ("ben", ago(1), "So.")], &[]);
    let said = [("ben", ago(8), "Done?"), ("ada", ago(1), "Yes."), ("ben", ago(1), "Thanks.")];
    village.conversation("done", "Done?", &said, &[("state", "resolved".into())]);
    village.conversation("story", "Ours", &[("ben", ago(3), "We run it in eleven houses.")], &[]);
    let told = |words: i64| {
        [
            ("message_id", message("story").into()),
            ("conversation_id", message("story").into()),
            ("source", "list".into()),
            ("time", ago(3).into()),
            ("story", true.into()),
            ("words", words.into()),
            ("lead", "We run it in eleven houses.".into()),
        ]
    };
    village.row("signals", &told(80));
    let event = |key: &str, starts: i64, cancelled: bool| {
        let text = |name: &'static str| (name, Value::from(key));
        [text("event_id"), text("title"), text("source"), ("starts", starts.into()), ("cancelled", cancelled.into())]
    };
    village.row("events", &event("meeting", ago(-3), false));
    village.row("events", &event("off", ago(-2), true));
    village.row("events", &event("far", ago(-40), false));
    let open = village.open().expect("opens");
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let take = Deed::Take { holder: "grace".to_owned(), force: false };
    desk.change(&open.subjects(&[message("new")]), &[take.into()], "grace", ago(1)).expect("taken");
    let park = Deed::Park { until: ago(0) + 1 };
    desk.change(&open.subjects(&[message("old")]), &[park.into()], "grace", ago(0)).expect("parked");
    let ask = DayAsk { me: Some("grace".to_owned()), since: ago(2), until: ago(-1) };
    let day = open.day(&ask).expect("a day");
    let titles = |cases: &[CaseView]| cases.iter().map(|case| case.conversation.title.clone()).collect::<Vec<_>>();
    assert_eq!((titles(&day.mine), day.mine_total), (vec!["New?".to_owned()], 1));
    let Changes { asked, answered, resolved, arrived, .. } = day.changes;
    assert_eq!((asked, answered, resolved, arrived), (1, 2, 1, 1));
    assert_eq!(titles(&day.ahead.parked), ["Old?"]);
    assert_eq!(day.ahead.events.iter().map(|event| event.title.as_str()).collect::<Vec<_>>(), ["meeting"]);
    assert_eq!(day.stories.iter().map(|story| story.conversation.title.as_str()).collect::<Vec<_>>(), ["Ours"]);
    let counts = open.case_counts(Some("grace")).expect("counts");
    assert_eq!(counts.iter().find(|count| count.view == "mine").map(|count| count.cases), Some(1));
}
