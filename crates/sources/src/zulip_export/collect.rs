//! Keeps every user, channel, message and reaction, unchanged.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use super::export::{Export, Realm, Recipient, exports};
use super::markdown::{Names, unresolved};
use super::topic::Topic;
use crate::json::{Collector, Named, REVISION};

/// What an item's bytes do not tell. It is a part of the item's version: a message whose channel was renamed
/// or whose topic begins elsewhere by now is another version of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// As [`REVISION`] has it.
    pub revision: Place,
}

/// Where a message, a subscription or a reaction belongs.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The name of the channel.
    pub channel: String,
    /// The channel's number; none for direct messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<i64>,
    /// The number of the topic's first message, if there is a topic and this is not it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// When the message that was reacted to was sent, microseconds UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<i64>,
    /// Who is mentioned, where the text alone does not tell.
    #[serde(skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

/// The tables of `realm.json` that are kept, and what kind of item a row of each is.
const TABLES: [(&str, &str); 9] = [
    ("zerver_realm[]", "realm"),
    ("zerver_userprofile[]", "user"),
    ("zerver_userprofile_mirrordummy[]", "user"),
    ("zerver_userprofile_crossrealm[]", "user"),
    ("zerver_stream[]", "channel"),
    ("zerver_subscription[]", "subscription"),
    ("zerver_realmemoji[]", "emoji"),
    ("zerver_realmauditlog[]", "log"),
    ("zerver_reaction[]", "reaction"),
];

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let direct = options.direct_messages;
    let (mut collector, mut files) = Collector::start(context, &options.path, None, cursor, sink)?;
    // What was read without its direct messages is to be read again when they are asked for.
    files.iter_mut().for_each(|file| file.stamp.modified = file.stamp.modified.wrapping_add(i64::from(direct)));
    let exports = exports(files);
    if exports.is_empty() {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no Zulip export; name its tar.gz, or the folder with realm.json",
            path.display()
        )));
    }
    exports.iter().try_for_each(|export| take(&mut collector, export, direct))?;
    collector.end()
}

fn take(collector: &mut Collector<'_>, export: &Export, direct: bool) -> Result<(), CollectError> {
    let new = std::iter::once(&export.realm).chain(&export.messages).any(|file| collector.is_new(file));
    let realm = if new { export.realm() } else { Realm::default() };
    for file in export.partial.iter().filter(|_| new) {
        collector.problem(file.problem("export was not finished", None, ""))?;
    }
    let naming = Naming { realm: &realm, direct };
    collector.file(&export.realm, &TABLES.map(|(pattern, _)| pattern), |table, bytes| {
        let (_, kind) = TABLES.get(table).ok_or("unknown kind of item")?;
        naming.row(kind, &parse(bytes)?)
    })?;
    for file in &export.messages {
        collector.file(file, &["zerver_message[]"], |_, bytes| naming.message(&parse(bytes)?))?;
    }
    Ok(())
}

fn parse(bytes: &[u8]) -> Result<Value, &'static str> {
    serde_json::from_slice(bytes).map_err(|_| "is no JSON")
}

/// Says what pieces are.
struct Naming<'a> {
    realm: &'a Realm,
    direct: bool,
}

impl Naming<'_> {
    /// What a row of `realm.json` is.
    fn row(&self, kind: &'static str, row: &Value) -> Result<Named, &'static str> {
        let id = number(row, "id").ok_or("has no id")?;
        let place = match kind {
            // The log says it better, and tells when.
            "subscription" if self.realm.has_log || row["active"] == Value::Bool(false) => None,
            "subscription" => number(row, "recipient").and_then(|recipient| self.channel(recipient)),
            "log" => self.logged(row),
            "reaction" => match number(row, "message").and_then(|message| self.realm.reacted.get(&message)) {
                Some(sent) => self.place(sent.recipient, sent.sender).map(|place| Place { time: sent.time, ..place }),
                None => return Err("message of a reaction is not in the export"),
            },
            _ => Some(Place::default()),
        };
        Ok(place.map_or_else(Named::default, |place| named(kind, id, place)))
    }

    /// The place of what the audit log tells, if it is about somebody's subscriptions (`AuditLogEventType` in
    /// Zulip's source: created, activated, deactivated).
    fn logged(&self, row: &Value) -> Option<Place> {
        number(row, "event_type").filter(|event| (301..=303).contains(event))?;
        let id = number(row, "modified_stream")?;
        let channel = self.realm.channels.get(&id)?.clone();
        Some(Place { channel, channel_id: Some(id), ..Place::default() })
    }

    fn message(&self, message: &Value) -> Result<Named, &'static str> {
        let id = number(message, "id").ok_or("has no id")?;
        let recipient = number(message, "recipient").ok_or("has no recipient")?;
        if !self.realm.recipients.contains_key(&recipient) {
            // A direct message to somebody who did not consent to the export, mostly.
            return Err("recipient is not in the export");
        }
        let Some(mut place) = self.place(recipient, number(message, "sender")) else { return Ok(Named::default()) };
        let topic = Topic::of(recipient, message["subject"].as_str().unwrap_or_default());
        let first = topic.filter(|_| place.channel_id.is_some()).and_then(|topic| self.realm.first.get(&topic));
        place.first = first.copied().filter(|first| *first != id);
        place.names = self.names(message["content"].as_str().unwrap_or_default());
        Ok(named("message", id, place))
    }

    /// Where a message was sent; `None` for a direct one that is not asked for.
    fn place(&self, recipient: i64, sender: Option<i64>) -> Option<Place> {
        let alone = match self.realm.recipients.get(&recipient)? {
            Recipient::User(user) => Some(*user),
            Recipient::Channel(_) | Recipient::Group => None,
        };
        self.channel(recipient).or_else(|| {
            let members = self.realm.members.get(&recipient).filter(|_| alone.is_none());
            let mut members: Vec<i64> = members.into_iter().flatten().copied().chain(alone).chain(sender).collect();
            members.sort_unstable();
            members.dedup();
            let members: Vec<String> = members.iter().map(i64::to_string).collect();
            self.direct.then(|| Place { channel: format!("direct/{}", members.join(",")), ..Place::default() })
        })
    }

    fn channel(&self, recipient: i64) -> Option<Place> {
        let (id, name) = self.realm.channel(recipient)?;
        let channel = if name.is_empty() { format!("channel {id}") } else { name.to_owned() };
        Some(Place { channel, channel_id: Some(id), ..Place::default() })
    }

    /// Who is meant by the mentions of a text that say it only half.
    fn names(&self, content: &str) -> Names {
        let known = |inner: &str| match inner.strip_prefix('|') {
            Some(id) => Some((inner.to_owned(), self.realm.users.get(&id.parse().ok()?)?.clone())),
            None => Some((inner.to_owned(), self.realm.names.get(inner).copied()??.to_string())),
        };
        unresolved(content).filter_map(known).collect()
    }
}

fn named(kind: &'static str, id: i64, place: Place) -> Named {
    let place = serde_json::to_value(&place).unwrap_or_default();
    Named { id: format!("{kind}/{id}"), kind, more: Map::from_iter([(REVISION.to_owned(), place)]) }
}

fn number(row: &Value, field: &str) -> Option<i64> {
    row[field].as_i64()
}
