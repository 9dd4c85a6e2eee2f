//! A small dump in, messages and activities out; damaged rows and hostile bytes.

use std::fmt::Write;
use std::fs;

use insta::assert_snapshot;
use model::{Id, Item, Rows};
use proptest::prelude::*;
use testkit::MemorySink;

use super::SOURCE;
use super::rows::{Found, Rows as Cut};

fn fixtures() -> String {
    format!(
        "path = '{}/src/stackexchange_dump/fixtures/example'\nsite_url = 'https://garden.example.org/'",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn collected(glob: &str) -> Rows {
    let context = testkit::context("/", &fixtures());
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    assert_eq!(sink.problems(), []);
    let items: Vec<Item> = sink.items().iter().filter(|item| item.kind.starts_with(glob)).cloned().collect();
    testkit::normalize(&SOURCE, &context, &items)
}

/// Whatever names a post by its id shows the post's number.
fn post(id: &str) -> String {
    let known = (0..10).find(|number| Id::message("demo", &format!("posts/{number}")).as_str() == id);
    known.map_or_else(|| id.to_owned(), |number| format!("posts/{number}"))
}

fn tell(rows: &Rows) -> String {
    let who = |id: Option<Id>| {
        let identity = rows.identities.iter().find(|identity| Some(identity.id) == id);
        let bot = |who: &model::Identity| if who.bot { " (bot)" } else { "" };
        identity.map_or("nobody".to_owned(), |who| {
            format!(
                "{} {}{}{}",
                who.kind.as_str(),
                who.value,
                who.name.as_ref().map(|name| format!(" {name:?}")).unwrap_or_default(),
                bot(who)
            )
        })
    };
    let time = |time: Option<i64>| match time {
        Some(time) => jiff::Timestamp::from_microsecond(time).expect("a time").to_string(),
        None => "no time".to_owned(),
    };
    let mut out = String::new();
    for message in &rows.messages {
        let parents: Vec<_> = message.parents.iter().map(|id| post(id.as_str())).collect();
        let accepted = message.accepted.map(|id| post(id.as_str()));
        let head = (&message.native_id, message.kind.as_str(), who(message.author), time(message.time));
        _ = writeln!(out, "{} {} by {} at {}", head.0, head.1, head.2, head.3);
        let rest = (parents, &message.subject, &message.tags, accepted, message.score, &message.mentions);
        _ = writeln!(out, "  {rest:?}\n  {:?} {}", message.body, message.url.as_deref().unwrap_or("-"));
    }
    for activity in &rows.activities {
        let object = activity.object.as_deref().map(|id| format!(" {}", post(id))).unwrap_or_default();
        let detail = activity.detail.as_deref().unwrap_or("-");
        let detail: Vec<_> = detail.split(' ').map(post).collect();
        let head = (activity.kind.as_str(), who(activity.who), time(activity.time));
        _ = writeln!(out, "{}{object} by {} at {}: {}", head.0, head.1, head.2, detail.join(" "));
    }
    rows.problems.iter().for_each(|problem| _ = writeln!(out, "problem: {}: {}", problem.what, problem.detail));
    out
}

#[test]
fn accounts_and_badges() {
    assert_snapshot!(tell(&collected("users")), @r#"
    joined by account -1 "Community" (bot) at 2018-01-01T00:00:00Z: -
    joined by account 1 "Ada" at 2018-01-01T10:00:00Z: -
    joined by account 2 "Bob & Sons" at 2018-01-01T11:00:00.5Z: -
    "#);
    assert_snapshot!(tell(&collected("badges")), @"awarded by account 2 at 2018-01-02T11:30:00Z: Teacher");
}

#[test]
fn posts_and_comments() {
    assert_snapshot!(tell(&collected("posts")), @r#"
    posts/1 question by account 1 at 2018-01-02T10:00:00Z
      ([], Some("Why are my beans \"yellow\"?"), ["beans", "leaf-colour"], Some("posts/2"), Some(3), [])
      "My beans are yellow.\n\nWhy?" https://garden.example.org/q/1
    posts/2 answer by account 2 at 2018-01-02T11:00:00Z
      (["posts/1"], None, [], None, Some(5), [])
      "Too much water." https://garden.example.org/a/2
    posts/3 answer by name user17 "user17" at 2018-01-02T12:00:00Z
      (["posts/1"], None, [], None, Some(-1), [])
      "No idea." https://garden.example.org/a/3
    posts/4 page by account -1 (bot) at 2018-01-03T10:00:00Z
      ([], None, [], None, Some(0), [])
      "On beans." https://garden.example.org/q/4
    posts/6 question by name name 17 "17" at 2018-01-04T10:00:00Z
      ([], Some("Yellow beans"), ["beans"], None, Some(0), [])
      "Yellow beans?" https://garden.example.org/q/6
    "#);
    assert_snapshot!(tell(&collected("comments")), @r#"
    comments/1 comment by account 1 at 2018-01-02T13:00:00Z
      (["posts/2"], None, [], None, Some(1), ["Bob", "Ada"])
      "@Bob thanks, it works. (cc @Ada.)" https://garden.example.org/posts/comments/1
    "#);
}

#[test]
fn votes_links_history_and_tags() {
    assert_snapshot!(tell(&collected("votes")), @"
    accepted posts/2 by nobody at 2018-01-02T00:00:00Z: -
    voted_up posts/2 by nobody at 2018-01-02T00:00:00Z: -
    bookmarked posts/1 by account 2 at 2018-01-02T00:00:00Z: -
    bounty posts/1 by account 1 at 2018-01-02T00:00:00Z: started: 50
    ");
    assert_snapshot!(tell(&collected("postlinks")), @"linked posts/6 by nobody at 2018-01-05T10:00:00Z: duplicate posts/1");
    assert_snapshot!(tell(&collected("posthistory")), @"
    other posts/1 by account 1 at 2018-01-02T10:00:00Z: initial title
    edited posts/1 by account 2 at 2018-01-02T10:30:00Z: body
    closed posts/6 by account 2 at 2018-01-05T10:00:00Z: duplicate
    other posts/6 by nobody at 2018-01-05T10:00:00Z: revision of unknown type 99
    ");
    assert_snapshot!(tell(&collected("tags")), @"other by nobody at no time: tag beans");
}

fn row(kind: &str, bytes: &str) -> String {
    let item =
        Item { id: format!("{kind}/9"), kind: kind.to_owned(), bytes: bytes.as_bytes().to_vec(), ..Item::default() };
    tell(&testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item]))
}

#[test]
fn broken_values_are_told() {
    assert_snapshot!(row("votes", r#"<row Id="9" VoteTypeId="77" CreationDate="1945-05-05T00:00:00.000" />"#), @"
    other by nobody at no time: vote of unknown type 77
    problem: date cannot be: CreationDate of votes/9
    ");
    assert_snapshot!(row("comments", r#"<row Id="9" Text="&nosuch;" />"#), @"problem: value cannot be read: Text of comments/9");
    assert_snapshot!(row("comments", r#"<row Id="9" Text=hello />"#), @"problem: row cannot be read: comments/9");
    assert_snapshot!(row("comments", "<row Id='9' Text='single' CreationDate='2018-01-01T00:00:00'>"), @r#"
    comments/9 comment by nobody at 2018-01-01T00:00:00Z
      ([], None, [], None, None, [])
      "single" -
    "#);
    assert_snapshot!(row("nothing", "<row />"), @"problem: unknown table: nothing");
}

fn cut(bytes: &[u8], longest: usize) -> Vec<String> {
    let mut rows = Cut::new(bytes, 100, longest);
    let mut told = Vec::new();
    while let Ok(Some(Found { offset, row })) = rows.next() {
        told.push(format!(
            "{offset} {}",
            row.map_or_else(str::to_owned, |row| String::from_utf8_lossy(row).into_owned())
        ));
    }
    told
}

#[test]
fn damaged_rows_leave_their_neighbours_whole() {
    let bytes = b"<rows>\n <row a='1' />\n <row a='2 \n <row a='3' />\n <rowan/> <row a='4'></row>\n <!-- <row a='5";
    assert_eq!(
        cut(bytes, 99),
        ["108 <row a='1' />", "123 row has no end", "135 <row a='3' />", "159 <row a='4'>", "183 row has no end"]
    );
    assert_eq!(cut(b"<row a='1234567' /><row a='1'/>", 12), ["100 row is too long", "119 <row a='1'/>"]);
    let long = [&b"<row a='"[..], &vec![b'x'; 3 << 20], b"' /> <row a='1'/>"].concat();
    assert_eq!(cut(&long, 99)[1], format!("{} <row a='1'/>", 100 + 8 + (3 << 20) + 5));
}

#[test]
fn a_newer_dump_adds_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let context = testkit::context(folder.path(), "path = '.'");
    let mut sink = MemorySink::new();
    let none = sink.collect(&SOURCE, &context).expect_err("nothing is there").to_string();
    assert!(none.contains("holds no table"));

    let mut run = |text: &str| {
        fs::write(folder.path().join("badges.xml"), text).expect("the folder is there");
        sink.collect(&SOURCE, &context).expect("it can be read")
    };
    assert_eq!(run("<row Id='1' Name='a' />"), 1);
    assert_eq!(run("<badges><row Id=\"1\" Name=\"a\" /><row Id=\"2\" Name=\"b\" /></badges>"), 2);
    assert_eq!(run("<badges><row Id=\"1\" Name=\"a\" /><row Id=\"2\" Name=\"c\" /><row Id=\"3\" /></badges>"), 2);
    assert_eq!(sink.latest().len(), 3);
    fs::create_dir(folder.path().join("other")).expect("the folder is there");
    fs::write(folder.path().join("other/Badges.xml"), "").expect("the folder is there");
    assert_eq!(sink.collect(&SOURCE, &context).expect("it can be read"), 0);
    assert_eq!(sink.problems()[0].what, "table is there twice");
}

proptest! {
    #[test]
    fn any_row_is_rows_or_problems(
        kind in "(users|tags|posts|comments|postlinks|posthistory|votes|badges)",
        text in r#"<row( [A-Z][A-Za-z]{1,8}=("[^"]{0,9}"|'[^']{0,9}'))*( ?/>|.{0,4})"#,
        bytes: Vec<u8>,
    ) {
        for bytes in [text.into_bytes(), bytes] {
            let item = Item { id: "x/1".to_owned(), kind: kind.clone(), bytes, ..Item::default() };
            let rows = || testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), std::slice::from_ref(&item));
            prop_assert_eq!(rows(), rows());
        }
    }

    #[test]
    fn any_stream_is_cut(text in "(<row|<r|</row>|>|/>|[a-z ='\"]|\n){0,40}") {
        let whole = cut(text.as_bytes(), 1 << 10);
        let begun = text.match_indices("<row").filter(|(at, _)| !text[at + 4..].starts_with(|c: char| c.is_ascii_alphanumeric()));
        prop_assert_eq!(whole.len(), begun.count());
    }
}
