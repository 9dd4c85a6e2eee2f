//! Events to rows.

use model::time::{SECOND, is_plausible};
use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Message, Timestamp};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::Told;
use super::config::ExportOptions;
use super::state::{Change, change};
use super::text::{attachment, poll, text};
use crate::json::{self, Fields};

/// What event ids are unique in, and where accounts are: all servers together.
const SITE: &str = "matrix";
/// Nothing here was written after 2100; told apart from wrong clocks.
const LATEST: Timestamp = 4_102_444_800 * SECOND;
/// Who may remove people and messages, unless a room says otherwise ("m.room.power_levels").
const MODERATOR: i64 = 50;
/// Most reactions of one emoji by people whom the export does not list.
const MOST_UNLISTED: i64 = 1_000;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    ExportOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        if item.kind == "room" {
            let name = json::Origin::<Told>::read(item).more.channel;
            let topic: Option<String> = serde_json::from_slice(&item.bytes).unwrap_or_default();
            let title = topic.filter(|topic| !topic.is_empty());
            return rows.channels.push(Channel { name, kind: "chat".to_owned(), title });
        }
        json::Reading::object(&source, item, rows, |reading, value, fields| {
            let mut reading = Reading { reading };
            match item.kind.as_str() {
                "event" => reading.event(value, fields),
                kind => reading.reading.problem("unknown kind of item", kind),
            }
        });
    }))
}

struct Reading<'r, 'a> {
    reading: &'r mut json::Reading<'a, Told>,
}

/// An event that is being read.
struct Said {
    native: String,
    id: Id,
    time: Option<i64>,
    sender: Option<Id>,
}

impl Reading<'_, '_> {
    fn told(&self) -> &Told {
        &self.reading.origin.more
    }

    fn event(&mut self, value: &Value, fields: &Fields<'_>) {
        let Some(native) = fields.text("event_id") else { return self.reading.problem("has no id", "event") };
        let topic = fields.object("content").filter(|_| fields.text("type") == Some("m.room.topic"));
        let topic = topic.and_then(|content| content.text("topic").map(str::to_owned));
        if topic.is_some() || self.reading.rows.channels.last().is_none_or(|last| last.name != self.told().channel) {
            let name = self.told().channel.clone();
            self.reading.rows.channels.push(Channel { name, kind: "chat".to_owned(), title: topic });
        }
        let time = time(fields);
        let said = Said {
            native: native.to_owned(),
            id: Id::message(SITE, native),
            time,
            sender: fields.text("sender").map(|sender| self.account(sender, None, time)),
        };
        let unsigned = fields.object("unsigned");
        if let Some(redaction) = unsigned.as_ref().and_then(|unsigned| unsigned.object("redacted_because")) {
            return self.redaction(&redaction, Some(said.id), time);
        }
        let Some(content) = fields.object("content") else {
            return self.other(&said, fields.text("type").unwrap_or("event without a type"), "");
        };
        let kind = fields.text("type").unwrap_or_default();
        match kind {
            "m.room.message" => self.message(value, fields, &content, &said),
            "m.sticker" => {
                let body = format!(":{}:", content.text("body").unwrap_or_default());
                self.post(value, &content, fields, &said, body);
            }
            "m.poll.start" | "org.matrix.msc3381.poll.start" => {
                let body = poll(&content).unwrap_or_default();
                self.post(value, &content, fields, &said, body);
            }
            "m.reaction" => {
                let relation = content.object("m.relates_to");
                let target = relation.as_ref().and_then(|relation| relation.text("event_id"));
                let emoji = relation.as_ref().and_then(|relation| relation.text("key")).unwrap_or("unknown");
                let object = target.map(|target| Id::message(SITE, target));
                self.activity(ActivityKind::Reacted, "", &said, said.sender, object, emoji);
            }
            "m.room.redaction" => self.redaction(fields, None, time),
            "m.room.member" => self.member(fields, &content, unsigned.as_ref(), &said),
            "m.room.power_levels" => {
                self.other(&said, "power levels", "");
                self.powers(value, &said);
            }
            "m.room.topic" => {
                let topic = content.text("topic").unwrap_or_default();
                self.activity(ActivityKind::SetTopic, "", &said, said.sender, None, topic);
            }
            "m.room.name" => self.other(&said, "room named", content.text("name").unwrap_or_default()),
            "m.room.pinned_events" => self.other(&said, "pinned messages", ""),
            "m.room.create" => self.other(&said, "room made", ""),
            "m.room.tombstone" => self.other(&said, "room moved", content.text("body").unwrap_or_default()),
            "m.room.encrypted" => self.other(&said, "encrypted message", ""),
            kind => self.other(&said, kind, ""),
        }
    }

    fn message(&mut self, value: &Value, fields: &Fields<'_>, content: &Fields<'_>, said: &Said) {
        let relation = content.object("m.relates_to");
        let replaces = relation.as_ref().filter(|relation| relation.text("rel_type") == Some("m.replace"));
        if let Some(target) = replaces.and_then(|relation| relation.text("event_id")) {
            // The message itself was given this text when it was kept, or is in another file.
            let object = Some(Id::message(SITE, target));
            return self.activity(ActivityKind::Edited, "", said, said.sender, object, "");
        }
        match content.text("msgtype") {
            Some("m.bad.encrypted") => return self.other(said, "encrypted message", ""),
            Some("m.key.verification.request") => return self.other(said, "asked to verify a device", ""),
            // A redaction takes all of it.
            None if value["content"].as_object().is_some_and(|content| content.is_empty()) => {
                return self.activity(ActivityKind::Deleted, "", said, None, Some(said.id), "");
            }
            _ => {}
        }
        // A server may bundle the latest edit with the message.
        let edit = &value["unsigned"]["m.relations"]["m.replace"];
        let newer = edit["content"]["m.new_content"]["body"].as_str().filter(|_| edit["sender"] == value["sender"]);
        let own = self.told().newer.clone();
        let body = own.as_deref().or(newer).or(content.text("body")).unwrap_or_default();
        let answers = relation.is_some_and(|relation| relation.object("m.in_reply_to").is_some());
        let body = text(content, body, answers);
        self.post(value, content, fields, said, body);
        if let Some(native) = edit["event_id"].as_str() {
            let time = edit["origin_server_ts"].as_i64().and_then(milliseconds).or(said.time);
            // The edit's own id: where its event is here too, it is the same activity.
            let at = Said { native: native.to_owned(), time, ..*said };
            self.activity(ActivityKind::Edited, "", &at, said.sender, Some(said.id), "");
        }
    }

    fn post(&mut self, value: &Value, content: &Fields<'_>, fields: &Fields<'_>, said: &Said, body: String) {
        let relation = content.object("m.relates_to");
        let thread = relation.as_ref().filter(|relation| relation.text("rel_type") == Some("m.thread"));
        let root = thread.and_then(|thread| thread.text("event_id"));
        let only_for_old = thread.is_some_and(|thread| thread.yes("is_falling_back"));
        let reply = relation.as_ref().filter(|_| !only_for_old).and_then(|relation| relation.object("m.in_reply_to"));
        let reply = reply.as_ref().and_then(|reply| reply.text("event_id"));
        let mut parents: Vec<Id> = [reply, root].into_iter().flatten().map(|id| Id::message(SITE, id)).collect();
        parents.dedup();
        let mentions = content.object("m.mentions");
        let mentions = mentions.iter().flat_map(|mentions| mentions.list("user_ids")).filter_map(Value::as_str);
        let notice = content.text("msgtype") == Some("m.notice");
        let room = fields.text("room_id");
        let message = Message {
            author: said.sender,
            time: said.time,
            order: said.time.unwrap_or_default(),
            threaded: !parents.is_empty(),
            parents,
            attachments: attachment(content).into_iter().collect(),
            tags: if notice { vec!["notice".to_owned()] } else { Vec::new() },
            mentions: mentions.map(str::to_lowercase).collect(),
            url: room.map(|room| format!("https://matrix.to/#/{room}/{}", said.native)),
            ..Message::new(said.id, &said.native, &self.told().channel, body)
        };
        self.reading.rows.messages.push(message);
        let bundled = &value["unsigned"]["m.relations"]["m.annotation"]["chunk"];
        let element = self.told().element;
        for reaction in bundled.as_array().into_iter().flatten().filter(|_| element) {
            let emoji = reaction["key"].as_str().unwrap_or("unknown");
            let count = reaction["count"].as_i64().unwrap_or_default();
            if count > MOST_UNLISTED {
                self.reading.problem("more reactions than are kept", &count.to_string());
            }
            for number in 1..=count.min(MOST_UNLISTED) {
                let part = format!("/reacted/{emoji}/unlisted {number}");
                self.activity(ActivityKind::Reacted, &part, said, None, Some(said.id), emoji);
            }
        }
    }

    /// A deletion: `target` is known where it stands in what it deleted.
    fn redaction(&mut self, event: &Fields<'_>, target: Option<Id>, deleted: Option<i64>) {
        let content = event.object("content");
        let redacts = event.text("redacts").or(content.as_ref().and_then(|content| content.text("redacts")));
        let object = target.or(redacts.map(|redacts| Id::message(SITE, redacts)));
        let time = time(event).or(deleted);
        let native = event.text("event_id").unwrap_or(&self.reading.item.id).to_owned();
        let who = event.text("sender").map(|sender| self.account(sender, None, time));
        let said = Said { id: Id::message(SITE, &native), native, time, sender: who };
        let reason = content.as_ref().and_then(|content| content.text("reason")).unwrap_or_default();
        self.activity(ActivityKind::Deleted, "", &said, who, object, reason);
    }

    fn member(&mut self, fields: &Fields<'_>, content: &Fields<'_>, unsigned: Option<&Fields<'_>>, said: &Said) {
        let Some(user) = fields.text("state_key") else { return self.other(said, "m.room.member", "") };
        let name = content.text("displayname");
        let who = Some(self.account(user, name, said.time));
        let before = unsigned.and_then(|unsigned| unsigned.object("prev_content")).or(fields.object("prev_content"));
        let own = fields.text("sender") == Some(user);
        match change(content, before.as_ref(), own, name.unwrap_or(user)) {
            Change::Own(kind, detail) => self.activity(kind, "", said, who, None, &detail),
            Change::Done(kind, detail) => self.activity(kind, "", said, said.sender, None, &detail),
            Change::Removed(how) => {
                let reason = content.text("reason").map(|reason| format!(": {reason}")).unwrap_or_default();
                self.activity(ActivityKind::Kicked, "", said, who, None, &format!("{how}{reason}"));
                let what = format!("{how} {}", name.unwrap_or(user));
                self.activity(ActivityKind::Moderated, "/by", said, said.sender, None, &what);
            }
        }
    }

    /// Who became a moderator or administrator.
    fn powers(&mut self, value: &Value, said: &Said) {
        let before = [&value["unsigned"]["prev_content"], &value["prev_content"]];
        let had = |user: &str| before.iter().find_map(|content| content["users"][user].as_i64()).unwrap_or_default();
        for (user, level) in value["content"]["users"].as_object().into_iter().flatten() {
            let level = level.as_i64().unwrap_or_default();
            if level >= MODERATOR && had(user) != level {
                let role = if level >= 100 { "administrator" } else { "moderator" };
                let who = Some(self.account(user, None, None));
                self.activity(ActivityKind::Awarded, &format!("/{user}"), said, who, None, role);
            }
        }
    }

    fn other(&mut self, said: &Said, what: &str, more: &str) {
        let detail = if more.is_empty() { what.to_owned() } else { format!("{what}: {more}") };
        self.activity(ActivityKind::Other, "", said, said.sender, None, &detail);
    }

    /// Adds an activity; `part` tells several of one event apart.
    fn activity(
        &mut self,
        kind: ActivityKind,
        part: &str,
        said: &Said,
        who: Option<Id>,
        object: Option<Id>,
        detail: &str,
    ) {
        let channel = self.told().channel.clone();
        let detail = ::text::lead(detail, 200);
        self.reading.rows.activities.push(Activity {
            who,
            time: said.time,
            order: said.time.unwrap_or_default(),
            object: object.map(|id| id.to_string()),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(Id::activity(SITE, &format!("{}{part}", said.native)), kind, channel)
        });
    }

    /// Pushes a sighting of an account and gives its id.
    fn account(&mut self, user: &str, name: Option<&str>, seen: Option<i64>) -> Id {
        let value = user.to_lowercase();
        let identity = Identity {
            name: name.map(str::to_owned),
            account: Some(format!("{SITE}/{value}")),
            seen,
            ..Identity::new(self.reading.source, IdentityKind::Account, value)
        };
        let id = identity.id;
        self.reading.rows.identities.push(identity);
        id
    }
}

fn time(event: &Fields<'_>) -> Option<i64> {
    event.number("origin_server_ts").and_then(milliseconds)
}

fn milliseconds(time: i64) -> Option<i64> {
    time.checked_mul(1_000).filter(|time| is_plausible(*time, LATEST))
}
