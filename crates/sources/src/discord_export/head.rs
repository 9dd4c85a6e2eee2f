//! What the beginning of each file says of its server and channel, and what the beginnings of all say together.

use std::collections::BTreeMap;

use serde_json::Value;
use source::run::MAX_ITEM;

use crate::files::FoundFile;
use crate::json::{Found, Pieces};

/// What stands before a file's messages.
#[derive(Debug, Default, Clone)]
pub struct Head {
    /// The server's id; `0` for direct messages.
    pub guild: String,
    /// The server's name.
    pub guild_name: String,
    /// The channel's or thread's id.
    pub channel: String,
    /// What the exporter calls its type.
    pub kind: String,
    /// The channel's or thread's name.
    pub name: String,
    /// The id of what it is in: a thread's channel, a channel's category. Exports before 2021 have none.
    pub parent: String,
    /// The name of that.
    pub parent_name: String,
    /// When it was exported: microseconds UTC. Exports before 2023 do not say.
    pub exported: Option<i64>,
}

impl Head {
    /// Reads the beginning of a file; `None` if that is no export.
    pub fn read(file: &FoundFile) -> Option<Head> {
        let mut pieces = Pieces::new(file.open().ok()?, &["guild", "channel", "exportedAt", "messages[]"], MAX_ITEM);
        let mut head = Head::default();
        while let Ok(Some(Found { piece: Ok((pattern, bytes)), .. })) = pieces.next_piece() {
            let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let text = |name: &str| id(&value[name]).unwrap_or_default();
            match pattern {
                0 => (head.guild, head.guild_name) = (text("id"), text("name")),
                1 => {
                    (head.channel, head.kind, head.name) = (text("id"), text("type"), text("name"));
                    (head.parent, head.parent_name) = (text("categoryId"), text("category"));
                }
                2 => {
                    let time = value.as_str().and_then(|time| time.parse::<jiff::Timestamp>().ok());
                    head.exported = time.map(|time| time.as_microsecond());
                }
                _ => break,
            }
        }
        (!head.guild.is_empty() && !head.channel.is_empty()).then_some(head)
    }

    /// Whether it is a thread or a forum's post, which is a thread too.
    pub fn is_thread(&self) -> bool {
        self.kind.ends_with("Thread") || ["10", "11", "12"].contains(&self.kind.as_str())
    }

    /// Whether it is no part of a server.
    pub fn is_private(&self) -> bool {
        self.guild == "0" || self.kind.starts_with("Direct") || ["1", "3"].contains(&self.kind.as_str())
    }

    /// What tells the channel that people talk in: its own, or the one that a thread is in.
    fn place(&self) -> (&str, &str) {
        match (self.is_thread(), self.parent.as_str()) {
            (false, _) => (&self.guild, &self.channel),
            (true, "") => (&self.guild, &self.parent_name),
            (true, parent) => (&self.guild, parent),
        }
    }
}

/// An id: a text, as the exporter writes it, or a number.
pub fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The names of the channels of all files.
#[derive(Debug)]
pub struct Places<'a> {
    /// As short as they can be without meaning two channels.
    names: BTreeMap<(&'a str, &'a str), String>,
    /// Threads by id.
    threads: BTreeMap<&'a str, &'a str>,
}

impl<'a> Places<'a> {
    /// Reads what `heads` say together.
    pub fn new(heads: &'a [(FoundFile, Head)]) -> Self {
        let heads = || heads.iter().map(|(_, head)| head);
        let mut spellings = BTreeMap::new();
        for head in heads().filter(|head| head.is_thread()) {
            let (guild, name) = (&head.guild_name, &head.parent_name);
            spellings.insert(head.place(), [name.clone(), format!("{guild}/{name}"), format!("{guild}/{name}")]);
        }
        for head in heads().filter(|head| !head.is_thread()) {
            let (guild, name) = (&head.guild_name, &head.name);
            let inner = if head.parent_name.is_empty() { name.clone() } else { format!("{}/{name}", head.parent_name) };
            spellings.insert(head.place(), [name.clone(), inner.clone(), format!("{guild}/{inner}")]);
        }
        let mut used: BTreeMap<&str, usize> = BTreeMap::new();
        for spelling in spellings.values() {
            let distinct = (0..3).filter(|at| !spelling[..*at].contains(&spelling[*at]));
            distinct.for_each(|at| *used.entry(&spelling[at]).or_default() += 1);
        }
        let alone = |spelling: &&String| used.get(spelling.as_str()) == Some(&1);
        let name = |spelling: &[String; 3]| spelling.iter().find(alone).unwrap_or(&spelling[2]).clone();
        let names = spellings.iter().map(|(place, spelling)| (*place, name(spelling))).collect();
        let threads = heads().filter(|head| head.is_thread()).map(|head| (head.channel.as_str(), head.name.as_str()));
        Places { names, threads: threads.collect() }
    }

    /// The name of the channel that a file's messages were said in.
    pub fn name(&self, head: &'a Head) -> &str {
        self.names.get(&head.place()).map_or("", String::as_str)
    }

    /// The title of the thread that a message opens.
    pub fn title(&self, message: &str) -> &str {
        self.threads.get(message).copied().unwrap_or_default()
    }
}
