//! Corners of the formats that the example of `github-archive` does not have.

use insta::assert_snapshot;
use model::Rows;
use testkit::tell;

use super::{Event, HUB, Payload, Reading, Repo};

/// Reads one JSON text and tells the rows, without sightings of people and channels.
fn read(json: &str, read: impl FnOnce(&mut Reading<'_>, &str)) -> String {
    let mut rows = Rows::default();
    let repo = Some(Repo::new(HUB, "Example/Reactor"));
    read(&mut Reading { source: "demo", rows: &mut rows, file: "x.json", offset: None, repo }, json);
    let told = tell(&rows);
    let lines = told.lines().filter(|line| !line.starts_with("channel ") && !line.starts_with("identity "));
    lines.collect::<Vec<_>>().join("\n")
}

fn event(json: &str) -> String {
    read(json, |reading, json| reading.event(&serde_json::from_str::<Event<'_>>(json).expect("it is JSON")))
}

fn delivery(path: &str, json: &str) -> String {
    read(json, |reading, json| {
        reading.delivery(&serde_json::from_str::<Payload<'_>>(json).expect("it is JSON"), None, path, None);
    })
}

fn object(json: &str) -> String {
    read(json, |reading, json| reading.object(json.as_bytes(), None).expect("it is JSON"))
}

fn answer(json: &str) -> String {
    read(json, |reading, json| reading.answer(&serde_json::from_str(json).expect("it is JSON")))
}

#[test]
fn events_of_before_2015_tell_who_and_when() {
    let json = r#"{"type":"IssuesEvent","actor":"Ada","repository":{"owner":"Example","name":"Reactor",
        "url":"https://github.com/Example/Reactor"},"payload":{"action":"opened","issue":17,"number":4},
        "created_at":"2012-04-01T00:00:00Z"}"#;
    assert_snapshot!(event(json), @r#"other in "example/reactor" by ada at 2012-04-01T00:00:00Z: "issues opened""#);
    let json = r#"{"type":"WatchEvent","actor":"Ada","repository":{"owner":"Example","name":"Reactor"},
        "created_at":"2012-04-01T00:00:00Z"}"#;
    assert_snapshot!(event(json), @r#"starred in "example/reactor" by ada at 2012-04-01T00:00:00Z"#);
}

#[test]
fn payloads_are_told_by_their_fields_or_their_path() {
    let by = r#""repository":{"full_name":"Example/Reactor"},"sender":{"login":"ada"}"#;
    let issue = r#""issue":{"number":7,"title":"Stop","state":"open"}"#;
    assert_snapshot!(delivery("x.json", &format!("{{\"action\":\"pinned\",{issue},{by}}}")), @r#"
    issue "example/reactor#7" in "example/reactor" by nobody at no time
        subject "Stop"
        ""
    other "example/reactor#7" in "example/reactor" by ada at no time: "pinned"
    "#);
    assert_snapshot!(delivery("star/deleted.json", &format!("{{\"action\":\"deleted\",{by}}}")), @r#"other in "example/reactor" by ada at no time: "star taken back""#);
    assert_snapshot!(delivery("x.json", &format!("{{\"action\":\"deleted\",{by}}}")), @r#"problem: event without a name in x.json "deleted""#);
    assert_snapshot!(delivery("check_run.json", &format!("{{\"action\":\"deleted\",{by}}}")), @"");
    let team = r#"{"action":"removed","scope":"team","member":{"login":"bo"},"team":{"name":"core"},
        "organization":{"login":"Example"},"sender":{"login":"ada"}}"#;
    assert_snapshot!(delivery("x.json", team), @r#"left in "example" by bo at no time: "member of team core""#);
    let hook = format!("{{\"request\":{{\"headers\":{{\"X-GitHub-Event\":\"public\"}},\"payload\":{{{by}}}}}}}");
    assert_snapshot!(delivery("x.json", &hook), @r#"other in "example/reactor" by ada at no time: "made public""#);
}

#[test]
fn what_moves_away_is_another_thing_there() {
    let json = r#"{"action":"transferred","repository":{"full_name":"Example/Reactor"},"sender":{"login":"ada"},
        "issue":{"number":7,"title":"Stop","state":"closed","updated_at":"2024-01-15T07:00:00Z"},
        "changes":{"new_issue":{"number":1,"title":"Stop","html_url":"https://github.com/Example/Brake/issues/1"}}}"#;
    assert_snapshot!(delivery("x.json", json), @r#"
    issue "example/reactor#7" in "example/reactor" by nobody at no time
        subject "Stop"
        ""
        closed: closed
    issue "example/brake#1" in "example/brake" by nobody at no time
        subject "Stop"
        ""
        https://github.com/Example/Brake/issues/1
    other "example/reactor#7" in "example/reactor" by ada at 2024-01-15T07:00:00Z: "transferred example/brake#1"
    "#);
}

#[test]
fn deeds_of_timelines_in_rest_and_graphql() {
    let at = r#""created_at":"2024-01-15T07:00:00Z","actor":{"login":"ada"},
        "issue":{"html_url":"https://github.com/Example/Reactor/issues/7"}"#;
    let mut told = String::new();
    for (event, json) in [
        ("cross-referenced", r#""source":{"type":"issue","issue":{"html_url":"https://github.com/a/b/issues/1"}}"#),
        ("unlabeled", r#""label":{"name":"bug"}"#),
        ("milestoned", r#""milestone":{"title":"1.0"}"#),
        ("review_requested", r#""requested_reviewer":{"login":"bo"}"#),
        ("user_blocked", r#""x":1"#),
        ("comment_deleted", r#""x":1"#),
        ("subscribed", r#""x":1"#),
    ] {
        told.extend([&object(&format!("{{\"event\":\"{event}\",{json},{at}}}")), "\n"]);
    }
    assert_snapshot!(told, @r#"
    linked another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "related mv3c80r1dp61kd5h0"
    labelled another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "-bug"
    other another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "milestoned 1.0"
    other another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "review requested bo"
    moderated another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "user blocked"
    other another in "example/reactor" by ada at 2024-01-15T07:00:00Z: "comment deleted"
    "#);
    let json = r#"{"data":{"node":{"__typename":"Issue","number":7,"url":"https://github.com/Example/Reactor/issues/7",
        "timelineItems":{"nodes":[
        {"__typename":"RenamedTitleEvent","actor":{"login":"bo"},"createdAt":"2024-01-15T07:00:00Z","currentTitle":"Go"},
        {"__typename":"ClosedEvent","actor":{"login":"bo"},"createdAt":"2024-01-15T07:00:00Z","stateReason":"NOT_PLANNED"},
        {"__typename":"SubscribedEvent","actor":{"login":"bo"},"createdAt":"2024-01-15T07:00:00Z"}]}}}}"#;
    assert_snapshot!(answer(json), @r#"
    edited another in "example/reactor" by bo at 2024-01-15T07:00:00Z: "Go"
    closed another in "example/reactor" by bo at 2024-01-15T07:00:00Z: "not planned"
    "#);
}

#[test]
fn what_other_tools_save() {
    let gh = r#"{"number":7,"title":"Stop","url":"https://github.com/Example/Reactor/issues/7","state":"CLOSED",
        "author":{"login":"app/dependabot","is_bot":true},"body":"x","createdAt":"2024-01-15T07:00:00Z","comments":[
        {"author":{"login":"bo"},"body":"y","createdAt":"2024-01-15T07:01:00Z","id":"IC_x",
        "url":"https://github.com/Example/Reactor/issues/7#issuecomment-1"}]}"#;
    assert_snapshot!(object(gh), @r#"
    issue "example/reactor#7" in "example/reactor" by dependabot[bot] at 2024-01-15T07:00:00Z
        subject "Stop"
        "x"
        closed: closed
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-1" in "example/reactor" by bo at 2024-01-15T07:01:00Z
        answers "example/reactor#7"
        "y"
        https://github.com/Example/Reactor/issues/7#issuecomment-1
    "#);
    let backup = r#"{"number":8,"title":"Go","html_url":"https://github.com/Example/Reactor/pull/8","state":"open",
        "user":{"login":"ada"},"created_at":"2024-01-15T07:00:00Z","comments":1,"comment_regular_data":[
        {"id":2,"html_url":"https://github.com/Example/Reactor/pull/8#issuecomment-2","user":{"login":"bo"},"body":"z",
        "created_at":"2024-01-15T07:01:00Z"}],"review_data":[{"id":3,"state":"CHANGES_REQUESTED","user":{"login":"cy"},
        "submitted_at":"2024-01-15T07:02:00Z","body":""}]}"#;
    assert_snapshot!(object(backup), @r#"
    change_request "example/reactor#8" in "example/reactor" by ada at 2024-01-15T07:00:00Z
        subject "Go"
        ""
        https://github.com/Example/Reactor/pull/8
    comment "example/reactor#8/comment-2" in "example/reactor" by bo at 2024-01-15T07:01:00Z
        answers "example/reactor#8"
        "z"
        https://github.com/Example/Reactor/pull/8#issuecomment-2
    reviewed "example/reactor#8" in "example/reactor" by cy at 2024-01-15T07:02:00Z: "changes requested"
    "#);
    let search = r#"{"total_count":1,"items":[{"number":9,"title":"Find","state":"open","user":{"login":"ghost"},
        "html_url":"https://github.com/Example/Reactor/issues/9","created_at":"2024-01-15T07:00:00Z"}]}"#;
    assert_snapshot!(answer(search), @r#"
    issue "example/reactor#9" in "example/reactor" by nobody at 2024-01-15T07:00:00Z
        subject "Find"
        ""
        https://github.com/Example/Reactor/issues/9
    "#);
}

#[test]
fn lists_of_commits_tell_whose_an_address_is() {
    let json = r#"{"sha":"abc","commit":{"author":{"name":"Bo Example","email":"Bo@Example.org"},
        "committer":{"name":"GitHub","email":"noreply@github.com"}},"author":{"login":"bo"},"committer":{"login":"web-flow"}}"#;
    let mut rows = Rows::default();
    let mut reading = Reading { source: "demo", rows: &mut rows, file: "x.json", offset: None, repo: None };
    reading.object(json.as_bytes(), None).expect("it is JSON");
    assert_snapshot!(tell(&rows), @r#"identity "bo" (account) name "Bo Example" email "bo@example.org" account "github.com/bo""#);
}
