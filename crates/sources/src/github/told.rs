//! What an object is: by what it says of itself, by its address, by its fields, or by where it stands.

use super::field::Field;
use super::node::Node;
use super::place::{Part, Place, Thing};

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// An issue.
    Issue,
    /// A pull request.
    Pull,
    /// A comment on either.
    Comment,
    /// A review of a pull request.
    Review,
    /// A comment on a line of one.
    ReviewComment,
    /// A comment on a commit.
    CommitComment,
    /// A discussion.
    Discussion,
    /// A comment in one.
    DiscussionComment,
    /// A release.
    Release,
    /// An entry of a timeline: something that was done.
    Event,
    /// A list of comments on a line, and nothing else of interest.
    Thread,
    /// An account.
    User,
    /// A repository.
    Repository,
    /// A star, where the answer tells when it was given.
    Star,
    /// A commit.
    Commit,
    /// Something known that tells nothing of people: a label, a milestone, a project.
    Nothing,
}

/// Tells what a node is. `hint` is what stands where it was found, if nothing else tells.
pub fn told(node: &Node<'_>, hint: Option<Told>) -> Option<Told> {
    let sort = node.sort.get().and_then(|sort| sort.text());
    by_event(node)
        .or_else(|| node.typename.text().and_then(by_word))
        .or_else(|| sort.and_then(by_word))
        .or_else(|| by_address(node))
        .or_else(|| by_fields(node))
        .or(hint)
}

/// By GraphQL's and a migration archive's word for it.
fn by_word(word: &str) -> Option<Told> {
    Some(match word {
        "Issue" | "issue" => Told::Issue,
        "PullRequest" | "pull_request" => Told::Pull,
        "IssueComment" | "issue_comment" => Told::Comment,
        "PullRequestReview" | "pull_request_review" => Told::Review,
        "PullRequestReviewComment" | "pull_request_review_comment" => Told::ReviewComment,
        "PullRequestReviewThread" | "pull_request_review_thread" => Told::Thread,
        "CommitComment" | "commit_comment" => Told::CommitComment,
        "Discussion" | "discussion" => Told::Discussion,
        "DiscussionComment" | "discussion_comment" => Told::DiscussionComment,
        "Release" | "release" => Told::Release,
        "User" | "Bot" | "Mannequin" | "Organization" | "user" | "bot" | "mannequin" | "organization" => Told::User,
        "Repository" | "repository" => Told::Repository,
        "Commit" => Told::Commit,
        "issue_event" => Told::Event,
        "attachment"
        | "milestone"
        | "team"
        | "project"
        | "protected_branch"
        | "repository_file"
        | "discussion_category"
        | "label"
        | "Label"
        | "Milestone"
        | "Team"
        | "PullRequestCommit" => Told::Nothing,
        word if word.ends_with("Event") => Told::Event,
        _ => return None,
    })
}

/// Entries of REST's timeline are events, comments, reviews or commits.
fn by_event(node: &Node<'_>) -> Option<Told> {
    Some(match node.event.text()? {
        "commented" => Told::Comment,
        "reviewed" => Told::Review,
        "committed" => Told::Nothing,
        "line-commented" | "commit-commented" => Told::Thread,
        _ => Told::Event,
    })
}

fn by_address(node: &Node<'_>) -> Option<Told> {
    node.addresses().filter_map(Place::parse).find_map(|place| {
        Some(match (place.part, place.thing) {
            (Part::Comment(_), _) => Told::Comment,
            (Part::Review(_), _) => Told::Review,
            (Part::ReviewComment(_), _) => Told::ReviewComment,
            (Part::CommitComment(_), _) => Told::CommitComment,
            (Part::DiscussionComment(_), _) => Told::DiscussionComment,
            (Part::Event(_), _) => Told::Event,
            (Part::Whole, Thing::Issue(_)) => Told::Issue,
            (Part::Whole, Thing::Pull(_)) => Told::Pull,
            (Part::Whole, Thing::Discussion(_)) => Told::Discussion,
            (Part::Whole, Thing::Release(_)) => Told::Release,
            (Part::Whole, Thing::Commit(_)) => Told::Commit,
            (Part::Whole, Thing::User(_)) => Told::User,
            (Part::Whole, Thing::Repository) => Told::Repository,
            (Part::Whole, Thing::Other) => return None,
        })
    })
}

fn by_fields(node: &Node<'_>) -> Option<Told> {
    let there = |text: &super::field::Text<'_>| text.text().is_some();
    Some(match node {
        _ if there(&node.starred_at) => Told::Star,
        _ if there(&node.full_name) => Told::Repository,
        _ if there(&node.login) => Told::User,
        _ if there(&node.tag_name) => Told::Release,
        _ if there(&node.sha) => Told::Commit,
        _ if there(&node.pull_request_url) && there(&node.submitted_at) => Told::Review,
        _ if there(&node.pull_request_url) => Told::ReviewComment,
        _ if there(&node.issue_url) => Told::Comment,
        Node { category: Field::Is(_), .. } => Told::Discussion,
        _ => return None,
    })
}
