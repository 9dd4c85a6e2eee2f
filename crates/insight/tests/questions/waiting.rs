//! Who is waiting.

use desk::{Decision, Desk, Kind};
use insight::WaitingFilter;
use model::time::DAY;

use crate::village::{NOW, Village, ago, message};

/// Four who wait, one of them a bot, and one who does not.
fn village() -> Village {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    village.person("ben", Some("Ben"), &[]);
    village.person("bot", Some("Build Bot"), &[("bot", true.into())]);
    village.conversation("late", "Build fails", &[("ada", ago(9), "Hi all,\n\nthe build fails here.\n")], &[]);
    village.conversation("new", "Old python?", &[("ben", ago(1), "Does it run?")], &[("channel", "users".into())]);
    village.conversation("older", "Anybody there?", &[("ada", ago(40), "Hello?")], &[]);
    village.conversation("bot", "Nightly build?", &[("bot", ago(2), "Broken?")], &[]);
    village.conversation("done", "How?", &[("ada", ago(3), "How?"), ("ben", ago(2), "So.")], &[]);
    village
}

fn check(filter: &WaitingFilter, expected: &[&str], older: u64) {
    let community = village().open().expect("opens");
    let waiting = community.waiting(10, filter).expect("answers");
    let titles: Vec<&str> = waiting.iter().map(|line| line.conversation.title.as_str()).collect();
    assert_eq!(titles, expected, "{filter:?}");
    let counts = community.waiting_counts(filter).expect("answers");
    assert_eq!((counts.waiting, counts.older), (expected.len() as u64, older), "{filter:?}");
}

#[test]
fn the_oldest_promise_comes_first_and_bots_never_wait() {
    check(&WaitingFilter::default(), &["Build fails", "Old python?"], 1);
}

#[test]
fn filters_narrow() {
    let text = |text: &str| Some(text.to_owned());
    check(&WaitingFilter { channel: text("users"), ..Default::default() }, &["Old python?"], 0);
    check(&WaitingFilter { source: text("chat"), ..Default::default() }, &[], 0);
    check(&WaitingFilter { since_days: Some(5), ..Default::default() }, &["Old python?"], 2);
    check(
        &WaitingFilter { since_days: Some(u32::MAX), source: text("list"), channel: None },
        &["Anybody there?", "Build fails", "Old python?"],
        0,
    );
}

#[test]
fn a_line_says_who_since_when_and_what() {
    let community = village().open().expect("opens");
    let waiting = community.waiting(1, &WaitingFilter::default()).expect("answers");
    let line = &waiting[0];
    assert_eq!(line.conversation.id, message("late"));
    assert_eq!(line.asker.as_ref().map(|asker| asker.name.as_str()), Some("Ada"));
    assert_eq!((line.since, line.due, line.messages), (ago(9), ago(9) + 2 * DAY, 1));
    assert_eq!(line.lead, "the build fails here.");
    assert!(!line.newcomer, "Ada asked forty days ago");
}

#[test]
fn what_is_closed_on_the_desk_waits_no_more_at_once() {
    let mut village = village();
    let community = village.open().expect("opens");
    let count = || community.waiting(10, &WaitingFilter::default()).expect("answers").len();
    assert_eq!(count(), 2);
    let mut desk = Desk::open(&village.desk_file()).expect("a desk");
    desk.decide(&Decision::new(NOW, "ada", &message("late"), Kind::Closed)).expect("decided");
    assert_eq!(count(), 1);
    desk.decide(&Decision::new(NOW, "ada", &message("late"), Kind::Reopened)).expect("decided");
    assert_eq!(count(), 2);
}

#[test]
fn a_first_question_is_a_newcomers() {
    let mut village = village();
    village.person("cyd", None, &[]);
    village.conversation("first", "First?", &[("cyd", ago(1), "I am new")], &[]);
    let community = village.open().expect("opens");
    let waiting = community.waiting(10, &WaitingFilter::default()).expect("answers");
    let newcomers: Vec<bool> = waiting.iter().map(|line| line.newcomer).collect();
    assert_eq!(newcomers, [false, false, true]);
    let name = waiting[2].asker.as_ref().expect("known").name.as_str();
    assert!(name.starts_with("somebody ") && !name.contains("cyd"), "{name}");
}

#[test]
fn without_times_it_is_counted_but_not_listed() {
    let mut village = Village::new();
    village.person("ada", Some("Ada"), &[]);
    let id = message("undated");
    village.row(
        "conversations",
        &[
            ("conversation_id", id.as_str().into()),
            ("source", "list".into()),
            ("channel", "dev-list".into()),
            ("messages", 1.into()),
            ("is_question", true.into()),
            ("state", "waiting".into()),
        ],
    );
    village.row(
        "messages",
        &[
            ("message_id", id.as_str().into()),
            ("conversation_id", id.as_str().into()),
            ("source", "list".into()),
            ("channel", "dev-list".into()),
            ("body", "When was this?".into()),
        ],
    );
    let community = village.open().expect("opens");
    let counts = community.waiting_counts(&WaitingFilter::default()).expect("answers");
    assert_eq!((counts.waiting, counts.older), (0, 1));
    let page = community.conversation(&id).expect("answers").expect("is there");
    assert_eq!((page.opened, page.messages.len()), (None, 1));
    assert_eq!(page.conversation.title, "(no title)");
    assert_eq!(page.messages[0].author, None);
}
