//! Topics: what a post itself does not tell.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Categories;
use crate::json::Fields;

/// What is known of a topic. All of it goes with its first post, and what replies need with those.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Topic {
    /// Its number.
    pub id: i64,
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its title as addresses have it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub slug: String,
    /// The number of its category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<i64>,
    /// The channel that its category is; empty while nobody knows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Nobody may answer any more.
    #[serde(skip_serializing_if = "is_no")]
    pub closed: bool,
    /// Nothing of it may change any more.
    #[serde(skip_serializing_if = "is_no")]
    pub archived: bool,
    /// Not listed: read by those who have its address.
    #[serde(skip_serializing_if = "is_no")]
    pub unlisted: bool,
    /// A private message to some people.
    #[serde(skip_serializing_if = "is_no")]
    pub private: bool,
    /// An answer was accepted.
    #[serde(skip_serializing_if = "is_no")]
    pub solved: bool,
    /// The number of the post that was accepted as the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<i64>,
    /// Who accepted it, where the site shows that.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accepter: String,
    /// How often it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub views: Option<i64>,
    /// Likes of all its posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<i64>,
}

fn is_no(yes: &bool) -> bool {
    !yes
}

impl Topic {
    /// Reads a topic as the site, a list of topics or an export writes it; `None` without a number.
    pub fn read(fields: &Fields<'_>) -> Option<Topic> {
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        let answer = fields.object("accepted_answer");
        let accepted = answer.as_ref().and_then(|answer| answer.number("post_number"));
        Some(Topic {
            id: fields.number("id")?,
            title: text("title"),
            slug: text("slug"),
            category: fields.number("category_id"),
            channel: String::new(),
            tags: fields.list("tags").filter_map(tag).collect(),
            closed: fields.yes("closed"),
            archived: fields.yes("archived"),
            // Only a clear no hides it: exports do not say.
            unlisted: fields.no("visible"),
            private: fields.text("archetype") == Some("private_message"),
            solved: accepted.is_some() || fields.yes("has_accepted_answer"),
            accepted,
            accepter: answer.and_then(|answer| answer.text("accepter_username").map(str::to_owned)).unwrap_or_default(),
            views: fields.number("views"),
            likes: fields.number("like_count"),
        })
    }

    /// A topic of which only this much is known.
    pub fn numbered(id: i64) -> Topic {
        Topic { id, ..Topic::default() }
    }

    /// Takes from `other` what this one does not know.
    pub fn fill(&mut self, other: &Topic) {
        let fill = |own: &mut String, other: &String| {
            if own.is_empty() {
                own.clone_from(other);
            }
        };
        fill(&mut self.title, &other.title);
        fill(&mut self.slug, &other.slug);
        fill(&mut self.accepter, &other.accepter);
        if self.tags.is_empty() {
            self.tags.clone_from(&other.tags);
        }
        self.category = self.category.or(other.category);
        self.accepted = self.accepted.or(other.accepted);
        self.views = self.views.or(other.views);
        self.likes = self.likes.or(other.likes);
        self.closed |= other.closed;
        self.archived |= other.archived;
        self.unlisted |= other.unlisted;
        self.private |= other.private;
        self.solved |= other.solved;
    }

    /// Names its channel.
    pub fn place(&mut self, categories: &Categories) {
        self.channel = match self.category {
            Some(id) => categories.channel(id),
            None => String::new(),
        };
    }

    /// What a post of this number needs.
    pub fn of_post(&self, number: i64) -> Topic {
        if number <= 1 {
            return self.clone();
        }
        let accepter = if self.accepted == Some(number) { self.accepter.clone() } else { String::new() };
        let (slug, channel) = (self.slug.clone(), self.channel.clone());
        Topic { id: self.id, slug, channel, private: self.private, accepter, ..Topic::default() }
    }
}

/// Tags are names, objects with a name since 2026.
fn tag(value: &Value) -> Option<String> {
    let name = value.as_str().or_else(|| value["name"].as_str()).filter(|name| !name.is_empty());
    name.map(str::to_owned)
}
