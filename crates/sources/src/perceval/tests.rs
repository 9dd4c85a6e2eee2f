//! Made-up items of every backend in, rows out.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Id, Item, Rows};
use proptest::prelude::*;
use testkit::MemorySink;

use super::SOURCE;

mod chats;
mod trackers;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/perceval/fixtures")
}

fn collected(path: &Path) -> (MemorySink, Rows) {
    let context = testkit::context("/", &format!("path = '{}'", path.display()));
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    let items: Vec<Item> = sink.latest().into_iter().cloned().collect();
    let mut rows = testkit::normalize(&SOURCE, &context, &items);
    rows.problems.splice(0..0, sink.problems().iter().cloned());
    (sink, rows)
}

/// What the items in a file become.
fn told(name: &str) -> String {
    testkit::tell(&collected(&fixtures().join("items").join(name)).1)
}

#[test]
fn the_forms_that_items_come_in() {
    let (sink, rows) = collected(&fixtures().join("example"));
    assert_eq!(sink.items().len(), 7);
    assert_snapshot!(testkit::tell(&rows), @r#"
    channel "reactor" (chat)
    channel "example/reactor" (repository)
    channel "dev" (list) title "Dev list"
    channel "dev" (list)
    identity "ada" (nick) name "ada" seen 2017-07-14T02:40:00Z
    identity "ada@example.org" (email) name "Ada" email "ada@example.org" seen 2017-07-14T02:40:00Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com" seen 2017-07-14T02:41:00Z
    identity "cy@example.org" (email) name "Cy" email "cy@example.org" seen 2017-07-14T02:41:00Z
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada" seen 2017-07-14T02:40:00Z
    identity "github.com/cy" (account) name "cy" account "github.com/cy"
    identity "github.com/bo" (account) name "bo" account "github.com/bo" seen 2017-07-15T02:40:00Z
    identity "github.com/bo" (account) name "bo" account "github.com/bo"
    identity "github.com/dependabot[bot]" (account) name "dependabot[bot]" account "github.com/dependabot[bot]" bot seen 2017-07-14T03:40:00Z
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2017-07-14T02:39:59Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com" seen 2017-07-14T05:00:00Z
    post "969e647da6384da55664d1724196b4339ef47f8a" in "reactor" by ada at 2017-07-14T02:40:00Z
        "bo: how?"
    issue "example/reactor#7" in "example/reactor" by github.com/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really.\nNot at all."
        tags bug
        closed: not planned
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-99" in "example/reactor" by github.com/dependabot[bot] at 2017-07-14T03:40:00Z
        answers "example/reactor#7"
        "Same here"
        https://github.com/Example/Reactor/issues/7#issuecomment-99
    comment "example/reactor#7/comment-100" in "example/reactor" by nobody at 2017-07-14T03:41:00Z
        answers "example/reactor#7"
        "gone"
    post "1@example.org" in "dev" by ada@example.org at 2017-07-14T02:39:59Z
        subject "How do I stop the reactor?"
        "It does not stop."
    post "2@example.com" in "dev" by bo@example.com at 2017-07-14T05:00:00Z
        answers "1@example.org"
        subject "Re: How do I stop the reactor?"
        "Call `stop()`"
    authored c0ffee0000000000000000000000000000000001 in "reactor" by ada@example.org at 2017-07-14T02:40:00Z: "Stop the reactor"
    committed c0ffee0000000000000000000000000000000001 in "reactor" by bo@example.com at 2017-07-14T02:41:00Z: "Stop the reactor"
    reviewed c0ffee0000000000000000000000000000000001 in "reactor" by cy@example.org at 2017-07-14T02:41:00Z: "Stop the reactor"
    reacted "example/reactor#7" in "example/reactor" by github.com/cy at 2017-07-14T02:40:00Z: "heart"
    closed "example/reactor#7" in "example/reactor" by github.com/bo at 2017-07-15T02:40:00Z
    assigned "example/reactor#7" in "example/reactor" by github.com/bo at no time: "bo"
    problem: is cut short in broken.json@474 ""
    problem: is no item of Perceval in broken.json@486 ""
    problem: category not understood in github_search.json "Twitter/tweet: 1"
    problem: is no item of Perceval in broken.json@548 ""
    "#);
}

#[test]
fn items_pretty_printed_one_after_the_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(fixtures().join("items/gerrit.json")).expect("there");
    let item = text.trim().trim_start_matches('[').trim_end_matches(']').trim();
    fs::write(folder.path().join("a.json"), format!("{item}\n{}\n", item.replace("\"uuid\": \"", "\"uuid\": \"x")))
        .expect("written");
    let (sink, _) = collected(folder.path());
    assert_eq!((sink.items().len(), sink.problems().len()), (2, 0));
}

#[test]
fn mails() {
    assert_snapshot!(told("mail.json"), @r#"
    channel "dev" (list) title "Dev list"
    channel "dev" (list)
    channel "example.dev" (list)
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2017-07-14T02:39:59Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com" seen 2017-07-14T05:00:00Z
    identity "cy@example.org" (email) name "Cy" email "cy@example.org"
    post "1@example.org" in "dev" by ada@example.org at 2017-07-14T02:39:59Z
        subject "How do I stop the reactor?"
        "It does not stop."
    post "2@example.com" in "dev" by bo@example.com at 2017-07-14T05:00:00Z
        answers "1@example.org"
        subject "Re: How do I stop the reactor?"
        "Call `stop()`"
    post "3@example.org" in "example.dev" by cy@example.org at no time
        answers "2@example.com", "1@example.org"
        ""
    problem: date cannot be in mail.json@1606 "yesterday"
    "#);
}

#[test]
fn commits_are_those_of_the_repository() {
    let (_, rows) = collected(&fixtures().join("items/commit.json"));
    assert_eq!(rows.activities[0].id, Id::activity("commit", "c0ffee0000000000000000000000000000000001/0"));
    assert_snapshot!(testkit::tell(&rows), @r#"
    channel "reactor" (repository)
    identity "ada@example.org" (email) name "Ada" email "ada@example.org" seen 2017-07-14T02:40:00Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com" seen 2017-07-14T02:41:00Z
    identity "cy@example.org" (email) name "Cy" email "cy@example.org" seen 2017-07-14T02:41:00Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com"
    authored c0ffee0000000000000000000000000000000001 in "reactor" by ada@example.org at 2017-07-14T02:40:00Z: "Stop the reactor"
    committed c0ffee0000000000000000000000000000000001 in "reactor" by bo@example.com at 2017-07-14T02:41:00Z: "Stop the reactor"
    reviewed c0ffee0000000000000000000000000000000001 in "reactor" by cy@example.org at 2017-07-14T02:41:00Z: "Stop the reactor"
    merged c0ffee0000000000000000000000000000000002 in "reactor" by bo@example.com at no time (merge): "Merge"
    problem: date cannot be in c0ffee0000000000000000000000000000000002 "authored `+0000`"
    problem: date cannot be in c0ffee0000000000000000000000000000000002 "committed `+0000`"
    problem: field of a wrong type in commit.json@1004 "AuthorDate"
    problem: field of a wrong type in commit.json@1004 "CommitDate"
    "#);
}

#[test]
fn ids_are_those_of_the_native_sources() {
    let ids = |name: &str| -> Vec<Id> {
        collected(&fixtures().join("items").join(name)).1.messages.iter().map(|one| one.id).collect()
    };
    assert!(ids("mail.json").contains(&Id::message("mail", "1@example.org")));
    let github = ids("github.json");
    for native in ["example/reactor#7", "comment-99", "example/reactor#8", "review-5", "review-comment-21"] {
        assert!(github.contains(&Id::message("github.com", native)), "{native}");
    }
    assert!(ids("slack.json").contains(&Id::message("slack.com", "C1/1500000060.000200")));
    assert!(ids("discourse.json").contains(&Id::message("forum.example.org", "t/150/2")));
    assert!(ids("questions.json").contains(&Id::message("stackoverflow.com", "posts/8")));
    assert!(ids("chats.json").contains(&Id::message("telegram.org", "1234/31")));
}

#[test]
fn questions() {
    assert_snapshot!(told("questions.json"), @r#"
    channel "stackoverflow.com" (site)
    channel "ask.example.org" (site)
    identity "stackoverflow.com/1" (account) name "Ada" account "stackoverflow.com/1" seen 2017-07-14T02:40:00Z
    identity "gone" (name) name "gone" seen 2017-07-14T02:40:30Z
    identity "stackoverflow.com/2" (account) name "Bo" account "stackoverflow.com/2" seen 2017-07-14T02:41:00Z
    identity "stackoverflow.com/1" (account) name "Ada" account "stackoverflow.com/1" seen 2017-07-14T02:41:30Z
    identity "ask.example.org/1" (account) name "ada" account "ask.example.org/1" seen 2017-07-14T02:40:00Z
    identity "ask.example.org/3" (account) name "Cy" account "ask.example.org/3" seen 2017-07-14T02:41:00Z
    identity "ask.example.org/2" (account) name "bo" account "ask.example.org/2" seen 2017-07-14T02:41:00Z
    question "posts/7" in "stackoverflow.com" by stackoverflow.com/1 at 2017-07-14T02:40:00Z
        subject "How do I stop \"it\"?"
        "It runs & runs"
        tags reactor
        accepted "posts/8"
        closed: duplicate
        score 3
        https://stackoverflow.com/questions/7/how
    comment "comments/70" in "stackoverflow.com" by gone at 2017-07-14T02:40:30Z
        answers "posts/7"
        "Which?"
        score 0
    answer "posts/8" in "stackoverflow.com" by stackoverflow.com/2 at 2017-07-14T02:41:00Z
        answers "posts/7"
        "Call `stop()`"
        score 5
        https://stackoverflow.com/a/8
    comment "comments/71" in "stackoverflow.com" by stackoverflow.com/1 at 2017-07-14T02:41:30Z
        answers "posts/8"
        "Thanks"
        score 1
    question "posts/12" in "ask.example.org" by ask.example.org/1 at 2017-07-14T02:40:00Z
        subject "How do I stop it?"
        "It runs"
        tags reactor
        accepted "posts/13"
        score 1
        https://ask.example.org/question/12/how/
    comment "comments/80" in "ask.example.org" by ask.example.org/3 at 2017-07-14T02:41:00Z
        answers "posts/12"
        "Which?"
        score 0
    answer "posts/13" in "ask.example.org" by ask.example.org/2 at 2017-07-14T02:41:00Z
        answers "posts/12"
        "Call stop()"
        score 2
    "#);
}

#[test]
fn topics() {
    assert_snapshot!(told("discourse.json"), @r#"
    channel "category-4" (category)
    identity "forum.example.org/ada" (account) name "Ada Example" account "forum.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "forum.example.org/bo" (account) name "bo" account "forum.example.org/bo" seen 2017-07-14T03:40:00Z
    identity "forum.example.org/ada" (account) name "Ada" account "forum.example.org/ada" seen 2017-07-14T03:50:00Z
    identity "forum.example.org/system" (account) name "system" account "forum.example.org/system" bot seen 2017-07-14T04:50:00Z
    question "t/150/1" in "category-4" by forum.example.org/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        tags reactor
        accepted "t/150/2"
        closed: solved
        score 3
        https://forum.example.org/t/it-does-not-stop/150/1
    answer "t/150/2" in "category-4" by forum.example.org/bo at 2017-07-14T03:40:00Z
        answers "t/150/1"
        "Call `stop()`"
        https://forum.example.org/t/it-does-not-stop/150/2
    post "t/150/3" in "category-4" by forum.example.org/ada at 2017-07-14T03:50:00Z
        answers "t/150/2"
        "Thanks"
        https://forum.example.org/t/it-does-not-stop/150/3
    closed "t/150/1" in "category-4" by forum.example.org/system at 2017-07-14T04:50:00Z
    "#);
}

#[test]
fn events_pages_and_numbers() {
    assert_snapshot!(told("others.json"), @r#"
    channel "reactor" (calendar) title "Reactor users"
    channel "blog.example.org" (feed)
    channel "wiki.example.org" (wiki)
    channel "DEV" (wiki) title "Development"
    channel "example/reactor" (repository)
    channel "reactor" (repository) title "It runs"
    identity "meetup.com/1" (account) name "Ada" account "meetup.com/1"
    identity "meetup.com/1" (account) name "Ada" account "meetup.com/1" seen 2017-07-14T02:25:00Z
    identity "meetup.com/2" (account) name "Bo" account "meetup.com/2" seen 2017-07-14T02:26:40Z
    identity "meetup.com/1" (account) name "Ada" account "meetup.com/1" seen 2017-07-14T05:10:00Z
    identity "ada" (name) name "Ada" seen 2017-07-14T02:40:00Z
    identity "wiki.example.org/ada" (account) name "Ada" account "wiki.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "wiki.example.org/bo" (account) name "Bo" account "wiki.example.org/bo" seen 2017-07-14T03:40:00Z
    identity "wiki.example.org/ada" (account) name "ada" account "wiki.example.org/ada" seen 2017-07-14T02:40:00Z
    post "comments/77" in "reactor" by meetup.com/1 at 2017-07-14T05:10:00Z
        "It was good"
        score 2
        https://meetu.ps/c/77
    page "https://blog.example.org/?p=1" in "blog.example.org" by ada at 2017-07-14T02:40:00Z
        subject "It & stopping"
        "Long"
        tags reactor
        https://blog.example.org/1
    page "content/65" in "DEV" by wiki.example.org/ada at 2017-07-14T02:40:00Z, perhaps 2017-07-14T03:40:00Z
        subject "Stopping"
        "Stopping\n\nCall it."
        https://wiki.example.org/x
    attended "Stopping together" in "reactor" by meetup.com/1 at 2017-07-14T02:25:00Z: "Stopping together"
    edited in "wiki.example.org" by wiki.example.org/ada at 2017-07-14T02:40:00Z: "Stopping (new)"
    edited in "wiki.example.org" by nobody at 2017-07-14T02:41:00Z: "Stopping"
    edited "content/65" in "DEV" by wiki.example.org/bo at 2017-07-14T03:40:00Z: "Stopping"
    event "Stopping together" in "reactor" from 2017-07-14T02:40:00Z to 2017-07-14T04:40:00Z place "The hall, Madrid" url "https://www.meetup.com/reactor/events/3/" about "We stop it."
    measured "downloads" in "example/reactor" at 2017-07-14T02:40:00Z: 1000
    measured "stars" in "example/reactor" at 2017-07-14T02:40:00Z: 2
    measured "downloads" in "reactor" at 2017-07-14T02:40:00Z: 12
    measured "recent downloads" in "reactor" at 2017-07-14T02:40:00Z: 3
    "#);
}

#[test]
fn one_channel_for_everything() {
    let context = testkit::context(fixtures(), "path = 'items'\nchannel = 'all'");
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    let rows = testkit::normalize(&SOURCE, &context, sink.items());
    assert!(rows.messages.iter().all(|one| one.channel == "all"));
    assert!(rows.activities.iter().all(|one| one.channel == "all"));
}

#[test]
fn files_are_recognised() {
    let seen = |path: &str| (SOURCE.recognize)(&crate::files::look(&fixtures().join(path)).expect("there"));
    assert_eq!(
        seen("example").map(|seen| (seen.sure, seen.what)),
        Some((97, "4 files of Perceval's items".to_owned()))
    );
    assert!(seen("items/slack.json").is_some());
}

/// Every value of every item in turn is made to be something else.
#[test]
fn wrong_types_anywhere_do_no_harm() {
    use serde_json::{Value, json};
    fn places(value: &Value, path: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                let path = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                out.push(path.clone());
                places(value, &path, out);
            }),
            Value::Array(list) => list.iter().enumerate().for_each(|(at, value)| {
                let path = format!("{path}/{at}");
                out.push(path.clone());
                places(value, &path, out);
            }),
            _ => {}
        }
    }
    let context = testkit::context("/", "path = 'x'");
    for file in fs::read_dir(fixtures().join("items")).expect("there") {
        let text = fs::read_to_string(file.expect("there").path()).expect("text");
        let items: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        for item in items {
            let mut all = Vec::new();
            places(&item, "", &mut all);
            for path in all {
                for other in [json!(null), json!(-1e300), json!("\u{0}<"), json!([[]]), json!({"a": {}})] {
                    let mut item = item.clone();
                    *item.pointer_mut(&path).expect("there") = other;
                    let bytes = item.to_string().into_bytes();
                    testkit::normalize(&SOURCE, &context, &[Item { bytes, ..Item::default() }]);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_will_do(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let context = testkit::context("/", "path = 'x'");
        testkit::normalize(&SOURCE, &context, &[Item { bytes, ..Item::default() }]);
    }
}
