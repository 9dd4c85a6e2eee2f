//! Made-up stores in, messages and removals out.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use tempfile::TempDir;
use testkit::{MemorySink, TestInbox, example_inbox, inbox_mail};

use super::SOURCE;

const ADA: &str = "Ada <ada@example.org>";
const V1: [&str; 3] = [
    "00/11111111111111111111111111111111111111",
    "00/22222222222222222222222222222222222222",
    "ab/33333333333333333333333333333333333333",
];

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn context(folder: &Path) -> Context {
    testkit::context(folder, "path = '.'\nurl = 'https://lists.example.org/dev/'")
}

fn collect(sink: &mut MemorySink, folder: &Path) -> usize {
    sink.collect(&SOURCE, &context(folder)).expect("it can be read")
}

fn rows(sink: &MemorySink, folder: &Path) -> Rows {
    let items: Vec<Item> = sink.latest().into_iter().cloned().collect();
    testkit::normalize(&SOURCE, &context(folder), &items)
}

fn told(folder: &Path) -> String {
    let mut sink = MemorySink::new();
    collect(&mut sink, folder);
    let mut rows = rows(&sink, folder);
    rows.problems.splice(0..0, sink.problems().iter().cloned());
    testkit::tell(&rows)
}

/// What is there at last: `mail 1@example.org`, `removal`.
fn kinds(sink: &MemorySink) -> Vec<String> {
    let id = |item: &Item| {
        let text = String::from_utf8_lossy(&item.bytes).into_owned();
        let id = text.split_once("Message-ID: <").and_then(|(_, id)| id.split('>').next().map(str::to_owned));
        format!("{} {}", item.kind, id.unwrap_or_default()).trim_end().to_owned()
    };
    let last = |at: usize, item: &Item| sink.items()[at + 1..].iter().all(|later| later.id != item.id);
    sink.items().iter().enumerate().filter(|(at, item)| last(*at, item)).map(|(_, item)| id(item)).collect()
}

#[test]
fn an_inbox_of_two_epochs() {
    let folder = folder();
    example_inbox(folder.path());
    assert_snapshot!(told(folder.path()), @r#"
    channel "demo" (list)
    channel "demo" (list)
    channel "demo" (list)
    channel "demo" (list)
    channel "demo" (list)
    identity "ada@example.org" (email) name "Ada" email "ada@example.org" seen 2017-07-14T00:01:00Z
    identity "bo@example.com" (email) name "Bo" email "bo@example.com" seen 2017-07-14T00:02:00Z
    identity "cy@example.org" (email) name "Cy" email "cy@example.org" seen 2017-07-14T00:04:00Z
    identity "dee@example.org" (email) name "Dee" email "dee@example.org"
    post "1@example.org" in "demo" by ada@example.org at 2017-07-14T00:01:00Z
        subject "How do I stop the reactor?"
        "body 1"
        https://lists.example.org/dev/1@example.org/
    post "2@example.org" in "demo" by bo@example.com at 2017-07-14T00:02:00Z
        answers "1@example.org"
        subject "Re: How do I stop the reactor?"
        "body 2"
        https://lists.example.org/dev/2@example.org/
    post "4@example.org" in "demo" by cy@example.org at 2017-07-14T00:04:00Z
        answers "2@example.org"
        subject "Re: How do I stop the reactor?"
        "body 4"
        https://lists.example.org/dev/4@example.org/
    post "5@example.org" in "demo" by dee@example.org at no time, perhaps 2017-07-14T04:40:00Z
        subject "no date"
        "When was it?"
        https://lists.example.org/dev/5@example.org/
    post "no-message-id-05490a33b1e86375f6ea" in "demo" by nobody at no time, perhaps 2017-07-14T05:40:00Z
        ""
    deleted in "demo" by nobody at 2017-07-14T05:40:00Z
    deleted another in "demo" by nobody at 2017-07-14T02:40:00Z
    problem: date is missing in git/1.git@cc03c88ad375 ""
    problem: date is missing in git/1.git@23a8256f69f8 ""
    problem: writer is missing in git/1.git@23a8256f69f8 ""
    "#);
}

#[test]
fn the_folder_of_epochs_or_one_epoch_will_do() {
    let folder = folder();
    example_inbox(folder.path());
    let mut sink = MemorySink::new();
    collect(&mut sink, &folder.path().join("git"));
    assert_eq!(sink.items().len(), 7);
    let mut sink = MemorySink::new();
    collect(&mut sink, &folder.path().join("git/0.git"));
    // The epoch that removes the spam is not there.
    assert_eq!(kinds(&sink), ["mail 1@example.org", "mail 2@example.org", "mail 3@example.org", "removal"]);
}

#[test]
fn the_first_format() {
    let folder = folder();
    let mails: Vec<String> = (0..3).map(|number| inbox_mail(number, ADA, "hello", None)).collect();
    let mut inbox = TestInbox::v1(folder.path());
    inbox.add(V1[0], &mails[0]);
    inbox.add(V1[1], &mails[1]);
    inbox.add("README", "no mail");
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    assert_eq!(kinds(&sink), ["mail 0@example.org", "mail 1@example.org"]);
    inbox.add(V1[2], &mails[2]);
    inbox.remove(V1[0], &mails[0]);
    assert_eq!(collect(&mut sink, folder.path()), 2);
    assert_eq!(kinds(&sink), ["mail 1@example.org", "mail 2@example.org", "removal"]);
    assert_snapshot!(testkit::tell(&rows(&sink, folder.path())), @r#"
    channel "demo" (list)
    channel "demo" (list)
    identity "ada@example.org" (email) name "Ada" email "ada@example.org" seen 2017-07-14T00:01:00Z
    identity "ada@example.org" (email) name "Ada" email "ada@example.org" seen 2017-07-14T00:02:00Z
    post "1@example.org" in "demo" by ada@example.org at 2017-07-14T00:01:00Z
        subject "hello"
        "body 1"
        https://lists.example.org/dev/1@example.org/
    post "2@example.org" in "demo" by ada@example.org at 2017-07-14T00:02:00Z
        subject "hello"
        "body 2"
        https://lists.example.org/dev/2@example.org/
    deleted another in "demo" by nobody at 2017-07-14T06:40:00Z
    "#);
}

#[test]
fn a_mail_that_comes_and_goes_is_what_it_was_last() {
    let folder = folder();
    let (ham, other) = (inbox_mail(1, ADA, "ham", None), inbox_mail(2, ADA, "other", None));
    let mut inbox = TestInbox::v2(folder.path().join("0.git"));
    inbox.add("", &ham);
    inbox.remove("", &ham);
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    // Gone before anybody saw it.
    assert_eq!(kinds(&sink), ["removal"]);
    inbox.add("", &ham);
    inbox.add("", &other);
    assert_eq!(collect(&mut sink, folder.path()), 2);
    assert_eq!(kinds(&sink), ["mail 1@example.org", "mail 2@example.org"]);
    inbox.remove("", &ham);
    collect(&mut sink, folder.path());
    assert_eq!(kinds(&sink), ["mail 2@example.org", "removal"]);
    let removal = rows(&sink, folder.path()).activities.pop().expect("one");
    assert_eq!(removal.object, Some(model::Id::message("mail", "1@example.org").to_string()));
    assert_eq!(collect(&mut sink, folder.path()), 0);
}

#[test]
fn rewritten_history_is_read_anew() {
    let folder = folder();
    let mails: Vec<String> = (0..4).map(|number| inbox_mail(number, ADA, "hello", None)).collect();
    let mut inbox = TestInbox::v2(folder.path().join("git/0.git"));
    let blobs: Vec<String> = mails[..3].iter().map(|mail| inbox.add("", mail)).collect();
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    inbox.forget();
    inbox.add("", &mails[0]);
    inbox.purged(&blobs[1]);
    inbox.add("", &mails[2].replace("body 2", "edited"));
    inbox.add("", &mails[3]);
    assert_eq!(collect(&mut sink, folder.path()), 3);
    // The edited mail is another version of the same message, which is told by its Message-ID.
    let kept = ["mail 0@example.org", "mail 2@example.org", "removal", "mail 2@example.org", "mail 3@example.org"];
    assert_eq!(kinds(&sink), kept);
    assert_eq!(sink.problems(), []);
    assert_eq!(collect(&mut sink, folder.path()), 0);
}

#[test]
fn stopped_and_resumed_is_the_same_as_uninterrupted() {
    let folder = folder();
    let mut inbox = TestInbox::v2(folder.path().join("git/0.git"));
    (0..600).for_each(|number| _ = inbox.add("", &inbox_mail(number, ADA, "hello", None)));
    inbox.remove("", &inbox_mail(7, ADA, "hello", None));
    let mut whole = MemorySink::new();
    collect(&mut whole, folder.path());
    assert_eq!(whole.items().len(), 600);
    let mut sink = MemorySink::new();
    sink.stop_after(Some(1));
    while sink.collect(&SOURCE, &context(folder.path())).is_err() {}
    assert!(sink.items() == whole.items() && sink.cursor() == whole.cursor());
}

#[test]
fn what_is_missing_or_damaged_leaves_the_rest() {
    let folder = folder();
    example_inbox(folder.path());
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    let all = sink.items().len();
    let mail = &sink.items()[1].id;
    let object = |hash: &str| format!("git/0.git/objects/{}/{}", &hash[..2], &hash[2..]);
    let (there, away) = (folder.path().join(object(mail)), folder.path().join("away"));
    fs::rename(&there, &away).expect("it was there");
    fs::create_dir_all(folder.path().join("git/2.git")).expect("made");
    fs::write(folder.path().join("git/2.git/HEAD"), "nonsense").expect("written");
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    assert_eq!(sink.items().len(), all - 1);
    let problems: Vec<_> = sink.problems().iter().map(|one| one.what.as_str()).collect();
    assert_eq!(problems, ["repository cannot be read", "mail cannot be read"]);
    // It is looked for again, and found when it is mended; mails that another epoch removed stay removed.
    assert_eq!(collect(&mut sink, folder.path()), 0);
    fs::rename(&away, &there).expect("it was there");
    assert_eq!(collect(&mut sink, folder.path()), 1);
}

#[test]
fn a_shallow_store_says_so() {
    let folder = folder();
    let mut inbox = TestInbox::v2(folder.path().join("0.git"));
    (0..3).for_each(|number| _ = inbox.add("", &inbox_mail(number, ADA, "hello", None)));
    let mut sink = MemorySink::new();
    collect(&mut sink, folder.path());
    let second: serde_json::Value = serde_json::from_str(&sink.items()[1].origin).expect("JSON");
    let shallow = format!("{}\n", second["commit"].as_str().expect("a commit"));
    fs::write(folder.path().join("0.git/shallow"), shallow).expect("written");
    let mut sink = MemorySink::new();
    assert_eq!(collect(&mut sink, folder.path()), 2);
    assert_eq!(sink.problems()[0].what, "shallow clone");
}

#[test]
fn a_folder_without_a_repository_is_an_error() {
    let folder = folder();
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
    assert!(error.to_string().contains("not a git repository"), "{error}");
}

#[test]
fn stores_are_recognised() {
    let folder = folder();
    example_inbox(folder.path());
    let seen = |path: &Path| (SOURCE.recognize)(&crate::files::look(path).expect("a folder")).map(|seen| seen.what);
    let both = Some("a public-inbox of the format v2: 2 epochs".to_owned());
    assert_eq!(seen(folder.path()), both);
    assert_eq!(seen(&folder.path().join("git")), both);
    assert_eq!(seen(&folder.path().join("git/0.git")), None);
}
