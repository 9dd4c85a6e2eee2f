//! Users, channels and messages to rows.

use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Message};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::Told;
use super::config::ExportOptions;
use super::export::user_name;
use crate::json::{self, Fields};
use crate::slack::SITE;
use crate::slack::event::{Subtype, subtype};
use crate::slack::mrkdwn::{mentioned, to_text};

/// Slack's own account, which is not marked as a bot.
const SLACKBOT: &str = "USLACKBOT";

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = ExportOptions::read(context)?;
    let source = context.source.clone();
    let url = options.url.map(|url| url.trim_end_matches('/').to_owned());
    Ok(Box::new(move |item, rows| {
        json::Reading::object(&source, item, rows, |reading, value, fields| {
            let mut reading = Reading { url: url.as_deref(), reading };
            match item.kind.as_str() {
                "user" => reading.user(value, fields),
                "channel" => reading.channel(fields),
                "message" => reading.message(fields),
                kind => reading.problem("unknown kind of item", kind),
            }
        });
    }))
}

struct Reading<'r, 'a> {
    url: Option<&'r str>,
    reading: &'r mut json::Reading<'a, Told>,
}

/// A message that is being read: where and when it was said.
struct Said {
    /// Its time as Slack writes it, which is its id within the channel.
    ts: String,
    id: Id,
    time: Option<i64>,
}

impl Reading<'_, '_> {
    fn problem(&mut self, what: &str, detail: &str) {
        self.reading.problem(what, detail);
    }

    fn told(&self) -> &Told {
        &self.reading.origin.more
    }

    fn user(&mut self, value: &Value, fields: &Fields<'_>) {
        let Some(id) = fields.text("id") else { return self.problem("has no id", "user") };
        let email = fields.object("profile").and_then(|profile| profile.text("email"));
        let updated = fields.time("updated");
        let team = fields.text("team_id").or(fields.object("profile").and_then(|profile| profile.text("team")));
        let who = self.identity(
            id,
            Identity {
                name: user_name(value).map(str::to_owned),
                email: email.filter(|email| email.contains('@')).map(str::to_lowercase),
                account: team.map(|team| format!("{SITE}/{team}/{id}").to_lowercase()),
                bot: fields.yes("is_bot"),
                ..blank()
            },
        );
        for (field, detail) in [
            ("deleted", "account deactivated"),
            ("is_restricted", "guest"),
            ("is_ultra_restricted", "guest of one channel"),
        ] {
            if fields.yes(field) {
                let id = Id::activity(self.reading.source, &format!("{}/{field}", self.reading.item.id));
                self.reading.rows.activities.push(Activity {
                    who: Some(who),
                    time: updated,
                    detail: Some(detail.to_owned()),
                    ..Activity::new(id, ActivityKind::Other, "")
                });
            }
        }
    }

    fn channel(&mut self, fields: &Fields<'_>) {
        let Some(name) = fields.text("name").or(fields.text("id")) else {
            return self.problem("has no id", "channel");
        };
        let told = |field| fields.object(field).and_then(|told| told.text("value"));
        let title = told("topic").or(told("purpose")).map(|title| to_text(title, &self.told().names));
        self.reading.rows.channels.push(Channel { name: name.to_owned(), kind: "chat".to_owned(), title });
        let Some(created) = fields.time("created") else { return };
        let who = fields.text("creator").map(|who| self.identity(who, blank()));
        self.reading.rows.activities.push(Activity {
            who,
            time: Some(created),
            detail: Some("channel made".to_owned()),
            ..Activity::new(Id::activity(self.reading.source, &self.reading.item.id), ActivityKind::Other, name)
        });
    }

    fn message(&mut self, fields: &Fields<'_>) {
        let Some(said) = self.said(fields) else { return self.problem("date cannot be", "ts") };
        if self.reading.rows.channels.last().is_none_or(|last| last.name != self.told().channel) {
            let (name, kind) = (self.told().channel.clone(), "chat".to_owned());
            self.reading.rows.channels.push(Channel { name, kind, title: None });
        }
        let who = self.author(fields, said.time);
        let name = fields.text("subtype").unwrap_or_default();
        match subtype(name) {
            Subtype::Message => self.post(fields, &said, who),
            Subtype::Activity(kind, field) => {
                let text = fields.text(field).filter(|_| !field.is_empty()).or(fields.text("text"));
                let text = text.map(|text| to_text(text, &self.told().names));
                let detail = if kind == ActivityKind::Other { Some(name.replace('_', " ")) } else { None };
                let detail = detail.into_iter().chain(text).collect::<Vec<_>>().join(": ");
                self.activity(kind, "", &said, who, None, text::lead(&detail, 200));
            }
            Subtype::Changed => self.changed(fields, &said, who),
            Subtype::Deleted => {
                let object = fields.text("deleted_ts").map(|ts| self.message_id(ts));
                self.activity(ActivityKind::Deleted, "", &said, who, object, String::new());
            }
            Subtype::Tombstone => {
                let object = Some(said.id);
                self.activity(ActivityKind::Deleted, "", &said, None, object, String::new());
            }
            Subtype::Unknown => {
                self.problem("unknown subtype", name);
                self.post(fields, &said, who);
            }
        }
    }

    /// An event that holds the message as it is now.
    fn changed(&mut self, fields: &Fields<'_>, event: &Said, who: Option<Id>) {
        let Some(now) = fields.object("message") else { return self.problem("has no message", "message_changed") };
        let Some(said) = self.said(&now) else { return self.problem("date cannot be", "ts") };
        let author = self.author(&now, said.time);
        self.post(&now, &said, author);
        self.activity(ActivityKind::Edited, "", event, who.or(author), Some(said.id), String::new());
    }

    fn post(&mut self, fields: &Fields<'_>, said: &Said, author: Option<Id>) {
        let thread = fields.text("thread_ts");
        let parent = thread.filter(|thread| *thread != said.ts).map(|thread| self.message_id(thread));
        let text = fields.text("text").unwrap_or_default();
        let mut body = to_text(text, &self.told().names);
        // What bots say often stands in attachments only.
        if body.trim().is_empty() {
            let shown = fields.objects("attachments").filter_map(|shown| shown.text("text").or(shown.text("fallback")));
            body = shown.map(|text| to_text(text, &self.told().names)).collect::<Vec<_>>().join("\n");
        }
        let files = fields.objects("files").map(|file| {
            let name = file.text("name").or(file.text("title"));
            name.unwrap_or("a file that the export does not name").to_owned()
        });
        let link = |url: &str| format!("{url}/archives/{}/p{}", self.told().channel_id, said.ts.replace('.', ""));
        let message = Message {
            author,
            time: said.time,
            order: said.time.unwrap_or_default(),
            parents: parent.into_iter().collect(),
            threaded: parent.is_some(),
            attachments: files.collect(),
            mentions: mentioned(text).map(str::to_owned).collect(),
            url: self.url.filter(|_| !self.told().channel_id.is_empty()).map(link),
            ..Message::new(said.id, self.native(&said.ts), &self.told().channel, body)
        };
        self.reading.rows.messages.push(message);
        if let Some(edited) = fields.object("edited") {
            let who = edited.text("user").map(|user| self.identity(user, blank()));
            let at = Said { ts: said.ts.clone(), id: said.id, time: edited.time("ts").or(said.time) };
            self.activity(ActivityKind::Edited, "/edited", &at, who, Some(said.id), String::new());
        }
        for reaction in fields.objects("reactions") {
            let emoji = reaction.text("name").unwrap_or("unknown");
            for user in reaction.list("users").filter_map(Value::as_str) {
                let who = self.identity(user, blank());
                let part = format!("/reacted/{emoji}/{user}");
                self.activity(ActivityKind::Reacted, &part, said, Some(who), Some(said.id), format!(":{emoji}:"));
            }
        }
    }

    /// Adds an activity; `part` tells several of one item apart.
    fn activity(
        &mut self,
        kind: ActivityKind,
        part: &str,
        said: &Said,
        who: Option<Id>,
        object: Option<Id>,
        detail: String,
    ) {
        self.reading.rows.activities.push(Activity {
            who,
            time: said.time,
            order: said.time.unwrap_or_default(),
            object: object.map(|id| id.to_string()),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(
                Id::activity(self.reading.source, &format!("{}{part}", self.reading.item.id)),
                kind,
                &self.told().channel,
            )
        });
    }

    /// `None` if there is no time, which in Slack is the id as well.
    fn said(&mut self, fields: &Fields<'_>) -> Option<Said> {
        let time = fields.time("ts")?;
        // A number is the same as its text, and both as the item's id have it.
        let written = fields.text("ts").or(self.reading.item.id.rsplit_once('/').map(|(_, ts)| ts));
        let ts = written?.to_owned();
        Some(Said { id: self.message_id(&ts), ts, time: Some(time) })
    }

    fn native(&self, ts: &str) -> String {
        let place = if self.told().channel_id.is_empty() { &self.told().channel } else { &self.told().channel_id };
        format!("{place}/{ts}")
    }

    fn message_id(&self, ts: &str) -> Id {
        Id::message(self.space(), &self.native(ts))
    }

    /// What a channel's id and a time together are unique in: channels of two workspaces could only be
    /// mixed up if both had the same id and a message in the same microsecond. Names are the source's own.
    fn space(&self) -> &str {
        if self.told().channel_id.is_empty() { self.reading.source } else { SITE }
    }

    fn author(&mut self, fields: &Fields<'_>, seen: Option<i64>) -> Option<Id> {
        let profile = fields.object("user_profile");
        let bot = fields.text("bot_id");
        let name = profile.as_ref().and_then(|profile| profile.text("display_name").or(profile.text("real_name")));
        let (id, name) = match fields.text("user") {
            Some(user) => (user, name),
            None => (bot?, fields.text("username").or(name)),
        };
        let name = name.map(str::to_owned);
        Some(self.identity(id, Identity { name, bot: bot.is_some(), seen, ..blank() }))
    }

    /// Pushes a sighting of the account `id` and gives its id.
    fn identity(&mut self, id: &str, seen: Identity) -> Id {
        let value = id.to_lowercase();
        let bot = seen.bot || id == SLACKBOT;
        let id = Id::identity(self.reading.source, &value);
        self.reading.rows.identities.push(Identity { id, value, bot, ..seen });
        id
    }
}

/// An account of which nothing is known yet.
fn blank() -> Identity {
    Identity {
        id: Id::identity("", ""),
        kind: IdentityKind::Account,
        value: String::new(),
        name: None,
        email: None,
        account: None,
        bot: false,
        seen: None,
    }
}
