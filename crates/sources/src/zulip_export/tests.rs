//! A small export in, rows out: from a folder, from a tar, and from several that overlap.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use serde_json::{Value, json};
use source::Context;
use testkit::{MemorySink, tell};

use super::{SOURCE, recognize};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/zulip_export/fixtures/example")
}

fn context(path: &Path, more: &str) -> Context {
    testkit::context("/", &format!("path = '{}'\nurl = 'https://Chat.example.org/'\n{more}", path.display()))
}

fn collected(path: &Path, more: &str) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path, more)).expect("it can be read");
    sink
}

fn rows(kinds: &[&str]) -> Rows {
    let sink = collected(&example(), "");
    let items: Vec<Item> = sink.items().iter().filter(|item| kinds.contains(&item.kind.as_str())).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example(), ""), &items)
}

fn problems(sink: &MemorySink) -> Vec<(&str, &str)> {
    sink.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect()
}

/// An export with a channel and these messages: number, topic, text.
fn written(folder: &Path, channel: &str, messages: &[(i64, &str, &str)]) {
    fs::create_dir_all(folder).expect("made");
    let realm = json!({
        "zerver_stream": [{"id": 5, "name": channel}],
        "zerver_recipient": [{"id": 20, "type": 2, "type_id": 5}],
        "zerver_subscription": [{"id": 1, "user_profile": 10, "recipient": 20, "active": true}],
    });
    fs::write(folder.join("realm.json"), realm.to_string()).expect("written");
    let message = |(id, subject, content): &(i64, &str, &str)| json!({"id": id, "sender": 10, "recipient": 20, "subject": subject, "content": content, "date_sent": 1709280000 + id});
    let messages: Vec<Value> = messages.iter().map(message).collect();
    fs::write(folder.join("messages-000001.json"), json!({ "zerver_message": messages }).to_string()).expect("written");
}

fn latest(folder: &Path) -> String {
    let sink = collected(folder, "");
    let latest: Vec<Item> = sink.latest().into_iter().filter(|item| item.kind != "channel").cloned().collect();
    tell(&testkit::normalize(&SOURCE, &context(folder, ""), &latest))
}

#[test]
fn places_and_people() {
    assert_snapshot!(tell(&rows(&["realm", "user"])), @r#"
    identity "10" (account) name "Ada Example" email "ada@example.org" account "chat.example.org/10"
    identity "11" (account) name "Bo [he]" account "chat.example.org/11"
    identity "12" (account) name "Cy" email "cy@example.com" account "chat.example.org/12"
    identity "13" (account) name "Build Bot" email "build-bot@chat.example.org" account "chat.example.org/13" bot
    identity "14" (account) name "Dee" email "dee@example.com" account "chat.example.org/14"
    identity "1" (account) email "notification-bot@zulip.com" account "chat.example.org/1" bot
    joined in "" by 10 at 2020-01-01T00:00:00.5Z
    other in "" by 10 at no time: "organization owner"
    joined in "" by 11 at 2021-01-01T00:00:00Z
    joined in "" by 12 at 2021-01-01T00:00:00Z
    other in "" by 12 at no time: "guest"
    other in "" by 12 at no time: "account deactivated"
    joined in "" by 13 at 2021-01-01T00:01:40Z
    joined in "" by 14 at 2021-01-01T00:00:00Z
    "#);
    assert_snapshot!(tell(&rows(&["channel", "log", "emoji", "subscription"])), @r#"
    channel "help desk" (chat) title "Ask here"
    channel "maintainers" (private chat)
    channel "old plans" (chat)
    identity "10" (account) account "chat.example.org/10"
    identity "10" (account) account "chat.example.org/10"
    identity "11" (account) account "chat.example.org/11"
    identity "12" (account) account "chat.example.org/12"
    identity "12" (account) account "chat.example.org/12"
    other in "" by 10 at no time: "custom emoji :reactor:"
    other in "help desk" by 10 at 2020-01-01T00:00:00Z: "channel made"
    other in "maintainers" by nobody at 2020-01-01T00:01:40Z: "channel made"
    other in "old plans" by nobody at 2020-01-01T00:03:20Z: "channel made"
    other in "old plans" by nobody at no time: "channel archived"
    joined in "help desk" by 11 at 2021-01-01T00:00:01Z
    joined in "help desk" by 12 at 2021-01-01T00:00:02Z
    left in "help desk" by 12 at 2024-03-01T10:46:40Z
    "#);
}

#[test]
fn messages_and_what_was_done() {
    assert_snapshot!(tell(&rows(&["message", "reaction"])), @r#"
    identity "10" (account) account "chat.example.org/10"
    identity "11" (account) account "chat.example.org/11"
    identity "11" (account) account "chat.example.org/11" seen 2024-03-01T08:01:00.123456Z
    identity "11" (account) account "chat.example.org/11"
    identity "11" (account) account "chat.example.org/11"
    identity "10" (account) account "chat.example.org/10"
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:02:00Z
    identity "11" (account) account "chat.example.org/11"
    identity "11" (account) account "chat.example.org/11" seen 2024-03-01T08:03:00.5Z
    identity "11" (account) account "chat.example.org/11"
    identity "13" (account) account "chat.example.org/13" seen 2024-03-01T08:03:20Z
    identity "12" (account) account "chat.example.org/12" seen 2024-03-01T08:03:30Z
    identity "11" (account) account "chat.example.org/11" seen 2024-03-01T08:03:40Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:03:50Z
    identity "1" (account) account "chat.example.org/1" seen 2024-03-01T08:16:40Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T10:46:40Z
    post "101" in "help desk" by 11 at 2024-03-01T08:01:00.123456Z
        subject "stop the reactor"
        "How do I stop the **reactor**, @Ada Example? @helpers cc @Cy :thinking:\nSee #help desk > rules and #maintainers"
        mentions 10, 12
        closed: solved
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/.E2.9C.94.20stop.20the.20reactor/near/101
    post "102" in "help desk" by 10 at 2024-03-01T08:02:00Z
        answers "101"
        subject "Stop the reactor"
        "@Bo [he] [said](https://chat.example.org/#narrow/channel/5-help-desk/topic/stop.20the.20reactor/near/101):\n> How do I stop it?\n> ```\n> exit 3\n> ```\nCall `reactor.stop()`, see [stop me.py](/user_uploads/2/ab/cdef/stop%20me.py)"
        attached stop me.py
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/.E2.9C.94.20Stop.20the.20reactor/near/102
    post "103" in "help desk" by 11 at 2024-03-01T08:03:00.5Z
        answers "102", "101"
        subject "stop the reactor"
        "@Ada Example [said](https://chat.example.org/#narrow/channel/5-help-desk/topic/stop.20the.20reactor/near/102):\n> Call `reactor.stop()`\nThanks, that worked!\n![pic.png](/user_uploads/2/cd/ef01/pic.png)"
        attached pic.png
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/.E2.9C.94.20stop.20the.20reactor/near/103
    post "104" in "help desk" by 13 at 2024-03-01T08:03:20Z
        subject "builds"
        "Build 7 failed: @all see https://ci.example.org/7"
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/builds/near/104
    post "105" in "help desk" by 12 at 2024-03-01T08:03:30Z
        "/me waves"
        https://Chat.example.org/#narrow/channel/5-help-desk/topic//near/105
    post "106" in "help desk" by 11 at 2024-03-01T08:03:40Z
        "@Ada Example said `@**Ada Example|10**` once"
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/.28no.20topic.29/near/106
    post "107" in "help desk" by 10 at 2024-03-01T08:03:50Z
        subject "stop the reactor in winter"
        "@Bo [he] [said](https://chat.example.org/#narrow/stream/5-help-desk/topic/stop.20the.20reactor/near/101):\n> How do I stop it?\nIn winter?"
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/stop.20the.20reactor.20in.20winter/near/107
    post "108" in "help desk" by 1 at 2024-03-01T08:16:40Z
        answers "101"
        subject "stop the reactor"
        "@Bo [he] has marked this topic as resolved."
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/.E2.9C.94.20stop.20the.20reactor/near/108
    post "109" in "maintainers" by 10 at 2024-03-01T10:46:40Z
        subject "1.0 (final)"
        "We release on Friday 🎉"
        https://Chat.example.org/#narrow/channel/6-maintainers/topic/1.2E0.20.28final.29/near/109
    post "110" in "help desk" by nobody at no time
        answers "104"
        subject "builds"
        ""
        https://Chat.example.org/#narrow/channel/5-help-desk/topic/builds/near/110
    reacted "101" in "help desk" by 10 at 2024-03-01T08:01:00.123456Z: ":eyes:"
    reacted "102" in "help desk" by 11 at 2024-03-01T08:02:00Z: ":reactor:"
    closed "101" in "help desk" by 11 at 2024-03-01T08:16:40Z
    edited "101" in "help desk" by 11 at 2024-03-01T08:01:30Z
    other "101" in "help desk" by 10 at 2024-03-01T08:01:20Z: "topic was: help"
    problem: edit history cannot be read in messages-000002.json@970 ""
    problem: field of a wrong type in messages-000002.json@970 "date_sent"
    problem: field of a wrong type in messages-000002.json@970 "content"
    "#);
}

#[test]
fn rows_that_cannot_be_read_leave_their_neighbours() {
    let expected = [
        ("has no id", "realm.json"),
        ("message of a reaction is not in the export", "realm.json"),
        ("has no id", "messages-000002.json"),
        ("recipient is not in the export", "messages-000002.json"),
    ];
    assert_eq!(problems(&collected(&example(), "")), expected);
}

#[test]
fn direct_messages_are_taken_when_asked_for() {
    let mut sink = collected(&example(), "");
    assert!(sink.items().iter().all(|item| item.id != "message/201" && item.id != "reaction/3"));
    let context = context(&example(), "direct_messages = true");
    let before = sink.items().len();
    sink.collect(&SOURCE, &context).expect("it can be read");
    assert_snapshot!(tell(&testkit::normalize(&SOURCE, &context, &sink.items()[before..])), @r#"
    identity "10" (account) account "chat.example.org/10"
    identity "11" (account) account "chat.example.org/11" seen 2024-03-01T10:48:20Z
    identity "11" (account) account "chat.example.org/11" seen 2024-03-01T10:48:30Z
    post "201" in "direct/10,11" by 11 at 2024-03-01T10:48:20Z
        "just between us"
    post "202" in "direct/10,11,12" by 11 at 2024-03-01T10:48:30Z
        "between three"
    reacted "201" in "direct/10,11" by 10 at 2024-03-01T10:48:20Z: ":+1:"
    "#);
}

#[test]
fn a_tar_is_the_folder_that_it_was_made_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.tar.gz");
    let gz = flate2::write::GzEncoder::new(fs::File::create(&path).expect("made"), flate2::Compression::fast());
    let mut tar = tar::Builder::new(gz);
    tar.append_dir_all("zulip-export-1", example()).expect("written");
    tar.into_inner().expect("written").finish().expect("written");
    let told = |sink: &MemorySink| -> Vec<_> {
        sink.items().iter().map(|item| (item.id.clone(), item.version.clone(), item.bytes.clone())).collect()
    };
    assert_eq!(told(&collected(&path, "")), told(&collected(&example(), "")));
    let look = crate::files::look(&path).expect("it can be read");
    assert_snapshot!(format!("{:?}", recognize(&look).expect("recognised")), @r#"Seen { sure: 95, what: "a Zulip export: realm.json, 2 files of messages", options: {} }"#);
}

#[test]
fn what_moved_between_exports_is_where_it_is_now() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = [(1, "a", "one"), (2, "a", "two"), (3, "b", "three"), (4, "a", "four")];
    written(&folder.path().join("z"), "dev", &old);
    // The first message of `a` went to `b`, another one was edited, and the channel has a new name.
    written(
        &folder.path().join("a"),
        "devel",
        &[(1, "b", "one"), (2, "✔ a", "two"), (3, "b", "three"), (4, "✔ a", "4"), (5, "A", "five")],
    );
    assert_snapshot!(latest(folder.path()), @r#"
    identity "10" (account) account "chat.example.org/10"
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:00:01Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:00:02Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:00:03Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:00:04Z
    identity "10" (account) account "chat.example.org/10" seen 2024-03-01T08:00:05Z
    post "1" in "devel" by 10 at 2024-03-01T08:00:01Z
        subject "b"
        "one"
        https://Chat.example.org/#narrow/channel/5-devel/topic/b/near/1
    post "2" in "devel" by 10 at 2024-03-01T08:00:02Z
        subject "a"
        "two"
        closed: solved
        https://Chat.example.org/#narrow/channel/5-devel/topic/.E2.9C.94.20a/near/2
    post "3" in "devel" by 10 at 2024-03-01T08:00:03Z
        answers "1"
        subject "b"
        "three"
        https://Chat.example.org/#narrow/channel/5-devel/topic/b/near/3
    post "4" in "devel" by 10 at 2024-03-01T08:00:04Z
        answers "2"
        subject "a"
        "4"
        https://Chat.example.org/#narrow/channel/5-devel/topic/.E2.9C.94.20a/near/4
    post "5" in "devel" by 10 at 2024-03-01T08:00:05Z
        answers "2"
        subject "A"
        "five"
        https://Chat.example.org/#narrow/channel/5-devel/topic/A/near/5
    joined in "devel" by 10 at no time
    "#);
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(example().join("realm.json"), folder.path().join("realm.json")).expect("copied");
    let messages = fs::read(example().join("messages-000001.json")).expect("there");
    fs::write(folder.path().join("messages-000001.json"), &messages[..messages.len() / 2]).expect("written");
    fs::write(folder.path().join("messages-000002.json"), "").expect("written");
    fs::write(folder.path().join("messages-000003.json.partial"), "{").expect("written");
    let sink = collected(folder.path(), "");
    assert!(sink.items().iter().filter(|item| item.kind == "message").count() > 1);
    let expected = [
        ("export was not finished", "messages-000003.json.partial"),
        ("has no id", "realm.json"),
        ("message of a reaction is not in the export", "realm.json"),
        ("message of a reaction is not in the export", "realm.json"),
        ("is cut short", "messages-000001.json"),
    ];
    assert_eq!(problems(&sink), expected);
}

#[test]
fn what_is_no_export_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("realm.json"), "{}").expect("written");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path(), "")).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no Zulip export"), "{error}");
    assert_eq!(recognize(&crate::files::look(folder.path()).expect("it can be read")), None);
}
