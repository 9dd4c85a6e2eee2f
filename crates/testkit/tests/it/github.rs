//! The real webhooks: every payload gives rows, and the totals are those that a count by hand gives.

use std::collections::{BTreeMap, BTreeSet};

use model::{ActivityKind, Id, Message, MessageKind, Rows};
use source::Context;
use sources::github_archive::SOURCE;
use testkit::MemorySink;

fn context() -> Context {
    testkit::context(testkit::shared_data(), "path = 'webhooks/github'")
}

fn webhooks() -> (MemorySink, Rows) {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context()).expect("the payloads are there");
    let rows = testkit::normalize(&SOURCE, &context(), sink.items());
    (sink, rows)
}

/// Each message as it was seen last.
fn messages(rows: &Rows) -> BTreeMap<Id, &Message> {
    rows.messages.iter().map(|message| (message.id, message)).collect()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn every_payload_gives_rows_and_no_problem() {
    let (sink, rows) = webhooks();
    assert_eq!(sink.items().len(), 113);
    assert_eq!(sink.problems(), []);
    assert_eq!(rows.problems, []);
    for item in sink.items() {
        let one = testkit::normalize(&SOURCE, &context(), std::slice::from_ref(item));
        assert!(one.messages.len() + one.activities.len() > 0, "{}", item.origin);
        assert!(!one.channels.is_empty() && !one.identities.is_empty(), "{}", item.origin);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn things_are_as_many_as_a_count_by_hand_gives() {
    let (_, rows) = webhooks();
    let messages = messages(&rows);
    let natives = |kind: MessageKind| -> Vec<&str> {
        messages.values().filter(|one| one.kind == kind).map(|one| one.native_id.as_str()).collect()
    };
    let count = |kind| natives(kind).len();
    use MessageKind::{Answer, ChangeRequest, Comment, Issue, Page, Post, Question};
    // The payload of the one discussion that comes last is of the time before it moved to a category with answers.
    assert_eq!([Issue, ChangeRequest, Question, Answer, Comment, Post, Page].map(count), [1, 3, 1, 1, 2, 1, 0]);
    assert_eq!(natives(Issue), ["codertocat/hello-world#1"]);
    let people: BTreeSet<&str> = rows.identities.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(
        people.into_iter().collect::<Vec<_>>(),
        ["codertocat", "dan2wik", "hacktocat", "octo-org", "octocat", "octocoders"]
    );
    let answered: BTreeSet<Id> = rows.messages.iter().filter_map(|one| one.accepted).collect();
    assert_eq!(answered, BTreeSet::from([Id::message("github.com", "discussion-comment-550561")]));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not here")]
fn deeds_are_told_once_however_often_they_were_delivered() {
    let (_, rows) = webhooks();
    let count = |kind: ActivityKind| {
        let ids: BTreeSet<Id> = rows.activities.iter().filter(|one| one.kind == kind).map(|one| one.id).collect();
        ids.len()
    };
    use ActivityKind::{Accepted, Assigned, Closed, Deleted, Forked, Joined, Merged, Released, Reopened, Starred};
    let kinds = [Accepted, Assigned, Closed, Deleted, Forked, Joined, Merged, Released, Reopened, Starred];
    assert_eq!(kinds.map(count), [1, 2, 1, 4, 1, 2, 0, 1, 2, 1]);
}
