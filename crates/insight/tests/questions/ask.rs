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

#[test]
fn those_who_wait_with_the_same_question_are_listed_together() {
    let mut village = village();
    for (key, who) in [("one", "mo"), ("two", "kim")] {
        village.conversation(key, "Stopping the reactor", &[(who, ago(3), STOP)], &[]);
    }
    let said =
        [("mo", ago(90), STOP), ("eve", ago(89), "Nice day. You need to call stop() on it. Which one is yours?")];
    village.conversation("done", "Stopping the reactor", &said, &[("state", "resolved".into())]);
    for key in ["one", "two", "done"] {
        let meaning = text::meaning(&format!("Stopping the reactor\n{STOP}")).to_text();
        let cells = [
            ("message_id", message(key).into()),
            ("conversation_id", message(key).into()),
            ("source", "list".into()),
            ("meaning", meaning.into()),
        ];
        village.row("signals", &cells);
    }
    let community = village.open().expect("opens");
    let same = community.same(&message("one")).expect("answers").expect("known");
    let waiting: Vec<&str> = same.unanswered.iter().map(|one| one.conversation.id.as_str()).collect();
    assert_eq!(waiting, [message("two")]);
    let answer = &same.similar[0];
    assert_eq!(answer.answer.as_deref(), Some("You need to call stop() on it."));
    assert_eq!(answer.message.as_deref(), Some(message("done/1").as_str()));
    assert_eq!(answer.answered_by.as_ref().map(|person| person.name.as_str()), Some("Eve"));
    assert_eq!(community.same("nobody").expect("answers"), None);
    let knows = community.who_knows(&message("one")).expect("answers");
    assert_eq!(knows[0].person.name, "Eve");
}

#[test]
fn pages_answer_with_their_headings() {
    let mut village = village();
    village.conversation(
        "page",
        "Reactor",
        &[("eve", ago(900), "All about the reactor.")],
        &[("is_question", false.into()), ("state", "not_question".into()), ("messages", 2.into())],
    );
    let section = [
        ("message_id", message("page/stop").into()),
        ("conversation_id", message("page").into()),
        ("source", "list".into()),
        ("channel", "dev-list".into()),
        ("kind", "page".into()),
        ("time", ago(900).into()),
        ("subject", "Reactor › Stopping it cleanly".into()),
        ("body", "It runs for ever. To stop the reactor cleanly, call stop() from its own thread.".into()),
        ("url", "https://docs.example.org/reactor#stopping".into()),
    ];
    village.row("messages", &section);
    let answer = village.open().expect("opens").ask(STOP).expect("answers");
    let page = answer.pages.first().expect("found");
    assert_eq!((page.title.as_str(), page.heading.as_deref()), ("Reactor", Some("Stopping it cleanly")));
    assert_eq!(page.url.as_deref(), Some("https://docs.example.org/reactor#stopping"));
    assert_eq!(page.sentence.as_deref(), Some("To stop the reactor cleanly, call stop() from its own thread."));
}
