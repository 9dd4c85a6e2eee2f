//! Messages: what they say, what they answer, and how they were changed.

use model::{ActivityKind, Id, Message};
use serde_json::Value;

use super::markdown::{self, Text};
use super::narrow;
use super::normalize::Reading;
use super::topic::{Topic, is_resolved, plain};
use crate::json::Fields;

/// What a resolved topic's opening message says of how it ended.
const SOLVED: &str = "solved";

impl Reading<'_, '_> {
    /// A message. `value` is the same as `fields`.
    pub fn message(&mut self, fields: &Fields<'_>, value: &Value) {
        let Some(number) = value["id"].as_i64() else { return self.reading.problem("has no id", "message") };
        let time = fields.time("date_sent").or_else(|| fields.time("pub_date"));
        let author = value["sender"].as_i64().map(|sender| self.identity(sender, |seen| seen.seen = time));
        let subject = fields.text("subject").unwrap_or_default();
        let content = fields.text("content").unwrap_or_default();
        let Text { body, mentions, files } = markdown::read(content, &self.place().names);
        let topic = self.place().channel_id.and_then(|channel| Topic::of(channel, subject));
        let opens = topic.is_some() && self.place().first.is_none();
        let id = self.message_id(number);
        let message = Message {
            author,
            time,
            order: number,
            parents: topic.as_ref().map(|topic| self.parents(id, topic, content)).unwrap_or_default(),
            threaded: topic.is_some(),
            subject: topic.is_some().then(|| plain(subject).to_owned()),
            attachments: files,
            mentions,
            closed: (opens && is_resolved(subject)).then(|| SOLVED.to_owned()),
            url: self.url(subject, number),
            ..Message::new(id, number.to_string(), self.place().channel.as_str(), body)
        };
        self.reading.rows.messages.push(message);
        self.history(value, (id, author), opens);
    }

    /// The message that is quoted, if it is of the same topic, and the topic's first one.
    fn parents(&self, id: Id, topic: &Topic, content: &str) -> Vec<Id> {
        // The first message is what the others answer, whatever it quotes.
        let Some(first) = self.place().first else { return Vec::new() };
        let quoted = markdown::quoted(content).filter(|quoted| {
            self.place().channel_id == Some(quoted.channel)
                && Topic::of(quoted.channel, &quoted.topic).as_ref() == Some(topic)
        });
        let mut parents: Vec<Id> = quoted.into_iter().map(|quoted| self.message_id(quoted.message)).collect();
        parents.push(self.message_id(first));
        parents.dedup();
        parents.retain(|parent| *parent != id);
        parents
    }

    fn url(&self, subject: &str, number: i64) -> Option<String> {
        let ((site, _), channel) = (self.site?, self.place().channel_id?);
        Some(format!("{site}/{}", narrow::link(channel, &self.place().channel, subject, number)))
    }

    /// How a message was changed. What was done to a whole topic is told of its first message only.
    fn history(&mut self, value: &Value, (message, author): (Id, Option<Id>), opens: bool) {
        let parsed = match &value["edit_history"] {
            Value::Null => return,
            Value::String(text) if text.is_empty() => return,
            // The database keeps it as text.
            Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
            other => other.clone(),
        };
        let Value::Array(edits) = parsed else { return self.reading.problem("edit history cannot be read", "") };
        for edit in edits {
            let wrong = Default::default();
            let Some(fields) = Fields::of(&edit, &wrong) else { continue };
            let time = fields.time("timestamp");
            let who = edit["user_id"].as_i64().map(|user| self.identity(user, |_| {}));
            let before = edit["prev_topic"].as_str().or(edit["prev_subject"].as_str());
            let after = edit["topic"].as_str();
            // The latest edit comes first, so that its place changes with every later one; its time does not.
            let part = |what: &str| format!("{what}/{}", edit["timestamp"]);
            let mut done = Vec::new();
            if !edit["prev_content"].is_null() {
                done.push((part("edited"), ActivityKind::Edited, who.or(author), None));
            }
            if let Some(before) = before.filter(|_| opens) {
                let (kind, detail) = match after.map(|after| (is_resolved(before), is_resolved(after))) {
                    Some((false, true)) => (ActivityKind::Closed, None),
                    Some((true, false)) => (ActivityKind::Reopened, None),
                    _ => (ActivityKind::Other, Some(format!("topic was: {}", text::lead(plain(before), 200)))),
                };
                done.push((part("topic"), kind, who, detail));
            }
            if opens && !edit["prev_stream"].is_null() {
                let detail = format!("moved from channel {}", edit["prev_stream"]);
                done.push((part("channel"), ActivityKind::Other, who, Some(detail)));
            }
            for (part, kind, who, detail) in done {
                let activity = self.done(&part, kind, who, detail);
                (activity.time, activity.object) = (time, Some(message.to_string()));
            }
        }
    }
}
