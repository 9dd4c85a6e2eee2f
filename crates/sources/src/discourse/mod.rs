//! What Discourse's objects say, wherever they were kept: every source that meets posts, topics, users and
//! categories of a Discourse forum reads them here.
//!
//! The objects are those that a site serves as JSON (`app/serializers` of github.com/discourse/discourse)
//! and those of its exports (`lib/import_export`). A post is called `t/TOPIC/NUMBER`: that stands in its web
//! address, in the JSON and in the raw text, so the same post is one message in every form.

use model::{Id, Identity, IdentityKind};

mod action;
mod category;
mod cooked;
mod markup;
mod people;
mod post;
mod topic;

pub use category::{Categories, Category};
pub use people::{Person, user};
pub use post::Posts;
pub use topic::Topic;

/// One forum, as one source sees it.
#[derive(Debug, Clone, Default)]
pub struct Forum {
    source: String,
    /// Where it is on the web, without the slash at the end; empty if nobody knows.
    url: String,
    /// The address without its scheme, in lower case: what posts and accounts are unique in.
    host: String,
}

/// Accounts with this name or a number below zero are the software's own.
const BOTS: [&str; 2] = ["system", "discobot"];

impl Forum {
    /// The forum at `url` (`https://forum.example.org`, or without `https://`), which may be empty.
    pub fn new(source: &str, url: &str) -> Forum {
        let url = url.trim().trim_end_matches('/');
        let (scheme, place) = url.split_once("://").unwrap_or(("https", url));
        let url = if place.is_empty() { String::new() } else { format!("{scheme}://{place}") };
        Forum { source: source.to_owned(), url, host: place.to_lowercase() }
    }

    /// The name of its channel for topics whose category nobody knows.
    fn name(&self) -> &str {
        if self.host.is_empty() { &self.source } else { &self.host }
    }

    /// What native ids are unique in.
    fn space(&self) -> &str {
        self.name()
    }

    fn message(&self, topic: i64, number: i64) -> Id {
        Id::message(self.space(), &native(topic, number))
    }

    fn activity(&self, native: &str) -> Id {
        Id::activity(self.space(), native)
    }

    fn link(&self, topic: &Topic, number: i64) -> Option<String> {
        let slug = if topic.slug.is_empty() { "-" } else { &topic.slug };
        (!self.url.is_empty()).then(|| format!("{}/t/{slug}/{}/{number}", self.url, topic.id))
    }

    /// The account of this name; `number` is the one that users have in the JSON.
    fn account(&self, username: &str, number: Option<i64>) -> Identity {
        let value = username.to_lowercase();
        let account = (!self.host.is_empty()).then(|| format!("{}/{value}", self.host));
        let bot = number.is_some_and(|number| number < 0) || BOTS.contains(&value.as_str());
        Identity { account, bot, ..Identity::new(&self.source, IdentityKind::Account, value) }
    }
}

/// A post's native id.
fn native(topic: i64, number: i64) -> String {
    format!("t/{topic}/{number}")
}

/// A text, whom it mentions and the files that it names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Written {
    body: String,
    /// Names in lower case, as accounts are known by.
    mentions: Vec<String>,
    attachments: Vec<String>,
}

impl Written {
    fn mention(&mut self, name: &str) {
        add(&mut self.mentions, name.trim_start_matches('@').to_lowercase());
    }

    fn attach(&mut self, name: &str) {
        add(&mut self.attachments, name.trim().to_owned());
    }
}

/// More names than this in one post are not told.
const MOST_NAMES: usize = 1_000;

/// Adds what is not there yet.
fn add(list: &mut Vec<String>, name: String) {
    if !name.is_empty() && list.len() < MOST_NAMES && !list.contains(&name) {
        list.push(name);
    }
}
