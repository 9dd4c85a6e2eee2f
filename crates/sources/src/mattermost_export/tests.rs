//! A small export in, rows out: from a file, from a zip, and from several that overlap.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::event::{PostType, post_type};
use super::{SOURCE, recognize};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mattermost_export/fixtures/example")
}

fn context(path: &Path, more: &str) -> Context {
    testkit::context("/", &format!("path = '{}'\nurl = 'https://Chat.example.org/'\n{more}", path.display()))
}

fn collected(path: &Path, more: &str) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path, more)).expect("it can be read");
    sink
}

fn rows(kinds: &[&str], more: &str) -> Rows {
    let sink = collected(&example(), more);
    let items: Vec<Item> = sink.items().iter().filter(|item| kinds.contains(&item.kind.as_str())).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example(), more), &items)
}

fn problems(sink: &MemorySink) -> Vec<(&str, &str)> {
    sink.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect()
}

/// An export of these lines.
fn written(folder: &Path, name: &str, created: &str, lines: &[&str]) {
    let version = format!(r#"{{"type":"version","version":1,"info":{{"created":"{created}"}}}}"#);
    fs::write(folder.join(name), [&[version.as_str()], lines].concat().join("\r\n")).expect("written");
}

#[test]
fn places_and_people() {
    assert_snapshot!(tell(&rows(&["team", "channel", "emoji", "version", "role", "scheme"], "")), @r#"
    channel "demo" (team) title "The Demo Project: Everybody is welcome"
    channel "demo/town-square" (chat) title "Town Square: For all"
    channel "demo/maintainers" (private chat) title "Maintainers: Plans"
    other in "" by nobody at no time: "custom emoji :party_gopher:"
    "#);
    assert_snapshot!(tell(&rows(&["user", "bot"], "")), @r#"
    identity "ada" (account) name "Ada Example" email "ada@example.org" account "chat.example.org/ada"
    identity "bo.b" (account) name "Bo" email "bo@example.org" account "chat.example.org/bo.b"
    identity "cy" (account) name "Cy" email "cy@example.com" account "chat.example.org/cy"
    identity "old-bot" (account) name "old-bot" account "chat.example.org/old-bot" bot
    identity "buildbot" (account) name "Build Bot" account "chat.example.org/buildbot" bot
    other in "" by ada at no time: "position: Maintainer"
    other in "" by ada at no time: "system admin"
    joined in "demo" by ada at no time: "team admin"
    joined in "demo/town-square" by ada at no time: "channel admin"
    joined in "demo/maintainers" by ada at no time: "channel admin"
    joined in "demo" by bo.b at no time
    joined in "demo/town-square" by bo.b at no time
    other in "" by cy at no time: "system guest"
    other in "" by cy at 2024-03-05T00:53:20Z: "account deactivated"
    joined in "demo" by cy at no time: "team guest"
    joined in "demo/town-square" by cy at no time: "channel guest"
    "#);
}

#[test]
fn messages_and_what_was_done() {
    assert_snapshot!(tell(&rows(&["post"], "")), @r#"
    identity "bo.b" (account) account "chat.example.org/bo.b" seen 2024-03-01T08:00:00Z
    identity "bo.b" (account) account "chat.example.org/bo.b"
    identity "bo.b" (account) account "chat.example.org/bo.b" seen 2024-03-01T08:01:00Z
    identity "cy" (account) account "chat.example.org/cy"
    identity "ada" (account) account "chat.example.org/ada"
    identity "cy" (account) account "chat.example.org/cy"
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:02:00Z
    identity "bo.b" (account) account "chat.example.org/bo.b"
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:02:00Z
    identity "bo.b" (account) account "chat.example.org/bo.b" seen 2024-03-01T08:03:00Z
    identity "buildbot" (account) account "chat.example.org/buildbot" bot seen 2024-03-01T08:03:20Z
    identity "webhook:tracker" (account) name "Tracker" bot seen 2024-03-01T08:03:20Z
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:03:30Z
    identity "ada" (account) account "chat.example.org/ada"
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:03:40Z
    identity "cy" (account) account "chat.example.org/cy"
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:03:50Z
    identity "cy" (account) account "chat.example.org/cy"
    identity "cy" (account) account "chat.example.org/cy" seen 2024-03-01T08:04:00Z
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T08:04:10Z
    identity "cy" (account) account "chat.example.org/cy"
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T10:46:40Z
    post "demo/town-square/1709280060000" in "demo/town-square" by bo.b at 2024-03-01T08:01:00Z
        "How do I stop the **reactor**, @ada? bo@example.org got `exit 3` 🤔"
        attached log.txt
        mentions ada
    post "demo/town-square/1709280060000#1709280120000" in "demo/town-square" by ada at 2024-03-01T08:02:00Z
        answers "demo/town-square/1709280060000"
        "@bo.b: call `reactor.stop()`"
        attached stop me.py
        mentions bo.b
    post "demo/town-square/1709280060000#1709280120000/c7300463" in "demo/town-square" by ada at 2024-03-01T08:02:00Z
        answers "demo/town-square/1709280060000"
        "and wait"
    post "demo/town-square/1709280060000#1709280180000" in "demo/town-square" by bo.b at 2024-03-01T08:03:00Z
        answers "demo/town-square/1709280060000"
        "Thanks, that worked!"
    post "demo/town-square/1709280200000" in "demo/town-square" by buildbot at 2024-03-01T08:03:20Z
        "Build 7\nfailed after 3 min"
    post "demo/town-square/1709280200000/5dce8011" in "demo/town-square" by webhook:tracker at 2024-03-01T08:03:20Z
        "Issue 8 was opened"
    post "demo/town-square/1709280240000" in "demo/town-square" by cy at 2024-03-01T08:04:00Z
        "*waves*"
    post "demo/town-square/yesterday" in "demo/town-square" by cy at no time
        ""
    post "demo/maintainers/1709290000000" in "demo/maintainers" by ada at 2024-03-01T10:46:40Z
        "We release on Friday"
    joined in "demo/town-square" by bo.b at 2024-03-01T08:00:00Z: "bo.b joined the channel."
    edited "demo/town-square/1709280060000" in "demo/town-square" by bo.b at 2024-03-01T08:01:30.5Z
    other "demo/town-square/1709280060000" in "demo/town-square" by nobody at no time: "pinned"
    bookmarked "demo/town-square/1709280060000" in "demo/town-square" by cy at no time
    reacted "demo/town-square/1709280060000" in "demo/town-square" by ada at 2024-03-01T08:01:40Z: ":eyes:"
    reacted "demo/town-square/1709280060000" in "demo/town-square" by cy at 2024-03-01T08:01:50Z: ":party_gopher:"
    reacted "demo/town-square/1709280060000#1709280120000" in "demo/town-square" by bo.b at 2024-03-01T08:02:10Z: ":+1:"
    other "demo/town-square/1709280060000#1709280180000" in "demo/town-square" by nobody at no time: "pinned"
    set_topic in "demo/town-square" by ada at 2024-03-01T08:03:30Z: "Ask here"
    joined in "demo/town-square" by cy at 2024-03-01T08:03:40Z: "cy added to the channel by ada."
    kicked in "demo/town-square" by cy at 2024-03-01T08:03:50Z: "cy was removed from the channel."
    other in "demo/town-square" by ada at 2024-03-01T08:04:10Z: "from the future: ?"
    problem: unknown type of system post in import.jsonl@5084 "system_from_the_future"
    problem: field of a wrong type in import.jsonl@5255 "create_at"
    problem: field of a wrong type in import.jsonl@5255 "message"
    problem: field of a wrong type in import.jsonl@5255 "reactions"
    "#);
}

#[test]
fn direct_messages_are_taken_when_asked_for() {
    assert!(collected(&example(), "").items().iter().all(|item| !item.kind.starts_with("direct")));
    let direct = "direct_messages = true";
    assert_snapshot!(tell(&rows(&["direct_channel", "direct_post"], direct)), @r#"
    channel "direct/ada,bo.b" (private chat)
    identity "ada" (account) account "chat.example.org/ada" seen 2024-03-01T10:48:20Z
    identity "bo.b" (account) account "chat.example.org/bo.b" seen 2024-03-01T10:48:30Z
    post "direct_post/ada,bo.b/1709290100000" in "direct/ada,bo.b" by ada at 2024-03-01T10:48:20Z
        "just between us"
    post "direct_post/ada,bo.b/1709290100000#1709290110000" in "direct/ada,bo.b" by bo.b at 2024-03-01T10:48:30Z
        answers "direct_post/ada,bo.b/1709290100000"
        "fine"
    "#);
    let mut sink = collected(&example(), "");
    assert_eq!(sink.collect(&SOURCE, &context(&example(), direct)).expect("it can be read"), 2, "asked for later");
}

#[test]
fn lines_that_cannot_be_read_leave_their_neighbours() {
    let sink = collected(&example(), "");
    assert_eq!(problems(&sink), [("is no JSON", "import.jsonl"), ("unknown type of line", "import.jsonl")]);
}

#[test]
fn a_zip_is_the_file_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("export.zip")).expect("made"));
    let lines = fs::read(example().join("import.jsonl")).expect("there");
    for (name, bytes) in [("import.jsonl", &lines[..]), ("data/20240301/notes.json", b"{\"type\":\"note\"}")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("written");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("written");
    let zipped = collected(&folder.path().join("export.zip"), "");
    assert_eq!(zipped.items(), collected(&example(), "").items());
    let look = crate::files::look(folder.path()).expect("it can be read");
    assert_snapshot!(format!("{:?}", recognize(&look).expect("recognised")), @r#"Seen { sure: 95, what: "a Mattermost bulk export: import.jsonl, made 2024-03-05", options: {} }"#);
}

#[test]
fn exports_that_overlap_are_one_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let post = |text: &str, more: &str| {
        format!(
            r#"{{"type":"post","post":{{"team":"t","channel":"c","user":"ada","message":"{text}","create_at":1709280060000{more}}}}}"#
        )
    };
    let other = post("at once", "").replace("ada", "bo");
    written(folder.path(), "b-old.jsonl", "2024-03-01T00:00:00Z", &[&post("frist", ""), &other]);
    let replied = r#","edit_at":1709280070000,"replies":[{"user":"bo","message":"hi","create_at":1709280080000}]"#;
    let renamed = post("first", replied).replace("ada", "ada.l");
    written(folder.path(), "a-new.jsonl", "2024-03-02T00:00:00+01:00", &[&renamed, &other]);
    let sink = collected(folder.path(), "");
    let latest: Vec<Item> = sink.latest().into_iter().filter(|item| item.kind == "post").cloned().collect();
    assert_snapshot!(tell(&testkit::normalize(&SOURCE, &context(folder.path(), ""), &latest)), @r#"
    identity "bo" (account) account "chat.example.org/bo" seen 2024-03-01T08:01:00Z
    identity "ada.l" (account) account "chat.example.org/ada.l" seen 2024-03-01T08:01:00Z
    identity "bo" (account) account "chat.example.org/bo" seen 2024-03-01T08:01:20Z
    post "t/c/1709280060000/c0f27f8f" in "t/c" by bo at 2024-03-01T08:01:00Z
        "at once"
    post "t/c/1709280060000" in "t/c" by ada.l at 2024-03-01T08:01:00Z
        "first"
    post "t/c/1709280060000#1709280080000" in "t/c" by bo at 2024-03-01T08:01:20Z
        answers "t/c/1709280060000"
        "hi"
    edited "t/c/1709280060000" in "t/c" by ada.l at 2024-03-01T08:01:10Z
    "#);
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = fs::read(example().join("import.jsonl")).expect("there");
    fs::write(folder.path().join("half.jsonl"), &lines[..lines.len() / 2]).expect("written");
    fs::write(folder.path().join("empty.jsonl"), "").expect("written");
    fs::write(folder.path().join("other.json"), "[1]").expect("written");
    let sink = collected(folder.path(), "");
    assert!(sink.items().len() > 9);
    assert_eq!(problems(&sink), [("is no JSON", "half.jsonl")]);
}

#[test]
fn what_is_no_export_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("other.json"), "{\"type\":\"post\"}").expect("written");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path(), "")).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no Mattermost export"), "{error}");
    assert_eq!(recognize(&crate::files::look(folder.path()).expect("it can be read")), None);
}

#[test]
fn a_long_first_line_is_an_export_too() {
    let line = format!(r#"{{"type": "user", "user": {{"username": "ada", "position": "{}"}}}}"#, "x".repeat(5000));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("part"), line).expect("written");
    assert_eq!(collected(&folder.path().join("part"), "").items().len(), 1);
}

#[test]
fn types_of_posts() {
    assert_eq!(post_type("custom_poll"), PostType::Message);
    assert_eq!(post_type("system_whatever"), PostType::Unknown);
}
