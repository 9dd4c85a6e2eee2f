//! Who could help, and why.

use desk::{Decision, Desk, Kind};
use insight::views::Helper;
use insight::{Community, WaitingFilter};

use crate::village::{NOW, Village, ago, message, person};

/// One question about the reactor that waits, and a past in which some people answered the like.
/// Words in more than one message of five would tell nothing, so there is other talk as well.
fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("asker", "Asa"), ("eve", "Eve"), ("kim", "Kim"), ("lee", "Lee"), ("mo", "Mo")] {
        village.person(key, Some(name), &[]);
    }
    village.person("gone", Some("Gone"), &[("last_seen", ago(600).into())]);
    village.person("bot", Some("Bot"), &[("bot", true.into())]);
    let thanks = |who: &str| vec![("state", "resolved".into()), ("thanked_person_ids", vec![person(who)].into())];
    let (stop, how) = ("Stopping the reactor", "How is the reactor stopped cleanly?");
    village.conversation("q1", stop, &[("mo", ago(80), how), ("eve", ago(79), "Call it.")], &thanks("eve"));
    village.conversation("q2", stop, &[("mo", ago(100), how), ("eve", ago(99), "Call it.")], &[]);
    village.conversation("q3", stop, &[("lee", ago(95), how), ("kim", ago(94), "Wait.")], &[]);
    village.conversation("q4", stop, &[("lee", ago(620), how), ("gone", ago(610), "Wait.")], &thanks("gone"));
    village.conversation("q5", stop, &[("mo", ago(90), how), ("asker", ago(89), "Like this.")], &[]);
    village.conversation("q6", stop, &[("mo", ago(90), how), ("bot", ago(89), "See the docs.")], &[]);
    for number in 0..30 {
        let key = format!("noise{number}");
        let said = [("lee", ago(200 + number), "Lunch at noon somewhere?"), ("mo", ago(199 + number), "Pizza.")];
        village.conversation(&key, "Lunch", &said, &[("is_question", false.into()), ("state", "not_question".into())]);
    }
    village.conversation("open", "Reactor will not stop", &[("asker", ago(1), "The reactor is not stopped.")], &[]);
    village
}

fn helpers(community: &Community) -> Vec<Helper> {
    let waiting = community.waiting(5, &WaitingFilter::default()).expect("answers");
    let line = waiting.into_iter().find(|line| line.conversation.id == message("open")).expect("waits");
    line.helpers
}

fn shown(helpers: &[Helper]) -> String {
    let line = |helper: &Helper| format!("{}: {}", helper.person.name, helper.why.join(" | "));
    helpers.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn those_who_answered_the_like_and_were_thanked_come_first() {
    let community = village().open().expect("opens");
    let helpers = helpers(&community);
    // Not the asker, not the bot, not who was last seen long ago.
    insta::assert_snapshot!(shown(&helpers), @r"
    Eve: answered 2 similar questions, 1 thanked; last in March 2024
    Kim: answered 1 similar question; last in February 2024
    ");
    assert_eq!(helpers[0].evidence.len(), 2);
    assert!(helpers.windows(2).all(|pair| pair[0].score >= pair[1].score));
}

#[test]
fn who_does_not_want_to_be_asked_is_not_suggested() {
    let mut village = village();
    let community = village.open().expect("opens");
    assert_eq!(helpers(&community)[0].person.name, "Eve");
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.decide(&Decision::new(NOW, "eve", &person("eve"), Kind::DoNotAsk)).expect("decided");
    assert_eq!(helpers(&community)[0].person.name, "Kim");
}

#[test]
fn knowledge_and_work_speak_for_people() {
    let mut village = village();
    let knows = |who: &str, area: &str, answered: i64, thanked: i64| {
        [
            ("person_id", person(who).into()),
            ("area", area.into()),
            ("answered", answered.into()),
            ("thanked", thanked.into()),
            ("last_time", ago(20).into()),
        ]
    };
    village.row("knowledge", &knows("lee", "word:reactor", 7, 3));
    village.row("knowledge", &knows("asker", "word:reactor", 70, 3));
    village.row("knowledge", &knows("mo", "channel:dev-list", 1, 0));
    for (number, days) in [3, 30, 300, 400].into_iter().enumerate() {
        let commit = [
            ("activity_id", format!("commit{number}").into()),
            ("source", "code".into()),
            ("channel", "project".into()),
            ("kind", "authored".into()),
            ("identity_id", person("lee").into()),
            ("time", ago(days).into()),
        ];
        village.row("activities", &commit);
    }
    let community = village.open().expect("opens");
    insta::assert_snapshot!(shown(&helpers(&community)), @r"
    Eve: answered 2 similar questions, 1 thanked; last in March 2024
    Kim: answered 1 similar question; last in February 2024
    Lee: helped with 7 questions about “reactor”, 3 thanked; last in May 2024 | committed 3 times in the last year
    ");
}

#[test]
fn the_one_who_carries_everything_is_put_back_mildly() {
    let kim = |snacks: usize| {
        let mut village = village();
        for number in 0..snacks {
            let said = [("lee", ago(50), "What about snacks?"), ("kim", ago(49), "Yes.")];
            village.conversation(&format!("snack{number}"), "Snacks", &said, &[]);
        }
        let community = village.open().expect("opens");
        helpers(&community).into_iter().find(|helper| helper.person.name == "Kim").expect("suggested")
    };
    let (before, after) = (kim(0), kim(30));
    assert!(!before.why.iter().any(|why| why.starts_with("already")), "{:?}", before.why);
    assert!(
        after.why.contains(&"already helped with 30 of the 31 questions of the last 90 days".to_owned()),
        "{after:?}"
    );
    assert!(after.score > before.score / 3.0 && after.score < before.score, "{} {}", after.score, before.score);
}
