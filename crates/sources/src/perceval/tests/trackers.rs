//! Issues, change requests and reviews.

use insta::assert_snapshot;

use super::told;

#[test]
fn gerrit() {
    assert_snapshot!(told("gerrit.json"), @r#"
    channel "group/reactor" (repository)
    identity "review.example.org/ada" (account) name "Ada" email "ada@example.org" account "review.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "review.example.org/ada" (account) name "Ada" email "ada@example.org" account "review.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo" seen 2017-07-14T02:41:00Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo" seen 2017-07-14T02:42:00Z
    identity "zuul" (name) name "Zuul" seen 2017-07-14T02:43:00Z
    identity "review.example.org/ada" (account) name "Ada" email "ada@example.org" account "review.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo" seen 2017-07-14T02:41:00Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo"
    identity "review.example.org/ada" (account) name "Ada" email "ada@example.org" account "review.example.org/ada" seen 2017-07-14T02:41:30Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo" seen 2017-07-14T02:42:00Z
    identity "review.example.org/bo" (account) name "Bo" email "bo@example.org" account "review.example.org/bo" seen 2017-07-14T02:43:00Z
    change_request "c/group/reactor/+/77" in "group/reactor" by review.example.org/ada at 2017-07-14T02:40:00Z
        subject "Stop it"
        "Stop it\n\nChange-Id: I0\n"
        tags stopping
        closed: merged
        https://review.example.org/77
    comment "c/group/reactor/+/77/1500000060/bo" in "group/reactor" by review.example.org/bo at 2017-07-14T02:41:00Z
        answers "c/group/reactor/+/77"
        "(1 comment)\n\nWhy now?"
    comment "c/group/reactor/+/77/1#0" in "group/reactor" by review.example.org/bo at no time, perhaps 2017-07-14T02:40:00Z
        answers "c/group/reactor/+/77"
        "here"
    reviewed "c/group/reactor/+/77" in "group/reactor" by review.example.org/bo at 2017-07-14T02:41:00Z: "Code-Review-1"
    edited "c/group/reactor/+/77" in "group/reactor" by review.example.org/ada at 2017-07-14T02:41:30Z: "patch set 2"
    reviewed "c/group/reactor/+/77" in "group/reactor" by review.example.org/bo at 2017-07-14T02:42:00Z: "Code-Review+2"
    merged "c/group/reactor/+/77" in "group/reactor" by review.example.org/bo at 2017-07-14T02:43:00Z
    "#);
}

#[test]
fn github() {
    assert_snapshot!(told("github.json"), @r#"
    channel "example/reactor" (repository)
    channel "example/reactor" (repository)
    channel "example/reactor" (repository) title "It runs"
    identity "github.com/ada" (account) name "Ada Example" email "ada@example.org" account "github.com/ada" seen 2017-07-14T02:40:00Z
    identity "github.com/cy" (account) name "cy" account "github.com/cy"
    identity "github.com/bo" (account) name "bo" account "github.com/bo" seen 2017-07-15T02:40:00Z
    identity "github.com/bo" (account) name "bo" account "github.com/bo"
    identity "github.com/dependabot[bot]" (account) name "dependabot[bot]" account "github.com/dependabot[bot]" bot seen 2017-07-14T03:40:00Z
    identity "github.com/ada" (account) name "ada" account "github.com/ada" seen 2017-07-14T04:40:00Z
    identity "github.com/bo" (account) name "Bo" account "github.com/bo" seen 2017-07-14T05:40:00Z
    identity "github.com/bo" (account) name "bo" account "github.com/bo" seen 2017-07-14T05:00:00Z
    identity "github.com/bo" (account) name "bo" account "github.com/bo" seen 2017-07-14T05:00:00Z
    identity "github.com/bo" (account) name "bo" account "github.com/bo" seen 2017-07-14T05:00:00Z
    identity "github.com/ada" (account) name "ada" account "github.com/ada" seen 2017-07-14T05:10:00Z
    issue "example/reactor#7" in "example/reactor" by github.com/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really.\nNot at all."
        tags bug
        closed: not planned
        https://github.com/Example/Reactor/issues/7
    comment "example/reactor#7/comment-99" in "example/reactor" by github.com/dependabot[bot] at 2017-07-14T03:40:00Z
        answers "example/reactor#7"
        "Same here"
        https://github.com/Example/Reactor/issues/7#issuecomment-99
    comment "example/reactor#7/comment-100" in "example/reactor" by nobody at 2017-07-14T03:41:00Z
        answers "example/reactor#7"
        "gone"
    change_request "example/reactor#8" in "example/reactor" by github.com/ada at 2017-07-14T04:40:00Z
        subject "Stop it"
        ""
        closed: merged
        https://github.com/Example/Reactor/pull/8
    comment "example/reactor#8/review-5" in "example/reactor" by github.com/bo at 2017-07-14T05:00:00Z
        answers "example/reactor#8"
        "Not yet"
    comment "example/reactor#8/review-comment-21" in "example/reactor" by github.com/bo at 2017-07-14T05:00:00Z
        answers "example/reactor#8/review-5", "example/reactor#8"
        "here"
    comment "example/reactor#8/review-comment-22" in "example/reactor" by github.com/ada at 2017-07-14T05:10:00Z
        answers "example/reactor#8/review-comment-21", "example/reactor#8"
        "done"
    reacted "example/reactor#7" in "example/reactor" by github.com/cy at 2017-07-14T02:40:00Z: "heart"
    closed "example/reactor#7" in "example/reactor" by github.com/bo at 2017-07-15T02:40:00Z
    assigned "example/reactor#7" in "example/reactor" by github.com/bo at no time: "bo"
    merged "example/reactor#8" in "example/reactor" by github.com/bo at 2017-07-14T05:40:00Z
    reviewed "example/reactor#8" in "example/reactor" by github.com/bo at 2017-07-14T05:00:00Z: "changes requested"
    measured "stars" in "example/reactor" at 2017-07-14T03:40:00.5Z: 42
    measured "forks" in "example/reactor" at 2017-07-14T03:40:00.5Z: 7
    measured "watchers" in "example/reactor" at 2017-07-14T03:40:00.5Z: 3
    "#);
}

#[test]
fn gitlab() {
    assert_snapshot!(told("gitlab.json"), @r#"
    channel "group/reactor" (repository)
    channel "group/reactor" (repository)
    identity "gitlab.example.org/ada" (account) name "Ada" account "gitlab.example.org/ada" seen 2017-07-14T02:40:00.123Z
    identity "gitlab.example.org/cy" (account) name "Cy" account "gitlab.example.org/cy" seen 2017-07-14T02:50:00Z
    identity "gitlab.example.org/bo" (account) name "Bo" account "gitlab.example.org/bo" seen 2017-07-14T03:40:00Z
    identity "gitlab.example.org/ada" (account) name "Ada" account "gitlab.example.org/ada" seen 2017-07-14T03:41:00Z
    identity "gitlab.example.org/bo" (account) name "bo" account "gitlab.example.org/bo"
    identity "gitlab.example.org/cy" (account) name "cy" account "gitlab.example.org/cy"
    identity "gitlab.example.org/bo" (account) name "Bo" account "gitlab.example.org/bo" seen 2017-07-15T02:40:00Z
    identity "gitlab.example.org/bo" (account) name "Bo" account "gitlab.example.org/bo" seen 2017-07-15T02:40:01Z
    identity "gitlab.example.org/ada" (account) name "Ada" account "gitlab.example.org/ada" seen 2017-07-14T04:40:00Z
    identity "gitlab.example.org/bo" (account) name "Bo" account "gitlab.example.org/bo" seen 2017-07-14T05:00:00Z
    identity "gitlab.example.org/bo" (account) name "Bo" account "gitlab.example.org/bo" seen 2017-07-14T05:40:00Z
    issue "group/reactor#3" in "group/reactor" by gitlab.example.org/ada at 2017-07-14T02:40:00.123Z
        subject "It does not stop"
        "Really"
        tags bug
        closed: closed
        score 2
        https://gitlab.example.org/group/Reactor/-/issues/3
    comment "group/reactor#3/note_501" in "group/reactor" by gitlab.example.org/bo at 2017-07-14T03:40:00Z
        answers "group/reactor#3"
        "Same here"
    change_request "group/reactor!4" in "group/reactor" by gitlab.example.org/ada at 2017-07-14T04:40:00Z
        subject "Stop it"
        ""
        closed: merged
        https://gitlab.example.org/group/Reactor/merge_requests/4
    reacted "group/reactor#3" in "group/reactor" by gitlab.example.org/cy at 2017-07-14T02:50:00Z: ":thumbsup:"
    assigned "group/reactor#3" in "group/reactor" by gitlab.example.org/bo at 2017-07-14T03:41:00Z
    assigned "group/reactor#3" in "group/reactor" by gitlab.example.org/cy at 2017-07-14T03:41:00Z
    closed "group/reactor#3" in "group/reactor" by gitlab.example.org/bo at 2017-07-15T02:40:00Z
    other "group/reactor#3" in "group/reactor" by gitlab.example.org/bo at 2017-07-15T02:40:01Z: "added ~12 label"
    reviewed "group/reactor!4" in "group/reactor" by gitlab.example.org/bo at 2017-07-14T05:00:00Z: "approved"
    merged "group/reactor!4" in "group/reactor" by gitlab.example.org/bo at 2017-07-14T05:40:00Z
    "#);
}

#[test]
fn the_others() {
    assert_snapshot!(told("trackers.json"), @r#"
    channel "HELP" (tracker) title "Help desk"
    channel "Reactor/core" (tracker)
    channel "Reactor/core" (tracker)
    channel "Reactor" (tracker)
    channel "reactor" (tracker) title "Reactor"
    channel "reactor" (tracker)
    channel "ns/reactor" (repository)
    identity "jira.example.org/ada" (account) name "Ada" email "ada@example.org" account "jira.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "jira.example.org/bo" (account) name "Bo" email "bo@example.org" account "jira.example.org/bo" seen 2017-07-14T03:40:00Z
    identity "jira.example.org/bo" (account) name "Bo" email "bo@example.org" account "jira.example.org/bo" seen 2017-07-14T03:41:00Z
    identity "jira.example.org/bo" (account) name "Bo" account "jira.example.org/bo" seen 2017-07-14T03:41:00Z
    identity "bugs.example.org/ada@example.org" (account) name "Ada" email "ada@example.org" account "bugs.example.org/ada@example.org" seen 2017-07-14T02:40:00Z
    identity "bugs.example.org/bo@example.com" (account) name "bo@example.com" email "bo@example.com" account "bugs.example.org/bo@example.com" seen 2017-07-14T03:40:00Z
    identity "bugs.example.org/bo@example.com" (account) name "bo@example.com" email "bo@example.com" account "bugs.example.org/bo@example.com" seen 2017-07-14T03:41:00Z
    identity "bugs.example.org/cy@example.org" (account) name "cy@example.org" email "cy@example.org" account "bugs.example.org/cy@example.org" seen 2017-07-14T03:41:00Z
    identity "bugs.example.org/ada" (account) name "Ada" account "bugs.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "bugs.example.org/bo@example.com" (account) name "Bo" email "bo@example.com" account "bugs.example.org/bo@example.com" seen 2017-07-14T03:40:00Z
    identity "bugs.example.org/bo@example.com" (account) name "bo@example.com" email "bo@example.com" account "bugs.example.org/bo@example.com" seen 2017-07-14T03:41:00Z
    identity "redmine.example.org/users/4" (account) name "Ada" email "ada@example.org" account "redmine.example.org/users/4" seen 2017-07-14T02:40:00Z
    identity "redmine.example.org/users/5" (account) name "Bo" account "redmine.example.org/users/5" seen 2017-07-14T03:40:00Z
    identity "launchpad.net/ada" (account) name "Ada" account "launchpad.net/ada" seen 2017-07-14T02:40:00.5Z
    identity "launchpad.net/bo" (account) name "bo" account "launchpad.net/bo" seen 2017-07-14T03:40:00Z
    identity "launchpad.net/bo" (account) name "Bo" account "launchpad.net/bo" seen 2017-07-14T03:41:00Z
    identity "phab.example.org/ada" (account) name "Ada" account "phab.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "phab.example.org/bo" (account) name "Bo" account "phab.example.org/bo" seen 2017-07-14T02:42:00Z
    identity "phab.example.org/bo" (account) name "Bo" account "phab.example.org/bo" seen 2017-07-14T02:41:00Z
    identity "phab.example.org/ada" (account) name "Ada" account "phab.example.org/ada" seen 2017-07-14T02:40:00Z
    identity "phab.example.org/herald" (account) name "Herald" account "phab.example.org/herald" bot seen 2017-07-14T02:40:00Z
    identity "pagure.io/ada" (account) name "Ada" account "pagure.io/ada" seen 2017-07-14T02:40:00Z
    identity "pagure.io/bo" (account) name "Bo" account "pagure.io/bo" seen 2017-07-14T02:41:00Z
    identity "pagure.io/bo" (account) name "Bo" account "pagure.io/bo" seen 2017-07-14T02:45:00Z
    issue "HELP-6" in "HELP" by jira.example.org/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        tags bug
        closed: fixed
        score 2
        https://jira.example.org/browse/HELP-6
    comment "HELP-6/comment-9" in "HELP" by jira.example.org/bo at 2017-07-14T03:40:00Z
        answers "HELP-6"
        "Call stop()"
    issue "bugs/123" in "Reactor/core" by bugs.example.org/ada@example.org at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        attached log.txt
        tags crash
        closed: duplicate
        score 1
        https://bugs.example.org/show_bug.cgi?id=123
    comment "bugs/123#c1" in "Reactor/core" by bugs.example.org/bo@example.com at 2017-07-14T03:40:00Z
        answers "bugs/123"
        "Same here"
    issue "bugs/124" in "Reactor/core" by bugs.example.org/ada at 2017-07-14T02:40:00Z
        subject "It stops"
        "Too early"
        https://bugs.example.org/show_bug.cgi?id=124
    comment "bugs/124#c1" in "Reactor/core" by bugs.example.org/bo@example.com at 2017-07-14T03:40:00Z
        answers "bugs/124"
        "Same here"
    issue "issues/9" in "Reactor" by redmine.example.org/users/4 at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        tags Bug
        closed: closed
        https://redmine.example.org/issues/9
    comment "issues/9#journal-31" in "Reactor" by redmine.example.org/users/5 at 2017-07-14T03:40:00Z
        answers "issues/9"
        "Same here"
    issue "bugs/55" in "reactor" by launchpad.net/ada at 2017-07-14T02:40:00.5Z
        subject "It does not stop"
        "Really"
        tags crash
        closed: fix released
        https://bugs.launchpad.net/bugs/55
    comment "bugs/55/comments/1" in "reactor" by launchpad.net/bo at 2017-07-14T03:40:00Z
        answers "bugs/55"
        "Same here"
    issue "T296" in "reactor" by phab.example.org/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        tags reactor
        closed: resolved
        https://phab.example.org/T296
    comment "T296#2" in "reactor" by phab.example.org/bo at 2017-07-14T02:41:00Z
        answers "T296"
        "Same here"
    issue "ns/reactor/issue/5" in "ns/reactor" by pagure.io/ada at 2017-07-14T02:40:00Z
        subject "It does not stop"
        "Really"
        tags crash
        closed: fixed
        https://pagure.io/ns/reactor/issue/5
    comment "ns/reactor/issue/5#comment-1" in "ns/reactor" by pagure.io/bo at 2017-07-14T02:41:00Z
        answers "ns/reactor/issue/5"
        "Same here"
    closed "HELP-6" in "HELP" by jira.example.org/bo at 2017-07-14T03:41:00Z: "resolved"
    assigned "HELP-6" in "HELP" by jira.example.org/bo at 2017-07-14T03:41:00Z
    labelled "HELP-6" in "HELP" by jira.example.org/bo at 2017-07-14T03:41:00Z: "bug"
    closed "bugs/123" in "Reactor/core" by bugs.example.org/bo@example.com at 2017-07-14T03:41:00Z: "resolved"
    assigned "bugs/123" in "Reactor/core" by bugs.example.org/cy@example.org at 2017-07-14T03:41:00Z
    labelled "bugs/124" in "Reactor/core" by bugs.example.org/bo@example.com at 2017-07-14T03:41:00Z: "crash"
    other "issues/9" in "Reactor" by redmine.example.org/users/5 at 2017-07-14T03:40:00Z: "status"
    closed "issues/9" in "Reactor" by nobody at 2017-07-14T05:40:00Z
    closed "bugs/55" in "reactor" by launchpad.net/bo at 2017-07-14T03:41:00Z: "fix released"
    closed "T296" in "reactor" by phab.example.org/bo at 2017-07-14T02:42:00Z: "resolved"
    other "T296" in "reactor" by phab.example.org/herald at 2017-07-14T02:40:00Z: "assigned"
    closed "ns/reactor/issue/5" in "ns/reactor" by pagure.io/bo at 2017-07-14T02:45:00Z: "fixed"
    "#);
}
