//! Small exports in, rows out: Element's file, lines, a server's answer, and what was cut.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/matrix_export/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

fn rows(sink: &MemorySink, file: &str) -> Rows {
    let of_file = |item: &&Item| item.origin.contains(file);
    let items: Vec<Item> = sink.items().iter().filter(of_file).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example()), &items)
}

fn problems(sink: &MemorySink) -> Vec<(&str, &str)> {
    sink.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect()
}

#[test]
fn a_room_from_element() {
    assert_snapshot!(tell(&rows(&collected(&example()), "Chat Export.json")), @r#"
    channel "Example Help" (chat) title "Ask here"
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:00:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:00:00Z
    identity "@ada:example.org" (account) name "Ada" account "matrix/@ada:example.org" seen 2024-03-01T08:00:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:01:00Z
    identity "@bo:example.org" (account) name "Bo" account "matrix/@bo:example.org" seen 2024-03-01T08:01:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:02:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:03:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:04:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:05:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:06:00Z
    identity "@ci:example.org" (account) account "matrix/@ci:example.org" seen 2024-03-01T08:07:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:08:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:09:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:10:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:11:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:12:00Z
    post "$ask" in "Example Help" by @bo:example.org at 2024-03-01T08:02:00Z
        "Ada: how do I stop the reactor today?"
        mentions @ada:example.org
        https://matrix.to/#/!room:example.org/$ask
    post "$answer" in "Example Help" by @ada:example.org at 2024-03-01T08:03:00Z
        answers "$ask"
        "Call `reactor.stop()`"
        https://matrix.to/#/!room:example.org/$answer
    post "$image" in "Example Help" by @bo:example.org at 2024-03-01T08:04:00Z
        ""
        attached screen.png
        https://matrix.to/#/!room:example.org/$image
    post "$captioned" in "Example Help" by @bo:example.org at 2024-03-01T08:05:00Z
        "the log"
        attached log.txt
        https://matrix.to/#/!room:example.org/$captioned
    post "$emote" in "Example Help" by @ada:example.org at 2024-03-01T08:06:00Z
        "waves"
        https://matrix.to/#/!room:example.org/$emote
    post "$notice" in "Example Help" by @ci:example.org at 2024-03-01T08:07:00Z
        "Build 7 failed"
        tags notice
        https://matrix.to/#/!room:example.org/$notice
    post "$sticker" in "Example Help" by @bo:example.org at 2024-03-01T08:11:00Z
        ":Waving:"
        https://matrix.to/#/!room:example.org/$sticker
    post "$poll" in "Example Help" by @ada:example.org at 2024-03-01T08:12:00Z
        "Poll: Tabs?\n- yes\n- no"
        https://matrix.to/#/!room:example.org/$poll
    other in "Example Help" by @ada:example.org at 2024-03-01T08:00:00Z: "room made"
    joined in "Example Help" by @ada:example.org at 2024-03-01T08:00:00Z
    joined in "Example Help" by @bo:example.org at 2024-03-01T08:01:00Z
    reacted "$ask" in "Example Help" by nobody at 2024-03-01T08:02:00Z: "👍"
    reacted "$ask" in "Example Help" by nobody at 2024-03-01T08:02:00Z: "👍"
    edited "$ask" in "Example Help" by @bo:example.org at 2024-03-01T08:02:30Z
    other in "Example Help" by @bo:example.org at 2024-03-01T08:08:00Z: "encrypted message"
    deleted another in "Example Help" by @ada:example.org at 2024-03-01T08:10:00Z: "spam"
    "#);
}

#[test]
fn events_line_by_line() {
    let sink = collected(&example());
    assert_snapshot!(tell(&rows(&sink, "dev.jsonl")), @r#"
    channel "Development" (chat)
    channel "Development" (chat) title "The next release"
    channel "dev" (chat)
    channel "Development" (chat)
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:00:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:01:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:02:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org"
    identity "@_irc_bridge_cy:example.org" (account) account "matrix/@_irc_bridge_cy:example.org" seen 2024-03-01T08:03:00Z
    identity "@_irc_bridge_cy:example.org" (account) name "cy (IRC)" account "matrix/@_irc_bridge_cy:example.org" seen 2024-03-01T08:03:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:04:00Z
    identity "@bo:example.org" (account) name "Bo Example" account "matrix/@bo:example.org" seen 2024-03-01T08:04:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:04:00Z
    identity "@bo:example.org" (account) name "Bo Example" account "matrix/@bo:example.org" seen 2024-03-01T08:04:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:05:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:06:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:07:00Z
    identity "@dee:example.com" (account) account "matrix/@dee:example.com" seen 2024-03-01T08:08:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:09:00Z
    identity "@_irc_bridge_cy:example.org" (account) account "matrix/@_irc_bridge_cy:example.org" seen 2024-03-01T08:10:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:11:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:12:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:13:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:13:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:14:00Z
    identity "@dee:example.com" (account) name "Dee" account "matrix/@dee:example.com" seen 2024-03-01T08:14:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:15:00Z
    identity "@dee:example.com" (account) name "Dee" account "matrix/@dee:example.com" seen 2024-03-01T08:15:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:16:00Z
    identity "@dee:example.com" (account) name "Dee" account "matrix/@dee:example.com" seen 2024-03-01T08:16:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:17:00Z
    identity "@dee:example.com" (account) name "Dee" account "matrix/@dee:example.com" seen 2024-03-01T08:17:00Z
    identity "@dee:example.com" (account) account "matrix/@dee:example.com" seen 2024-03-01T08:18:00Z
    identity "@dee:example.com" (account) name "Dee" account "matrix/@dee:example.com" seen 2024-03-01T08:18:00Z
    identity "@_irc_bridge_cy:example.org" (account) account "matrix/@_irc_bridge_cy:example.org" seen 2024-03-01T08:19:00Z
    identity "@_irc_bridge_cy:example.org" (account) account "matrix/@_irc_bridge_cy:example.org" seen 2024-03-01T08:19:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:20:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:21:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org"
    post "$d-root" in "Development" by @bo:example.org at 2024-03-01T08:06:00Z
        "The tests fail"
        https://matrix.to/#/!dev:example.org/$d-root
    post "$d-thread" in "Development" by @ada:example.org at 2024-03-01T08:09:00Z
        answers "$d-root"
        "On which system?"
        https://matrix.to/#/!dev:example.org/$d-thread
    post "$d-inner" in "Development" by @_irc_bridge_cy:example.org at 2024-03-01T08:10:00Z
        answers "$d-thread", "$d-root"
        "Windows"
        https://matrix.to/#/!dev:example.org/$d-inner
    post "$d-odd" in "Development" by @bo:example.org at no time
        ""
        https://matrix.to/#/!dev:example.org/$d-odd
    other in "Development" by @ada:example.org at 2024-03-01T08:00:00Z: "room named: Development"
    other in "Development" by @ada:example.org at 2024-03-01T08:01:00Z: "m.room.canonical_alias"
    other in "Development" by @ada:example.org at 2024-03-01T08:02:00Z: "power levels"
    awarded in "Development" by @bo:example.org at 2024-03-01T08:02:00Z: "moderator"
    joined in "Development" by @_irc_bridge_cy:example.org at 2024-03-01T08:03:00Z
    renamed in "Development" by @bo:example.org at 2024-03-01T08:04:00Z: "Bo Example"
    other in "Development" by @bo:example.org at 2024-03-01T08:04:00Z: "has a new picture"
    set_topic in "Development" by @ada:example.org at 2024-03-01T08:05:00Z: "The next release"
    edited "$d-root" in "Development" by @bo:example.org at 2024-03-01T08:07:00Z
    edited "$d-root" in "Development" by @dee:example.com at 2024-03-01T08:08:00Z
    reacted "$d-inner" in "Development" by @ada:example.org at 2024-03-01T08:11:00Z: "🎉"
    other in "Development" by @bo:example.org at 2024-03-01T08:12:00Z: "encrypted message"
    deleted another in "Development" by @ada:example.org at 2024-03-01T08:13:00Z: "off topic"
    kicked in "Development" by @dee:example.com at 2024-03-01T08:14:00Z: "removed: spam"
    moderated in "Development" by @ada:example.org at 2024-03-01T08:14:00Z: "removed Dee"
    kicked in "Development" by @dee:example.com at 2024-03-01T08:15:00Z: "banned"
    moderated in "Development" by @ada:example.org at 2024-03-01T08:15:00Z: "banned Dee"
    other in "Development" by @ada:example.org at 2024-03-01T08:16:00Z: "no longer banned: Dee"
    other in "Development" by @ada:example.org at 2024-03-01T08:17:00Z: "invited Dee"
    other in "Development" by @dee:example.com at 2024-03-01T08:18:00Z: "did not follow an invitation"
    left in "Development" by @_irc_bridge_cy:example.org at 2024-03-01T08:19:00Z
    other in "Development" by @ada:example.org at 2024-03-01T08:20:00Z: "pinned messages"
    other in "Development" by @ada:example.org at 2024-03-01T08:21:00Z: "org.example.build"
    other in "dev" by nobody at no time: "event without a type"
    problem: field of a wrong type in dev.jsonl@6509 "content"
    problem: field of a wrong type in dev.jsonl@6509 "origin_server_ts"
    problem: field of a wrong type in dev.jsonl@6509 "sender"
    problem: field of a wrong type in dev.jsonl@6509 "content"
    problem: field of a wrong type in dev.jsonl@6509 "type"
    problem: field of a wrong type in dev.jsonl@6676 "m.relates_to"
    problem: field of a wrong type in dev.jsonl@6676 "msgtype"
    problem: field of a wrong type in dev.jsonl@6676 "body"
    problem: field of a wrong type in dev.jsonl@6676 "msgtype"
    problem: field of a wrong type in dev.jsonl@6676 "m.relates_to"
    problem: field of a wrong type in dev.jsonl@6676 "msgtype"
    problem: field of a wrong type in dev.jsonl@6676 "msgtype"
    problem: field of a wrong type in dev.jsonl@6676 "body"
    "#);
    assert_eq!(problems(&sink), [("has no id", "dev.jsonl")]);
}

#[test]
fn an_answer_of_a_server() {
    assert_snapshot!(tell(&rows(&collected(&example()), "messages.json")), @r#"
    channel "!third:example.org" (chat)
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:30:00Z
    identity "@ada:example.org" (account) account "matrix/@ada:example.org" seen 2024-03-01T08:29:00Z
    identity "@bo:example.org" (account) account "matrix/@bo:example.org" seen 2024-03-01T08:00:00Z
    identity "@bo:example.org" (account) name "Bo" account "matrix/@bo:example.org" seen 2024-03-01T08:00:00Z
    post "$m-2" in "!third:example.org" by @bo:example.org at 2024-03-01T08:30:00Z
        "newest first"
        https://matrix.to/#/!third:example.org/$m-2
    post "$m-1" in "!third:example.org" by @ada:example.org at 2024-03-01T08:29:00Z
        "before"
        https://matrix.to/#/!third:example.org/$m-1
    joined in "!third:example.org" by @bo:example.org at 2024-03-01T08:00:00Z
    "#);
}

#[test]
fn lines_and_an_array_are_the_same() {
    let lines = fs::read_to_string(example().join("dev.jsonl")).expect("there");
    let folder = tempfile::tempdir().expect("a folder");
    let array = format!("\u{feff}[\r\n{}]", lines.trim().replace('\n', ",\r\n"));
    fs::write(folder.path().join("dev.jsonl"), array).expect("written");
    let (lines, array) = (rows(&collected(&example()), "dev.jsonl"), rows(&collected(folder.path()), ""));
    let without = |rows: Rows| Rows { problems: Vec::new(), ..rows };
    assert_eq!(without(lines), without(array));
}

#[test]
fn exports_that_overlap_hold_each_event_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.jsonl", "b.jsonl"] {
        fs::copy(example().join("dev.jsonl"), folder.path().join(name)).expect("copied");
    }
    let (twice, once) = (collected(folder.path()), collected(&example().join("dev.jsonl")));
    assert_eq!(twice.items().len(), once.items().len());
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["matrix - Example Help - Chat Export.json", "dev.jsonl", "messages.json"] {
        let whole = fs::read(example().join(name)).expect("there");
        fs::write(folder.path().join(name), &whole[..whole.len() * 2 / 3]).expect("written");
    }
    fs::write(folder.path().join("empty.json"), "").expect("written");
    fs::write(folder.path().join("other.json"), r#"{"type": 2, "messages": [{"id": 1}]}"#).expect("written");
    let sink = collected(folder.path());
    assert!(sink.items().len() > 20);
    assert_snapshot!(format!("{:#?}", problems(&sink)), @r#"
    [
        (
            "is cut short",
            "dev.jsonl",
        ),
        (
            "holds no Matrix events",
            "empty.json",
        ),
        (
            "is cut short",
            "matrix - Example Help - Chat Export.json",
        ),
        (
            "is no JSON",
            "messages.json",
        ),
        (
            "holds no Matrix events",
            "other.json",
        ),
    ]
    "#);
}

#[test]
fn a_folder_without_events_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["notes.txt", "other.json"] {
        fs::write(folder.path().join(name), "[1]").expect("written");
        let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
        assert!(error.to_string().contains("holds no Matrix events"), "{error}");
    }
}

#[test]
fn exports_are_recognised() {
    for (file, sure) in [("", 95), ("dev.jsonl", 85), ("messages.json", 85)] {
        let look = crate::files::look(&example().join(file)).expect("it can be read");
        assert_eq!((SOURCE.recognize)(&look).map(|seen| seen.sure), Some(sure), "{file}");
    }
    let slack = example().join("../../../slack_export/fixtures");
    assert_eq!((SOURCE.recognize)(&crate::files::look(&slack).expect("it can be read")), None);
}
