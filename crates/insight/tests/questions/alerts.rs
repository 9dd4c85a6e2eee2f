//! What somebody should be told.

use desk::{Deed, Desk, Subject};
use insight::views::AlertView;
use insight::{AlertRule, Condition};
use model::time::DAY;

use crate::village::{NOW, Value, Village, ago, message, person};

fn rule(when: Condition, within: &[&str]) -> AlertRule {
    AlertRule { name: "it".into(), when, within: within.iter().map(|place| (*place).to_owned()).collect() }
}

/// What fires after `since`, one line each.
#[track_caller]
fn check(village: &mut Village, when: Condition, within: &[&str], since: i64, expected: &[&str]) -> Vec<AlertView> {
    let alerts = village.open().expect("opens").alerts(&rule(when, within), since).expect("answers");
    let lines: Vec<&str> = alerts.iter().map(|alert| alert.what.as_str()).collect();
    assert_eq!(lines, expected);
    let mut keys: Vec<_> = alerts.iter().map(|alert| (&alert.subject, &alert.happened)).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), alerts.len(), "every alert has its own key");
    alerts
}

/// Promises are two days: one was broken long ago, one yesterday, one is due in half a day, one in a day and a half.
fn waiting() -> Village {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.person("bot", Some("Bot"), &[("bot", true.into())]);
    village.conversation("old", "Old?", &[("ada", ago(9), "?")], &[]);
    village.conversation("late", "Late?", &[("ada", ago(3), "?")], &[("channel", "users".into())]);
    village.conversation("near", "Near?", &[("ada", NOW - 3 * DAY / 2, "?")], &[]);
    village.conversation("fresh", "Fresh?", &[("ada", NOW - DAY / 2, "?")], &[]);
    village.conversation("bot", "Beep?", &[("bot", ago(3), "?")], &[]);
    village
}

#[test]
fn broken_promises_are_told_of_from_when_they_break() {
    let late = "“Late?”: Ada waits for longer than was promised";
    let old = "“Old?”: Ada waits for longer than was promised";
    let broken = Condition::PromiseBroken;
    let alerts = check(&mut waiting(), broken, &[], ago(2), &[late]);
    let alert = &alerts[0];
    assert_eq!((alert.at, alert.due, alert.waiting_since), (ago(1), Some(ago(1)), Some(ago(3))));
    assert_eq!((alert.subject.as_str(), alert.condition), (message("late").as_str(), "promise_broken"));
    check(&mut waiting(), broken, &[], i64::MIN, &[old, late]);
    check(&mut waiting(), broken, &[], ago(1), &[]);
    check(&mut waiting(), broken, &["list/users"], i64::MIN, &[late]);
    check(&mut waiting(), broken, &["list"], i64::MIN, &[old, late]);
    check(&mut waiting(), broken, &["chat", "list/other", "lis"], i64::MIN, &[]);
}

#[test]
fn a_warning_comes_before_and_not_after() {
    let near = "“Near?”: the promise to Ada runs out soon";
    check(&mut waiting(), Condition::PromiseNear(Some(DAY)), &[], ago(2), &[near]);
    check(&mut waiting(), Condition::PromiseNear(Some(DAY / 4)), &[], ago(2), &[]);
    // By the community's own word it is soon when a fifth of the two days is left.
    check(&mut waiting(), Condition::PromiseNear(None), &[], ago(2), &[]);
    // A promise that is shorter than the warning: from the question on.
    let fresh = "“Fresh?”: the promise to Ada runs out soon";
    check(&mut waiting(), Condition::PromiseNear(Some(9 * DAY)), &[], ago(2), &[near, fresh]);
}

#[test]
fn what_the_desk_closed_is_not_told_of() {
    let mut village = waiting();
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    let subject = Subject { conversation: message("late"), seen: Some(NOW) };
    desk.change(&[subject], &[Deed::Resolve.into()], "ada", NOW).expect("decided");
    check(&mut village, Condition::PromiseBroken, &[], ago(2), &[]);
}

/// A signal of the message called `key`.
fn signal(village: &mut Village, key: &str, what: &[&'static str], mood: f64) {
    let mut cells: Vec<(&'static str, Value)> = vec![
        ("message_id", message(key).into()),
        ("conversation_id", message(key).into()),
        ("source", "list".into()),
        ("time", ago(1).into()),
        ("sentiment", Value::Float(mood)),
    ];
    cells.extend(what.iter().map(|what| (*what, Value::Bool(true))));
    village.row("signals", &cells);
}

#[test]
fn newcomers_who_are_angry() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[("first_seen", ago(5).into())]);
    village.person("ben", Some("Ben"), &[]);
    village.conversation("a", "Broken again", &[("ada", ago(1), "!")], &[]);
    village.conversation("b", "Sober", &[("ada", ago(1), "!")], &[]);
    village.conversation("c", "An old hand", &[("ben", ago(1), "!")], &[]);
    village.conversation("d", "Took hours, works now", &[("ada", ago(1), "!")], &[]);
    signal(&mut village, "a", &["frustration", "hostility"], -0.9);
    signal(&mut village, "b", &["complaint"], -0.6);
    signal(&mut village, "c", &["frustration"], -0.9);
    signal(&mut village, "d", &["frustration"], 0.3);
    let angry = Condition::AngryNewcomer;
    let alerts = check(&mut village, angry, &[], ago(2), &["Ada, who is new here, is angry in “Broken again”"]);
    assert_eq!(alerts[0].why, "it says that its writer is frustrated and it is hostile");
    check(&mut Village::new(), angry, &[], ago(2), &[]);
}

fn activity(village: &mut Village, who: &str, kind: &str, days: i64) {
    let cells = [
        ("activity_id", format!("{who}{kind}{days}").into()),
        ("source", "code".into()),
        ("channel", "project".into()),
        ("kind", kind.into()),
        ("identity_id", person(who).into()),
        ("time", ago(days).into()),
    ];
    village.row("activities", &cells);
}

#[test]
fn first_contributions_of_every_kind() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[("first_seen", ago(3).into())]);
    village.person("ben", Some("Ben"), &[("helped", 9.into())]);
    village.person("cyd", Some("Cyd"), &[("helped", 1.into())]);
    village.person("bot", Some("Bot"), &[("bot", true.into()), ("first_seen", ago(1).into())]);
    village.conversation(
        "old",
        "Old?",
        &[("ada", ago(400), "?"), ("ben", ago(399), "!"), ("cyd", ago(398), "?")],
        &[("is_question", false.into())],
    );
    village.conversation("a", "Start?", &[("ada", ago(3), "?"), ("ben", ago(3), "!")], &[]);
    village.conversation("b", "Stop?", &[("ben", ago(2), "?"), ("cyd", ago(2), "!")], &[]);
    village.conversation("c", "Beep", &[("bot", ago(1), "!")], &[]);
    for (who, kind, days) in [
        ("ben", "authored", 5),
        ("ben", "authored", 4),
        ("ben", "reviewed", 4),
        ("ben", "reviewed", 500),
        ("cyd", "co_authored", 1),
        ("cyd", "authored", 400),
        ("cyd", "joined", 1),
        ("bot", "authored", 1),
    ] {
        activity(&mut village, who, kind, days);
    }
    let expected = [
        "Ben commits to code for the first time",
        "Ada asks for the first time, in “Start?”",
        "Cyd answers for the first time, in “Stop?”",
    ];
    let alerts = check(&mut village, Condition::FirstContribution, &[], ago(7), &expected);
    assert_eq!(alerts[0].subject, person("ben"));
    assert_eq!(alerts[1].subject, message("a"));
    village = Village::new();
    activity(&mut village, "nobody", "authored", 1);
    check(&mut village, Condition::FirstContribution, &[], ago(7), &[]);
}

#[test]
fn questions_where_nobody_looks() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[("first_seen", ago(1).into())]);
    village.person("old", Some("Old"), &[("first_seen", ago(90).into())]);
    village.person("ben", Some("Ben"), &[("helped", 50.into())]);
    for channel in ["empty", "watched"] {
        let at = [("channel", channel.into())];
        village.conversation(channel, &format!("In {channel}?"), &[("ada", ago(1), "?")], &at);
        village.conversation(&format!("by-old-{channel}"), "Again?", &[("old", ago(1), "?")], &at);
    }
    village.conversation(
        "w",
        "Before?",
        &[("old", ago(6), "?"), ("ben", ago(5), "!")],
        &[("channel", "watched".into())],
    );
    let when = Condition::UnwatchedQuestion;
    let both = [
        "“In empty?”: Ada, who is new here, asks where nobody looks",
        "“In watched?”: Ada, who is new here, asks where nobody looks",
    ];
    let open = village.open().expect("opens");
    let told = |days| {
        let alerts = open.alerts(&rule(when(days), &[]), ago(3)).expect("answers");
        let mut what: Vec<String> = alerts.into_iter().map(|alert| alert.what).collect();
        what.sort();
        what
    };
    assert_eq!(told(14), both[..1]);
    assert_eq!(told(3), both);
}
