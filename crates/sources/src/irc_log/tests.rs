//! Logs of every dialect in, what was said and done out.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use model::{Item, Rows};
use proptest::prelude::*;
use testkit::MemorySink;

use super::batch::{Batch, Batches, LONGEST, STRETCH};
use super::{SOURCE, dates, name, text};

fn fixtures() -> String {
    format!("path = '{}/src/irc_log/fixtures/example'", env!("CARGO_MANIFEST_DIR"))
}

fn collected(options: &str) -> Rows {
    let context = testkit::context("/", options);
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    assert_eq!(sink.problems(), []);
    testkit::normalize(&SOURCE, &context, sink.items())
}

/// One line per message, activity and problem, in the order of the lines.
fn tell(rows: &Rows) -> String {
    let nick = |id: Option<model::Id>| {
        let identity = rows.identities.iter().find(|identity| Some(identity.id) == id);
        identity.map_or("nobody".to_owned(), |who| who.value.clone() + if who.bot { " (bot)" } else { "" })
    };
    let time = |time: Option<i64>| match time {
        Some(time) => jiff::Timestamp::from_microsecond(time).expect("a time").to_string(),
        None => "no time".to_owned(),
    };
    let mut told = Vec::new();
    for message in &rows.messages {
        let to =
            if message.mentions.is_empty() { String::new() } else { format!(" to {}", message.mentions.join(" ")) };
        let text = format!("{} <{}>{to} {}", time(message.time), nick(message.author), message.body);
        told.push((message.order, text));
    }
    for activity in &rows.activities {
        let (kind, detail) = (activity.kind.as_str(), activity.detail.as_deref().unwrap_or("-"));
        told.push((activity.order, format!("{} {} {kind}: {detail}", time(activity.time), nick(activity.who))));
    }
    told.sort();
    let mut out = String::new();
    told.iter().for_each(|(_, line)| _ = writeln!(out, "{line}"));
    rows.problems.iter().for_each(|problem| _ = writeln!(out, "problem: {}: {}", problem.what, problem.detail));
    out
}

fn check(glob: &str) -> String {
    let rows = collected(&format!("{}\nglob = '{glob}'", fixtures()));
    assert!(rows.channels.iter().all(|channel| channel.name == "#garden"), "{:?}", rows.channels);
    tell(&rows)
}

#[test]
fn irssi() {
    assert_snapshot!(check("irssi*"), @"
    2018-01-01T22:58:03Z nobody other: log opened
    2018-01-01T22:58:00Z nobody other: said by the client or server
    2018-01-01T22:58:00Z ada joined: -
    2018-01-01T22:59:00Z <bob> to ada cy ada, cy: welcome back
    2018-01-01T22:59:00Z <ada> to bob @bob thanks
    2018-01-01T23:01:00Z <cy> * cy waters the beans
    2018-01-01T23:02:00Z <eve> the gate is open
    2018-01-02T00:00:00Z nobody other: day changed
    2018-01-02T00:03:00Z ada renamed: ada_
    2018-01-02T00:04:00Z bob other: mode +b
    2018-01-02T00:04:00Z bob set_topic: Frost tonight
    2018-01-02T00:05:00Z mallory kicked: bob
    2018-01-02T00:06:00Z cy left: -
    2018-01-02T00:07:00Z ada_ left: -
    2018-01-02T00:08:11Z nobody other: log closed
    ");
}

#[test]
fn weechat() {
    assert_snapshot!(check("*.weechatlog"), @"
    2018-01-01T22:58:03Z ada joined: -
    2018-01-01T22:59:04Z <bob> to ada ada: welcome back
    2018-01-01T22:59:30Z <cy> * cy waters the beans
    2018-01-02T00:03:00Z ada renamed: ada_
    2018-01-02T00:04:00Z bob other: mode +o
    2018-01-02T00:04:10Z bob set_topic: Frost tonight
    2018-01-02T00:05:00Z mallory kicked: bob
    2018-01-02T00:06:00Z cy left: -
    2018-01-02T00:07:00Z ada_ left: -
    2018-01-02T00:07:30Z nobody other: said by the client or server
    ");
}

#[test]
fn znc_and_energymech() {
    assert_snapshot!(check("oftc/*"), @"
    2018-01-02T22:58:03Z ada joined: -
    2018-01-02T22:59:04Z <bob> to ada ada: welcome back
    2018-01-02T22:59:30Z <cy> * cy waters the beans
    2018-01-02T23:00:00Z ada renamed: ada_
    2018-01-02T23:01:00Z bob other: mode +o
    2018-01-02T23:02:00Z bob set_topic: Frost tonight
    2018-01-02T23:03:00Z mallory kicked: bob
    2018-01-02T23:04:00Z cy left: -
    2018-01-02T23:05:00Z ada_ left: -
    2018-01-02T23:06:00Z <eve> the gate is open
    ");
}

#[test]
fn supybot() {
    assert_snapshot!(check("supybot*"), @"
    2018-01-01T22:58:03Z ada joined: -
    2018-01-01T22:59:04Z <bob> to ada ada: welcome back
    2018-01-01T22:59:30Z <cy> * cy waters the beans
    2018-01-01T23:00:00Z ada renamed: ada_
    2018-01-01T23:01:00Z bob other: mode +o
    2018-01-01T23:02:00Z bob set_topic: Frost tonight
    2018-01-01T23:03:00Z mallory kicked: bob
    2018-01-01T23:04:00Z cy left: -
    2018-01-01T23:05:00Z ada_ left: -
    ");
}

#[test]
fn eggdrop() {
    assert_snapshot!(check("eggdrop*"), @"
    2018-01-01T00:00:00Z nobody other: day changed
    2018-01-01T22:58:00Z ada joined: -
    2018-01-01T22:59:00Z <bob> to ada ada: welcome back
    2018-01-01T22:59:00Z <cy> * cy waters the beans
    2018-01-01T23:00:00Z ada renamed: ada_
    2018-01-01T23:01:00Z bob other: mode +o
    2018-01-01T23:02:00Z bob set_topic: Frost tonight
    2018-01-01T23:03:00Z mallory kicked: bob
    2018-01-01T23:04:00Z cy left: -
    2018-01-01T23:05:00Z ada_ left: -
    2018-01-02T00:00:00Z nobody other: day changed
    2018-01-02T00:01:00Z <zodbot (bot)> the log is at example.org
    ");
}

#[test]
fn the_ubuntu_archive() {
    assert_snapshot!(check("archive*"), @"
    2018-01-01T00:00:00Z ada joined: -
    2018-01-01T22:58:00Z <bob> to ada ada: welcome back
    2018-01-01T22:58:00Z <cy> * cy waters the beans
    2018-01-01T22:59:00Z <cy> * cy waters the beans again
    2018-01-01T22:59:00Z ada renamed: ada_
    2018-01-01T22:59:00Z chanserv (bot) other: mode +o
    2018-01-01T22:59:00Z o[x]o left: -
    2018-01-01T22:59:00Z mallory kicked: bob
    2018-01-02T00:01:00Z <bob> happy new day
    problem: line not understood: 2 lines: 9-10
    ");
}

#[test]
fn times_are_of_the_configured_zone() {
    let rows = collected(&format!("{}\nglob = 'supybot*'\ntimezone = 'Europe/Berlin'", fixtures()));
    assert_eq!(tell(&rows).lines().next(), Some("2018-01-01T21:58:03Z ada joined: -"));
    let context = testkit::context("/", "path = 'x'\ntimezone = 'Middle/Earth'");
    assert!((SOURCE.normalizer)(&context).is_err());
}

#[test]
fn files_tell_channels_and_days() {
    let channel = |path| name::channel(path).unwrap_or_default();
    assert_eq!(channel("freenode/#demo/2018-01-02.log"), "#demo");
    assert_eq!(channel("irc.oftc.#demo.weechatlog"), "#demo");
    assert_eq!(channel("#demo_20180102.log.gz"), "#demo");
    assert_eq!(channel("#Node-0.10.log"), "#node-0.10");
    assert_eq!(channel("demo/2018.log"), "");

    let day = |name| dates::in_name(name).map(|date| date.to_string()).unwrap_or_default();
    assert_eq!(day("2018-01-02.train-c.raw.txt"), "2018-01-02");
    assert_eq!(day("2018/01/02/#demo.txt"), "2018-01-02");
    assert_eq!(day("#demo_20180102.log"), "2018-01-02");
    assert_eq!(day("1234567890.log"), "");
    assert_eq!(day("2018-13-02.log"), "");
}

#[test]
fn addressees_and_colors() {
    let addressees = |body| text::addressees(body).join(" ");
    assert_eq!(addressees("ada: hello"), "ada");
    assert_eq!(addressees("ada, bob_: hello, you"), "ada bob_");
    assert_eq!(addressees("@ada hello"), "ada");
    assert_eq!(addressees("|QuaD-: hello"), "|QuaD-");
    assert_eq!(addressees("see https://example.org/"), "");
    assert_eq!(addressees("https://example.org/"), "");
    assert_eq!(addressees("3: three"), "");
    assert_eq!(text::without_formatting("\u{3}04,12red\u{3} \u{2}bold\u{f} \u{4}ff0000x\u{3},y"), "red bold x,y");
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a folder to write to");
}

#[test]
fn a_log_that_was_replaced_is_read_from_its_beginning() {
    let folder = tempfile::tempdir().expect("a folder");
    let context = testkit::context(folder.path(), "path = '.'");
    let path = folder.path().join("#demo-2018-01-01.log");
    let mut sink = MemorySink::new();
    write(&path, b"[23:58] <ada> one\n[23:59] <bob> two\n");
    sink.collect(&SOURCE, &context).expect("it can be read");
    // As long as before, and longer.
    write(&path, b"[10:00] <cyd> new\n[10:01] <dee> log\n[10:02] <eve> now\n");
    assert_eq!(sink.collect(&SOURCE, &context).expect("it can be read"), 1);
    assert_eq!(sink.problems()[0].what, "file was replaced");
    let items: Vec<Item> = sink.latest().into_iter().cloned().collect();
    let rows = testkit::normalize(&SOURCE, &context, &items);
    let said: Vec<&str> = rows.messages.iter().map(|message| message.body.as_str()).collect();
    assert_eq!(said, ["one", "two", "new", "log", "now"]);
}

#[test]
fn a_log_that_was_compressed_is_the_same_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let context = testkit::context(folder.path(), "path = '.'");
    let path = folder.path().join("#demo-2018-01-01.log");
    let text = b"[23:58] <ada> one\n[23:59] <bob> two\n";
    let mut sink = MemorySink::new();
    write(&path, text);
    sink.collect(&SOURCE, &context).expect("it can be read");
    std::fs::remove_file(&path).expect("ours");
    write(&folder.path().join("#demo-2018-01-01.log.zst"), &zstd::encode_all(&text[..], 1).expect("compressed"));
    assert_eq!(sink.collect(&SOURCE, &context).expect("it can be read"), 0);
    assert_eq!(sink.problems(), []);
}

#[test]
fn a_growing_log_is_read_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("#demo-2018-01-01.log");
    let context = testkit::context(folder.path(), "path = '.'");
    let mut sink = MemorySink::new();
    let mut run = |text: &str| {
        write(&path, text.as_bytes());
        sink.collect(&SOURCE, &context).expect("it can be read");
        assert_eq!(sink.collect(&SOURCE, &context).expect("it can be read"), 0);
        let latest: Vec<Item> = sink.latest().into_iter().cloned().collect();
        let ids: Vec<&str> = latest.iter().map(|item| item.id.rsplit('#').next().unwrap_or_default()).collect();
        format!("{}\n{}", ids.join(" "), tell(&testkit::normalize(&SOURCE, &context, &latest)))
    };
    // The last line is still being written.
    assert_snapshot!(run("[23:58] <ada> one\n[23:59] <bo"), @"
    0
    2018-01-01T23:58:00Z <ada> one
    problem: line not understood: 1 line: 1
    ");
    assert_snapshot!(run("[23:58] <ada> one\n[23:59] <bob> two\n"), @"
    0
    2018-01-01T23:58:00Z <ada> one
    2018-01-01T23:59:00Z <bob> two
    ");
    assert_snapshot!(run("[23:58] <ada> one\n[23:59] <bob> two\n[00:01] <ada> three\n"), @"
    0 2
    2018-01-01T23:58:00Z <ada> one
    2018-01-01T23:59:00Z <bob> two
    2018-01-02T00:01:00Z <ada> three
    ");
    // It was rotated: what was there keeps its numbers.
    assert_snapshot!(run("[10:00] <cy> four\n"), @"
    0 2 3
    2018-01-01T23:58:00Z <ada> one
    2018-01-01T23:59:00Z <bob> two
    2018-01-02T00:01:00Z <ada> three
    2018-01-01T10:00:00Z <cy> four
    ");
    assert_eq!(sink.problems().len(), 1);
}

#[test]
fn clocks_may_be_set_back_but_days_go_on() {
    let context = testkit::context("/", "path = 'x'");
    let item = |text: &str| {
        let origin = r#"{"file":"a.log","line":7,"clock":{"date":"2018-01-01","second":0}}"#.to_owned();
        Item { id: "a.log#7".to_owned(), origin, bytes: text.as_bytes().to_vec(), ..Item::default() }
    };
    let text = "23:00 <a> 1\n22:58 <a> 2\n00:10 <a> 3\n\n23:59:60 <a> 4\r\n00:00 <a> 5\n25:00 <a> 6\n7:00 <a> 7\n";
    assert_snapshot!(tell(&testkit::normalize(&SOURCE, &context, &[item(text)])), @"
    2018-01-01T23:00:00Z <a> 1
    2018-01-01T22:58:00Z <a> 2
    2018-01-02T00:10:00Z <a> 3
    2018-01-02T23:59:59Z <a> 4
    2018-01-03T00:00:00Z <a> 5
    problem: line not understood: 2 lines: 13-14
    ");
    let undated =
        Item { origin: r#"{"file":"a.log","line":0,"clock":{"second":0}}"#.to_owned(), ..item("23:00 <a> 1\n") };
    assert_snapshot!(tell(&testkit::normalize(&SOURCE, &context, &[undated])), @"
    no time <a> 1
    problem: day of line not known: 1 line: 0
    ");
}

#[test]
fn stretches_are_whole_lines() {
    let line = |length: usize| [vec![b'x'; length - 1], vec![b'\n']].concat();
    let cut = |bytes: &[u8]| {
        let mut batches = Batches::new(bytes);
        let mut told = Vec::new();
        while let Ok(Some(batch)) = batches.next() {
            told.push(match batch {
                Batch::Lines(bytes) => bytes.len().to_string(),
                Batch::TooLong { length, ended } => format!("{length} too long {ended}"),
            });
        }
        told.join(", ")
    };
    assert_eq!(cut(b""), "");
    assert_eq!(cut(b"a\nb"), "3");
    assert_eq!(cut(&[line(STRETCH - 1), line(9)].concat()), format!("{}, 9", STRETCH - 1));
    assert_eq!(cut(&[line(LONGEST), line(9)].concat()), format!("{LONGEST}, 9"));
    assert_eq!(cut(&[line(LONGEST + 2), line(9)].concat()), format!("{} too long true, 9", LONGEST + 2));
    assert_eq!(cut(&vec![b'x'; 3 * LONGEST]), format!("{} too long false", 3 * LONGEST));
    assert_eq!(cut(&vec![b'x'; LONGEST]), LONGEST.to_string());
}

proptest! {
    /// Every line that is not blank is a message, an activity or told in a problem.
    #[test]
    fn no_line_is_lost(lines in prop::collection::vec(r"(\[?[0-2][0-9]:[0-5][0-9]\]? ?|2018-01-02 10:00:00\t)?(<@?[a-z]*>|\* |-!- |=== |-->\t|--- |\*\*\* )?[ -~é\t]{0,30}( has joined #x| is now known as y| \[|: mode change ')?", 0..12)) {
        let bytes = lines.join("\n").into_bytes();
        let origin = r#"{"file":"a.log","line":0,"clock":{"date":"2018-01-01","second":0}}"#.to_owned();
        let item = Item { origin, bytes, ..Item::default() };
        let rows = testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), &[item]);
        let unknown: usize = rows.problems.iter()
            .filter_map(|problem| problem.detail.split(' ').next()?.parse::<usize>().ok()).sum();
        let told = lines.iter().filter(|line| !line.trim().is_empty()).count();
        prop_assert_eq!(rows.messages.len() + rows.activities.len() + unknown, told);
    }

    #[test]
    fn any_bytes_do(bytes: Vec<u8>, origin in r#"(\{"file":"a","line":[0-9]{1,20},"clock":\{"date":"[0-9-]{0,12}","second":[0-9]{1,9}\}\}|.*)"#) {
        let item = Item { origin, bytes, ..Item::default() };
        let rows = || testkit::normalize(&SOURCE, &testkit::context("/", "path = 'x'"), std::slice::from_ref(&item));
        prop_assert_eq!(rows(), rows());
    }
}
