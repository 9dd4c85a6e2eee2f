//! The chats of an export: which one a message is of, and what it is called.

use std::collections::BTreeMap;

use serde_json::Value;

use super::config::is_public;

/// What stands before a chat's messages, in this order: name (none for saved messages), type, id.
#[derive(Debug, Default, Clone)]
pub struct Chat {
    /// Its id without what older versions added; empty before it was read.
    pub id: String,
    /// Its name; empty if it has none.
    pub name: String,
    /// Its type, as `public_supergroup`.
    pub kind: String,
    /// Titles of a forum's topics by the message that made each.
    topics: BTreeMap<i64, String>,
    /// The topic of each message that is in one.
    topic_of: BTreeMap<i64, i64>,
}

impl Chat {
    /// Takes a name, type or id. One that comes after the id is of the next chat.
    pub fn head(&mut self, field: &str, value: &Value) {
        if !self.id.is_empty() {
            *self = Chat::default();
        }
        match field {
            "name" => self.name = value.as_str().unwrap_or_default().to_owned(),
            "type" => self.kind = value.as_str().unwrap_or_default().to_owned(),
            _ => self.id = number(value).map(|id| self.bare(id).to_string()).unwrap_or_default(),
        }
    }

    /// Versions before 2021 put the kind of a peer into the bits above the 32nd: 1 for small groups, 2 for
    /// channels and supergroups, whose own ids are far below.
    fn bare(&self, id: i64) -> i64 {
        let packed = (is_public(&self.kind) && id >> 32 == 2) || (self.kind == "private_group" && id >> 32 == 1);
        if packed { id & 0xffff_ffff } else { id }
    }

    /// The title of the topic that a message is in: it answers the message that made the topic, or another
    /// in it. Messages come in order.
    pub fn topic(&mut self, message: &Value) -> &str {
        let (Some(id), Some(message)) = (number(&message["id"]), message.as_object()) else { return "" };
        if message.get("action").is_some_and(|action| action == "topic_created") {
            let title = message.get("title").and_then(Value::as_str).unwrap_or_default();
            self.topics.insert(id, title.to_owned());
            return "";
        }
        let elsewhere = message.contains_key("reply_to_peer_id");
        let parent = message.get("reply_to_message_id").and_then(number).filter(|_| !elsewhere);
        let Some(parent) = parent.filter(|_| !self.topics.is_empty()) else { return "" };
        let topic = if self.topics.contains_key(&parent) { Some(parent) } else { self.topic_of.get(&parent).copied() };
        let Some(topic) = topic else { return "" };
        self.topic_of.insert(id, topic);
        self.topics.get(&topic).map_or("", String::as_str)
    }

    /// Whether a message of this id made a topic.
    pub fn is_topic(&self, message: i64) -> bool {
        self.topics.contains_key(&message)
    }
}

/// A number, also one that stands in a text.
pub fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// How the chats of a file are called: by name, and one of a name that another has, by its id as well.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The name of a chat.
    pub fn of(&mut self, chat: &Chat) -> String {
        let name = match (chat.name.as_str(), chat.kind.as_str()) {
            ("", "") => format!("chat {}", chat.id),
            ("", kind) => kind.replace('_', " "),
            (name, _) => name.to_owned(),
        };
        let first = self.0.entry(name.clone()).or_insert_with(|| chat.id.clone());
        if *first == chat.id { name } else { format!("{name} ({})", chat.id) }
    }
}
