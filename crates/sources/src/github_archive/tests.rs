//! The example in each form in, rows out; and that all forms mean the same things.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Id, Item, Rows};
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;

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

#[test]
fn webhooks() {
    assert_snapshot!(told(rows(&example().join("webhooks"))), @r#"
    identity "ada" (account) name "ada" account "github.com/ada"
    identity "bo" (account) name "Bo Example" email "bo@example.org" account "github.com/bo"
    identity "bo" (account) name "bo" account "github.com/bo"
    identity "cy" (account) name "cy" account "github.com/cy"
    identity "dee" (account) name "dee" account "github.com/dee"
    identity "spammer" (account) name "spammer" account "github.com/spammer"
    channel "example/reactor" (repository) title "Stops and starts"
    question "example/reactor/discussions/9" in "example/reactor" by cy at 2024-01-15T08:00:00Z
        subject "How do I start it?"
        "It only stops."
        tags Q&A
        accepted "example/reactor/discussions/9/discussion-comment-501"
        https://github.com/Example/Reactor/discussions/9
    answer "example/reactor/discussions/9/discussion-comment-501" in "example/reactor" by bo at 2024-01-15T08:30:00Z
        answers "example/reactor/discussions/9"
        "Call `start()`."
        https://github.com/Example/Reactor/discussions/9#discussioncomment-501
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:10:00Z
        answers "example/reactor#7"
        "Call `stop()`, @ada."
        mentions ada
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1001
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:10:00Z
        answers "example/reactor#7"
        "Call `stop()` twice, @ada."
        mentions ada
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1001
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-1002" in "example/reactor" by spammer at 2024-01-15T07:20:00Z
        answers "example/reactor#7"
        "Buy this."
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1002
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug, good first issue
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    accepted "example/reactor/discussions/9/discussion-comment-501" in "example/reactor" by cy at 2024-01-15T09:00:00Z
    other in "example/reactor" by bo at 2024-01-15T08:30:00Z: "association member"
    other in "example/reactor" by bo at 2024-01-15T07:10:00Z: "association member"
    other in "example/reactor" by bo at 2024-01-15T07:10:00Z: "association member"
    edited "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:12:00Z
    deleted "example/reactor#7/comment-1002" in "example/reactor" by bo at no time
    other in "example/reactor" by bo at 2024-01-15T07:30:01Z: "pushed to branch main"
    starred in "example/reactor" by dee at 2024-01-15T07:40:00Z
    joined in "example/reactor" by dee at no time: "member of repository"
    labelled "example/reactor#7" in "example/reactor" by bo at 2024-01-15T07:05:00Z: "good first issue"
    problem: field of a wrong type in hooks.jsonl@9075 "title"
    problem: field of a wrong type in hooks.jsonl@9075 "number"
    problem: does not say which it is in hooks.jsonl@9075 "issue"
    problem: event without a name in hooks.jsonl@10360 "conquered"
    "#);
}

#[test]
fn hours_of_gh_archive() {
    assert_snapshot!(told(rows(&example().join("2024-01-15-7.json"))), @r#"
    identity "ada" (account) name "ada" account "github.com/ada"
    identity "bo" (account) name "bo" account "github.com/bo"
    identity "cy" (account) name "cy" account "github.com/cy"
    identity "dee" (account) name "dee" account "github.com/dee"
    identity "dependabot[bot]" (account) name "dependabot[bot]" account "github.com/dependabot[bot]" bot
    channel "example/reactor" (repository)
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug
        mentions bo
        score 0
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:10:00Z
        answers "example/reactor#7"
        "Call `stop()`, @ada."
        mentions ada
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1001
    change_request "example/reactor#8" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z
        subject "Stop for good"
        ""
        closed: merged
        https://github.com/Example/Reactor/pull/8
    change_request "example/reactor#8" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z
        subject "Stop for good"
        ""
        closed: merged
        https://github.com/Example/Reactor/pull/8
    comment "example/reactor#8/review-301" in "example/reactor" by bo at 2024-01-15T07:45:00Z
        answers "example/reactor#8"
        "Nice."
        https://github.com/Example/Reactor/pull/8#pullrequestreview-301
    change_request "example/reactor#8" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z
        subject "Stop for good"
        ""
        closed: merged
        https://github.com/Example/Reactor/pull/8
    comment "example/reactor#8/review-comment-402" in "example/reactor" by ada at 2024-01-15T07:46:00Z
        answers another, "example/reactor#8"
        "Why here?"
        https://github.com/Example/Reactor/pull/8#discussion_r402
    page "example/reactor/releases/v1.0" in "example/reactor" by bo at 2024-01-15T07:58:00Z
        subject "One"
        "It stops now. Thanks @ada!"
        attached reactor.zip
        mentions ada
        https://github.com/Example/Reactor/releases/tag/v1.0
    comment "example/reactor@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/commit-comment-701" in "example/reactor" by cy at 2024-01-15T07:59:30Z
        answers another
        "Good commit."
        https://github.com/Example/Reactor/commit/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#commitcomment-701
    other in "example/reactor" by bo at 2024-01-15T07:10:00Z: "association member"
    starred in "example/reactor" by dee at 2024-01-15T07:40:02Z
    other in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z: "association contributor"
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    closed "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    other another in "example/reactor" by cy at 2026-01-15T07:55:00Z: "opened pull request"
    other in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z: "association contributor"
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    other in "example/reactor" by bo at 2024-01-15T07:45:00Z: "association member"
    reviewed "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:45:00Z: "approved"
    other in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z: "association contributor"
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    other in "example/reactor" by bo at 2024-01-15T07:30:02Z: "pushed to branch main"
    forked in "example/reactor" by cy at 2024-01-15T07:55:00Z: "cy/reactor"
    released "example/reactor/releases/v1.0" in "example/reactor" by bo at 2024-01-15T07:58:00Z: "v1.0"
    edited in "example/reactor" by ada at 2024-01-15T07:59:00Z: "wiki page Stopping"
    other in "example/reactor" by bo at 2024-01-15T07:57:00Z: "created tag v1.0"
    other in "example/reactor" by dee at 2024-01-15T07:59:40Z: "sponsorship created"
    "#);
}

#[test]
fn migration_archives() {
    assert_snapshot!(told(rows(&example().join("migration"))), @r#"
    identity "ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada"
    identity "ada" (account) name "ada" account "github.com/ada"
    identity "bo" (account) name "bo" account "github.com/bo"
    identity "dee" (account) name "dee" account "github.com/dee"
    identity "dependabot[bot]" (account) name "dependabot[bot]" account "github.com/dependabot[bot]" bot
    identity "import of trac.example.org/users/cy" (account) name "trac.example.org/users/cy"
    channel "example/reactor" (repository)
    channel "example/reactor" (repository) title "Stops and starts"
    comment "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:10:00Z
        answers "example/reactor#7"
        "Call `stop()` twice, @ada."
        mentions ada
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1001
    comment "example/reactor#7/comment-28" in "example/reactor" by import of trac.example.org/users/cy at 2009-01-15T07:10:00Z
        answers "example/reactor#7"
        "From the old tracker."
        https://github.com/Example/Reactor/issues/7#issuecomment-28
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?"
        tags bug, good first issue
        mentions bo
        closed: closed
        score 1
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#8/review-comment-402" in "example/reactor" by ada at 2024-01-15T07:46:00Z
        answers another, "example/reactor#8"
        "Why here?"
        score 0
        https://github.com/Example/Reactor/pull/8/files#r402
    comment "example/reactor#8/review-301" in "example/reactor" by bo at 2024-01-15T07:45:00Z
        answers "example/reactor#8"
        "Nice."
        score 0
        https://github.com/Example/Reactor/pull/8/files#pullrequestreview-301
    change_request "example/reactor#8" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z
        subject "Stop for good"
        ""
        closed: merged
        score 0
        https://github.com/Example/Reactor/pull/8
    page "example/reactor/releases/v1.0" in "example/reactor" by bo at 2024-01-15T07:58:00Z
        subject "One"
        "It stops now. Thanks @ada!"
        attached reactor.zip
        mentions ada
        https://github.com/Example/Reactor/releases/tag/v1.0
    labelled "example/reactor#7" in "example/reactor" by bo at 2024-01-15T07:05:01Z: "good first issue"
    closed "example/reactor#7" in "example/reactor" by bo at 2024-01-16T08:00:01Z
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:01Z
    reacted "example/reactor#7" in "example/reactor" by dee at 2024-01-15T07:30:00Z: ":+1:"
    reviewed "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:45:00Z: "approved"
    released "example/reactor/releases/v1.0" in "example/reactor" by bo at 2024-01-15T07:58:00Z: "v1.0"
    ada at "analytical" from no time until no time
    "#);
}

#[test]
fn rest_pages() {
    assert_snapshot!(told(rows(&example().join("rest"))), @r#"
    identity "ada" (account) name "ada" account "github.com/ada"
    identity "bo" (account) name "Bo Example" email "bo@example.org" account "github.com/bo"
    identity "bo" (account) name "bo" account "github.com/bo"
    identity "dee" (account) name "dee" account "github.com/dee"
    channel "example/reactor" (repository)
    issue "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "The reactor does not stop"
        "How do I stop it, @bo?\n\n```\n@Override\n```\n[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        attached log.txt
        tags bug, good first issue
        mentions bo
        closed: completed
        score 1
        https://github.com/Example/Reactor/issues/7
    issue "example/reactor#10" in "example/reactor" by nobody at no time
        subject "Deleted account"
        ""
        tags wontfix
        closed: not planned
        score 0
        https://github.com/Example/Reactor/issues/10
    comment "example/reactor#7/comment-1001" in "example/reactor" by bo at 2024-01-15T07:10:00Z
        answers "example/reactor#7"
        "Call `stop()` twice, @ada."
        mentions ada
        score 0
        https://github.com/Example/Reactor/issues/7#issuecomment-1001
    closed "example/reactor#7" in "example/reactor" by bo at 2024-01-16T08:00:00Z
    starred in "example/reactor" by dee at 2024-01-15T07:40:00Z
    starred in "example/reactor" by nobody at 2023-01-15T07:40:00Z
    other in "example/reactor" by bo at 2024-01-15T07:10:00Z: "association member"
    labelled "example/reactor#7" in "example/reactor" by bo at 2024-01-15T07:05:00Z: "good first issue"
    assigned "example/reactor#7" in "example/reactor" by bo at 2024-01-15T07:06:00Z
    edited "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:07:00Z: "The reactor does not stop"
    other in "example/reactor" by bo at 2024-01-17T07:07:00Z: "locked"
    bo at "Example Inc." from no time until no time
    problem: date cannot be in issues.json@1257 "created_at"
    "#);
}

#[test]
fn graphql_answers() {
    assert_snapshot!(told(rows(&example().join("graphql"))), @r#"
    identity "ada" (account) name "ada" account "github.com/ada"
    identity "bo" (account) name "bo" account "github.com/bo"
    identity "cy" (account) name "cy" account "github.com/cy"
    identity "dee" (account) name "dee" account "github.com/dee"
    identity "dependabot[bot]" (account) name "dependabot[bot]" account "github.com/dependabot[bot]" bot
    identity "import of importer-1" (account) name "importer-1" email "dee@example.org"
    channel "example/reactor" (repository)
    question "example/reactor/discussions/9" in "example/reactor" by cy at 2024-01-15T08:00:00Z
        subject "How do I start it?"
        "It only stops."
        tags Q&A
        accepted "example/reactor/discussions/9/discussion-comment-501"
        closed: resolved
        score 3
        https://github.com/Example/Reactor/discussions/9
    answer "example/reactor/discussions/9/discussion-comment-501" in "example/reactor" by bo at 2024-01-15T08:30:00Z
        answers "example/reactor/discussions/9"
        "Call `start()`."
        score 2
        https://github.com/Example/Reactor/discussions/9#discussioncomment-501
    comment "example/reactor/discussions/9/discussion-comment-502" in "example/reactor" by cy at 2024-01-15T08:50:00Z
        answers "example/reactor/discussions/9/discussion-comment-501", "example/reactor/discussions/9"
        "Thanks!"
        https://github.com/Example/Reactor/discussions/9#discussioncomment-502
    answer "example/reactor/discussions/9/discussion-comment-503" in "example/reactor" by nobody at 2024-01-15T08:55:00Z
        answers "example/reactor/discussions/9"
        "Buy this."
        https://github.com/Example/Reactor/discussions/9#discussioncomment-503
    post "example/reactor/discussions/12" in "example/reactor" by import of importer-1 at 2024-01-15T11:00:00Z
        subject "Hello"
        ""
        tags General
        https://github.com/Example/Reactor/discussions/12
    change_request "example/reactor#8" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:30Z
        subject "Stop for good"
        ""
        closed: merged
        https://github.com/Example/Reactor/pull/8
    comment "example/reactor#8/review-301" in "example/reactor" by bo at 2024-01-15T07:45:00Z
        answers "example/reactor#8"
        "Nice."
        https://github.com/Example/Reactor/pull/8#pullrequestreview-301
    accepted "example/reactor/discussions/9/discussion-comment-501" in "example/reactor" by cy at 2024-01-15T09:00:00Z
    other in "example/reactor" by bo at 2024-01-15T08:30:00Z: "association member"
    edited "example/reactor/discussions/9/discussion-comment-501" in "example/reactor" by ada at 2024-01-15T08:40:00Z
    moderated "example/reactor/discussions/9/discussion-comment-503" in "example/reactor" by nobody at no time: "hidden spam"
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    reviewed "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:45:00Z: "approved"
    merged "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:50:00Z
    other "example/reactor#8" in "example/reactor" by bo at 2024-01-15T07:20:00Z: "converted to draft"
    starred in "example/reactor" by dee at 2024-01-15T07:40:00Z
    "#);
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
