//! Each format in, rows out.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::Item;
use proptest::prelude::*;
use testkit::{MemorySink, tell};

use super::SOURCE;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/people/fixtures/example")
}

fn told(file: &str) -> String {
    let context = testkit::context("/", &format!("path = '{}'", fixtures().join(file).display()));
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context).expect("it can be read");
    tell(&testkit::normalize(&SOURCE, &context, sink.items()))
}

#[test]
fn sorting_hat() {
    assert_snapshot!(told("sortinghat.json"), @r#"
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org"
    identity "github.com/ada" (account) name "Ada Example" account "github.com/ada"
    identity "jira/ada.e" (account) name "Ada Example" account "jira/ada.e"
    identity "github.com/deploy-bot" (account) name "Deploy" account "github.com/deploy-bot" bot
    ada@example.org at "Acme" from no time until 2015-06-01T00:00:00Z
    ada@example.org at "Umbrella" from 2015-06-01T00:00:00Z until no time
    domain acme.example is "Acme"'s from no time until no time
    domain gmail.com is "Free mail is nobody's"'s from no time until no time
    ada@example.org is github.com/ada
    ada@example.org is jira/ada.e
    problem: people that could not be read in sortinghat.json "1 of a wrong shape, or with no name, address and account"
    "#);
}

#[test]
fn stackalytics() {
    assert_snapshot!(told("default_data.json"), @r#"
    identity "bo@example.org" (email) name "Bo Example" email "bo@example.org"
    identity "bo@acme.example" (email) name "Bo Example" email "bo@acme.example"
    identity "launchpad.net/bo" (account) name "Bo Example" account "launchpad.net/bo"
    identity "github.com/bo-ex" (account) name "Bo Example" account "github.com/bo-ex"
    bo@example.org at "Acme" from no time until 2014-03-01T00:00:00Z
    bo@example.org at "Independent" from 2014-03-01T00:00:00Z until no time
    domain initech.example is "Initech"'s from no time until no time
    bo@example.org is bo@acme.example
    bo@example.org is launchpad.net/bo
    bo@example.org is github.com/bo-ex
    "#);
}

#[test]
fn stanzas_of_cncf() {
    assert_snapshot!(told("developers_affiliations1.txt"), @r#"
    identity "cy@example.org" (email) email "cy@example.org"
    identity "cy@users.noreply.github.com" (email) email "cy@users.noreply.github.com"
    identity "github.com/cy-ex" (account) account "github.com/cy-ex"
    identity "dee@example.org" (email) name "Dee Example" email "dee@example.org" bot
    cy@example.org at "Acme" from no time until 2016-02-01T00:00:00Z
    cy@example.org at "Umbrella" from 2016-06-01T00:00:00Z until no time
    cy@example.org is cy@users.noreply.github.com
    cy@example.org is github.com/cy-ex
    problem: line says nothing in developers_affiliations1.txt@8 ""
    "#);
}

#[test]
fn maps_of_gitdm() {
    assert_snapshot!(told("email-map"), @r#"
    identity "eve@example.org" (email) email "eve@example.org"
    identity "eve@old.example" (email) email "eve@old.example"
    identity "eve@example.org" (email) email "eve@example.org"
    eve@example.org at "Acme" from no time until 2012-01-01T00:00:00Z
    eve@example.org at "Umbrella" from 2012-01-01T00:00:00Z until no time
    domain old.example is "Acme"'s from no time until 2010-01-01T00:00:00Z
    domain old.example is "Umbrella"'s from 2010-01-01T00:00:00Z until no time
    domain umbrella.example is "Umbrella"'s from no time until no time
    eve@example.org is eve@old.example
    "#);
}

#[test]
fn mailmap() {
    assert_snapshot!(told(".mailmap"), @r#"
    identity "fay@example.org" (email) name "Fay Example" email "fay@example.org"
    identity "fay@laptop.local" (email) name "Fay Example" email "fay@laptop.local"
    identity "fay@example.org" (email) name "Fay Example" email "fay@example.org"
    identity "fay@example.com" (email) name "Fay Example" email "fay@example.com"
    identity "gus@example.org" (email) email "gus@example.org"
    identity "gus@example.com" (email) email "gus@example.com"
    fay@example.org is fay@laptop.local
    fay@example.org is fay@example.com
    gus@example.org is gus@example.com
    problem: line says nothing in .mailmap@5 ""
    "#);
}

fn rows(bytes: &[u8], file: &str) -> String {
    let context = testkit::context("/", "path = 'x'");
    let origin = serde_json::json!({ "file": file }).to_string();
    let item = Item { id: file.to_owned(), kind: "file".to_owned(), origin, bytes: bytes.to_vec(), ..Item::default() };
    tell(&testkit::normalize(&SOURCE, &context, &[item]))
}

#[test]
fn a_list_of_accounts() {
    let text = r#"[{"login":"Ada","email":"ada!example.org","affiliation":"Acme < 2014-05-01, Umbrella"},
        {"login":"x","affiliation":"(Robots)"},{"affiliation":"?"}]"#;
    assert_snapshot!(rows(text.as_bytes(), "github_users.json"), @r#"
    identity "ada@example.org" (email) email "ada@example.org"
    identity "github.com/ada" (account) account "github.com/ada"
    identity "github.com/x" (account) account "github.com/x" bot
    ada@example.org at "Acme" from no time until 2014-05-01T00:00:00Z
    ada@example.org at "Umbrella" from 2014-05-01T00:00:00Z until no time
    ada@example.org is github.com/ada
    problem: people that could not be read in github_users.json "1 of a wrong shape, or with no name, address and account"
    "#);
}

#[test]
fn what_is_no_such_file_is_a_problem() {
    for (text, problem) in [
        ("{\"a\":1}", "is no JSON of a known shape"),
        ("{\"users\":[{\"emails\":\"x\"}]}", "people that could not be read"),
        ("[1", "is no JSON of a known shape"),
        ("hello there", "is in no known format"),
        ("", "is in no known format"),
    ] {
        let told = rows(text.as_bytes(), "x");
        assert!(told.starts_with(&format!("problem: {problem}")), "{text}: {told}");
    }
}

proptest! {
    #[test]
    fn any_lines_are_read(lines in prop::collection::vec("[a@!<>#:., \t\u{e9}]{0,12}( (from|until|<) [0-9-]{0,10})?", 0..8)) {
        let text = lines.join("\n");
        rows(text.as_bytes(), ".mailmap");
        rows(text.as_bytes(), "map");
        rows(format!("a: a@b\n\t{text}").as_bytes(), "stanzas");
    }
}
