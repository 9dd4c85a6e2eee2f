//! A small export in, rows out: parts, threads, forums, private chats, and exports that overlap.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;
use super::event::{Event, event};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/discord_export/fixtures/example")
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

/// One export of the channel `help` with these messages.
fn export(exported: &str, messages: &str) -> String {
    format!(
        r#"{{"guild":{{"id":"9","name":"Example"}},"channel":{{"id":"10","type":"GuildTextChat","name":"help"}},
        "exportedAt":"{exported}","messages":[{messages}]}}"#
    )
}

#[test]
fn a_channel_in_two_parts() {
    let sink = collected(&example());
    assert_snapshot!(tell(&rows(&sink, "Support - help [900000000000000200].json")), @r#"
    channel "help" (chat)
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-01T08:00:00Z
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-01T08:01:00Z
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101"
    identity "900000000000000109" (account) name "Helper" account "discord.com/900000000000000109" bot
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-01T08:02:00Z
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102"
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-01T08:03:00Z
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-01T08:04:00Z
    identity "900000000000000109" (account) name "Helper" account "discord.com/900000000000000109" bot seen 2024-03-01T08:05:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:05:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:06:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:08:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:10:00Z
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-01T08:11:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:12:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:13:00Z
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-01T08:14:00Z
    post "1213033233776640000" in "help" by 900000000000000102 at 2024-03-01T08:01:00Z
        "@Ada how do I stop the reactor? See #general, :ferris: and <https://example.org/docs>"
        attached log.txt
        mentions 900000000000000101
        https://discord.com/channels/900000000000000001/900000000000000200/1213033233776640000
    post "1213033485434880000" in "help" by 900000000000000101 at 2024-03-01T08:02:00Z
        answers "1213033233776640000"
        "Call `reactor.stop()`, once"
        mentions 900000000000000102
        https://discord.com/channels/900000000000000001/900000000000000200/1213033485434880000
    post "1213033737093120000" in "help" by 900000000000000102 at 2024-03-01T08:03:00Z
        answers "1213033485434880000"
        "Thanks @Ada, that worked! #900000000000000999 2024-03-01T08:00:00Z"
        tags pinned
        mentions 900000000000000101
        https://discord.com/channels/900000000000000001/900000000000000200/1213033737093120000
    post "1213034240409600000" in "help" by 900000000000000109 at 2024-03-01T08:05:00Z
        "Build 7 failed\n2 tests of **core**\nTook: 3 min\nhttp://ci.example.org/7"
        https://discord.com/channels/900000000000000001/900000000000000200/1213034240409600000
    post "1213034492067840000" in "help" by 900000000000000103 at 2024-03-01T08:06:00Z
        ":wave:"
        https://discord.com/channels/900000000000000001/900000000000000200/1213034492067840000
    post "1213034743726080000" in "help" by nobody at 2024-03-01T08:07:00Z
        "I am no more"
        https://discord.com/channels/900000000000000001/900000000000000200/1213034743726080000
    post "1213034995384320000" in "help" by 900000000000000103 at 2024-03-01T08:08:00Z
        "> Release 2 is out\n> Read the notes"
        attached notes.md
        https://discord.com/channels/900000000000000001/900000000000000200/1213034995384320000
    post "1213035498700800000" in "help" by 900000000000000103 at 2024-03-01T08:10:00Z
        subject "Crash on Windows"
        "It crashes on Windows"
        https://discord.com/channels/900000000000000001/900000000000000200/1213035498700800000
    post "1213036505333760000" in "help" by 900000000000000102 at 2024-03-01T08:14:00Z
        "from the future"
        https://discord.com/channels/900000000000000001/900000000000000200/1213036505333760000
    joined in "help" by 900000000000000102 at 2024-03-01T08:00:00Z
    reacted "1213033233776640000" in "help" by 900000000000000101 at 2024-03-01T08:01:00Z: "👀"
    reacted "1213033233776640000" in "help" by 900000000000000109 at 2024-03-01T08:01:00Z: "👀"
    reacted "1213033233776640000" in "help" by 900000000000000103 at 2024-03-01T08:01:00Z: ":ferris:"
    reacted "1213033233776640000" in "help" by nobody at 2024-03-01T08:01:00Z: ":ferris:"
    reacted "1213033233776640000" in "help" by nobody at 2024-03-01T08:01:00Z: ":ferris:"
    awarded in "" by 900000000000000101 at no time: "Moderators"
    awarded in "" by 900000000000000101 at no time: "python"
    edited "1213033485434880000" in "help" by 900000000000000101 at 2024-03-01T08:02:30.5Z
    other "1213033737093120000" in "help" by 900000000000000101 at 2024-03-01T08:04:00Z: "message pinned"
    other "1213034240409600000" in "help" by 900000000000000103 at 2024-03-01T08:05:00Z: "command: /build"
    awarded in "" by 900000000000000103 at no time: "python"
    other "1213035498700800000" in "help" by 900000000000000101 at 2024-03-01T08:11:00Z: "thread begun"
    other in "help" by 900000000000000103 at 2024-03-01T08:12:00Z: "server boosted"
    moderated in "help" by 900000000000000103 at 2024-03-01T08:13:00Z: "by a rule"
    problem: unknown type of message in Example - Support - help [900000000000000200].json@16684 "99"
    "#);
    assert_snapshot!(tell(&rows(&sink, "[part 2]")), @r#"
    channel "help" (chat) title "Ask here, read #rules first"
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-02T08:00:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-02T08:02:00Z
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-02T08:03:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103"
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-02T08:04:00Z
    post "1213395369984000000" in "help" by 900000000000000102 at 2024-03-02T08:00:00Z
        "@Cy and @Moderators: better today?"
        mentions 900000000000000103
        https://discord.com/channels/900000000000000001/900000000000000200/1213395369984000000
    post "12" in "help" by nobody at no time
        ""
        https://discord.com/channels/900000000000000001/900000000000000200/12
    awarded in "" by 900000000000000101 at no time: "Moderators"
    awarded in "" by 900000000000000101 at no time: "python"
    joined in "help" by 900000000000000102 at 2024-03-02T08:02:00Z
    kicked in "help" by 900000000000000103 at 2024-03-02T08:03:00Z
    other in "help" by 900000000000000101 at 2024-03-02T08:04:00Z: "channel renamed: Changed the channel name to **help-desk**."
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "timestamp"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "author"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "type"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "mentions"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "content"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "emoji"
    problem: field of a wrong type in Example - Support - help [900000000000000200] [part 2].json@1655 "count"
    "#);
}

#[test]
fn threads_and_posts() {
    let sink = collected(&example());
    assert_snapshot!(tell(&rows(&sink, "Crash on Windows")), @r#"
    channel "help" (chat)
    channel "help" (chat)
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:10:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:11:01Z
    identity "900000000000000101" (account) name "Ada" account "discord.com/900000000000000101" seen 2024-03-01T08:20:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-01T08:21:00Z
    post "1213035498700800000" in "help" by 900000000000000103 at 2024-03-01T08:10:00Z
        subject "Crash on Windows"
        "It crashes on Windows"
        https://discord.com/channels/900000000000000001/900000000000000200/1213035498700800000
    post "1213038015283200000" in "help" by 900000000000000101 at 2024-03-01T08:20:00Z
        answers "1213035498700800000"
        "Which version?"
        https://discord.com/channels/900000000000000001/1213035498700800000/1213038015283200000
    post "1213038266941440000" in "help" by 900000000000000103 at 2024-03-01T08:21:00Z
        answers "1213038015283200000", "1213035498700800000"
        "2.0"
        https://discord.com/channels/900000000000000001/1213035498700800000/1213038266941440000
    awarded in "" by 900000000000000103 at no time: "python"
    other "1213035498700800000" in "help" by 900000000000000103 at 2024-03-01T08:11:01Z: "thread begins with this message"
    awarded in "" by 900000000000000101 at no time: "Moderators"
    awarded in "" by 900000000000000101 at no time: "python"
    "#);
    assert_snapshot!(tell(&rows(&sink, "Who knows YAML")), @r#"
    channel "questions" (chat)
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-05T08:00:00Z
    identity "900000000000000103" (account) name "cy" account "discord.com/900000000000000103" seen 2024-03-05T08:01:00Z
    post "1214482533580800000" in "questions" by 900000000000000102 at 2024-03-05T08:00:00Z
        subject "Who knows YAML?"
        "It does not take tabs"
        https://discord.com/channels/900000000000000001/1214482533580800000/1214482533580800000
    post "1214482785239040000" in "questions" by 900000000000000103 at 2024-03-05T08:01:00Z
        answers "1214482533580800000"
        "Use spaces"
        https://discord.com/channels/900000000000000001/1214482533580800000/1214482785239040000
    awarded in "" by 900000000000000103 at no time: "python"
    "#);
}

#[test]
fn private_chats_are_taken_when_asked_for() {
    let sink = collected(&example());
    assert_snapshot!(format!("{:#?}", problems(&sink)), @r#"
    [
        (
            "private chat is not taken",
            "Direct Messages - ada [900000000000000800].json",
        ),
        (
            "has no id",
            "Example - Support - help [900000000000000200] [part 2].json",
        ),
    ]
    "#);
    let mut sink = MemorySink::new();
    let context = testkit::context("/", &format!("path = '{}'\nprivate = true", example().display()));
    sink.collect(&SOURCE, &context).expect("it can be read");
    assert_snapshot!(tell(&rows(&sink, "Direct Messages")), @r#"
    channel "ada" (chat)
    identity "900000000000000102" (account) name "Bo" account "discord.com/900000000000000102" seen 2024-03-06T08:00:00Z
    post "1214844921446400000" in "ada" by 900000000000000102 at 2024-03-06T08:00:00Z
        "just us"
        https://discord.com/channels/@me/900000000000000800/1214844921446400000
    "#);
}

#[test]
fn exports_that_overlap_are_one_channel() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (r#"{"id":"11","content":"old"},{"id":"12","content":"gone"}"#, r#"{"id":"11","content":"new"}"#);
    fs::write(folder.path().join("a.json"), export("2024-02-01T00:00:00Z", new)).expect("written");
    fs::write(folder.path().join("b.json"), export("2024-01-01T00:00:00Z", old)).expect("written");
    fs::create_dir(folder.path().join("a.json_Files")).expect("made");
    fs::write(folder.path().join("a.json_Files/some.json"), "{}").expect("written");
    let sink = collected(folder.path());
    let bodies: Vec<String> = rows(&sink, "").messages.into_iter().map(|message| message.body).collect();
    assert_eq!(bodies, ["old", "gone", "new"], "the latest export comes last");
    assert_eq!(problems(&sink), []);
}

#[test]
fn channels_of_one_name_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut id = 10;
    for (guild, category, name) in [("A", "x", "help"), ("A", "y", "help"), ("B", "y", "help"), ("B", "y", "dev")] {
        id += 1;
        let export = format!(
            r#"{{"guild":{{"id":"{guild}","name":"{guild}"}},"channel":{{"id":"{id}","category":"{category}",
            "name":"{name}"}},"messages":[]}}"#
        );
        fs::write(folder.path().join(format!("{id}.json")), export).expect("written");
    }
    let rows = rows(&collected(folder.path()), "");
    let names: Vec<&str> = rows.channels.iter().map(|channel| channel.name.as_str()).collect();
    assert_eq!(names, ["x/help", "A/y/help", "B/y/help", "dev"]);
}

#[test]
fn reactions_without_people_are_counted_and_bounded() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = r#"{"id":"11","reactions":[{"emoji":{"name":"x"},"count":9000000000000000000}]}"#;
    fs::write(folder.path().join("a.json"), export("", said)).expect("written");
    let rows = rows(&collected(folder.path()), "");
    let problems: Vec<&str> = rows.problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!((rows.activities.len(), problems), (1_000, vec!["more reactions than are kept"]));
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = export("", r#"{"id":"11","content":"kept"},{"id":"12","content":"cut"}"#);
    fs::write(folder.path().join("cut.json"), &whole[..whole.len() - 20]).expect("written");
    fs::write(folder.path().join("early.json"), &whole[..40]).expect("written");
    fs::write(folder.path().join("empty.json"), "").expect("written");
    fs::write(folder.path().join("other.json"), "[1]").expect("written");
    fs::write(folder.path().join("bom.json"), format!("\u{feff}{}", whole.replace('\n', "\r\n"))).expect("written");
    let sink = collected(folder.path());
    let bodies: Vec<String> = rows(&sink, "").messages.into_iter().map(|message| message.body).collect();
    assert_eq!(bodies, ["kept", "cut"], "the two files hold the same message");
    assert_eq!(
        problems(&sink),
        [
            ("is no export of a channel", "early.json"),
            ("is no export of a channel", "empty.json"),
            ("is no export of a channel", "other.json"),
            ("is cut short", "cut.json"),
        ]
    );
}

#[test]
fn a_folder_without_an_export_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["notes.txt", "other.json"] {
        fs::write(folder.path().join(name), "[]").expect("written");
        let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
        assert!(error.to_string().contains("holds no export by DiscordChatExporter"), "{error}");
    }
}

#[test]
fn an_export_is_recognised() {
    let look = crate::files::look(&example()).expect("it can be read");
    assert_eq!((SOURCE.recognize)(&look).map(|seen| seen.sure), Some(95));
    let slack = example().join("../../../slack_export/fixtures");
    let look = crate::files::look(&slack).expect("it can be read");
    assert_eq!((SOURCE.recognize)(&look), None);
}

#[test]
fn types_by_name_and_number() {
    for (name, number) in [("Reply", "19"), ("GuildMemberJoin", "7"), ("ThreadCreated", "18"), ("Default", "0")] {
        assert_eq!(event(name), event(number));
    }
    assert_eq!(event("99"), Event::Unknown);
}
