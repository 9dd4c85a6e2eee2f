//! Posts, their replies and what was done to them.

use std::collections::HashSet;

use model::{Activity, ActivityKind, Id, Message};
use serde_json::Value;

use super::collect::{digest, members, when};
use super::event::{PostType, post_type};
use super::mentions::mentioned;
use super::normalize::{Reading, later};
use crate::json::Fields;

/// The longest detail of an activity, in characters.
const LONGEST: usize = 200;

/// A post or a reply that is being read.
struct Said<'a> {
    id: Id,
    native: String,
    channel: &'a str,
    time: Option<i64>,
    order: i64,
    parent: Option<Id>,
    who: Option<Id>,
}

impl Reading<'_, '_> {
    /// A post and all its replies. `value` is the same as `post`.
    pub fn post(&mut self, post: &Fields<'_>, value: &Value) {
        let channel = match (post.text("team"), post.text("channel")) {
            (Some(team), Some(channel)) => format!("{team}/{channel}"),
            _ => format!("direct/{}", members(&value["channel_members"], &Value::Null)),
        };
        let item_id = &self.reading.item.id;
        let native = item_id.strip_prefix("post/").unwrap_or(item_id).to_owned();
        let id = self.message_id(&native);
        self.said(
            post,
            Said { id, native: native.clone(), channel: &channel, time: None, order: 0, parent: None, who: None },
        );
        let mut known = HashSet::new();
        let replies = value["replies"].as_array().into_iter().flatten().filter(|reply| reply.is_object());
        for ((order, reply), value) in (1..).zip(post.objects("replies")).zip(replies) {
            let mut native = format!("{native}#{}", when(value));
            if !known.insert(native.clone()) {
                native = format!("{native}/{}", digest(value));
            }
            let (parent, who) = (Some(id), None);
            let id = self.message_id(&native);
            self.said(&reply, Said { id, native, channel: &channel, time: None, order, parent, who });
        }
    }

    fn message_id(&self, native: &str) -> Id {
        Id::message(self.space(), native)
    }

    fn said(&mut self, post: &Fields<'_>, mut said: Said<'_>) {
        said.time = post.time("create_at");
        said.who = self.writer(post, said.time);
        let name = post.text("type").unwrap_or_default();
        match post_type(name) {
            PostType::Message => self.message(post, &said),
            PostType::Activity(kind, whom, field) => self.event(post, &said, kind, (name, whom, field)),
            PostType::Unknown => {
                self.reading.problem("unknown type of system post", name);
                self.event(post, &said, ActivityKind::Other, (name, "", ""));
            }
        }
        self.around(post, &said);
    }

    fn message(&mut self, post: &Fields<'_>, said: &Said<'_>) {
        let mut body = post.text("message").unwrap_or_default().to_owned();
        // What bots say often stands in attachments only.
        if body.trim().is_empty() {
            let shown =
                post.object("props").into_iter().flat_map(|props| props.objects("attachments").collect::<Vec<_>>());
            body = shown.filter_map(|shown| attachment(&shown)).collect::<Vec<_>>().join("\n");
        }
        let files = post.objects("attachments").filter_map(|file| {
            let path = file.text("path")?;
            path.rsplit('/').next().map(str::to_owned)
        });
        let message = Message {
            author: said.who,
            time: said.time,
            order: said.order,
            parents: said.parent.into_iter().collect(),
            threaded: said.parent.is_some(),
            attachments: files.collect(),
            mentions: mentioned(&body).collect(),
            ..Message::new(said.id, said.native.as_str(), said.channel, body)
        };
        self.reading.rows.messages.push(message);
    }

    /// A system post; `name` is its type, and `whom` and `field` name properties.
    fn event(
        &mut self,
        post: &Fields<'_>,
        said: &Said<'_>,
        kind: ActivityKind,
        (name, whom, field): (&str, &'static str, &'static str),
    ) {
        let props = post.object("props");
        let prop = |name: &'static str| props.as_ref().filter(|_| !name.is_empty())?.text(name);
        let who = prop(whom).map(|whom| self.identity(whom, |_| {})).or(said.who);
        let text = prop(field).or(post.text("message")).unwrap_or_default();
        let detail = match kind {
            ActivityKind::Other => format!("{}: {text}", name.trim_start_matches("system_").replace('_', " ")),
            _ => text.to_owned(),
        };
        self.done(kind, "", said, who).detail = Some(text::lead(&detail, LONGEST)).filter(|detail| !detail.is_empty());
    }

    /// What was done to a post.
    fn around(&mut self, post: &Fields<'_>, said: &Said<'_>) {
        let object = Some(said.id.to_string());
        if let Some(time) = post.time("edit_at").filter(later) {
            let edited = self.done(ActivityKind::Edited, "edited", said, said.who);
            (edited.object, edited.time) = (object.clone(), Some(time));
        }
        if post.yes("is_pinned") {
            let pinned = self.done(ActivityKind::Other, "pinned", said, None);
            (pinned.object, pinned.time, pinned.detail) = (object.clone(), None, Some("pinned".to_owned()));
        }
        for name in post.list("flagged_by").filter_map(Value::as_str) {
            let who = self.identity(name, |_| {});
            let saved = self.done(ActivityKind::Bookmarked, &format!("bookmarked/{name}"), said, Some(who));
            (saved.object, saved.time) = (object.clone(), None);
        }
        for reaction in post.objects("reactions") {
            let (emoji, time) = (reaction.text("emoji_name").unwrap_or("unknown"), reaction.time("create_at"));
            let name = reaction.text("user");
            let who = name.map(|name| self.identity(name, |_| {}));
            let part = format!("reacted/{emoji}/{}", name.unwrap_or_default());
            let reacted = self.done(ActivityKind::Reacted, &part, said, who);
            (reacted.object, reacted.time, reacted.detail) = (object.clone(), time, Some(format!(":{emoji}:")));
        }
    }

    /// Pushes an activity at the time and place of a post; `part` tells several of one post apart.
    fn done(&mut self, kind: ActivityKind, part: &str, said: &Said<'_>, who: Option<Id>) -> &mut Activity {
        let done = self.told(&format!("{}/{part}", said.native), kind, who, said.channel, None);
        (done.time, done.order) = (said.time, said.order);
        done
    }

    /// Who wrote a post. What a webhook posts is not said by whoever made the webhook.
    fn writer(&mut self, post: &Fields<'_>, seen: Option<i64>) -> Option<Id> {
        let user = post.text("user")?;
        let props = post.object("props");
        let yes = |name| props.as_ref().is_some_and(|props| props.text(name) == Some("true"));
        if props.is_none() || !yes("from_webhook") {
            let bot = props.is_some() && yes("from_bot");
            return Some(self.identity(user, |identity| (identity.bot, identity.seen) = (bot, seen)));
        }
        let shown = |name| props.as_ref().and_then(|props| props.text(name));
        let name = shown("override_username").or(shown("webhook_display_name")).unwrap_or(user);
        Some(self.identity(&format!("webhook:{name}"), |identity| {
            (identity.bot, identity.seen, identity.name, identity.account) = (true, seen, Some(name.to_owned()), None);
        }))
    }
}

/// The text of an attachment as integrations make them ("Message attachments", developers.mattermost.com).
fn attachment(shown: &Fields<'_>) -> Option<String> {
    let text = [shown.text("pretext"), shown.text("title"), shown.text("text")].into_iter().flatten();
    let text = text.collect::<Vec<_>>().join("\n");
    Some(text).filter(|text| !text.is_empty()).or_else(|| shown.text("fallback").map(str::to_owned))
}
