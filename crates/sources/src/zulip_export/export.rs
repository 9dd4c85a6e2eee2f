//! Which files belong to which export, and what is to be known of all of them before one message is read.

use std::collections::BTreeMap;
use std::io::Read;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Value, json};
use source::run::MAX_ITEM;

use super::topic::Topic;
use crate::files::FoundFile;
use crate::json::{Fields, Found, Pieces};

/// What tells a Zulip export's `realm.json`: its tables are named so.
const TABLE: &str = "\"zerver_";
/// Bytes that tell it.
const HEAD: u64 = 4 << 10;
/// Somebody was subscribed to a channel (`AuditLogEventType` in Zulip's source).
pub const SUBSCRIBED: [i64; 2] = [301, 302];

/// One export.
#[derive(Debug)]
pub struct Export {
    /// `realm.json`: everything but messages.
    pub realm: FoundFile,
    /// `messages-000001.json` and those that follow.
    pub messages: Vec<FoundFile>,
    /// `messages-….json.partial`, which an export that was stopped leaves behind.
    pub partial: Vec<FoundFile>,
}

/// Sorts files into exports by the folder they lie in; those that reach furthest come last.
pub fn exports(files: Vec<FoundFile>) -> Vec<Export> {
    let mut exports: BTreeMap<String, Export> = BTreeMap::new();
    let mut others = Vec::new();
    for file in files {
        match place(&file) {
            (folder, "realm.json") if is_realm(&head(&file)) => {
                let folder = folder.to_owned();
                exports.insert(folder, Export { realm: file, messages: Vec::new(), partial: Vec::new() });
            }
            _ => others.push(file),
        }
    }
    for file in others {
        let (folder, name) = place(&file);
        let Some(export) = exports.get_mut(folder) else { continue };
        if is_messages(name) {
            export.messages.push(file);
        } else if name.strip_suffix(".partial").is_some_and(is_messages) {
            export.partial.push(file);
        }
    }
    let mut exports: Vec<Export> = exports.into_values().collect();
    if exports.len() > 1 {
        exports.sort_by_cached_key(Export::last_message);
    }
    exports
}

fn place(file: &FoundFile) -> (&str, &str) {
    file.plain_name().rsplit_once('/').unwrap_or(("", file.plain_name()))
}

fn head(file: &FoundFile) -> Vec<u8> {
    let mut head = Vec::new();
    if let Ok(reader) = file.open() {
        // A reader of a file never fails: it ends, and tells why when it is collected.
        let _ = reader.take(HEAD).read_to_end(&mut head);
    }
    head
}

/// Whether a file that begins so is a `realm.json`.
pub fn is_realm(head: &[u8]) -> bool {
    String::from_utf8_lossy(head).contains(TABLE)
}

/// `messages-000001.json`
pub fn is_messages(name: &str) -> bool {
    let number = name.strip_prefix("messages-").and_then(|rest| rest.strip_suffix(".json"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where a message was sent to.
#[derive(Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A channel, by its number.
    Channel(i64),
    /// One user, by their number.
    User(i64),
    /// A group of users.
    Group,
}

/// What is known of a message before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Where to.
    pub recipient: i64,
    /// By whom.
    pub sender: Option<i64>,
    /// When, microseconds UTC.
    pub time: Option<i64>,
}

/// What the whole of an export says.
#[derive(Debug, Default)]
pub struct Realm {
    /// Names of users by number.
    pub users: FxHashMap<i64, String>,
    /// Numbers of users by name; `None` where several have it.
    pub names: FxHashMap<String, Option<i64>>,
    /// Names of channels by number.
    pub channels: FxHashMap<i64, String>,
    /// What recipients are.
    pub recipients: FxHashMap<i64, Recipient>,
    /// Who is subscribed to a recipient that is no channel.
    pub members: FxHashMap<i64, Vec<i64>>,
    /// Whether the audit log tells who was subscribed when.
    pub has_log: bool,
    /// The first message of each topic.
    pub first: FxHashMap<Topic, i64>,
    /// Messages that somebody reacted to.
    pub reacted: FxHashMap<i64, Sent>,
}

/// As much of a message as the others need.
#[derive(Deserialize)]
struct Brief {
    id: i64,
    recipient: i64,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    sender: Value,
    #[serde(default, alias = "pub_date")]
    date_sent: Value,
}

impl Export {
    /// Reads everything once. What is wrong with a file is said when its pieces are kept.
    pub fn realm(&self) -> Realm {
        let mut realm = Realm::default();
        let mut reacted = FxHashSet::default();
        each(&self.realm, &NEEDED, |pattern, bytes| {
            if let Ok(row) = serde_json::from_slice(bytes) {
                realm.learn(NEEDED[pattern], &row, &mut reacted);
            }
        });
        for file in &self.messages {
            each(file, &["zerver_message[]"], |_, bytes| {
                if let Ok(message) = serde_json::from_slice(bytes) {
                    realm.meet(message, &reacted);
                }
            });
        }
        realm
    }

    /// The number of the last message: they only grow.
    fn last_message(&self) -> i64 {
        let mut last = 0;
        if let Some(file) = self.messages.last() {
            each(file, &["zerver_message[].id"], |_, bytes| {
                last = last.max(serde_json::from_slice(bytes).unwrap_or_default());
            });
        }
        last
    }
}

/// The tables that others need.
const NEEDED: [&str; 8] = [
    "zerver_userprofile[]",
    "zerver_userprofile_mirrordummy[]",
    "zerver_userprofile_crossrealm[]",
    "zerver_stream[]",
    "zerver_recipient[]",
    "zerver_subscription[]",
    "zerver_realmauditlog[]",
    "zerver_reaction[]",
];

impl Realm {
    fn learn(&mut self, table: &str, row: &Value, reacted: &mut FxHashSet<i64>) {
        let number = |field: &str| row[field].as_i64();
        let name = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        match (table, number("id")) {
            ("zerver_recipient[]", Some(id)) => {
                let recipient = match (number("type"), number("type_id")) {
                    (Some(1), Some(user)) => Recipient::User(user),
                    (Some(2), Some(channel)) => Recipient::Channel(channel),
                    _ => Recipient::Group,
                };
                self.recipients.insert(id, recipient);
            }
            ("zerver_stream[]", Some(id)) => _ = self.channels.insert(id, name("name")),
            ("zerver_subscription[]", _) => {
                if let (Some(user), Some(recipient)) = (number("user_profile"), number("recipient")) {
                    self.members.entry(recipient).or_default().push(user);
                }
            }
            ("zerver_realmauditlog[]", _) => {
                self.has_log |= number("event_type").is_some_and(|one| SUBSCRIBED.contains(&one))
            }
            ("zerver_reaction[]", _) => reacted.extend(number("message")),
            (_, Some(id)) => {
                let name = name("full_name");
                let known = self.names.entry(name.clone()).or_insert(Some(id));
                *known = known.filter(|known| *known == id);
                self.users.insert(id, name);
            }
            _ => {}
        }
    }

    fn meet(&mut self, message: Brief, reacted: &FxHashSet<i64>) {
        let Brief { id, recipient, subject, sender, date_sent } = message;
        if reacted.contains(&id) {
            let (object, wrong) = (json!({ "time": date_sent }), Default::default());
            let time = Fields::of(&object, &wrong).and_then(|fields| fields.time("time"));
            self.reacted.insert(id, Sent { recipient, sender: sender.as_i64(), time });
        }
        if let Some(topic) = Topic::of(recipient, &subject) {
            let first = self.first.entry(topic).or_insert(id);
            *first = (*first).min(id);
        }
    }

    /// The channel that a recipient is, by number and name.
    pub fn channel(&self, recipient: i64) -> Option<(i64, &str)> {
        let Some(Recipient::Channel(id)) = self.recipients.get(&recipient) else { return None };
        Some((*id, self.channels.get(id).map_or("", String::as_str)))
    }
}

fn each(file: &FoundFile, patterns: &[&'static str], mut each: impl FnMut(usize, &[u8])) {
    let Ok(reader) = file.open() else { return };
    let mut pieces = Pieces::new(reader, patterns, MAX_ITEM);
    while let Ok(Some(Found { piece, .. })) = pieces.next_piece() {
        if let Ok((pattern, bytes)) = piece {
            each(pattern, bytes);
        }
    }
}
