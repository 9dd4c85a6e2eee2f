//! The example in each form in, rows out; and that all forms mean the same things.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use model::{Id, Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;

mod forms;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/github_archive/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'\nrepository = 'Example/Reactor'", path.display()))
}

fn collected(path: &Path) -> MemorySink {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(path)).expect("it can be read");
    sink
}

fn rows(path: &Path) -> Rows {
    testkit::normalize(&SOURCE, &context(path), collected(path).items())
}

/// What is told without the sightings of people and channels, which every row repeats.
fn told(rows: Rows) -> String {
    let people: BTreeSet<String> = tell(&Rows { identities: rows.identities.clone(), ..Rows::default() })
        .lines()
        .map(|line| line.split(" seen ").next().unwrap_or(line).to_owned())
        .collect();
    let mut told: String = people.into_iter().map(|line| line + "\n").collect();
    let all = tell(&rows);
    let rest = all.lines().filter(|line| !line.starts_with("identity "));
    rest.for_each(|line| told.extend([line, "\n"]));
    told
}

fn ids(rows: &Rows) -> (BTreeSet<Id>, BTreeSet<Id>) {
    (rows.messages.iter().map(|one| one.id).collect(), rows.activities.iter().map(|one| one.id).collect())
}

#[test]
fn every_form_means_the_same_things() {
    let hub = |key: &str| Id::message("github.com", key);
    let in_forms = |id: Id| -> Vec<&str> {
        let forms = ["webhooks", "2024-01-15-7.json", "migration", "rest", "graphql"];
        forms.into_iter().filter(|form| ids(&rows(&example().join(form))).0.contains(&id)).collect()
    };
    assert_eq!(in_forms(hub("example/reactor#7")), ["webhooks", "2024-01-15-7.json", "migration", "rest"]);
    assert_eq!(in_forms(hub("comment-1001")), ["webhooks", "2024-01-15-7.json", "migration", "rest"]);
    assert_eq!(in_forms(hub("example/reactor#8")), ["2024-01-15-7.json", "migration", "graphql"]);
    assert_eq!(in_forms(hub("review-301")), ["2024-01-15-7.json", "migration", "graphql"]);
    assert_eq!(in_forms(hub("review-comment-402")), ["2024-01-15-7.json", "migration"]);
    assert_eq!(in_forms(hub("example/reactor/discussions/9")), ["webhooks", "graphql"]);
    assert_eq!(in_forms(hub("discussion-comment-501")), ["webhooks", "graphql"]);
    assert_eq!(in_forms(hub("example/reactor/releases/v1.0")), ["2024-01-15-7.json", "migration"]);
}

#[test]
fn one_deed_is_one_activity_in_every_form() {
    let all = rows(&example());
    for (kind, object, count) in [
        ("closed", "example/reactor#7", 1),
        ("merged", "example/reactor#8", 1),
        ("reviewed", "example/reactor#8", 1),
        ("labelled", "example/reactor#7", 1),
        ("accepted", "discussion-comment-501", 1),
        ("released", "example/reactor/releases/v1.0", 1),
    ] {
        let object = Id::message("github.com", object).to_string();
        let found = all.activities.iter().filter(|one| one.kind.as_str() == kind);
        let found: BTreeSet<Id> = found.filter(|one| one.object.as_ref() == Some(&object)).map(|one| one.id).collect();
        assert_eq!(found.len(), count, "{kind}");
    }
    let stars: BTreeSet<Id> = all
        .activities
        .iter()
        .filter(|one| one.kind.as_str() == "starred" && one.who.is_some())
        .map(|one| one.id)
        .collect();
    assert_eq!(stars.len(), 1, "one star in four forms");
}

#[test]
fn an_enterprise_is_another_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = fs::read_to_string(example().join("rest/issues.json")).expect("there");
    let page = page.replace("api.github.com", "git.example.com/api/v3").replace("//github.com", "//git.example.com");
    fs::write(folder.path().join("issues.json"), page).expect("written");
    let rows = rows(folder.path());
    assert_eq!(rows.messages[0].id, Id::message("git.example.com", "example/reactor#7"));
    assert_eq!(rows.identities[0].value, "git.example.com/ada");
    assert_eq!(rows.identities[0].account.as_deref(), Some("git.example.com/ada"));
}

#[test]
fn what_overlaps_is_kept_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let hour = fs::read(example().join("2024-01-15-7.json")).expect("there");
    fs::write(folder.path().join("2024-01-15-7.json"), &hour).expect("written");
    fs::write(folder.path().join("2024-01-15-10.json"), &hour).expect("written");
    assert_eq!(collected(folder.path()).items().len(), 13);
}

#[test]
fn what_is_cut_short_keeps_what_was_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let hour = fs::read(example().join("2024-01-15-7.json")).expect("there");
    fs::write(folder.path().join("hour.json"), &hour[..hour.len() / 2]).expect("written");
    fs::write(folder.path().join("empty.json"), "").expect("written");
    fs::write(folder.path().join("bom.json"), "\u{feff}[]").expect("written");
    let sink = collected(folder.path());
    assert!((3..13).contains(&sink.items().len()), "{}", sink.items().len());
    let problems: Vec<_> = sink.problems().iter().map(|one| (one.what.as_str(), one.file.as_str())).collect();
    assert_eq!(problems, [("is cut short", "hour.json")]);
}

#[test]
fn a_folder_without_json_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = MemorySink::new().collect(&SOURCE, &context(folder.path())).expect_err("nothing is there");
    assert!(error.to_string().contains("holds no file of JSON"), "{error}");
}

#[test]
fn each_form_is_recognised() {
    for (path, what) in [
        ("webhooks", "GitHub: 4 webhooks"),
        ("2024-01-15-7.json", "GitHub: 1 files of events"),
        ("migration", "GitHub: 9 files of a migration archive"),
        ("rest", "GitHub: 4 saved API answers"),
        ("graphql", "GitHub: 1 GraphQL answers"),
    ] {
        let look = crate::files::look(&example().join(path)).expect("it can be read");
        let seen = (SOURCE.recognize)(&look).expect("it is recognised");
        assert_eq!(seen.what, what);
    }
    let slack = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/slack_export/fixtures/example");
    assert_eq!((SOURCE.recognize)(&crate::files::look(&slack).expect("it can be read")), None);
}

#[test]
fn any_value_in_any_field_is_read() {
    let sink = collected(&example());
    let hostile =
        ["null", "17", "1e400", "-1", "\"x\"", "[]", "{}", "[[{}]]", "{\"nodes\":3}", "\"https://github.com/\""];
    let context = context(&example());
    for item in sink.items() {
        let text = String::from_utf8_lossy(&item.bytes);
        let colons: Vec<usize> = text.match_indices("\": ").map(|(at, _)| at + 3).collect();
        for (number, at) in colons.into_iter().enumerate() {
            let end = text[at..].find([',', '\n', '}']).map_or(text.len(), |end| at + end);
            let value = hostile[number % hostile.len()];
            let bytes = format!("{}{value}{}", &text[..at], &text[end..]).into_bytes();
            testkit::normalize(&SOURCE, &context, &[Item { bytes, ..item.clone() }]);
        }
    }
}
