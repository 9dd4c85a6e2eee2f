//! What the files tell of one another: the names of categories, topics and users, and where the forum is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use source::run::MAX_ITEM;

use crate::discourse::{Categories, Category, Person, Topic};
use crate::files::FoundFile;
use crate::json::{Fields, Found, Pieces};

/// What a whole topic says of itself, at the top of its file.
const OF_TOPIC: [&str; 13] = [
    "id",
    "title",
    "slug",
    "category_id",
    "archetype",
    "tags",
    "closed",
    "archived",
    "visible",
    "views",
    "like_count",
    "accepted_answer",
    "has_accepted_answer",
];
const LISTS: [&str; 8] = [
    "post_stream.posts[]",
    "topic_list.topics[]",
    "topics[]",
    "category_list.categories[]",
    "categories[]",
    "users[]",
    "latest_posts[]",
    "post_number",
];

/// What was learned.
#[derive(Debug, Default)]
pub struct Known {
    /// The categories.
    pub categories: Categories,
    /// The topics by number, with their channels.
    pub topics: BTreeMap<i64, Topic>,
    /// Who has which number.
    pub people: BTreeMap<i64, Person>,
    /// Where the forum is on the web, if a file tells; else empty.
    pub site: String,
}

/// What a file of JSON holds, as far as it matters for the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// An export of categories or topics: texts as they were typed, and little about them.
    Export,
    /// What the site serves.
    Served,
    /// A single post.
    Post,
}

impl Known {
    /// Learns from a file. What cannot be read is told when the file is read for its items.
    pub fn learn(&mut self, file: &FoundFile) -> Shape {
        let mut shape = Shape::Served;
        let Ok(reader) = file.open() else { return shape };
        let patterns: Vec<&'static str> = OF_TOPIC.iter().chain(&LISTS).copied().collect();
        let mut pieces = Pieces::new(reader, &patterns, MAX_ITEM);
        let (mut own, mut posts) = (Map::new(), 0);
        // A reader of a file never fails: it ends, and tells why.
        while let Ok(Some(Found { piece, .. })) = pieces.next_piece() {
            let Ok((pattern, bytes)) = piece else { continue };
            let Ok(value) = serde_json::from_slice::<Value>(bytes) else { continue };
            match patterns.get(pattern).copied() {
                Some("post_stream.posts[]") => {
                    posts += 1;
                    self.look_for_site(&value);
                }
                Some("latest_posts[]") => self.look_for_site(&value),
                Some("topic_list.topics[]") => self.topic(&value),
                Some("topics[]") => {
                    self.topic(&value);
                    if value["posts"].is_array() {
                        shape = Shape::Export;
                    }
                }
                Some("category_list.categories[]" | "categories[]") => self.category(&value),
                Some("users[]") => self.person(&value),
                Some("post_number") => shape = Shape::Post,
                Some(name) => _ = own.insert(name.to_owned(), value),
                None => {}
            }
        }
        if posts > 0 {
            self.topic(&Value::Object(own));
        }
        shape
    }

    /// Names the channels of the topics, once everything was learned.
    pub fn place(&mut self) {
        self.topics.values_mut().for_each(|topic| topic.place(&self.categories));
    }

    /// What is known of the topic of a post.
    pub fn topic_of(&self, post: &Value) -> Option<Topic> {
        let number = post["topic_id"].as_i64()?;
        Some(self.topics.get(&number).cloned().unwrap_or_else(|| {
            let mut topic = Topic { category: post["category_id"].as_i64(), ..Topic::numbered(number) };
            topic.place(&self.categories);
            topic
        }))
    }

    fn topic(&mut self, value: &Value) {
        let wrong = Default::default();
        let Some(topic) = Fields::of(value, &wrong).and_then(|fields| Topic::read(&fields)) else { return };
        let fuller = self.topics.entry(topic.id).or_insert_with(|| Topic::numbered(topic.id));
        fuller.fill(&topic);
    }

    fn category(&mut self, value: &Value) {
        let wrong = Default::default();
        if let Some(category) = Fields::of(value, &wrong).and_then(|fields| Category::read(&fields)) {
            self.categories.add(category);
        }
        value["subcategory_list"].as_array().into_iter().flatten().for_each(|inner| self.category(inner));
    }

    fn person(&mut self, value: &Value) {
        let (Some(id), Some(username)) = (value["id"].as_i64(), value["username"].as_str()) else { return };
        let name = value["name"].as_str().unwrap_or_default().to_owned();
        self.people.insert(id, Person { username: username.to_owned(), name });
        self.look_for_site(value);
    }

    /// A picture that a user uploaded has the site's name in its address: `/user_avatar/HOST/NAME/{size}/1.png`.
    fn look_for_site(&mut self, value: &Value) {
        if !self.site.is_empty() {
            return;
        }
        let picture = value["avatar_template"].as_str().unwrap_or_default();
        let host = picture.split_once("/user_avatar/").and_then(|(_, rest)| rest.split('/').next());
        if let Some(host) = host.filter(|host| host.contains('.')) {
            self.site = host.to_lowercase();
        }
    }
}
