//! Channels and messages to rows.

use std::collections::BTreeMap;

use model::time::{SECOND, is_plausible};
use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Message, Timestamp};
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::Told;
use super::config::ExportOptions;
use super::event::{Event, event};
use super::text::{attachments, body};
use crate::json::{self, Fields};

/// Where Discord's ids are unique.
const SITE: &str = "discord.com";
/// The account that stands for everyone who deleted theirs.
const DELETED: &str = "456226577798135808";
/// Most reactions of one emoji by people whom the export does not list.
const MOST_UNLISTED: i64 = 1_000;
/// Nothing here was written after 2100; told apart from wrong clocks.
const LATEST: Timestamp = 4_102_444_800 * SECOND;
/// The first millisecond of Discord's ids: 2015 ("Snowflakes", discord.com/developers/docs/reference).
const EPOCH: i64 = 1_420_070_400_000;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    ExportOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        json::Reading::object(&source, item, rows, |reading, _, fields| {
            let mut reading = Reading { reading };
            match item.kind.as_str() {
                "channel" => reading.channel(fields),
                "message" => reading.message(fields),
                kind => reading.reading.problem("unknown kind of item", kind),
            }
        });
    }))
}

struct Reading<'r, 'a> {
    reading: &'r mut json::Reading<'a, Told>,
}

/// A message that is being read.
struct Said {
    /// Discord's id.
    native: String,
    id: Id,
    time: Option<i64>,
    author: Option<Id>,
}

impl Reading<'_, '_> {
    fn told(&self) -> &Told {
        &self.reading.origin.more
    }

    fn channel(&mut self, fields: &Fields<'_>) {
        // A thread's topic is none of the channel that it is in.
        let title = fields.text("topic").filter(|_| !self.told().thread).map(str::to_owned);
        let name = self.told().channel.clone();
        self.reading.rows.channels.push(Channel { name, kind: "chat".to_owned(), title });
    }

    fn message(&mut self, fields: &Fields<'_>) {
        let Some(native) = fields.id("id") else { return self.reading.problem("has no id", "message") };
        if self.reading.rows.channels.last().is_none_or(|last| last.name != self.told().channel) {
            let name = self.told().channel.clone();
            self.reading.rows.channels.push(Channel { name, kind: "chat".to_owned(), title: None });
        }
        let time = time(fields, "timestamp").or_else(|| made(&native));
        let author = fields.object("author");
        let said = Said {
            id: Id::message(SITE, &native),
            native,
            time,
            author: author.as_ref().and_then(|author| self.account(author, time)),
        };
        if let Some(author) = author.filter(|_| self.told().first) {
            self.roles(&author, said.author);
        }
        let named = fields.id("type").unwrap_or_default();
        let about = fields.object("reference");
        let refers = |name| about.as_ref().and_then(|about| about.id(name)).map(|id| Id::message(SITE, &id));
        match event(&named) {
            Event::Message => self.post(fields, &said, None),
            Event::Reply => self.post(fields, &said, refers("messageId")),
            Event::Activity(kind, what, says) => {
                let more = fields.text("content").filter(|_| says);
                let parts = [Some(what).filter(|what| !what.is_empty()), more];
                let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
                self.activity(kind, "", &said, said.author, refers("messageId"), ::text::lead(&detail, 200));
            }
            Event::ThreadCreated => {
                let what = "thread begun".to_owned();
                self.activity(ActivityKind::Other, "", &said, said.author, refers("channelId"), what);
            }
            Event::Added => self.members(fields, &said, ActivityKind::Joined),
            Event::Removed => self.members(fields, &said, ActivityKind::Kicked),
            Event::Unknown => {
                self.reading.problem("unknown type of message", &named);
                self.post(fields, &said, None);
            }
        }
    }

    fn post(&mut self, fields: &Fields<'_>, said: &Said, answers: Option<Id>) {
        let (mut mentions, mut names) = (Vec::new(), BTreeMap::new());
        for user in fields.objects("mentions") {
            self.account(&user, None);
            let Some(id) = user.id("id") else { continue };
            names.extend(called(&user).map(|name| (id.clone(), name.to_owned())));
            mentions.push(id);
        }
        let told = self.told();
        let thread = Id::message(SITE, &told.channel_id);
        let opening = Some(thread).filter(|thread| told.thread && *thread != said.id && answers != Some(*thread));
        let parents: Vec<Id> = answers.into_iter().chain(opening).collect();
        let place = if told.guild == "0" { "@me" } else { &told.guild };
        let message = Message {
            author: said.author,
            time: said.time,
            order: order(said),
            // Who opens a thread opens a conversation, whatever was said just before.
            threaded: !parents.is_empty() || !told.title.is_empty(),
            parents,
            subject: Some(told.title.clone()).filter(|title| !title.is_empty()),
            attachments: attachments(fields),
            tags: if fields.yes("isPinned") { vec!["pinned".to_owned()] } else { Vec::new() },
            mentions,
            url: Some(format!("https://discord.com/channels/{place}/{}/{}", told.channel_id, said.native)),
            ..Message::new(said.id, &said.native, &told.channel, body(fields, &names))
        };
        self.reading.rows.messages.push(message);
        if let Some(time) = time(fields, "timestampEdited") {
            let at = Said { native: said.native.clone(), time: Some(time), ..*said };
            self.activity(ActivityKind::Edited, "/edited", &at, said.author, Some(said.id), String::new());
        }
        if let Some(command) = fields.object("interaction") {
            let who = command.object("user").and_then(|user| self.account(&user, said.time));
            let what = format!("command: /{}", command.text("name").unwrap_or_default());
            self.activity(ActivityKind::Other, "/command", said, who, Some(said.id), what);
        }
        fields.objects("reactions").for_each(|reaction| self.reaction(&reaction, said));
    }

    fn reaction(&mut self, reaction: &Fields<'_>, said: &Said) {
        let emoji = reaction.object("emoji");
        let name = emoji.as_ref().and_then(|emoji| emoji.text("name")).unwrap_or("unknown");
        let custom = emoji.as_ref().is_some_and(|emoji| emoji.id("id").is_some());
        let shown = if custom { format!(":{name}:") } else { name.to_owned() };
        let mut listed = 0;
        for user in reaction.objects("users") {
            listed += 1;
            let who = self.account(&user, None);
            let part = format!("/reacted/{shown}/{}", user.id("id").unwrap_or_default());
            self.activity(ActivityKind::Reacted, &part, said, who, Some(said.id), shown.clone());
        }
        let unlisted = reaction.number("count").unwrap_or_default().saturating_sub(listed);
        if unlisted > MOST_UNLISTED {
            self.reading.problem("more reactions than are kept", &unlisted.to_string());
        }
        for number in 1..=unlisted.min(MOST_UNLISTED) {
            let part = format!("/reacted/{shown}/unlisted {number}");
            self.activity(ActivityKind::Reacted, &part, said, None, Some(said.id), shown.clone());
        }
    }

    /// People who came to a thread or group, or went.
    fn members(&mut self, fields: &Fields<'_>, said: &Said, kind: ActivityKind) {
        for user in fields.objects("mentions") {
            let who = self.account(&user, None);
            let left = kind == ActivityKind::Kicked && who == said.author;
            let kind = if left { ActivityKind::Left } else { kind };
            let part = format!("/{}", user.id("id").unwrap_or_default());
            self.activity(kind, &part, said, who, None, String::new());
        }
    }

    fn roles(&mut self, author: &Fields<'_>, who: Option<Id>) {
        let (Some(who), Some(account)) = (who, author.id("id")) else { return };
        for role in author.objects("roles") {
            let (Some(id), Some(name)) = (role.id("id"), role.text("name")) else { continue };
            let native = format!("{}/{account}/role/{id}", self.told().guild);
            self.reading.rows.activities.push(Activity {
                who: Some(who),
                detail: Some(name.to_owned()),
                ..Activity::new(Id::activity(SITE, &native), ActivityKind::Awarded, "")
            });
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
        self.reading.rows.activities.push(Activity {
            who,
            time: said.time,
            order: order(said),
            object: object.map(|id| id.to_string()),
            detail: (!detail.is_empty()).then_some(detail),
            ..Activity::new(Id::activity(SITE, &format!("{}{part}", said.native)), kind, channel)
        });
    }

    /// Pushes a sighting of an account and gives its id; nobody for what stands for all that are deleted.
    fn account(&mut self, user: &Fields<'_>, seen: Option<i64>) -> Option<Id> {
        let id = user.id("id").filter(|id| id != DELETED)?.to_lowercase();
        let identity = Identity {
            name: called(user).map(str::to_owned),
            account: Some(format!("{SITE}/{id}")),
            bot: user.yes("isBot"),
            seen,
            ..Identity::new(self.reading.source, IdentityKind::Account, id)
        };
        let id = identity.id;
        self.reading.rows.identities.push(identity);
        Some(id)
    }
}

/// How somebody is called on the server, else everywhere.
fn called<'a>(user: &Fields<'a>) -> Option<&'a str> {
    user.text("nickname").or(user.text("name"))
}

fn order(said: &Said) -> i64 {
    said.native.parse().ok().or(said.time).unwrap_or_default()
}

fn time(fields: &Fields<'_>, name: &'static str) -> Option<i64> {
    fields.time(name).filter(|time| is_plausible(*time, LATEST))
}

/// When something was made, by its id. Ids of before Discord are none.
fn made(native: &str) -> Option<i64> {
    let id: i64 = native.parse().ok().filter(|id| *id >= 1 << 22)?;
    ((id >> 22) + EPOCH).checked_mul(1_000)
}
