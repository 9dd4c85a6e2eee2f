//! Tables in, rows out: formats, mappings, mistakes, presets.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use source::{Context, Look, Peeked};
use testkit::{MemorySink, tell};

use super::SOURCE;

mod formats;
mod mistakes;
mod presets;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/table/fixtures")
}

fn context(path: &Path, options: &str) -> Context {
    testkit::context("/", &format!("path = '{}'\n{options}", path.display()))
}

fn collected(context: &Context) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, context).expect("it can be read");
    sink
}

/// The rows of the latest versions of what a fresh run keeps, and the problems of both steps.
fn rows(context: &Context) -> Rows {
    let sink = collected(context);
    let items: Vec<Item> = sink.latest().into_iter().cloned().collect();
    let mut rows = testkit::normalize(&SOURCE, context, &items);
    rows.problems.splice(..0, sink.problems().iter().cloned());
    rows
}

fn told(fixture: &str, options: &str) -> String {
    tell(&rows(&context(&fixtures().join(fixture), options)))
}

/// A file of these bytes, read with these options.
fn told_of(name: &str, bytes: &[u8], options: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    tell(&rows(&context(&folder.path().join(name), options)))
}

#[test]
fn the_example_in_the_documentation() {
    assert_snapshot!(told("example", SOURCE.example.split_once('\n').expect("lines").1), @r#"
    channel "support" (table)
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2024-03-01T10:00:00Z
    identity "bo@example.org" (email) name "Bo Example" email "bo@example.org" seen 2024-03-01T10:30:00Z
    identity "cy@example.com" (email) name "Cy" email "cy@example.com" seen 2024-03-06T08:00:00Z
    identity "dee@example.org" (email) name "Dee" email "dee@example.org" seen 2024-03-08T09:00:00Z
    identity "dee@example.org" (email) name "Dee" email "dee@example.org" seen 2024-03-09T09:00:00Z
    post "101" in "support" by ada@example.org at 2024-03-01T10:00:00Z
        subject "Build fails"
        "It says:\n\"no such file\", on line 3"
        tags build, windows
        score 2
    post "102" in "support" by bo@example.org at 2024-03-01T10:30:00Z
        answers "101"
        subject "Re: Build fails"
        "Install the SDK first"
    post "103" in "support" by cy@example.com at 2024-03-06T08:00:00Z
        subject "When is the next release?"
        "Said again"
        closed: solved
    post "106" in "support" by dee@example.org at 2024-03-08T09:00:00Z
        subject "Too short"
        ""
    post "107" in "support" by dee@example.org at 2024-03-09T09:00:00Z
        subject "Too long"
        "text"
        score 1
    problem: id stands in an earlier row in tickets.csv@7 ""
    problem: a quote is left open in tickets.csv@8 ""
    problem: row is longer than its header in tickets.csv@10 ""
    problem: row has no text in tickets.csv@6 "Description"
    problem: is no number in tickets.csv@7 "Votes"
    "#);
}

#[test]
fn people_with_accounts_and_organizations() {
    let options = "rows = 'people'\ncolumns = { name = 'name', email = 'e-mail', organization = 'Firma', from = 'Von', until = 'Bis' }\naccounts = { 'github.com' = 'GitHub' }";
    assert_snapshot!(told("people", options), @r#"
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada"
    identity "ada@example.com" (email) name "Ada Example" email "ada@example.com"
    identity "github.com/bo" (account) name "Bo" account "github.com/bo"
    github.com/ada at "Example Ltd" from 2020-02-01T00:00:00Z until no time
    github.com/bo at "example" from 2019-05-01T00:00:00Z until 2024-01-01T00:00:00Z
    github.com/ada is ada@example.com
    problem: row names nobody in people.csv@4 ""
    "#);
}

#[test]
fn events_and_who_came() {
    let options = "rows = 'events'\nglob = '*.csv'\ntimezone = 'Europe/Berlin'\n[columns]\nid = 'id'\ntitle = 'title'\nstarts = 'starts'\nends = 'ends'\nplace = 'where'\nattendee_name = 'who'\nattendee_email = 'mail'\nresponse = 'answer'";
    assert_snapshot!(told("events", options), @r#"
    channel "demo" (table)
    identity "ada@example.org" (email) name "Ada" email "ada@example.org"
    identity "bo@example.org" (email) name "Bo" email "bo@example.org"
    identity "cy" (name) name "Cy"
    attended "Meet-up" in "demo" by ada@example.org at 2024-05-01T00:00:00Z: "Meet-up"
    other "Meet-up" in "demo" by bo@example.org at 2024-05-01T00:00:00Z: "Meet-up: no"
    attended "Call, monthly" in "demo" by cy at 2024-05-02T16:00:00Z: "Call, monthly"
    event "Meet-up" in "demo" from 2024-05-01T00:00:00Z to 2024-05-02T00:00:00Z (whole days) place "Berlin"
    event "Meet-up" in "demo" from 2024-05-01T00:00:00Z to 2024-05-02T00:00:00Z (whole days) place "Berlin"
    event "Call, monthly" in "demo" from 2024-05-02T16:00:00Z to 2024-05-02T17:00:00Z
    "#);
}

#[test]
fn activities_of_nested_json() {
    let options = "rows = 'activities'\nglob = '*.jsonl'\nsite = 'school.example.org'\n[columns]\ntime = 'done'\nauthor = 'who.login'\nauthor_email = 'who.mail'\nwhat = 'type'\ndetail = 'course'\nchannel = { value = 'courses' }";
    assert_snapshot!(told("events", options), @r#"
    channel "courses" (table)
    identity "ada" (account) email "ada@example.org" account "school.example.org/ada" seen 2024-06-01T12:00:00Z
    identity "bo" (account) account "school.example.org/bo" seen 2024-06-02T12:00:00Z
    other in "courses" by ada at 2024-06-01T12:00:00Z: "completed: Rust 101"
    attended in "courses" by bo at 2024-06-02T12:00:00Z: "Rust 101"
    problem: is no JSON object in courses.jsonl@236 ""
    problem: is no JSON in courses.jsonl@318 ""
    problem: row does not say what was done in courses.jsonl@243 "type"
    "#);
}

#[test]
fn wide_measurements() {
    let options = "rows = 'measurements'\nvalues = ['Downloads', 'visits', 'Rate']\nlabels = ['Country']\n[columns]\ntime = 'Day'\nchannel = { from = 'file' }";
    assert_snapshot!(told("numbers", options), @r#"
    channel "days" (table)
    measured "downloads" in "days" at 2024-01-01T00:00:00Z: 1234 country=DE
    measured "visits" in "days" at 2024-01-01T00:00:00Z: 17 country=DE
    measured "rate" in "days" at 2024-01-01T00:00:00Z: 1.5 unit "%" country=DE
    measured "downloads" in "days" at 2024-01-01T00:00:00Z: 5 country=FR
    measured "visits" in "days" at 2024-01-02T00:00:00Z: 18 country=DE
    measured "rate" in "days" at 2024-01-02T00:00:00Z: 2 unit "%" country=DE
    measured "downloads" in "days" at 2024-01-01T00:00:00Z: 7 country=DE
    measured "visits" in "days" at 2024-01-01T00:00:00Z: 8 country=DE
    measured "rate" in "days" at 2024-01-01T00:00:00Z: 9 unit "%" country=DE
    problem: time and labels stand in an earlier row in days.tsv@6 ""
    problem: is no number in days.tsv@4 "Downloads"
    problem: time cannot be read in days.tsv@5 "Day"
    "#);
}

#[test]
fn long_measurements() {
    let csv = "when,what,how much,of\n2024-01-01,downloads,\"1.234,5\",bytes\n2024-01-01,,1,\n";
    let options = "rows = 'measurements'\ndecimal = ','\ncolumns = { time = 'when', name = 'what', value = 'how much', unit = 'of' }";
    assert_snapshot!(told_of("numbers.csv", csv.as_bytes(), options), @r#"
    channel "demo" (table)
    measured "downloads" in "demo" at 2024-01-01T00:00:00Z: 1234.5 unit "bytes"
    problem: row does not say what was measured in numbers.csv@3 "what"
    "#);
}

#[test]
fn a_later_export_adds_only_what_is_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = "rows = 'messages'\ncolumns = { body = 'text', time = 'at', author_name = 'who' }";
    let first = "who,at,text\nAda,2024-03-01,same\nAda,2024-03-01,same\nBo,2024-03-02,other\n";
    fs::write(folder.path().join("a.csv"), first).expect("written");
    let context = context(folder.path(), options);
    let mut sink = MemorySink::new();
    assert_eq!(sink.collect(&SOURCE, &context).expect("it can be read"), 3, "two equal rows are two");
    // Another order of columns, another separator, an empty column more, quotes: the same rows, and one more.
    let later = "\"at\";note;who;text\r\n2024-03-01;;Ada;\"same\"\r\n2024-03-01;;Ada;same\r\n2024-03-02;;Bo;other\r\n2024-03-03;;Cy;new";
    fs::write(folder.path().join("b.csv"), later).expect("written");
    sink.collect(&SOURCE, &context).expect("it can be read");
    let ids: std::collections::HashSet<&str> = sink.items().iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids.len(), 4);
    fs::write(folder.path().join("a.csv"), format!("{first}Dee,2024-03-04,grown\n")).expect("written");
    sink.collect(&SOURCE, &context).expect("it can be read");
    let ids: std::collections::HashSet<&str> = sink.items().iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn stopped_and_resumed_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    // Equal rows, so that what is counted must be counted again.
    let rows: String = (0..4_500).map(|number| format!("{},text\n", number % 7)).collect();
    fs::write(folder.path().join("a.csv"), format!("who,text\n{rows}")).expect("written");
    let context = context(folder.path(), "rows = 'messages'\ncolumns = { body = 'text', author = 'who' }");
    let whole = collected(&context);
    assert_eq!(whole.items().len(), 4_500);
    let mut sink = MemorySink::new();
    sink.stop_after(Some(1));
    while sink.collect(&SOURCE, &context).is_err() {}
    assert_eq!(sink.items(), whole.items());
}

#[test]
fn exports_are_recognised() {
    let seen = |name: &str, head: &str| {
        let look = Look { files: vec![Peeked { name: name.to_owned(), head: head.as_bytes().to_vec() }], total: 1 };
        let seen = (SOURCE.recognize)(&look)?;
        Some(format!("{} {} {}", seen.sure, seen.what, seen.options))
    };
    let meetup = fs::read_to_string(fixtures().join("presets/members.xls")).expect("there");
    assert_snapshot!(seen("members.xls", &meetup).expect("seen"), @r#"80 an export of Meetup: members preset = "meetup""#);
    let x = fs::read_to_string(fixtures().join("presets/x-posts.csv")).expect("there");
    assert_snapshot!(seen("account_analytics.csv", &x[..250]).expect("seen"), @r#"80 an export of X (Twitter): posts with their numbers preset = "x""#);
    assert_snapshot!(seen("tweets.js", "window.YTD.tweets.part0 = [").expect("seen"), @r#"80 an archive of X (Twitter): posts preset = "x""#);
    assert_snapshot!(seen("a.csv", "a,b\n1,2").expect("seen"), @"20 a table (CSV); say in `rows` and `columns` what is in it");
    // Columns that anybody may have are not said to be somebody's.
    assert_snapshot!(seen("a.csv", "name,email,github,twitter\n").expect("seen"), @"20 a table (CSV); say in `rows` and `columns` what is in it");
    assert_eq!(seen("a.txt", "a,b\n1,2"), None);
}
