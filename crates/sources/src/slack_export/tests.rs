//! A small export in, rows out: from a folder, from a zip, and from several that overlap.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Id, Item, Rows};
use source::Context;
use testkit::MemorySink;

use super::SOURCE;
use super::event::{Subtype, subtype};

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
    let path = fixtures().join("export");
    let items: Vec<Item> = collected(&path).items().iter().filter(|item| item.kind == kind).cloned().collect();
    testkit::normalize(&SOURCE, &context(&path), &items)
}

fn time(time: Option<i64>) -> String {
    let time = time.map(|time| jiff::Timestamp::from_microsecond(time).expect("a time"));
    time.map_or("no time".to_owned(), |time| time.to_string())
}

fn tell(rows: &Rows) -> String {
    let who = |id: Option<Id>| {
        let identity = rows.identities.iter().find(|identity| Some(identity.id) == id);
        identity.map_or("nobody", |identity| identity.value.as_str()).to_owned()
    };
    let message = |id: &str| {
        let found = rows.messages.iter().find(|message| message.id.as_str() == id);
        found.map_or("another message", |message| message.native_id.as_str()).to_owned()
    };
    let mut out = String::new();
    for one in &rows.messages {
        let parents: Vec<String> = one.parents.iter().map(|id| message(id.as_str())).collect();
        _ = writeln!(out, "{} in {} by {} at {}", one.native_id, one.channel, who(one.author), time(one.time));
        _ = writeln!(out, "  {:?} {parents:?} {:?} {:?}", one.body, one.attachments, one.mentions);
    }
    for one in &rows.activities {
        let object = one.object.as_deref().map(|id| format!(" {}", message(id))).unwrap_or_default();
        let detail = one.detail.as_deref().unwrap_or("-");
        let place = if one.channel.is_empty() { "the workspace" } else { &one.channel };
        _ = writeln!(
            out,
            "{}{object} in {place} by {} at {}: {detail}",
            one.kind.as_str(),
            who(one.who),
            time(one.time)
        );
    }
    rows.problems.iter().for_each(|one| _ = writeln!(out, "problem: {} {}: {}", one.what, one.file, one.detail));
    out
}

#[test]
fn users_and_channels() {
    let users = rows("user");
    let mut told = tell(&users);
    for one in &users.identities {
        let bot = if one.bot { " (bot)" } else { "" };
        _ = writeln!(told, "{} {:?} {:?}{bot}", one.value, one.name, one.email);
    }
    assert_snapshot!(told, @r#"
    other in the workspace by u2 at 2023-11-14T22:13:21Z: account deactivated
    other in the workspace by u3 at no time: guest
    u1 Some("ada") Some("ada@example.org")
    u2 Some("Bo Example") None
    u3 Some("guest") None
    u4 Some("Deploy Bot") None (bot)
    uslackbot Some("Slackbot") None (bot)
    "#);
    let channels = rows("channel");
    let mut told = tell(&channels);
    channels.channels.iter().for_each(|one| _ = writeln!(told, "{} {:?}", one.name, one.title));
    assert_snapshot!(told, @r#"
    other in general by u1 at 2020-09-13T12:26:40Z: channel made
    other in D1 by nobody at 2020-09-13T12:30:00Z: channel made
    other in secret-plans by u2 at 2020-09-13T12:28:20Z: channel made
    general Some("All of us")
    D1 None
    secret-plans Some("Plans for #C1")
    "#);
}

#[test]
fn messages_and_what_was_done() {
    assert_snapshot!(tell(&rows("message")), @r#"
    D1/1709290100.000100 in D1 by u1 at 2024-03-01T10:48:20.0001Z
      "just us" [] [] []
    C1/1709280060.000200 in general by u2 at 2024-03-01T08:01:00.0002Z
      "@ada how do I stop <the reactor>? See the docs (https://example.org/docs) and #general" [] ["log.txt", "a file that the export does not name"] ["U1"]
    C1/1709280120.000300 in general by u1 at 2024-03-01T08:02:00.0003Z
      "Call `reactor.stop()`" ["C1/1709280060.000200"] [] []
    C1/1709280180.000400 in general by u2 at 2024-03-01T08:03:00.0004Z
      "Thanks, that worked!" ["C1/1709280060.000200"] [] []
    C1/1709280200.000600 in general by b1 at 2024-03-01T08:03:20.0006Z
      "Build 7 failed\nSee http://ci.example.org/7" [] [] []
    C1/1709280210 in general by u3 at 2024-03-01T08:03:30Z
      "waves" [] [] []
    C1/1709280230.000800 in general by u1 at 2024-03-01T08:03:50.0008Z
      "hover" [] [] []
    C1/1709280240.000900 in general by u9 at 2024-03-01T08:04:00.0009Z
      "" [] [] []
    C1/1709280120.000300 in general by u1 at 2024-03-01T08:02:00.0003Z
      "Call `reactor.stop()`, once" ["C1/1709280060.000200"] [] []
    G1/1709290000.000100 in secret-plans by u4 at 2024-03-01T10:46:40.0001Z
      "deployed" [] [] []
    joined in general by u2 at 2024-03-01T08:00:00.0001Z: @Bo Example has joined the channel
    reacted C1/1709280060.000200 in general by u1 at 2024-03-01T08:01:00.0002Z: :eyes:
    reacted C1/1709280060.000200 in general by u4 at 2024-03-01T08:01:00.0002Z: :eyes:
    edited C1/1709280120.000300 in general by u1 at 2024-03-01T08:02:10Z: -
    set_topic in general by u1 at 2024-03-01T08:03:10.0005Z: All of us
    deleted another message in general by nobody at 2024-03-01T08:03:40.0007Z: -
    edited C1/1709280120.000300 in general by u1 at 2024-03-02T08:00:00Z: -
    edited C1/1709280120.000300 in general by u1 at 2024-03-02T08:00:00.0001Z: -
    deleted C1/1709280240.000900 in general by nobody at 2024-03-02T08:01:00.0002Z: -
    other in general by u1 at 2024-03-02T08:01:10.0003Z: pinned item: @ada pinned a message to this channel.
    left in general by u2 at 2024-03-02T08:01:20.0004Z: @Bo Example has left the channel
    problem: field of a wrong type general/2024-03-01.json: ts
    problem: unknown subtype general/2024-03-01.json: from_the_future
    problem: field of a wrong type general/2024-03-01.json: text
    problem: field of a wrong type general/2024-03-01.json: reactions
    "#);
}

#[test]
fn a_zip_is_the_folder_that_it_was_made_of() {
    let (folder, zip) = (collected(&fixtures().join("export")), collected(&fixtures().join("export.zip")));
    assert_eq!(folder.items(), zip.items());
    assert_eq!(folder.problems(), zip.problems());
    let problems: Vec<_> = folder.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect();
    assert_eq!(problems, [("has no id or no time", "users.json"), ("has no id or no time", "general/2024-03-01.json")]);
}

#[test]
fn exports_that_overlap_are_one_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(fixtures().join("export.zip"), folder.path().join("a-new.zip")).expect("copied");
    let old = folder.path().join("z-old");
    fs::create_dir_all(old.join("general")).expect("made");
    fs::copy(fixtures().join("export/channels.json"), old.join("channels.json")).expect("copied");
    let said = r#"[{"type":"message","user":"U2","text":"not yet answered","ts":"1709280060.000200"},
        {"type":"message","user":"U1","text":"gone since","ts":"1709280065.000200"}]"#;
    fs::write(old.join("general/2024-03-01.json"), said).expect("written");
    let sink = collected(folder.path());
    let whole = collected(&fixtures().join("export"));
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
    let day = fs::read(fixtures().join("export/general/2024-03-01.json")).expect("there");
    fs::create_dir(folder.path().join("general")).expect("made");
    fs::write(folder.path().join("general/2024-03-01.json"), &day[..day.len() / 2]).expect("written");
    let zip = fs::read(fixtures().join("export.zip")).expect("there");
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
