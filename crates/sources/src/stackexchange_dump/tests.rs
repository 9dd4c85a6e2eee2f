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
        "path = '{}/src/stackexchange_dump/fixtures'\nsite_url = 'https://garden.example.org/'",
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
    assert_snapshot!(tell(&collected("users")), @"");
    assert_snapshot!(tell(&collected("badges")), @"");
}

#[test]
fn posts_and_comments() {
    assert_snapshot!(tell(&collected("posts")), @"");
    assert_snapshot!(tell(&collected("comments")), @"");
}

#[test]
fn votes_links_history_and_tags() {
    assert_snapshot!(tell(&collected("votes")), @"");
    assert_snapshot!(tell(&collected("postlinks")), @"");
    assert_snapshot!(tell(&collected("posthistory")), @"");
    assert_snapshot!(tell(&collected("tags")), @"");
}

fn row(kind: &str, bytes: &str) -> String {
    let item =
        Item { id: format!("{kind}/9"), kind: kind.to_owned(), bytes: bytes.as_bytes().to_vec(), ..Item::default() };
    tell(&testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item]))
}

#[test]
fn broken_values_are_told() {
    assert_snapshot!(row("votes", r#"<row Id="9" VoteTypeId="77" CreationDate="1945-05-05T00:00:00.000" />"#), @"");
    assert_snapshot!(row("comments", r#"<row Id="9" Text="&nosuch;" />"#), @"");
    assert_snapshot!(row("comments", r#"<row Id="9" Text=hello />"#), @"");
    assert_snapshot!(row("comments", "<row Id='9' Text='single' CreationDate='2018-01-01T00:00:00'></row>"), @"");
    assert_snapshot!(row("nothing", "<row />"), @"");
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
        ["108 <row a='1' />", "123 row has no end", "135 <row a='3' />", "159 <row a='4'>", "182 row has no end"]
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
