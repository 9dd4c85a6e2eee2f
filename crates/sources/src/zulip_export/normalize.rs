//! People, channels and reactions to rows.

use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::{Place, Told};
use super::config::ExportOptions;
use super::export::SUBSCRIBED;
use crate::json::{self, Fields};

/// How an address begins that was made up for the export, where a user shows theirs to nobody.
const MADE_UP: &str = "exported-user-";

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = ExportOptions::read(context)?;
    let (source, site) = (context.source.clone(), options.site());
    Ok(Box::new(move |item, rows| {
        json::Reading::object(&source, item, rows, |reading, value, fields| {
            let site = site.as_ref().map(|(url, host)| (url.as_str(), host.as_str()));
            let mut reading = Reading { site, reading };
            match reading.reading.item.kind.as_str() {
                "user" => reading.user(fields, value),
                "channel" => reading.channel(fields, value),
                "subscription" => reading.subscription(value),
                "log" => reading.logged(fields, value),
                "emoji" => reading.emoji(fields, value),
                "reaction" => reading.reaction(fields, value),
                "message" => reading.message(fields, value),
                "realm" => {}
                kind => reading.reading.problem("unknown kind of item", kind),
            }
        });
    }))
}

/// An item that is being read.
pub struct Reading<'r, 'a> {
    /// The organization's address, and its host.
    pub site: Option<(&'r str, &'r str)>,
    /// The item and its rows.
    pub reading: &'r mut json::Reading<'a, Told>,
}

impl Reading<'_, '_> {
    /// Where the item belongs.
    pub fn place(&self) -> &Place {
        &self.reading.origin.more.revision
    }

    /// A message's id. Numbers of messages are unique on a server.
    pub fn message_id(&self, number: i64) -> Id {
        Id::message(self.site.map_or(self.reading.source, |(_, host)| host), &number.to_string())
    }

    fn user(&mut self, user: &Fields<'_>, value: &Value) {
        let Some(id) = value["id"].as_i64() else { return self.reading.problem("has no id", "user") };
        let email = user.text("delivery_email").or(user.text("email")).map(str::to_lowercase);
        let email = email.filter(|email| email.contains('@') && !email.starts_with(MADE_UP));
        let name = user.text("full_name").map(str::to_owned);
        // Zulip's own bots are given by number and address only.
        let bot = user.yes("is_bot") || name.is_none() && !value["recipient_id"].is_null();
        let who = self.identity(id, |seen| (seen.name, seen.email, seen.bot) = (name, email, bot));
        if let Some(joined) = user.time("date_joined") {
            self.done("joined", ActivityKind::Joined, Some(who), None).time = Some(joined);
        }
        let role = match value["role"].as_i64() {
            // `UserProfile.ROLE_TYPES` in Zulip's source.
            Some(100) => Some("organization owner"),
            Some(200) => Some("organization administrator"),
            Some(300) => Some("moderator"),
            Some(600) => Some("guest"),
            None if user.yes("is_realm_admin") => Some("organization administrator"),
            None if user.yes("is_guest") => Some("guest"),
            _ => None,
        };
        let ended = value["is_active"] == Value::Bool(false) && !user.yes("is_mirror_dummy");
        for detail in role.into_iter().chain(ended.then_some("account deactivated")) {
            self.done(detail, ActivityKind::Other, Some(who), Some(detail.to_owned()));
        }
    }

    fn channel(&mut self, channel: &Fields<'_>, value: &Value) {
        let Some(name) = channel.text("name") else { return self.reading.problem("has no name", "channel") };
        let kind = if channel.yes("invite_only") { "private chat" } else { "chat" }.to_owned();
        let title = channel.text("description").map(|title| text::lead(title, 300));
        self.reading.rows.channels.push(Channel { name: name.to_owned(), kind, title });
        let who = value["creator"].as_i64().map(|creator| self.identity(creator, |_| {}));
        if let Some(time) = channel.time("date_created") {
            let made = self.done("made", ActivityKind::Other, who, Some("channel made".to_owned()));
            (made.time, made.channel) = (Some(time), name.to_owned());
        }
        if channel.yes("deactivated") {
            self.done("archived", ActivityKind::Other, None, Some("channel archived".to_owned())).channel =
                name.to_owned();
        }
    }

    /// Somebody is in a channel, nobody knows since when.
    fn subscription(&mut self, value: &Value) {
        let who = value["user_profile"].as_i64().map(|user| self.identity(user, |_| {}));
        self.done("", ActivityKind::Joined, who, None);
    }

    fn logged(&mut self, log: &Fields<'_>, value: &Value) {
        let (user, by) = (value["modified_user"].as_i64(), value["acting_user"].as_i64());
        let joined = value["event_type"].as_i64().is_some_and(|event| SUBSCRIBED.contains(&event));
        let kind = match joined {
            true => ActivityKind::Joined,
            false if by.is_some() && by != user => ActivityKind::Kicked,
            false => ActivityKind::Left,
        };
        let who = user.map(|user| self.identity(user, |_| {}));
        let time = log.time("event_time");
        self.done("", kind, who, None).time = time;
    }

    fn emoji(&mut self, emoji: &Fields<'_>, value: &Value) {
        let who = value["author"].as_i64().map(|author| self.identity(author, |_| {}));
        let detail = format!("custom emoji :{}:", emoji.text("name").unwrap_or_default());
        self.done("", ActivityKind::Other, who, Some(detail));
    }

    fn reaction(&mut self, reaction: &Fields<'_>, value: &Value) {
        let who = value["user_profile"].as_i64().map(|user| self.identity(user, |_| {}));
        let object = value["message"].as_i64().map(|message| self.message_id(message).to_string());
        let (emoji, time) = (reaction.text("emoji_name").unwrap_or("unknown"), self.place().time);
        let reacted = self.done("", ActivityKind::Reacted, who, Some(format!(":{emoji}:")));
        (reacted.object, reacted.time, reacted.order) = (object, time, time.unwrap_or_default());
    }

    /// Pushes an activity that the item tells, at its place; `part` tells several of one item apart.
    pub fn done(&mut self, part: &str, kind: ActivityKind, who: Option<Id>, detail: Option<String>) -> &mut Activity {
        let space = self.site.map_or(self.reading.source, |(_, host)| host);
        let native = &self.reading.item.id;
        let native = if part.is_empty() { native.clone() } else { format!("{native}/{part}") };
        let done = Activity::new(Id::activity(space, &native), kind, self.place().channel.as_str());
        let activities = &mut self.reading.rows.activities;
        let at = activities.len();
        activities.push(Activity { who, detail, ..done });
        &mut activities[at]
    }

    /// Pushes a sighting of an account, as `fill` completes it, and gives its id.
    pub fn identity(&mut self, number: i64, fill: impl FnOnce(&mut Identity)) -> Id {
        let mut seen = Identity::new(self.reading.source, IdentityKind::Account, number.to_string());
        seen.account = self.site.map(|(_, host)| format!("{host}/{number}"));
        fill(&mut seen);
        let id = seen.id;
        self.reading.rows.identities.push(seen);
        id
    }
}
