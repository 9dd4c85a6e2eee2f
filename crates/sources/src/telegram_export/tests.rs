//! A small export in, rows out: a whole account, one chat, old versions, and what was cut.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/telegram_export/fixtures/example")
}

fn context(path: &Path, more: &str) -> Context {
    testkit::context("/", &format!("path = '{}'\n{more}", path.display()))
}

fn collected(path: &Path, more: &str) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path, more)).expect("it can be read");
    sink
}

fn rows(sink: &MemorySink, chat: &str, more: &str) -> Rows {
    let of_chat = |item: &&Item| item.id.starts_with(chat) || item.id == format!("chat/{chat}");
    let items: Vec<Item> = sink.items().iter().filter(of_chat).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example(), more), &items)
}

fn problems(sink: &MemorySink) -> Vec<&str> {
    sink.problems().iter().map(|one| one.what.as_str()).collect()
}

/// The rows of a file that holds this.
fn of(text: &str, more: &str) -> Rows {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("result.json"), text).expect("written");
    rows(&collected(folder.path(), more), "", more)
}

#[test]
fn a_group_with_topics() {
    assert_snapshot!(tell(&rows(&collected(&example(), ""), "1000000200", "")), @r#"
    channel "Example Users" (chat)
    channel "Example Users/Help" (chat)
    channel "Example Users" (chat)
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:00:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2024-03-01T08:01:00Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:01:30Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:01:40Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:02:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2024-03-01T08:03:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103"
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:04:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2024-03-01T08:05:00Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:06:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:07:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:08:00Z
    identity "user104" (account) account "telegram.org/user104" seen 2024-03-01T08:09:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:10:00Z
    identity "user109" (account) name "Helper Bot" account "telegram.org/user109" seen 2024-03-01T08:11:00Z
    identity "channel1000000300" (account) name "Example News" account "telegram.org/channel1000000300" seen 2024-03-01T08:12:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:13:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2024-03-01T08:14:00Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:15:00Z
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T08:15:30Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:16:00Z
    identity "user101" (account) name "Ada" account "telegram.org/user101" seen 2024-03-01T08:17:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2024-03-01T08:18:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2021-01-01T00:00:00Z
    post "1000000200/6" in "Example Users/Help" by user102 at 2024-03-01T08:03:00Z
        "How do I stop the reactor (https://example.org/reactor)? Ada or @cy_example\n```python\nreactor.run()\n```"
        mentions user101, cy_example
        https://t.me/c/1000000200/6
    post "1000000200/7" in "Example Users/Help" by user101 at 2024-03-01T08:04:00Z
        answers "1000000200/6"
        "Call `reactor.stop()`"
        https://t.me/c/1000000200/7
    post "1000000200/8" in "Example Users/Help" by user102 at 2024-03-01T08:05:00Z
        answers "1000000200/7"
        "Thanks, that worked!"
        https://t.me/c/1000000200/8
    post "1000000200/10" in "Example Users" by user103 at 2024-03-01T08:07:00Z
        "Here is the log"
        attached log.txt
        https://t.me/c/1000000200/10
    post "1000000200/11" in "Example Users" by user103 at 2024-03-01T08:08:00Z
        ""
        attached photo
        https://t.me/c/1000000200/11
    post "1000000200/12" in "Example Users" by user104 at 2024-03-01T08:09:00Z
        "🎉"
        https://t.me/c/1000000200/12
    post "1000000200/13" in "Example Users" by user103 at 2024-03-01T08:10:00Z
        "Example News wrote:\n> Release 2 is out\n> Read the notes"
        https://t.me/c/1000000200/13
    post "1000000200/14" in "Example Users" by user109 at 2024-03-01T08:11:00Z
        "Poll: Tabs?\n- yes (1)\n- no (2)"
        https://t.me/c/1000000200/14
    post "1000000200/15" in "Example Users" by channel1000000300 at 2024-03-01T08:12:00Z
        "Release 3 is out"
        https://t.me/c/1000000200/15
    post "1000000200/16" in "Example Users" by user103 at 2024-03-01T08:13:00Z
        answers another
        "answer to a post"
        https://t.me/c/1000000200/16
    post "1000000200/17" in "Example Users" by user102 at 2024-03-01T08:14:00Z
        ""
        attached contact
        https://t.me/c/1000000200/17
    post "1000000200/23" in "Example Users" by nobody at no time
        ""
        https://t.me/c/1000000200/23
    post "1000000200/24" in "Example Users" by nobody at no time
        "an id that is a text"
        https://t.me/c/1000000200/24
    post "1000000200/25" in "Example Users" by user102 at 2024-03-01T08:18:00Z
        "from the future"
        https://t.me/c/1000000200/25
    post "1000000200/-999999990" in "Example Users" by user102 at no time, perhaps 2021-01-01T00:00:00Z
        "before it was a supergroup"
    other in "Example Users" by user101 at 2024-03-01T08:00:00Z: "create channel: Example Users"
    joined in "Example Users" by user102 at 2024-03-01T08:01:00Z
    joined in "Example Users" by nobody at 2024-03-01T08:01:30Z: "Cy"
    joined in "Example Users" by nobody at 2024-03-01T08:01:30Z: "Dee"
    joined in "Example Users" by user103 at 2024-03-01T08:01:40Z
    other in "Example Users" by user101 at 2024-03-01T08:02:00Z: "topic created: Help"
    other "1000000200/6" in "Example Users/Help" by user102 at 2024-03-01T08:06:00Z: "edited, or only reacted to"
    reacted "1000000200/6" in "Example Users/Help" by user103 at 2024-03-01T08:05:00Z: "👍"
    reacted "1000000200/6" in "Example Users/Help" by nobody at 2024-03-01T08:03:00Z: "👍"
    reacted "1000000200/6" in "Example Users/Help" by nobody at 2024-03-01T08:03:00Z: "👍"
    reacted "1000000200/6" in "Example Users/Help" by nobody at 2024-03-01T08:03:00Z: ":custom emoji:"
    edited "1000000200/7" in "Example Users/Help" by user101 at 2024-03-01T08:04:30Z
    other "1000000200/7" in "Example Users" by user101 at 2024-03-01T08:06:00Z: "pin message"
    kicked in "Example Users" by nobody at 2024-03-01T08:15:00Z: "Dee"
    left in "Example Users" by user103 at 2024-03-01T08:15:30Z
    other in "Example Users" by user101 at 2024-03-01T08:16:00Z: "edit group title: Users of Example"
    other in "Example Users" by user101 at 2024-03-01T08:17:00Z: "boost apply"
    problem: kind of message that the export does not hold in result.json@7401 ""
    problem: unknown type of message in result.json@8629 ""
    problem: field of a wrong type in result.json@8629 "date"
    problem: field of a wrong type in result.json@8629 "type"
    problem: field of a wrong type in result.json@8629 "from_id"
    problem: field of a wrong type in result.json@8629 "reply_to_message_id"
    problem: field of a wrong type in result.json@8629 "date"
    problem: field of a wrong type in result.json@8629 "reactions"
    problem: unknown type of message in result.json@8946 "greeting"
    "#);
}

#[test]
fn a_channel_and_a_group_that_was_left() {
    let sink = collected(&example(), "");
    assert_snapshot!(tell(&rows(&sink, "1000000300", "")), @r#"
    channel "Example News" (chat)
    identity "1000000300/ada" (name) name "Ada" seen 2024-03-01T07:00:00Z
    post "1000000300/4" in "Example News" by 1000000300/ada at 2024-03-01T07:00:00Z
        "Release 3 is out"
        https://t.me/c/1000000300/4
    "#);
    assert_snapshot!(tell(&rows(&sink, "1000000400", "")), @r#"
    channel "Example Users (1000000400)" (chat)
    identity "user103" (account) name "Cy" account "telegram.org/user103" seen 2024-03-01T06:00:00Z
    post "1000000400/1" in "Example Users (1000000400)" by user103 at 2024-03-01T06:00:00Z
        "the old\u{b}group"
        https://t.me/c/1000000400/1
    "#);
    assert_eq!(problems(&sink), ["private chat is not taken"; 3]);
}

#[test]
fn chats_are_chosen() {
    let chats = |more: &str| {
        let rows = rows(&collected(&example(), more), "", more);
        let mut names: Vec<String> = rows.channels.into_iter().map(|channel| channel.name).collect();
        names.dedup();
        names
    };
    assert_eq!(chats("chats = ['Ada', '500']"), ["Ada", "Five of us"]);
    let all = chats("private = true");
    assert!(all.iter().any(|name| name == "saved messages"), "{all:?}");
}

#[test]
fn a_chat_of_an_old_version() {
    let old = r#"{"name":"Example","type":"public_supergroup","id":9589934592,"messages":[
        {"id":1,"type":"message","date":"2020-07-01T12:00:00","edited":"1970-01-01T01:00:00","from":"Ada","from_id":4294967301,"text":"hello"},
        {"id":2,"type":"message","date":"2020-07-01T12:01:00","from":"Bo","from_id":102,"reply_to_message_id":1,"text":["hi ",{"type":"link","text":"https://example.org"}]}]}"#;
    assert_snapshot!(tell(&of(old, "")), @r#"
    channel "Example" (chat)
    identity "chat5" (account) name "Ada" account "telegram.org/chat5" seen 2020-07-01T12:00:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2020-07-01T12:01:00Z
    post "1000000000/1" in "Example" by chat5 at no time, perhaps 2020-07-01T12:00:00Z
        "hello"
        https://t.me/c/1000000000/1
    post "1000000000/2" in "Example" by user102 at no time, perhaps 2020-07-01T12:01:00Z
        answers "1000000000/1"
        "hi https://example.org"
        https://t.me/c/1000000000/2
    "#);
    assert_snapshot!(tell(&of(old, "timezone = 'Europe/Berlin'")), @r#"
    channel "Example" (chat)
    identity "chat5" (account) name "Ada" account "telegram.org/chat5" seen 2020-07-01T10:00:00Z
    identity "user102" (account) name "Bo" account "telegram.org/user102" seen 2020-07-01T10:01:00Z
    post "1000000000/1" in "Example" by chat5 at 2020-07-01T10:00:00Z
        "hello"
        https://t.me/c/1000000000/1
    post "1000000000/2" in "Example" by user102 at 2020-07-01T10:01:00Z
        answers "1000000000/1"
        "hi https://example.org"
        https://t.me/c/1000000000/2
    "#);
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = fs::read(example().join("result.json")).expect("there");
    fs::write(folder.path().join("result.json"), &whole[..whole.len() / 2]).expect("written");
    fs::create_dir(folder.path().join("files")).expect("made");
    fs::write(folder.path().join("files/sent.json"), "{}").expect("written");
    fs::write(folder.path().join("other.json"), "").expect("written");
    let sink = collected(folder.path(), "");
    assert!(sink.items().len() > 5);
    assert_eq!(problems(&sink), ["is no export of a chat or an account", "is cut short"]);
}

#[test]
fn overlapping_exports_and_repeated_runs_agree() {
    let folder = tempfile::tempdir().expect("a folder");
    for export in ["ChatExport_2024-03-02", "ChatExport_2024-03-03"] {
        fs::create_dir(folder.path().join(export)).expect("made");
        fs::copy(example().join("result.json"), folder.path().join(export).join("result.json")).expect("copied");
    }
    let sink = collected(folder.path(), "");
    assert_eq!(sink.items().len(), collected(&example(), "").items().len());
}

#[test]
fn messages_before_their_chat_are_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let sorted = r#"{"messages":[{"id":1}],"name":"a","type":"public_channel","id":7}"#;
    fs::write(folder.path().join("result.json"), sorted).expect("written");
    let sink = collected(folder.path(), "");
    assert_eq!(problems(&sink), ["has no chat before it"]);
    assert_eq!(rows(&sink, "", "").channels.len(), 1);
}

#[test]
fn a_folder_without_an_export_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["notes.txt", "other.json"] {
        fs::write(folder.path().join(name), "[]").expect("written");
        let error = MemorySink::new().collect(&SOURCE, &context(folder.path(), "")).expect_err("nothing is there");
        assert!(error.to_string().contains("holds no export by Telegram Desktop"), "{error}");
    }
    let error = (SOURCE.normalizer)(&context(folder.path(), "timezone = 'Mars'")).map(|_| ()).expect_err("no zone");
    assert!(error.to_string().contains("IANA"), "{error}");
}

#[test]
fn an_export_is_recognised() {
    let look = crate::files::look(&example()).expect("it can be read");
    assert_eq!((SOURCE.recognize)(&look).map(|seen| seen.sure), Some(95));
    let slack = example().join("../../../slack_export/fixtures");
    assert_eq!((SOURCE.recognize)(&crate::files::look(&slack).expect("it can be read")), None);
}
