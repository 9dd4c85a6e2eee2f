//! Chats that need no more than a page each: Gitter, IRC logs of Supybot, Mattermost, Rocket.Chat, Telegram, Zulip.

use model::{ActivityKind, Id, Identity, IdentityKind, Message};
use serde_json::Value;

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};

/// A message of a room of Gitter.
pub fn gitter(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(id) = data.text("id") else { return scribe.problem("has no id", "message") };
    let room = scribe.channel.clone();
    scribe.place(&room, "chat", None);
    let time = data.time("sent");
    let user = data.at("fromUser");
    let known = Known { name: user.text("displayName"), seen: time, ..Known::default() };
    let author = user.text("username").map(|login| scribe.account(login, known));
    let mentions = data.each("mentions").filter_map(|one| one.text("screenName")).map(|name| account(scribe, name));
    let said = Message { author, mentions: mentions.collect(), ..scribe.message(id, text(data, "text"), time) };
    say(scribe, said, data.text("parentId"));
}

/// A line of an IRC log: what somebody said, or what the server told.
pub fn supybot(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let room = scribe.channel.clone();
    scribe.place(&room, "chat", None);
    let time = data.time("timestamp");
    let nick = data.text("nick").unwrap_or_default();
    let value = nick.to_lowercase();
    let name = Some(nick.to_owned());
    let who = Identity { name, seen: time, ..Identity::new(scribe.source, IdentityKind::Nick, value) };
    let who = (!nick.is_empty()).then(|| scribe.push(who));
    let body = data.text("body").unwrap_or_default();
    if data.text("type") != Some("server") {
        let said = Message { author: who, ..scribe.message(scribe.uuid, body, time) };
        return say(scribe, said, None);
    }
    let (kind, detail) = match body {
        body if body.contains("has joined") => (ActivityKind::Joined, ""),
        body if body.contains("has left") || body.contains("has quit") => (ActivityKind::Left, ""),
        body if body.contains("kicked") => (ActivityKind::Kicked, ""),
        body => match body.split_once("is now known as ") {
            Some((_, nick)) => (ActivityKind::Renamed, nick.trim()),
            None => (ActivityKind::Other, "told by the server"),
        },
    };
    let key = scribe.uuid.to_owned();
    scribe.did(kind, Deed { key, who, time, detail: detail.to_owned(), ..Deed::default() });
}

/// A post of Mattermost, with `user_data` and `channel_data`.
pub fn mattermost(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(id) = data.text("id") else { return scribe.problem("has no id", "post") };
    let name = data.text("channel_data.name").or(data.text("channel_id")).unwrap_or_default().to_owned();
    scribe.place(&name, "chat", data.text("channel_data.display_name"));
    let time = data.time("create_at");
    let user = data.at("user_data");
    let both = [user.text("first_name"), user.text("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = user.text("nickname").or(Some(both.as_str()).filter(|name| !name.is_empty()));
    let bot = user.yes("is_bot") || data.text("props.from_webhook") == Some("true");
    let known = Known { name, email: user.text("email"), bot, seen: time };
    let author = user.text("username").or(data.text("user_id")).map(|login| scribe.account(login, known));
    let kind = match data.text("type").unwrap_or_default() {
        "system_join_channel" | "system_add_to_channel" | "system_join_team" => Some(ActivityKind::Joined),
        "system_leave_channel" | "system_remove_from_channel" | "system_leave_team" => Some(ActivityKind::Left),
        "system_header_change" | "system_purpose_change" => Some(ActivityKind::SetTopic),
        other => other.starts_with("system_").then_some(ActivityKind::Other),
    };
    if let Some(kind) = kind {
        let detail = data.text("type").filter(|_| kind == ActivityKind::Other).unwrap_or_default().replace('_', " ");
        return scribe.did(kind, Deed { key: id.to_owned(), who: author, time, detail, ..Deed::default() });
    }
    let files = data.each("metadata.files").filter_map(|one| one.text("name").map(str::to_owned)).collect();
    let said = Message { author, attachments: files, ..scribe.message(id, text(data, "message"), time) };
    say(scribe, said, data.text("root_id"));
}

/// A message of Rocket.Chat, with `channel_info`.
pub fn rocketchat(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(id) = data.text("_id") else { return scribe.problem("has no id", "message") };
    let name = data.text("channel_info.name").or(data.text("rid")).unwrap_or_default().to_owned();
    scribe.place(&name, "chat", data.text("channel_info.topic"));
    let dated = if data.at("ts.$date").is_there() { data.time("ts.$date") } else { data.time("ts") };
    let known = Known { name: data.text("u.name"), seen: dated, ..Known::default() };
    let author = data.text("u.username").map(|login| scribe.account(login, known));
    let kind = match data.text("t") {
        None => None,
        Some("uj" | "au" | "ujt") => Some(ActivityKind::Joined),
        Some("ul" | "ru" | "ult") => Some(ActivityKind::Left),
        Some("room_changed_topic" | "room_changed_description") => Some(ActivityKind::SetTopic),
        Some(_) => Some(ActivityKind::Other),
    };
    if let Some(kind) = kind {
        let detail = data.text("t").filter(|_| kind == ActivityKind::Other).unwrap_or_default().replace('_', " ");
        return scribe.did(kind, Deed { key: id.to_owned(), who: author, time: dated, detail, ..Deed::default() });
    }
    let mentions = data.each("mentions").filter_map(|one| one.text("username")).map(|name| account(scribe, name));
    let mentions = mentions.collect();
    let files = data.text("file.name").map(str::to_owned).into_iter().collect();
    let said = Message { author, mentions, attachments: files, ..scribe.message(id, text(data, "msg"), dated) };
    let object = Some(said.id);
    say(scribe, said, data.text("tmid"));
    let Some(reactions) = data.at("reactions").value().as_object() else { return };
    for (emoji, by) in reactions {
        for user in by["usernames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let who = Some(scribe.account(user, Known::default()));
            let key = format!("{id}/reacted/{emoji}/{user}");
            scribe.did(ActivityKind::Reacted, Deed { key, who, time: dated, object, detail: emoji.clone() });
        }
    }
}

/// An update of Telegram's Bot API.
pub fn telegram(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let data = if data.at("message").is_there() { data.at("message") } else { data };
    let (Some(number), Some(chat)) = (data.key("message_id"), data.key("chat.id")) else {
        return scribe.problem("has no id", "message");
    };
    // The Bot API writes -100 before the number that exports and links have.
    let chat = chat.strip_prefix("-100").unwrap_or(&chat).to_owned();
    let public = matches!(data.text("chat.type"), Some("supergroup" | "channel"));
    scribe.site = if public { "telegram.org".to_owned() } else { scribe.source.to_owned() };
    let title = data.text("chat.title").or(data.text("chat.username")).unwrap_or(&chat).to_owned();
    scribe.place(&title, "chat", None);
    let time = data.time("date");
    let user = data.at("from");
    let both = [user.text("first_name"), user.text("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let known = Known { name: Some(both.as_str()), bot: user.yes("is_bot"), seen: time, ..Known::default() };
    let author = user.key("id").map(|id| scribe.account(&format!("user{id}"), known));
    let native = format!("{chat}/{number}");
    let kind = match () {
        () if data.at("new_chat_member").is_there() || data.at("new_chat_members").is_there() => ActivityKind::Joined,
        () if data.at("left_chat_member").is_there() => ActivityKind::Left,
        () if data.at("new_chat_title").is_there() => ActivityKind::SetTopic,
        () => {
            let files = data.text("document.file_name").map(str::to_owned).into_iter().collect();
            let body = data.text("text").or(data.text("caption")).unwrap_or_default();
            let said = Message { author, attachments: files, ..scribe.message(&native, body, time) };
            let parent = data.key("reply_to_message.message_id").map(|number| format!("{chat}/{number}"));
            return say(scribe, said, parent.as_deref());
        }
    };
    scribe.did(kind, Deed { key: native, who: author, time, ..Deed::default() });
}

/// A message of a stream of Zulip.
pub fn zulip(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(id) = data.key("id") else { return scribe.problem("has no id", "message") };
    let stream = data.at("display_recipient").value().as_str().unwrap_or("private").to_owned();
    scribe.place(&stream, "chat", None);
    let time = data.time("timestamp");
    let email = data.text("sender_email");
    let known = Known { name: data.text("sender_full_name"), email, seen: time, ..Known::default() };
    let author = data.key("sender_id").map(|id| scribe.account(&id, known));
    let topic = data.text("subject").or(data.text("topic"));
    let html = data.text("content_type").is_none_or(|kind| kind == "text/html");
    let content = data.text("content").unwrap_or_default();
    let body = if html { text::html_to_text(content) } else { content.to_owned() };
    let said = scribe.message(&id, body, time);
    let said = Message { author, subject: topic.map(str::to_owned), threaded: false, ..said };
    let object = Some(said.id);
    scribe.rows.messages.push(said);
    for one in data.each("reactions") {
        let emoji = one.text("emoji_name").unwrap_or("unknown");
        let Some(user) = one.key("user_id").or_else(|| one.key("user.id")) else { continue };
        let who = Some(scribe.account(&user, Known { name: one.text("user.full_name"), ..Known::default() }));
        let key = format!("{id}/reacted/{emoji}/{user}");
        scribe.did(ActivityKind::Reacted, Deed { key, who, time, object, detail: format!(":{emoji}:") });
    }
}

/// Adds a message; `parent` is the native id of what it answers.
fn say(scribe: &mut Scribe<'_>, message: Message, parent: Option<&str>) {
    let parents: Vec<Id> =
        parent.filter(|parent| !parent.is_empty()).map(|parent| scribe.id(parent)).into_iter().collect();
    scribe.rows.messages.push(Message { threaded: !parents.is_empty(), parents, ..message });
}

fn account(scribe: &Scribe<'_>, name: &str) -> String {
    format!("{}/{}", scribe.site, name.to_lowercase())
}

fn text(data: Data<'_>, name: &'static str) -> String {
    data.text(name).unwrap_or_default().to_owned()
}
