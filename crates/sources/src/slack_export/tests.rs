//! A small export in, rows out: from a folder, from a zip, and from several that overlap.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;
use crate::slack::event::{Subtype, subtype};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/slack_export/fixtures")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'\nurl = 'https://demo.slack.com/'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

fn rows(kind: &str) -> Rows {
    let path = fixtures().join("example");
    let items: Vec<Item> = collected(&path).items().iter().filter(|item| item.kind == kind).cloned().collect();
    testkit::normalize(&SOURCE, &context(&path), &items)
}

#[test]
fn users_and_channels() {
    assert_snapshot!(tell(&rows("user")), @r#"
    identity "u1" (account) name "ada" email "ada@example.org" account "slack.com/t1/u1"
    identity "u2" (account) name "Bo Example"
    identity "u3" (account) name "guest"
    identity "u4" (account) name "Deploy Bot" bot
    identity "uslackbot" (account) name "Slackbot" bot
    other in "" by u2 at 2023-11-14T22:13:21Z: "account deactivated"
    other in "" by u3 at no time: "guest"
    "#);
    assert_snapshot!(tell(&rows("channel")), @r#"
    channel "general" (chat) title "All of us"
    channel "D1" (chat)
    channel "secret-plans" (chat) title "Plans for #C1"
    identity "u1" (account)
    identity "u2" (account)
    other in "general" by u1 at 2020-09-13T12:26:40Z: "channel made"
    other in "D1" by nobody at 2020-09-13T12:30:00Z: "channel made"
    other in "secret-plans" by u2 at 2020-09-13T12:28:20Z: "channel made"
    "#);
}

#[test]
fn messages_and_what_was_done() {
    assert_snapshot!(tell(&rows("message")), @r#"
    channel "D1" (chat)
    channel "general" (chat)
    channel "secret-plans" (chat)
    identity "u1" (account) seen 2024-03-01T10:48:20.0001Z
    identity "u2" (account) seen 2024-03-01T08:00:00.0001Z
    identity "u2" (account) seen 2024-03-01T08:01:00.0002Z
    identity "u1" (account)
    identity "u4" (account)
    identity "u1" (account) seen 2024-03-01T08:02:00.0003Z
    identity "u1" (account)
    identity "u2" (account) seen 2024-03-01T08:03:00.0004Z
    identity "u1" (account) seen 2024-03-01T08:03:10.0005Z
    identity "b1" (account) name "CI" bot seen 2024-03-01T08:03:20.0006Z
    identity "u3" (account) seen 2024-03-01T08:03:30Z
    identity "uslackbot" (account) bot seen 2024-03-01T08:03:40.0007Z
    identity "u1" (account) seen 2024-03-01T08:03:50.0008Z
    identity "u9" (account) name "Cy of Elsewhere" seen 2024-03-01T08:04:00.0009Z
    identity "u1" (account) seen 2024-03-01T08:02:00.0003Z
    identity "u1" (account)
    identity "u1" (account) seen 2024-03-02T08:01:10.0003Z
    identity "u2" (account) seen 2024-03-02T08:01:20.0004Z
    identity "u4" (account) bot seen 2024-03-01T10:46:40.0001Z
    post "D1/1709290100.000100" in "D1" by u1 at 2024-03-01T10:48:20.0001Z
        "just us"
        https://demo.slack.com/archives/D1/p1709290100000100
    post "C1/1709280060.000200" in "general" by u2 at 2024-03-01T08:01:00.0002Z
        "@ada how do I stop <the reactor>? See the docs (https://example.org/docs) and #general"
        attached log.txt, a file that the export does not name
        mentions U1
        https://demo.slack.com/archives/C1/p1709280060000200
    post "C1/1709280120.000300" in "general" by u1 at 2024-03-01T08:02:00.0003Z
        answers "C1/1709280060.000200"
        "Call `reactor.stop()`"
        https://demo.slack.com/archives/C1/p1709280120000300
    post "C1/1709280180.000400" in "general" by u2 at 2024-03-01T08:03:00.0004Z
        answers "C1/1709280060.000200"
        "Thanks, that worked!"
        https://demo.slack.com/archives/C1/p1709280180000400
    post "C1/1709280200.000600" in "general" by b1 at 2024-03-01T08:03:20.0006Z
        "Build 7 failed\nSee http://ci.example.org/7"
        https://demo.slack.com/archives/C1/p1709280200000600
    post "C1/1709280210" in "general" by u3 at 2024-03-01T08:03:30Z
        "waves"
        https://demo.slack.com/archives/C1/p1709280210
    post "C1/1709280230.000800" in "general" by u1 at 2024-03-01T08:03:50.0008Z
        "hover"
        https://demo.slack.com/archives/C1/p1709280230000800
    post "C1/1709280240.000900" in "general" by u9 at 2024-03-01T08:04:00.0009Z
        ""
        https://demo.slack.com/archives/C1/p1709280240000900
    post "C1/1709280120.000300" in "general" by u1 at 2024-03-01T08:02:00.0003Z
        answers "C1/1709280060.000200"
        "Call `reactor.stop()`, once"
        https://demo.slack.com/archives/C1/p1709280120000300
    post "G1/1709290000.000100" in "secret-plans" by u4 at 2024-03-01T10:46:40.0001Z
        "deployed"
        https://demo.slack.com/archives/G1/p1709290000000100
    joined in "general" by u2 at 2024-03-01T08:00:00.0001Z: "@Bo Example has joined the channel"
    reacted "C1/1709280060.000200" in "general" by u1 at 2024-03-01T08:01:00.0002Z: ":eyes:"
    reacted "C1/1709280060.000200" in "general" by u4 at 2024-03-01T08:01:00.0002Z: ":eyes:"
    edited "C1/1709280120.000300" in "general" by u1 at 2024-03-01T08:02:10Z
    set_topic in "general" by u1 at 2024-03-01T08:03:10.0005Z: "All of us"
    deleted another in "general" by nobody at 2024-03-01T08:03:40.0007Z
    edited "C1/1709280120.000300" in "general" by u1 at 2024-03-02T08:00:00Z
    edited "C1/1709280120.000300" in "general" by u1 at 2024-03-02T08:00:00.0001Z
    deleted "C1/1709280240.000900" in "general" by nobody at 2024-03-02T08:01:00.0002Z
    other in "general" by u1 at 2024-03-02T08:01:10.0003Z: "pinned item: @ada pinned a message to this channel."
    left in "general" by u2 at 2024-03-02T08:01:20.0004Z: "@Bo Example has left the channel"
    problem: field of a wrong type in general/2024-03-01.json@2309 "ts"
    problem: unknown subtype in general/2024-03-01.json@2700 "from_the_future"
    problem: field of a wrong type in general/2024-03-01.json@2859 "text"
    problem: field of a wrong type in general/2024-03-01.json@2859 "reactions"
    "#);
}

#[test]
fn a_zip_is_the_folder_that_it_was_made_of() {
    let (folder, zip) = (collected(&fixtures().join("example")), collected(&fixtures().join("example.zip")));
    assert_eq!(folder.items(), zip.items());
    assert_eq!(folder.problems(), zip.problems());
    let problems: Vec<_> = folder.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect();
    assert_eq!(problems, [("has no id or no time", "users.json"), ("has no id or no time", "general/2024-03-01.json")]);
}

#[test]
fn exports_that_overlap_are_one_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(fixtures().join("example.zip"), folder.path().join("a-new.zip")).expect("copied");
    let old = folder.path().join("z-old");
    fs::create_dir_all(old.join("general")).expect("made");
    fs::copy(fixtures().join("example/channels.json"), old.join("channels.json")).expect("copied");
    let said = r#"[{"type":"message","user":"U2","text":"not yet answered","ts":"1709280060.000200"},
        {"type":"message","user":"U1","text":"gone since","ts":"1709280065.000200"}]"#;
    fs::write(old.join("general/2024-03-01.json"), said).expect("written");
    let sink = collected(folder.path());
    let whole = collected(&fixtures().join("example"));
    // One message that only the old export has, one that it has in another version, and its channel.
    assert_eq!(sink.items().len(), whole.items().len() + 2);
    let versions: Vec<&str> = sink
        .items()
        .iter()
        .filter(|item| item.id == "C1/1709280060.000200")
        .map(|item| std::str::from_utf8(&item.bytes).expect("text"))
        .collect();
    assert_eq!(versions.len(), 2);
    assert!(versions[0].contains("not yet answered"), "the export that reaches further comes last");
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = fs::read(fixtures().join("example/general/2024-03-01.json")).expect("there");
    fs::create_dir(folder.path().join("general")).expect("made");
    fs::write(folder.path().join("general/2024-03-01.json"), &day[..day.len() / 2]).expect("written");
    let zip = fs::read(fixtures().join("example.zip")).expect("there");
    fs::write(folder.path().join("half.zip"), &zip[..zip.len() / 2]).expect("written");
    let sink = collected(folder.path());
    assert!(sink.items().len() > 2 && sink.items().iter().all(|item| item.id.starts_with("general/")));
    let problems: Vec<_> = sink.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect();
    assert_eq!(problems, [("zip cannot be read", "half.zip"), ("is cut short", "general/2024-03-01.json")]);
}

#[test]
fn a_folder_without_an_export_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no Slack export"), "{error}");
}

#[test]
fn subtypes_of_groups_are_those_of_channels() {
    assert_eq!(subtype("group_join"), subtype("channel_join"));
    assert_eq!(subtype("whatever"), Subtype::Unknown);
}
