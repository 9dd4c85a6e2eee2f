//! What becomes of each form's part of the worked example.

use insta::assert_snapshot;

use super::{example, rows, told};

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
