//! Teams, channels and people to rows.

use model::{Activity, ActivityKind, Channel, Id, Identity, IdentityKind};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::members;
use super::config::ExportOptions;
use crate::json::{self, Fields};

/// What bots have for an address (`model.UserFromBot` in Mattermost's server), in exports that do not mark them.
const BOT_ADDRESS: &str = "@localhost";

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = ExportOptions::read(context)?;
    let (source, host) = (context.source.clone(), options.host());
    Ok(Box::new(move |item, rows| {
        json::Reading::object(&source, item, rows, |reading, value, fields| {
            let mut reading = Reading { host: host.as_deref(), reading };
            reading.line(value, fields);
        });
    }))
}

/// A line that is being read.
pub struct Reading<'r, 'a> {
    /// The server's name.
    pub host: Option<&'r str>,
    /// The item and its rows.
    pub reading: &'r mut json::Reading<'a, NothingMore>,
}

/// A line says all there is to know about it.
#[derive(Debug, Default, serde::Deserialize)]
pub struct NothingMore {}

impl Reading<'_, '_> {
    fn line(&mut self, value: &Value, fields: &Fields<'_>) {
        let inner = |name| fields.object(name);
        match self.reading.item.kind.as_str() {
            "team" => inner("team").into_iter().for_each(|team| self.team(&team)),
            "channel" => inner("channel").into_iter().for_each(|channel| self.channel(&channel)),
            "user" => inner("user").into_iter().for_each(|user| self.user(&user)),
            "bot" => inner("bot").into_iter().for_each(|bot| self.bot(&bot)),
            "emoji" => inner("emoji").into_iter().for_each(|emoji| {
                let detail = format!("custom emoji :{}:", emoji.text("name").unwrap_or_default());
                self.told("", ActivityKind::Other, None, "", Some(detail));
            }),
            "post" => inner("post").into_iter().for_each(|post| self.post(&post, &value["post"])),
            "direct_channel" => self.direct_channel(&value["direct_channel"]),
            "direct_post" => inner("direct_post").into_iter().for_each(|post| self.post(&post, &value["direct_post"])),
            // Who may do what, and who wrote the export, are nobody's deeds.
            "version" | "role" | "scheme" => {}
            kind => self.reading.problem("unknown kind of item", kind),
        }
    }

    fn team(&mut self, team: &Fields<'_>) {
        let Some(name) = team.text("name") else { return self.reading.problem("has no name", "team") };
        let title = titled(team.text("display_name"), team.text("description"));
        self.reading.rows.channels.push(Channel { name: name.to_owned(), kind: "team".to_owned(), title });
    }

    fn channel(&mut self, channel: &Fields<'_>) {
        let (Some(team), Some(name)) = (channel.text("team"), channel.text("name")) else {
            return self.reading.problem("has no name", "channel");
        };
        let name = format!("{team}/{name}");
        let kind = if channel.text("type") == Some("P") { "private chat" } else { "chat" };
        let title = titled(channel.text("display_name"), channel.text("purpose").or(channel.text("header")));
        if let Some(gone) = [channel.time("deleted_at"), channel.time("delete_at")].into_iter().flatten().find(later) {
            self.told("archived", ActivityKind::Other, None, &name, Some("channel archived".to_owned())).time =
                Some(gone);
        }
        self.reading.rows.channels.push(Channel { name, kind: kind.to_owned(), title });
    }

    fn direct_channel(&mut self, channel: &Value) {
        let name = format!("direct/{}", members(&channel["members"], &channel["participants"]));
        let title = channel["header"].as_str().filter(|header| !header.is_empty()).map(str::to_owned);
        self.reading.rows.channels.push(Channel { name, kind: "private chat".to_owned(), title });
    }

    fn user(&mut self, user: &Fields<'_>) {
        let Some(name) = user.text("username") else { return self.reading.problem("has no name", "user") };
        let whole =
            [user.text("first_name"), user.text("last_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let shown = Some(whole.trim()).filter(|whole| !whole.is_empty()).or(user.text("nickname"));
        let email = user.text("email").map(str::to_lowercase).filter(|email| email.contains('@'));
        let bot = email.as_ref().is_some_and(|email| email.ends_with(BOT_ADDRESS));
        let email = email.filter(|_| !bot);
        let who = self.identity(name, |seen| {
            *seen = Identity { name: shown.or(Some(name)).map(str::to_owned), email, bot, ..seen.clone() }
        });
        if let Some(position) = user.text("position") {
            self.told("position", ActivityKind::Other, Some(who), "", Some(format!("position: {position}")));
        }
        let roles = user.text("roles").unwrap_or_default();
        for role in roles.split_whitespace().filter(|role| *role != "system_user") {
            self.told(role, ActivityKind::Other, Some(who), "", Some(role.replace('_', " ")));
        }
        self.ended(user, who);
        for team in user.objects("teams") {
            let Some(name) = team.text("name") else { continue };
            self.member(who, name, &team);
            for channel in team.objects("channels") {
                let Some(channel_name) = channel.text("name") else { continue };
                self.member(who, &format!("{name}/{channel_name}"), &channel);
            }
        }
    }

    fn bot(&mut self, bot: &Fields<'_>) {
        let Some(name) = bot.text("username") else { return self.reading.problem("has no name", "bot") };
        let shown = bot.text("display_name").unwrap_or(name).to_owned();
        let who = self.identity(name, |seen| *seen = Identity { name: Some(shown), bot: true, ..seen.clone() });
        self.ended(bot, who);
    }

    /// An account that was deactivated.
    fn ended(&mut self, account: &Fields<'_>, who: Id) {
        let Some(time) = account.time("delete_at").filter(later) else { return };
        let detail = Some("account deactivated".to_owned());
        self.told("deactivated", ActivityKind::Other, Some(who), "", detail).time = Some(time);
    }

    /// A membership of a team or a channel.
    fn member(&mut self, who: Id, place: &str, member: &Fields<'_>) {
        let roles = member.text("roles").unwrap_or_default().split_whitespace();
        let more: Vec<String> =
            roles.filter(|role| !role.ends_with("_user")).map(|role| role.replace('_', " ")).collect();
        let detail = (!more.is_empty()).then(|| more.join(", "));
        self.told(&format!("member/{place}"), ActivityKind::Joined, Some(who), place, detail);
    }

    /// What ids are unique in.
    pub fn space(&self) -> &str {
        self.host.unwrap_or(super::SPACE)
    }

    /// Pushes an activity that the item tells; `part` tells several of one item apart.
    pub fn told(
        &mut self,
        part: &str,
        kind: ActivityKind,
        who: Option<Id>,
        channel: &str,
        detail: Option<String>,
    ) -> &mut Activity {
        let id = Id::activity(self.space(), &format!("{}/{part}", self.reading.item.id));
        let activities = &mut self.reading.rows.activities;
        let at = activities.len();
        activities.push(Activity { who, detail, ..Activity::new(id, kind, channel) });
        &mut activities[at]
    }

    /// Pushes a sighting of an account, as `fill` completes it, and gives its id.
    pub fn identity(&mut self, name: &str, fill: impl FnOnce(&mut Identity)) -> Id {
        let value = name.to_lowercase();
        let account = self.host.map(|host| format!("{host}/{value}"));
        let mut seen = Identity::new(self.reading.source, IdentityKind::Account, value);
        seen.account = account;
        fill(&mut seen);
        let id = seen.id;
        self.reading.rows.identities.push(seen);
        id
    }
}

/// Zero stands for “never”.
pub fn later(time: &i64) -> bool {
    *time > 0
}

/// A title and what else is said about a place, in one line.
fn titled(title: Option<&str>, more: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [title, more].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| text::lead(&parts.join(": "), 300))
}
