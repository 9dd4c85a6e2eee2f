//! Messages of Slack, with `channel_info` and `user_data` beside them.

use model::{ActivityKind, Id, Message};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};
use crate::slack::SITE;
use crate::slack::event::{Subtype, subtype};
use crate::slack::mrkdwn::{Names, mentioned, to_text};

/// A message of a channel.
pub fn message(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(ts) = data.key("ts") else { return scribe.problem("has no id", "message") };
    // `https://slack.com/C01234ABC`
    let id = data.text("channel_info.id").or(scribe.origin.rsplit('/').next()).unwrap_or_default().to_owned();
    scribe.site = SITE.to_owned();
    let title = data.text("channel_info.topic.value").or(data.text("channel_info.purpose.value"));
    scribe.place(data.text("channel_info.name").unwrap_or(&id), "chat", title);
    let time = data.time("ts");
    let who = writer(scribe, data, time);
    let native = format!("{id}/{ts}");
    let text = data.text("text").unwrap_or_default();
    let body = to_text(text, &Names::new());
    match subtype(data.text("subtype").unwrap_or_default()) {
        Subtype::Activity(kind, _) => {
            let detail = if kind == ActivityKind::Other { data.text("subtype").unwrap_or_default() } else { "" };
            scribe.did(kind, Deed { key: native, who, time, detail: detail.replace('_', " "), ..Deed::default() });
        }
        Subtype::Deleted | Subtype::Tombstone => {
            let object = Some(scribe.id(&native));
            scribe.did(ActivityKind::Deleted, Deed { key: native, who: None, time, object, ..Deed::default() });
        }
        Subtype::Message | Subtype::Changed | Subtype::Unknown => {
            let thread = data.key("thread_ts").filter(|thread| *thread != ts);
            let parent = thread.map(|thread| scribe.id(&format!("{id}/{thread}")));
            let files = data.each("files").filter_map(|one| one.text("name").map(str::to_owned)).collect();
            let message = Message {
                author: who,
                threaded: parent.is_some(),
                parents: parent.into_iter().collect(),
                attachments: files,
                mentions: mentioned(text).map(|user| format!("{SITE}/{}", user.to_lowercase())).collect(),
                ..scribe.message(&native, body, time)
            };
            let object = Some(message.id);
            scribe.rows.messages.push(message);
            reactions(scribe, data, &native, object, time);
        }
    }
}

fn reactions(scribe: &mut Scribe<'_>, data: Data<'_>, native: &str, object: Option<Id>, time: Option<i64>) {
    for one in data.each("reactions") {
        let emoji = one.text("name").unwrap_or("unknown");
        for user in one.texts("users") {
            let who = Some(scribe.account(&user, Known::default()));
            let key = format!("{native}/reacted/{emoji}/{user}");
            scribe.did(ActivityKind::Reacted, Deed { key, who, time, object, detail: format!(":{emoji}:") });
        }
    }
}

fn writer(scribe: &mut Scribe<'_>, data: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let user = data.at("user_data");
    let bot = data.text("bot_id");
    let id = data.text("user").or(data.text("comment.user")).or(bot)?;
    let names = [user.text("profile.display_name"), user.text("profile.real_name"), user.text("real_name")];
    let name = names.into_iter().flatten().next().or(user.text("name")).or(data.text("username"));
    let bot = user.yes("is_bot") || bot == Some(id);
    Some(scribe.account(id, Known { name, email: user.text("profile.email"), bot, seen }))
}
