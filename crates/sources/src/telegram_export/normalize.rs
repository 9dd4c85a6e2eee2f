//! Chats and messages to rows.

use std::borrow::Cow;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::time::{SECOND, is_plausible};
use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Item, Message, Timestamp};
use serde_json::Value;
use source::{Context, Normalizer, OptionsError};

use super::collect::{Told, mended};
use super::config::{ExportOptions, is_public};
use super::text::{attachments, mentioned, quoted, shown, to_text};
use crate::json::{self, Fields};

/// Where ids of accounts, supergroups and channels are unique.
const SITE: &str = "telegram.org";
/// Most reactions of one emoji by people whom the export does not list.
const MOST_UNLISTED: i64 = 1_000;
/// Nothing here was written after 2100; told apart from wrong dates.
const LATEST: Timestamp = 4_102_444_800 * SECOND;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let (_, zone) = ExportOptions::with_zone(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        let whole;
        let item = match mended(&item.bytes) {
            Cow::Borrowed(_) => item,
            Cow::Owned(bytes) => {
                whole = Item { bytes, ..item.clone() };
                &whole
            }
        };
        if item.kind == "chat" {
            let told = json::Origin::<Told>::read(item).more;
            return rows.channels.push(Channel { name: told.channel, kind: "chat".to_owned(), title: None });
        }
        json::Reading::object(&source, item, rows, |reading, value, fields| {
            let mut reading = Reading { reading, zone: zone.as_ref() };
            match item.kind.as_str() {
                "message" => reading.message(value, fields),
                kind => reading.reading.problem("unknown kind of item", kind),
            }
        });
    }))
}

struct Reading<'r, 'a> {
    reading: &'r mut json::Reading<'a, Told>,
    zone: Option<&'r TimeZone>,
}

/// A message that is being read.
struct Said {
    /// Its number in the chat.
    number: i64,
    id: Id,
    time: Option<i64>,
    guess: Option<i64>,
    author: Option<Id>,
}

impl Reading<'_, '_> {
    fn told(&self) -> &Told {
        &self.reading.origin.more
    }

    fn message(&mut self, value: &Value, fields: &Fields<'_>) {
        let Some(number) = fields.number("id") else { return self.reading.problem("has no id", "message") };
        if self.reading.rows.channels.last().is_none_or(|last| last.name != self.told().channel) {
            let name = self.told().channel.clone();
            self.reading.rows.channels.push(Channel { name, kind: "chat".to_owned(), title: None });
        }
        let (time, guess) = self.time(fields, "date", "date_unixtime");
        let seen = time.or(guess);
        let kind = fields.text("type").unwrap_or_default();
        let author = match kind {
            "service" => self.account(fields.id("actor_id"), fields.text("actor"), seen),
            _ => self.writer(fields, seen),
        };
        let said = Said { number, id: self.message_id(number), time, guess, author };
        match kind {
            "message" => self.post(value, fields, &said),
            "service" => self.service(value, fields, &said),
            "unsupported" => self.reading.problem("kind of message that the export does not hold", ""),
            _ => {
                self.reading.problem("unknown type of message", kind);
                self.post(value, fields, &said);
            }
        }
    }

    fn post(&mut self, value: &Value, fields: &Fields<'_>, said: &Said) {
        let text = if value["text"].is_null() { &value["text_entities"] } else { &value["text"] };
        let mut body = to_text(text);
        if body.trim().is_empty() {
            body = shown(fields).unwrap_or_default();
        }
        // What a channel forwards to its own group it says itself.
        let forwarded = value.get("forwarded_from").map(|from| from.as_str().unwrap_or("Somebody"));
        if let Some(from) = forwarded.filter(|from| fields.text("from") != Some(from) && !body.is_empty()) {
            body = format!("{from} wrote:\n{}", quoted(&body));
        }
        let told = self.told();
        let parent = fields.number("reply_to_message_id").filter(|_| !told.opens);
        let parent = parent.map(|parent| match fields.text("reply_to_peer_id").map(bare) {
            Some(chat) => Id::message(SITE, &format!("{chat}/{parent}")),
            None => self.message_id(parent),
        });
        let linked = is_public(&told.kind) && said.number > 0;
        let message = Message {
            author: said.author,
            time: said.time,
            time_guess: said.guess,
            order: said.number,
            parents: parent.into_iter().collect(),
            threaded: parent.is_some(),
            attachments: attachments(fields),
            mentions: mentioned(text),
            url: linked.then(|| format!("https://t.me/c/{}/{}", told.chat, said.number)),
            ..Message::new(said.id, self.native(said.number), &told.channel, body)
        };
        self.reading.rows.messages.push(message);
        let reactions = || fields.objects("reactions");
        if let (Some(time), _) | (None, Some(time)) = self.time(fields, "edited", "edited_unixtime") {
            // Telegram Desktop writes the time of a reaction there too (tdesktop issue 30647).
            let (kind, what) = match reactions().next() {
                None => (ActivityKind::Edited, String::new()),
                Some(_) => (ActivityKind::Other, "edited, or only reacted to".to_owned()),
            };
            let at = Said { time: Some(time), ..*said };
            self.activity(kind, "/edited", &at, said.author, Some(said.id), what);
        }
        let ahead = ahead(fields);
        reactions().for_each(|reaction| self.reaction(&reaction, ahead, said));
    }

    /// `ahead` is by how much local times are ahead of UTC, if the message tells.
    fn reaction(&mut self, reaction: &Fields<'_>, ahead: Option<i64>, said: &Said) {
        let emoji = reaction.text("emoji").unwrap_or(match reaction.text("type") {
            Some("paid") => "⭐",
            _ => ":custom emoji:",
        });
        let which = reaction.text("document_id").unwrap_or(emoji);
        let mut listed = 0;
        for recent in reaction.objects("recent") {
            listed += 1;
            let local = recent.text("date").and_then(|date| date.parse::<DateTime>().ok());
            let known = match (self.zone, ahead) {
                (Some(zone), _) => local.and_then(|local| in_zone(local, zone)),
                (None, Some(ahead)) => local.and_then(|local| in_zone(local, &TimeZone::UTC)).map(|time| time - ahead),
                (None, None) => None,
            };
            let who = self.account(recent.id("from_id"), recent.text("from"), None);
            let part = format!("/reacted/{which}/{}", recent.id("from_id").unwrap_or_default());
            let at = Said { time: known.or(said.time), ..*said };
            self.activity(ActivityKind::Reacted, &part, &at, who, Some(said.id), emoji.to_owned());
        }
        let unlisted = reaction.number("count").unwrap_or_default().saturating_sub(listed);
        if unlisted > MOST_UNLISTED {
            self.reading.problem("more reactions than are kept", &unlisted.to_string());
        }
        for number in 1..=unlisted.min(MOST_UNLISTED) {
            let part = format!("/reacted/{which}/unlisted {number}");
            self.activity(ActivityKind::Reacted, &part, said, None, Some(said.id), emoji.to_owned());
        }
    }

    fn service(&mut self, value: &Value, fields: &Fields<'_>, said: &Said) {
        let action = fields.text("action").unwrap_or_default();
        match action {
            "invite_members" => return self.members(fields, said, ActivityKind::Joined),
            "remove_members" => return self.members(fields, said, ActivityKind::Kicked),
            "join_group_by_link" | "join_group_by_request" => {
                return self.activity(ActivityKind::Joined, "", said, said.author, None, String::new());
            }
            _ => {}
        }
        let object = ["message_id", "game_message_id", "invoice_message_id"].into_iter();
        let object = object.filter_map(|name| fields.number(name)).next().map(|number| self.message_id(number));
        let texts = ["title", "new_title", "information_text", "members"].map(|name| match &value[name] {
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            one => one.as_str().unwrap_or_default().to_owned(),
        });
        let parts = std::iter::once(action.replace('_', " ")).chain(texts).filter(|part| !part.is_empty());
        let detail = ::text::lead(&parts.collect::<Vec<_>>().join(": "), 200);
        self.activity(ActivityKind::Other, "", said, said.author, object, detail);
    }

    /// Who came or went. The export names them, but tells no account except the one who did it.
    fn members(&mut self, fields: &Fields<'_>, said: &Said, kind: ActivityKind) {
        for (place, member) in fields.list("members").enumerate() {
            let own = member.as_str().is_some_and(|name| fields.text("actor") == Some(name));
            let kind = if own && kind == ActivityKind::Kicked { ActivityKind::Left } else { kind };
            let who = said.author.filter(|_| own);
            let name = member.as_str().filter(|_| !own).unwrap_or_default();
            self.activity(kind, &format!("/member {place}"), said, who, None, name.to_owned());
        }
    }

    /// Adds an activity; `part` tells several of one message apart.
    fn activity(
        &mut self,
        kind: ActivityKind,
        part: &str,
        said: &Said,
        who: Option<Id>,
        object: Option<Id>,
        detail: String,
    ) {
        let channel = self.told().channel.clone();
        let id = Id::activity(self.space(said.number), &format!("{}{part}", self.native(said.number)));
        self.reading.rows.activities.push(Activity {
            who,
            time: said.time.or(said.guess),
            order: said.number,
            object: object.map(|id| id.to_string()),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(id, kind, channel)
        });
    }

    /// Who wrote a message. A channel's posts may be signed: with a name only.
    fn writer(&mut self, fields: &Fields<'_>, seen: Option<i64>) -> Option<Id> {
        let signed = fields.text("author").filter(|_| self.told().kind.ends_with("_channel"));
        let Some(name) = signed else { return self.account(fields.id("from_id"), fields.text("from"), seen) };
        let identity = Identity {
            name: Some(name.to_owned()),
            seen,
            ..Identity::new(
                self.reading.source,
                IdentityKind::Name,
                format!("{}/{}", self.told().chat, name.to_lowercase()),
            )
        };
        let id = identity.id;
        self.reading.rows.identities.push(identity);
        Some(id)
    }

    /// Pushes a sighting of an account and gives its id. Accounts that were deleted have no name.
    fn account(&mut self, id: Option<String>, name: Option<&str>, seen: Option<i64>) -> Option<Id> {
        let value = peer(&id?);
        let identity = Identity {
            name: name.map(str::to_owned),
            account: Some(format!("{SITE}/{value}")),
            seen,
            ..Identity::new(self.reading.source, IdentityKind::Account, value)
        };
        let id = identity.id;
        self.reading.rows.identities.push(identity);
        Some(id)
    }

    fn native(&self, number: i64) -> String {
        format!("{}/{number}", self.told().chat)
    }

    fn message_id(&self, number: i64) -> Id {
        Id::message(self.space(number), &self.native(number))
    }

    /// What a message's number is unique in. In supergroups and channels all see the same; elsewhere, and in
    /// what a supergroup was before it became one (numbers below zero), each account counts for itself.
    fn space(&self, number: i64) -> &str {
        if is_public(&self.told().kind) && number > 0 { SITE } else { self.reading.source }
    }

    /// When; else what a local time in a place that nobody knows may mean.
    fn time(&self, fields: &Fields<'_>, local: &'static str, unix: &'static str) -> (Option<i64>, Option<i64>) {
        let sound = |time: &i64| is_plausible(*time, LATEST) && *time > 0;
        let time = fields.number(unix).and_then(|seconds| seconds.checked_mul(SECOND)).filter(sound);
        if time.is_some() {
            return (time, None);
        }
        let Some(local) = fields.text(local).and_then(|date| date.parse::<DateTime>().ok()) else {
            return (None, None);
        };
        match self.zone {
            Some(zone) => (in_zone(local, zone).filter(sound), None),
            None => (None, in_zone(local, &TimeZone::UTC).filter(sound)),
        }
    }
}

fn in_zone(local: DateTime, zone: &TimeZone) -> Option<i64> {
    zone.to_ambiguous_timestamp(local).compatible().ok().map(|time| time.as_microsecond())
}

/// By how many microseconds the local times of a message are ahead of UTC.
fn ahead(fields: &Fields<'_>) -> Option<i64> {
    let local = fields.text("date").and_then(|date| date.parse::<DateTime>().ok())?;
    let ahead = in_zone(local, &TimeZone::UTC)?.checked_sub(fields.number("date_unixtime")?.checked_mul(SECOND)?)?;
    // No zone is further than 14 hours from UTC.
    (ahead.abs() <= 14 * 3_600 * SECOND).then_some(ahead)
}

/// `user1`, `chat1`, `channel1`. Versions before 2021 wrote a number with the kind above its 32nd bit.
fn peer(id: &str) -> String {
    match id.parse::<i64>() {
        Ok(number) if number >> 32 == 1 => format!("chat{}", number & 0xffff_ffff),
        Ok(number) if number >> 32 == 2 => format!("channel{}", number & 0xffff_ffff),
        Ok(number) => format!("user{number}"),
        Err(_) => id.to_lowercase(),
    }
}

fn bare(peer: &str) -> &str {
    peer.trim_start_matches(|letter: char| letter.is_ascii_alphabetic())
}
