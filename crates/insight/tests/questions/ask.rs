//! Has this been asked before?

use crate::village::{Village, ago, message, person};

const STOP: &str = "How is the reactor stopped cleanly?";

fn village() -> Village {
    let mut village = Village::new();
    for (key, name) in [("mo", "Mo"), ("eve", "Eve"), ("kim", "Kim")] {
        village.person(key, Some(name), &[]);
    }
    village.person("bot", Some("Bot"), &[("bot", true.into())]);
    for number in 0..40 {
        let key = format!("noise{number}");
        village.conversation(&key, "Lunch", &[("mo", ago(200), "Pizza?"), ("kim", ago(199), "Pizza.")], &[]);
    }
    village
}

#[test]
fn an_answer_is_the_accepted_the_thanked_or_the_first_by_another() {
    let mut village = village();
    let said = |last| [("mo", ago(9), STOP), ("bot", ago(8), "I am a bot."), ("eve", ago(7), "First."), last];
    let accepted = [
        ("state", "resolved".into()),
        ("resolved_by", "accepted".into()),
        ("accepted_message_id", message("accepted/3").into()),
    ];
    village.conversation("accepted", "Stopping", &said(("kim", ago(6), "> quoted\n\nThe accepted one.")), &accepted);
    village.conversation("first", "Stopping", &said(("kim", ago(6), "Second.")), &[]);
    let thanked = [("state", "resolved".into()), ("thanked_person_ids", vec![person("kim")].into())];
    let said = [
        ("mo", ago(9), STOP),
        ("eve", ago(8), "First."),
        ("kim", ago(7), "Try this."),
        ("mo", ago(6), "It works, thanks!"),
        ("kim", ago(5), "You are welcome."),
    ];
    village.conversation("thanked", "Stopping", &said, &thanked);
    let answer = village.open().expect("opens").ask("stop the reactor cleanly").expect("answers");
    let mut begins: Vec<(&str, &str)> = answer
        .similar
        .iter()
        .map(|similar| (similar.state.as_str(), similar.answer.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(begins.last(), Some(&("answered", "First.")), "resolved ones come first among equals");
    begins.sort_unstable();
    assert_eq!(begins, [("answered", "First."), ("resolved", "The accepted one."), ("resolved", "Try this.")]);
    assert!(answer.helpers.iter().any(|helper| helper.person.name == "Kim"));
    assert!(answer.helpers.iter().all(|helper| helper.person.name != "Bot"));
}

#[test]
fn what_nobody_answered_is_no_answer() {
    let mut village = village();
    village.conversation("alone", "Stopping", &[("mo", ago(9), STOP)], &[]);
    let community = village.open().expect("opens");
    let answer = community.ask(STOP).expect("answers");
    assert!(answer.similar.iter().all(|similar| similar.conversation.title != "Stopping"));
}

#[test]
fn any_text_may_be_asked() {
    let community = village().open().expect("opens");
    for text in ["", " \0\u{202e}\n", "a AND (b OR \"c", "../../etc/passwd", &"word ".repeat(100_000)] {
        community.ask(text).expect("answers");
    }
}
