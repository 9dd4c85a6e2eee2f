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
    let topics = [("topics", vec!["reactor".to_owned()].into())];
    village.conversation("open", "Reactor will not stop", &[("asker", ago(1), "The reactor is not stopped.")], &topics);
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
fn areas_and_work_speak_for_people() {
    let mut village = village();
    // What waits is about the reactor; Lee answered questions about it in other words, and changed it.
    for number in 0..4 {
        let said = [("mo", ago(60), "The valves hum at night."), ("lee", ago(59), "Oil them.")];
        let topics = [("topics", vec!["reactor".to_owned()].into())];
        village.conversation(&format!("valve{number}"), "Humming valves", &said, &topics);
    }
    let commit = [
        ("activity_id", "commit".into()),
        ("source", "code".into()),
        ("channel", "project".into()),
        ("kind", "authored".into()),
        ("identity_id", person("lee").into()),
        ("detail", "Stop the reactor on SIGTERM".into()),
        ("time", ago(30).into()),
    ];
    village.row("activities", &commit);
    let helpers = helpers(&village.open().expect("opens"));
    let lee = helpers.iter().find(|helper| helper.person.name == "Lee").expect("suggested");
    insta::assert_snapshot!(lee.why.join(" | "), @"answered 4 on reactor in April 2024 | made 1 change about reactor, the last in May 2024");
}

fn kim(village: &mut Village) -> Option<Helper> {
    let community = village.open().expect("opens");
    helpers(&community).into_iter().find(|helper| helper.person.name == "Kim")
}

#[test]
fn the_one_who_carries_everything_is_put_back_and_told_why() {
    let before = kim(&mut village()).expect("suggested");
    assert!(before.moved.iter().all(|why| !why.contains("already")), "{:?}", before.moved);
    let mut village = village();
    for number in 0..30 {
        let said = [("lee", ago(50), "What about snacks?"), ("kim", ago(49), "Yes.")];
        village.conversation(&format!("snack{number}"), "Snacks", &said, &[]);
    }
    let carrying = kim(&mut village).expect("suggested");
    let why = "put back: already helped with 30 of the 33 questions of the last 90 days";
    assert!(carrying.moved.contains(&why.to_owned()), "{carrying:?}");
    assert_eq!(carrying.unmoved_place, 1);
}

#[test]
fn who_could_grow_comes_forward() {
    let helper = kim(&mut village()).expect("suggested");
    assert_eq!(helper.moved, ["brought forward: answered one like this, has never been asked"]);
}

/// Kim with these wishes, and asked so often this week.
fn wishing(wishes: desk::Preferences, asked: usize) -> Option<Helper> {
    let mut village = village();
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.prefer(&person("kim"), &wishes, "kim", NOW).expect("written");
    for number in 0..asked {
        desk.asked(&person("kim"), &message("open"), "eve", NOW - number as i64).expect("written");
    }
    kim(&mut village)
}

#[test]
fn wishes_are_heard() {
    use desk::Preferences;
    let moved = |wishes, asked| wishing(wishes, asked).expect("suggested").moved;
    assert_eq!(wishing(Preferences { never: true, ..Preferences::default() }, 0), None);
    let away = Preferences { away_until: Some(NOW + model::time::DAY), ..Preferences::default() };
    assert_eq!(moved(away, 0)[0], "put back: away until 2024-06-02");
    let rarely = Preferences { per_week: Some(2), ..Preferences::default() };
    assert_eq!(
        moved(rarely, 2),
        ["put back: wants to be asked at most 2 times a week, and was", "put back: was asked 2 times this week"]
    );
    let german = Preferences { languages: vec!["de".into()], ..Preferences::default() };
    assert!(moved(german, 1).len() <= 1, "a language is only held against them where that of the question is sure");
    assert_eq!(moved(Preferences::default(), 1), Vec::<String>::new());
}

#[test]
fn the_past_can_be_replayed() {
    let community = village().open().expect("opens");
    let past = community.rehearse(&[0.0, 1.0]).expect("answers");
    let of = |key: &str| past.iter().find(|one| one.id == message(key)).expect("it is of the past");
    assert!(past.is_sorted_by_key(|one| one.opened));
    assert!(past.iter().all(|one| one.id != message("open")), "nobody has helped with it");
    // Of all that is known in the end, this had been said then: Gone, Asa and Kim had answered, Eve had once.
    assert_eq!(of("q1").helped, [person("eve")]);
    assert!(of("q4").suggested.is_empty(), "nobody knew anything before the first one");
    let suggested: Vec<&String> = of("q1").suggested.iter().map(|(person, _)| person).collect();
    assert!(suggested.contains(&&person("kim")) && suggested.contains(&&person("eve")));
    assert_eq!(of("q1").spread.len(), 2);
    let same = community.rehearse_same(&message("q1")).expect("answers").expect("known");
    assert!(same.iter().take(5).all(|found| found.id != message("q1")));
    assert_eq!(community.rehearse_same("nobody").expect("answers"), None);
}
