//! Saved feeds of every kind in, pages and comments out.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/feed/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

fn rows(file: &str) -> Rows {
    let items = collected(&example());
    let origin = format!("\"file\":\"{file}\"");
    let items: Vec<Item> = items.items().iter().filter(|item| item.origin.contains(&origin)).cloned().collect();
    testkit::normalize(&SOURCE, &context(&example()), &items)
}

/// Rows of a feed that is only in this test.
fn told(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let sink = collected(folder.path());
    let rows = testkit::normalize(&SOURCE, &context(folder.path()), sink.items());
    let problems: String =
        sink.problems().iter().map(|one| format!("collecting: {} {}\n", one.what, one.detail)).collect();
    tell(&rows) + &problems
}

#[test]
fn rss() {
    assert_snapshot!(tell(&rows("blog-2024-03-01.xml")), @r#"
    channel "The Reactor Blog" (feed)
    channel "The Reactor Blog" (feed)
    channel "The Reactor Blog" (feed)
    identity "ada example" (name) name "Ada Example" seen 2024-03-01T08:00:00Z
    identity "bo" (name) name "Bo" seen 2024-03-01T08:00:00Z
    identity "cy@example.org" (email) name "Cy Example" email "cy@example.org"
    page "https://blog.example.org/?p=12" in "The Reactor Blog" by ada example at 2024-03-01T08:00:00Z
        subject "How do we test? – R&D notes"
        "In short: all of it.\n\n> Does it run?"
        tags Testing, CI
        https://blog.example.org/how-do-we-test/
    page "episode 1" in "The Reactor Blog" by cy@example.org at no time
        subject "Episode 1"
        "Café & tests"
        attached episode-1.mp3
    page "https://blog.example.org/untitled" in "The Reactor Blog" by nobody at no time
        "No title, no id &lol;"
        https://blog.example.org/untitled
    co_authored "https://blog.example.org/?p=12" in "The Reactor Blog" by bo at 2024-03-01T08:00:00Z
    problem: date cannot be in blog-2024-03-01.xml@1427 "published"
    "#);
    assert_snapshot!(tell(&rows("comments.xml")), @r#"
    channel "Comments for The Reactor Blog" (feed)
    identity "dee" (name) name "Dee" seen 2024-03-02T14:00:00Z
    comment "https://blog.example.org/?p=12#comment-5" in "Comments for The Reactor Blog" by dee at 2024-03-02T14:00:00Z
        answers another, another
        subject "Comment on How do we test? by Dee"
        "How do I run them?"
        https://blog.example.org/how-do-we-test/#comment-5
    "#);
}

#[test]
fn atom() {
    assert_snapshot!(tell(&rows("releases.atom")), @r#"
    channel "Release notes & more" (feed)
    channel "Release notes & more" (feed)
    channel "Release notes & more" (feed)
    identity "github.com/ada" (account) name "ada" account "github.com/ada" seen 2024-02-01T00:00:00Z
    identity "team@example.org" (email) name "The Reactor Team" email "team@example.org" seen 2024-01-02T02:04:05Z
    identity "bo" (name) name "Bo" seen 2024-02-02T00:00:00Z
    page "tag:github.com,2008:Repository/1/v2.0" in "Release notes & more" by github.com/ada at 2024-02-01T00:00:00Z
        subject "Reactor 2.0: Vec<T>"
        "What is new\n\n- It stops"
        attached reactor-2.0.tar.gz
        tags Release
        https://github.com/example/reactor/releases/tag/v2.0
    page "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6" in "Release notes & more" by team@example.org at 2024-01-02T02:04:05Z
        subject "Tags < 3"
        "Long\nand bold."
        https://example.org/xhtml
    comment "tag:example.org,2024:comment-9" in "Release notes & more" by bo at 2024-02-02T00:00:00Z
        answers "tag:github.com,2008:Repository/1/v2.0", another
        subject "Re: Reactor"
        "Does it really?"
    edited "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6" in "Release notes & more" by nobody at 2024-01-05T00:00:00Z
    "#);
}

#[test]
fn old_rss_in_other_letters() {
    assert_snapshot!(tell(&rows("old.rdf")), @r#"
    channel "Old news" (feed)
    identity "jörg" (name) name "Jörg" seen 2003-12-13T18:30:02Z
    page "http://old.example.org/1" in "Old news" by jörg at 2003-12-13T18:30:02Z
        subject "Grüße"
        "Café open"
        tags news
        http://old.example.org/1
    "#);
}

#[test]
fn json_feeds() {
    assert_snapshot!(tell(&rows("feed.json")), @r#"
    channel "Notes" (feed)
    channel "Notes" (feed)
    identity "codeberg.org/dee" (account) name "Dee" account "codeberg.org/dee" seen 2024-05-01T12:00:00Z
    identity "guest@example.com" (email) name "Guest" email "guest@example.com"
    page "https://notes.example.com/1" in "Notes" by codeberg.org/dee at 2024-05-01T12:00:00Z
        subject "First"
        "Hello, world <https://example.com>"
        attached A picture
        tags a, b
        https://notes.example.com/1
    page "2" in "Notes" by guest@example.com at no time
        "A number for an id"
    edited "https://notes.example.com/1" in "Notes" by nobody at 2024-05-02T10:00:00Z
    problem: field of a wrong type in feed.json@593 "tags"
    problem: date cannot be in feed.json@593 "published"
    "#);
}

#[test]
fn overlapping_feeds_are_one_and_the_newest_counts() {
    let sink = collected(&example());
    let versions: Vec<&Item> =
        sink.items().iter().filter(|item| item.id == "feed https://blog.example.org/?p=12").collect();
    assert_eq!(versions.len(), 2);
    assert_snapshot!(tell(&rows("blog-2024-04-01.xml")), @r#"
    channel "The Reactor Blog" (feed)
    identity "ada example" (name) name "Ada Example" seen 2024-03-01T08:00:00Z
    page "https://blog.example.org/?p=12" in "The Reactor Blog" by ada example at 2024-03-01T08:00:00Z
        subject "How do we test?"
        "All of it, and more."
        https://blog.example.org/how-do-we-test/
    edited "https://blog.example.org/?p=12" in "The Reactor Blog" by nobody at 2024-03-30T10:00:00Z
    "#);
    assert_eq!(sink.latest().iter().filter(|item| item.id.ends_with("?p=12")).count(), 1);
    assert!(String::from_utf8_lossy(&versions[1].bytes).contains("and more"));
    let problems: Vec<_> = sink.problems().iter().map(|one| format!("{} {}", one.what, one.file)).collect();
    assert_eq!(problems, ["entry has no end blog-2024-03-01.xml", "is no JSON object feed.json"]);
}

#[test]
fn bombs_and_strangers_do_nothing() {
    let bomb = br#"<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><title>Bomb &lol2;</title><item><title>a &lol2;</title><guid>1</guid><description>&x; &lol2;</description></item></channel></rss>"#;
    assert_snapshot!(told("bomb.xml", bomb), @r#"
    channel "Bomb &lol2;" (feed)
    page "1" in "Bomb &lol2;" by nobody at no time
        subject "a &lol2;"
        "&x; &lol2;"
    collecting: declares entities they are left as they are written
    "#);
}

#[test]
fn two_byte_letters_and_wrong_ones() {
    let xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?><rss><channel><title>Größe</title><item><title>ä</title><guid>1</guid></item></channel></rss>";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(xml.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_snapshot!(told("wide.xml", &wide), @r#"
    channel "Größe" (feed)
    page "1" in "Größe" by nobody at no time
        subject "ä"
        ""
    "#);
    let wrong = b"<rss><channel><title>x</title><item><title>caf\xe9</title><guid>1</guid></item></channel></rss>";
    assert_snapshot!(told("wrong.xml", wrong), @r#"
    channel "x" (feed)
    page "1" in "x" by nobody at no time
        subject "café"
        ""
    problem: letters are not of its encoding in wrong.xml@30 ""
    "#);
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let feed = fs::read(example().join("releases.atom")).expect("there");
    let told = told("half.atom", &feed[..feed.len() * 2 / 3]);
    assert!(told.contains("Reactor 2.0") && told.ends_with("collecting: is cut short \n"), "{told}");
}

#[test]
fn what_is_no_feed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("page.xml", "<!DOCTYPE html><html><body><p>Not found</p></body></html>"),
        ("notes.txt", "nothing"),
        ("other.json", "{\"items\":[1]}"),
        ("empty.xml", ""),
    ] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("no feed is there");
    assert!(error.to_string().contains("name a saved RSS"), "{error}");
    fs::copy(example().join("old.rdf"), folder.path().join("old.rdf")).expect("copied");
    let problems: Vec<_> =
        collected(folder.path()).problems().iter().map(|one| format!("{} {}", one.what, one.file)).collect();
    assert_eq!(
        problems,
        ["is no feed empty.xml", "is no feed notes.txt", "is no feed other.json", "is a web page, no feed page.xml"]
    );
}

#[test]
fn it_is_recognised() {
    let look = |name: &str| {
        let head = fs::read(example().join(name)).expect("there");
        source::Look { files: vec![source::Peeked { name: name.to_owned(), head }], total: 1 }
    };
    for name in ["blog-2024-03-01.xml", "releases.atom", "old.rdf", "feed.json"] {
        let seen = (SOURCE.recognize)(&look(name)).expect("it is a feed");
        assert_eq!((seen.sure, seen.what.as_str()), (90, "1 feed (RSS, Atom or JSON)"), "{name}");
    }
}
