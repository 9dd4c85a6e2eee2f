//! A small forum in every form that it is saved in, and rows out.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;
use super::sorted::{Kind, kind_of, topic_number};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/discourse_export/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

fn rows(wanted: impl Fn(&Item) -> bool) -> Rows {
    let items: Vec<Item> = collected(&example()).items().iter().filter(|item| wanted(item)).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example()), &items)
}

fn told(begins: &str) -> String {
    tell(&rows(|item| item.id.starts_with(begins)))
}

#[test]
fn a_topic_with_all_that_was_done_to_it() {
    assert_snapshot!(told("t/7/"), @r#"
    channel "support" (category)
    identity "dee.d" (account) name "Dee" account "forum.example.org/dee.d" seen 2024-03-03T08:00:00Z
    identity "discobot" (account) name "Bot" account "forum.example.org/discobot" bot
    identity "bo" (account) name "Bo Example" account "forum.example.org/bo" seen 2024-03-01T08:01:00.2Z
    identity "bo" (account) account "forum.example.org/bo"
    identity "ada" (account) name "Ada Example" account "forum.example.org/ada" seen 2024-03-01T08:02:00.3Z
    identity "bo" (account) account "forum.example.org/bo"
    identity "bo" (account) name "Bo Example" account "forum.example.org/bo" seen 2024-03-01T08:03:00Z
    identity "cheap_pills" (account) name "Spammer" account "forum.example.org/cheap_pills" seen 2024-03-01T08:04:00Z
    identity "cy" (account) name "Cy Example" account "forum.example.org/cy" seen 2024-03-01T08:06:00Z
    identity "system" (account) account "forum.example.org/system" bot seen 2024-03-02T08:00:00Z
    identity "ada" (account) account "forum.example.org/ada" seen 2024-03-02T08:01:00Z
    identity "cy" (account) account "forum.example.org/cy"
    identity "ada" (account) account "forum.example.org/ada" seen 2024-03-02T08:02:00Z
    post "t/7/10" in "support" by dee.d at 2024-03-03T08:00:00Z
        answers "t/7/2", "t/7/1"
        "Ada:\n\n> Call `reactor.stop()`\n\nSame here, @Cy.\n\nshot"
        attached shot.png
        mentions cy
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/10
    post "t/7/11" in "support" by discobot at no time
        answers "t/7/1"
        "Hello!"
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/11
    question "t/7/1" in "support" by bo at 2024-03-01T08:01:00.2Z
        subject "How do I stop the reactor?"
        "The reactor does not stop. How do I stop it?\n\n@ada :pray:\n\n    reactor --stop\n\nlog & trace.txt (1.2 KB)"
        attached log & trace.txt
        tags reactor, shutdown
        mentions ada
        accepted "t/7/2"
        closed: solved
        score 3
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/1
    answer "t/7/2" in "support" by ada at 2024-03-01T08:02:00.3Z
        answers "t/7/1"
        "Bo:\n\n> How do I stop it?\n\nCall `reactor.stop()`, see the docs <https://docs.example.org/stop>."
        score 3
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/2
    post "t/7/3" in "support" by bo at 2024-03-01T08:03:00Z
        answers "t/7/2", "t/7/1"
        "Thanks, that worked!"
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/3
    post "t/7/4" in "support" by cheap_pills at 2024-03-01T08:04:00Z
        answers "t/7/1"
        ""
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/4
    post "t/7/5" in "support" by cy at 2024-03-01T08:06:00Z
        answers "t/7/1"
        ""
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/5
    other in "" by bo at no time: "trust level 1"
    edited "t/7/1" in "support" by nobody at 2024-03-01T09:00:00Z: "added the log"
    accepted "t/7/2" in "support" by bo at no time
    other in "" by ada at no time: "trust level 4, admin, title: Maintainer, group: core-team"
    reacted "t/7/2" in "support" by nobody at 2024-03-01T08:02:00.3Z: ":heart:"
    reacted "t/7/2" in "support" by nobody at 2024-03-01T08:02:00.3Z: ":heart:"
    reacted "t/7/2" in "support" by nobody at 2024-03-01T08:02:00.3Z: ":clap:"
    accepted "t/7/2" in "support" by bo at no time
    other in "" by bo at no time: "trust level 1"
    moderated "t/7/4" in "support" by nobody at no time: "hidden"
    other in "" by cy at no time: "trust level 2"
    deleted "t/7/5" in "support" by cy at 2024-03-01T08:07:00Z
    other in "" by system at no time: "trust level 4"
    closed "t/7/1" in "support" by system at 2024-03-02T08:00:00Z: "This topic was automatically closed after 24 hours."
    assigned "t/7/1" in "support" by cy at 2024-03-02T08:01:00Z
    other "t/7/1" in "support" by ada at 2024-03-02T08:02:00Z: "pinned globally: enabled"
    measured "views" in "support" at no time: 120 topic=7
    measured "likes" in "support" at no time: 5 topic=7
    problem: field of a wrong type in t/7-posts.json@967 "created_at"
    problem: field of a wrong type in t/7-posts.json@967 "wiki"
    "#);
}

#[test]
fn polls_wikis_and_what_was_deleted() {
    assert_snapshot!(told("t/8/"), @r#"
    channel "日本語" (category)
    identity "cy" (account) name "Cy Example" account "forum.example.org/cy" seen 2024-03-04T08:00:00Z
    identity "ada" (account) account "forum.example.org/ada"
    post "t/8/1" in "日本語" by cy at 2024-03-04T08:00:00Z
        subject "タブ?"
        "Tabs or spaces?\n\n- Tabs\n- Spaces"
        closed: archived
        https://forum.example.org/t/topic/8/1
    post "t/8/2" in "日本語" by nobody at 2024-03-04T09:00:00Z
        answers "t/8/1"
        ""
        https://forum.example.org/t/topic/8/2
    edited "t/8/1" in "日本語" by nobody at 2024-03-04T08:00:00Z
    other "t/8/1" in "日本語" by nobody at no time: "made a wiki"
    other "t/8/1" in "日本語" by nobody at no time: "not listed"
    deleted "t/8/2" in "日本語" by ada at 2024-03-05T10:00:00Z
    measured "views" in "日本語" at no time: 9 topic=8
    "#);
}

#[test]
fn raw_texts() {
    assert_snapshot!(told("raw/"), @r#"
    channel "support/install" (category)
    channel "support" (category)
    identity "bo" (account) account "forum.example.org/bo" seen 2024-02-01T10:05:00Z
    identity "ada" (account) account "forum.example.org/ada" seen 2024-02-01T11:00:00Z
    identity "bo" (account) account "forum.example.org/bo" seen 2024-03-01T09:00:00Z
    post "t/10/1" in "support/install" by bo at no time, perhaps 2024-02-01T10:05:00Z
        subject "How to cross-compile?"
        "How do I build for ARM, @Ada?\n\nTitle\n-------------------------"
        tags arm
        mentions ada
        closed: solved
        https://forum.example.org/t/how-to-cross-compile/10/1
    post "t/10/2" in "support/install" by ada at no time, perhaps 2024-02-01T11:00:00Z
        answers "t/10/1"
        "Bo:\n> for ARM\n\n`--target arm`"
        https://forum.example.org/t/how-to-cross-compile/10/2
    post "t/7/1" in "support" by bo at no time, perhaps 2024-03-01T09:00:00Z
        subject "How do I stop the reactor?"
        "The reactor does not stop. How do I stop it?"
        tags reactor, shutdown
        accepted another
        closed: solved
        https://forum.example.org/t/how-do-i-stop-the-reactor/7/1
    measured "views" in "support/install" at no time: 31 topic=10
    measured "likes" in "support/install" at no time: 1 topic=10
    measured "views" in "support" at no time: 120 topic=7
    measured "likes" in "support" at no time: 5 topic=7
    "#);
}

#[test]
fn an_export_and_the_latest_posts() {
    assert_snapshot!(told("export/"), @r#"
    channel "support" (category)
    identity "bo" (account) name "Bo Example" account "forum.example.org/bo" seen 2023-05-01T08:00:00Z
    identity "system" (account) account "forum.example.org/system" bot seen 2023-05-01T08:00:01Z
    post "t/3/1" in "support" by bo at 2023-05-01T08:00:00Z
        subject "Reactor on Windows"
        "Does it run there?"
        https://forum.example.org/t/-/3/1
    post "t/3/2" in "support" by system at 2023-05-01T08:00:01Z
        answers "t/3/1"
        "Welcome!"
        https://forum.example.org/t/-/3/2
    post "t/3/3" in "support" by nobody at 2023-05-01T09:00:00Z
        answers "t/3/1"
        "It does."
        https://forum.example.org/t/-/3/3
    measured "views" in "support" at no time: 40 topic=3
    "#);
    assert_snapshot!(told("t/11/"), @r#"
    channel "category-99" (category)
    identity "dee.d" (account) name "Dee" account "forum.example.org/dee.d" seen 2024-03-07T08:00:00Z
    post "t/11/1" in "category-99" by dee.d at 2024-03-07T08:00:00Z
        subject "Release 2"
        "A new release is out."
        https://forum.example.org/t/-/11/1
    "#);
}

#[test]
fn categories_and_users() {
    assert_snapshot!(told("c/"), @r#"
    channel "support" (category) title "Support"
    channel "support" (category) title "Support"
    channel "support/install" (category) title "Support / Installing"
    channel "日本語" (category) title "日本語"
    "#);
    assert_snapshot!(tell(&rows(|item| item.kind == "user")), @r#"
    identity "bo" (account) name "Bo Example" email "bo@example.org" account "forum.example.org/bo"
    identity "bo" (account) name "Bo Example" account "forum.example.org/bo"
    identity "ada" (account) name "Ada Example" account "forum.example.org/ada"
    identity "system" (account) account "forum.example.org/system" bot
    identity "ada" (account) name "Ada Example" account "forum.example.org/ada"
    joined in "" by bo at 2021-01-02T03:04:05Z
    other in "" by bo at no time: "trust level 1"
    other in "" by ada at no time: "trust level 4, admin"
    joined in "" by ada at 2020-01-02T03:04:05Z
    other in "" by ada at no time: "trust level 4, admin, moderator, title: Maintainer, group: core-team"
    "#);
}

#[test]
fn every_form_of_a_post_is_one_message_and_json_counts() {
    let rows = rows(|_| true);
    let first: Vec<_> = rows.messages.iter().filter(|one| one.native_id == "t/7/1").collect();
    assert_eq!(first.len(), 2);
    assert_eq!(first[0].id, first[1].id);
    assert!(first[0].time.is_none() && first[1].time.is_some(), "the latest counts: JSON");
    assert!(rows.messages.iter().all(|one| !one.body.contains("Between us") && !one.body.contains("keep an eye")));
}

#[test]
fn private_messages_and_whispers_if_wanted() {
    let context = testkit::context("/", &format!("path = '{}'\nprivate = true", example().display()));
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    let rows = testkit::normalize(&SOURCE, &context, sink.items());
    let bodies: Vec<&str> = rows.messages.iter().map(|one| one.body.as_str()).collect();
    assert!(bodies.contains(&"Between us.") && bodies.contains(&"Let us keep an eye on that one."));
}

#[test]
fn the_address_in_the_configuration_counts() {
    let context =
        testkit::context("/", &format!("path = '{}'\nurl = 'http://Example.org/forum/'", example().display()));
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    let rows = testkit::normalize(&SOURCE, &context, sink.items());
    let first = rows.messages.iter().find(|one| one.native_id == "t/7/1").expect("it is there");
    assert_eq!(first.url.as_deref(), Some("http://Example.org/forum/t/how-do-i-stop-the-reactor/7/1"));
    assert_eq!(first.id, model::Id::message("example.org/forum", "t/7/1"));
    assert!(rows.identities.iter().any(|who| who.account.as_deref() == Some("example.org/forum/ada")));
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_its_neighbours() {
    let folder = tempfile::tempdir().expect("a folder");
    let topic = fs::read(example().join("t/7.json")).expect("there");
    let export = fs::read(example().join("category-export-2024-03-08-120000.json")).expect("there");
    for (name, bytes) in [
        ("7.json", &topic[..topic.len() / 2]),
        ("category-export.json", &export[..export.len() - 300]),
        ("blocked.json", b"<html>slow down</html>"),
        ("empty.json", b""),
        ("dump.sql", b"--\n-- PostgreSQL database dump\n--\n"),
        ("someone.txt", b"Bo | 2024-02-01 10:05:00 UTC | #1\n\nHi\n"),
        ("notes.txt", b"nothing of ours"),
        ("other.json", b"[1, {\"a\": 2}]"),
    ] {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let sink = collected(folder.path());
    let ids: Vec<&str> = sink.items().iter().map(|item| item.id.as_str()).collect();
    let problems: Vec<_> = sink.problems().iter().map(|one| format!("{} {}", one.what, one.file)).collect();
    assert_snapshot!(format!("{}\n{}", ids.join(" "), problems.join("\n")), @"
    t/7/1 t/7/2 c/5
    is no JSON blocked.json
    full backups are not read dump.sql
    is no JSON empty.json
    name has no topic's number someone.txt
    is cut short 7.json
    is cut short category-export.json
    ");
}

#[test]
fn nothing_but_a_backup_is_an_error_that_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("dump.sql"), "-- PostgreSQL database dump\n").expect("written");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
    assert!(error.to_string().contains("full backup; save topics as JSON"), "{error}");
}

#[test]
fn files_and_numbers_by_their_names() {
    assert_eq!(kind_of("7.txt", b"\xef\xbb\xbfbo | 2024-01-01 00:00:00 UTC | #1\r\n"), Kind::Raw);
    assert_eq!(kind_of("x.bin", b"\0\xff"), Kind::Other);
    for (name, number) in [("raw/7", 7), ("t/topic-7_2.txt", 7), ("7/raw.txt", 7), ("f/12?page=2", 12)] {
        assert_eq!(topic_number(name), Some(number), "{name}");
    }
    assert_eq!(topic_number("99999999999999999999.md"), None);
}

#[test]
fn it_is_recognised() {
    let file =
        |name: &str| source::Peeked { name: name.to_owned(), head: fs::read(example().join(name)).expect("there") };
    let look = |names: &[&str]| source::Look { files: names.iter().copied().map(file).collect(), total: names.len() };
    let seen = |names: &[&str]| (SOURCE.recognize)(&look(names)).map(|seen| format!("{} {}", seen.sure, seen.what));
    assert_snapshot!(seen(&["t/7.json", "raw/7.txt", "latest.json"]).unwrap_or_default(), @"93 a Discourse forum: 1 topic as JSON, 1 topic as raw text, 1 list");
    assert_snapshot!(seen(&["category-export-2024-03-08-120000.json"]).unwrap_or_default(), @"93 a Discourse forum: 1 export");
    assert_eq!(seen(&["site.json"]), None);
}
