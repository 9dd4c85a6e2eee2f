//! A thing people talk in or do to: an issue, a pull request, a review, a discussion, a comment on any of
//! them, a release, and an entry of a timeline. They share most of their fields, and a timeline or a GraphQL
//! answer mixes them, so they share a type; [`super::told`] says which one an object is.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::MapAccess;
use serde::de::value::MapAccessDeserializer;

use super::field::{Field, Number, Read, Text};
use super::lists::Many;
use super::types::{Link, Name, Reaction, Reactions, Rename, Repository, User};

/// See the module. What each field means is in docs.github.com (REST and GraphQL references).
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Node<'a> {
    // What it is and where.
    #[serde(rename = "type")]
    pub sort: Field<Name<'a>>,
    #[serde(rename = "__typename")]
    pub typename: Text<'a>,
    pub id: Number,
    #[serde(alias = "databaseId")]
    pub database_id: Number,
    #[serde(rename = "fullDatabaseId")]
    pub full_database_id: Number,
    pub number: Number,
    pub url: Text<'a>,
    #[serde(alias = "htmlUrl")]
    pub html_url: Text<'a>,
    pub repository: Field<Repository<'a>>,
    pub repository_url: Text<'a>,
    pub issue: Field<Link<'a>>,
    pub issue_url: Text<'a>,
    #[serde(alias = "pullRequest")]
    pub pull_request: Field<Link<'a>>,
    pub pull_request_url: Text<'a>,
    pub discussion: Field<Link<'a>>,
    #[serde(alias = "replyTo", alias = "in_reply_to")]
    pub reply_to: Field<Link<'a>>,
    pub in_reply_to_id: Number,
    pub parent_id: Number,
    pub pull_request_review_id: Number,
    #[serde(alias = "pullRequestReview")]
    pub pull_request_review: Field<Link<'a>>,
    pub commit_id: Text<'a>,
    // Who, when and what.
    pub user: Field<User<'a>>,
    pub author: Field<User<'a>>,
    #[serde(alias = "authorAssociation")]
    pub author_association: Text<'a>,
    #[serde(alias = "createdAt")]
    pub created_at: Text<'a>,
    #[serde(alias = "updatedAt")]
    pub updated_at: Text<'a>,
    #[serde(alias = "submittedAt")]
    pub submitted_at: Text<'a>,
    #[serde(alias = "publishedAt")]
    pub published_at: Text<'a>,
    #[serde(alias = "lastEditedAt")]
    pub last_edited_at: Text<'a>,
    pub editor: Field<User<'a>>,
    pub title: Text<'a>,
    pub name: Text<'a>,
    #[serde(alias = "tagName")]
    pub tag_name: Text<'a>,
    pub body: Text<'a>,
    pub labels: Field<Many<Name<'a>>>,
    pub category: Field<Name<'a>>,
    #[serde(alias = "release_assets", alias = "releaseAssets")]
    pub assets: Field<Many<Asset<'a>>>,
    pub reactions: Field<Reactions<'a>>,
    #[serde(rename = "reactions_data")]
    pub each_reaction: Field<Many<Reaction<'a>>>,
    #[serde(alias = "reactionGroups")]
    pub reaction_groups: Field<Many<Reaction<'a>>>,
    #[serde(alias = "upvoteCount")]
    pub upvote_count: Number,
    #[serde(alias = "isMinimized")]
    pub is_minimized: Field<bool>,
    #[serde(alias = "minimizedReason")]
    pub minimized_reason: Text<'a>,
    // How it stands.
    pub state: Field<State<'a>>,
    #[serde(alias = "stateReason")]
    pub state_reason: Text<'a>,
    #[serde(alias = "isDraft")]
    pub draft: Field<bool>,
    pub closed: Field<bool>,
    #[serde(alias = "closedAt")]
    pub closed_at: Text<'a>,
    #[serde(alias = "closedBy")]
    pub closed_by: Field<User<'a>>,
    pub merged: Field<bool>,
    #[serde(alias = "mergedAt")]
    pub merged_at: Text<'a>,
    #[serde(alias = "mergedBy")]
    pub merged_by: Field<User<'a>>,
    pub answer: Field<Box<Node<'a>>>,
    pub answer_html_url: Text<'a>,
    #[serde(alias = "answerChosenAt")]
    pub answer_chosen_at: Text<'a>,
    #[serde(alias = "answerChosenBy")]
    pub answer_chosen_by: Field<User<'a>>,
    // What a timeline tells.
    pub event: Text<'a>,
    pub actor: Field<User<'a>>,
    pub label: Field<Name<'a>>,
    pub label_name: Text<'a>,
    pub assignee: Field<User<'a>>,
    pub subject: Field<User<'a>>,
    pub milestone: Field<Name<'a>>,
    #[serde(alias = "milestoneTitle")]
    pub milestone_title: Text<'a>,
    pub rename: Field<Rename<'a>>,
    #[serde(alias = "currentTitle")]
    pub title_is: Text<'a>,
    #[serde(alias = "requestedReviewer")]
    pub requested_reviewer: Field<User<'a>>,
    pub requested_team: Field<Name<'a>>,
    pub source: Field<Box<Node<'a>>>,
    // What lies below it.
    pub comments: Field<Many<Box<Node<'a>>>>,
    #[serde(rename = "comments_data", alias = "comment_data")]
    pub comments_beside: Field<Many<Box<Node<'a>>>>,
    #[serde(rename = "comment_regular_data")]
    pub comments_regular: Field<Many<Box<Node<'a>>>>,
    pub replies: Field<Many<Box<Node<'a>>>>,
    #[serde(alias = "review_data", alias = "reviews_data")]
    pub reviews: Field<Many<Box<Node<'a>>>>,
    #[serde(alias = "reviewThreads")]
    pub review_threads: Field<Many<Box<Node<'a>>>>,
    #[serde(rename = "review_comments_data")]
    pub review_comments: Field<Many<Box<Node<'a>>>>,
    #[serde(alias = "timelineItems", alias = "event_data")]
    pub timeline: Field<Many<Box<Node<'a>>>>,
    // Only things that are no conversation have these.
    pub login: Text<'a>,
    #[serde(alias = "nameWithOwner")]
    pub full_name: Text<'a>,
    #[serde(alias = "starredAt")]
    pub starred_at: Text<'a>,
    pub sha: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Box<Node<'a>> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Node::deserialize(MapAccessDeserializer::new(object)).map(|node| Some(Box::new(node)))
    }
    fn text(text: Cow<'de, str>) -> Option<Self> {
        Some(Box::new(Node { url: Field::Is(text), ..Node::default() }))
    }
}

/// How something stands: a word, or in a migration archive's reviews a number.
#[derive(Debug)]
pub struct State<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Read<'de> for State<'a> {
    fn text(text: Cow<'de, str>) -> Option<Self> {
        Some(State(text))
    }
    fn number(number: i64) -> Option<Self> {
        let word = match number {
            0 => "pending",
            1 => "commented",
            30 => "changes_requested",
            40 => "approved",
            50 => "dismissed",
            _ => return None,
        };
        Some(State(Cow::Borrowed(word)))
    }
}

/// A file of a release.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub struct Asset<'a> {
    pub name: Text<'a>,
    pub asset_name: Text<'a>,
}

impl<'de: 'a, 'a> Read<'de> for Asset<'a> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Asset::deserialize(MapAccessDeserializer::new(object)).map(Some)
    }
}

impl Node<'_> {
    /// Its number in GitHub's database, if it tells.
    pub fn database(&self) -> Option<u64> {
        self.database_id.id().or_else(|| self.full_database_id.id()).or_else(|| self.id.id())
    }

    /// The addresses it gives for itself, the page first.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        [&self.html_url, &self.url].into_iter().filter_map(Field::text)
    }

    /// How it stands, in lower case; empty if it does not say.
    pub fn state(&self) -> String {
        self.state.get().map(|state| state.0.to_ascii_lowercase()).unwrap_or_default()
    }

    /// The fields that matter and are of a wrong type.
    pub fn wrong(&self) -> impl Iterator<Item = &'static str> {
        let checked = [
            ("title", self.title == Field::Wrong),
            ("body", self.body == Field::Wrong),
            ("user", matches!(self.user, Field::Wrong)),
            ("created_at", self.created_at == Field::Wrong),
            ("labels", matches!(self.labels, Field::Wrong)),
            ("number", self.number == Field::Wrong),
        ];
        checked.into_iter().filter(|(_, wrong)| *wrong).map(|(name, _)| name)
    }
}
