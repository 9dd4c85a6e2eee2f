//! How a file holds its events, and what all of them together say of each.

use std::collections::BTreeMap;

use memchr::memmem::find;
use serde_json::Value;
use source::run::MAX_ITEM;

use crate::files::FoundFile;
use crate::json::{Found, Pieces};

/// How a file holds its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As Element exports a room: its name and topic, then the events.
    Element,
    /// An answer of a server's `/messages`: events, and the state that they need.
    Chunk,
    /// An array of events.
    Array,
    /// An event in each line.
    Lines,
}

/// The keys that a form is known by, in the order of [`Form::of`]'s table.
const KEYS: [&str; 6] = ["room_name", "messages[]", "chunk[]", "[]", "event_id", "origin_server_ts"];

impl Form {
    /// Looks at the beginning of a file; `None` if it holds no events.
    pub fn of(file: &FoundFile) -> Option<Form> {
        let mut pieces = Pieces::new(file.open().ok()?, &KEYS, MAX_ITEM);
        let Ok(Some(Found { piece: Ok((key, bytes)), .. })) = pieces.next_piece() else { return None };
        let form = match key {
            0 | 1 => Form::Element,
            2 => Form::Chunk,
            3 => Form::Array,
            _ => Form::Lines,
        };
        // Others write arrays and lists of messages too, but every event has this.
        let sound = !(1..=3).contains(&key) || find(bytes, b"\"origin_server_ts\"").is_some();
        sound.then_some(form)
    }

    /// What is an event comes first.
    pub fn patterns(self) -> &'static [&'static str] {
        match self {
            Form::Element => &["messages[]", "room_name", "topic"],
            Form::Chunk => &["chunk[]", "state[]"],
            Form::Array => &["[]"],
            Form::Lines => &[""],
        }
    }

    /// Whether a piece of this pattern is an event.
    pub fn is_event(self, pattern: usize) -> bool {
        self != Form::Element || pattern == 0
    }
}

/// What a file says of its rooms and of events that were edited.
#[derive(Debug, Default)]
pub struct Known {
    /// When each room got its latest name, and the name.
    names: BTreeMap<String, (i64, String)>,
    /// The time and text of the latest edit by each sender of each event.
    edits: BTreeMap<(String, String), (i64, String)>,
}

impl Known {
    /// Reads a whole file. What is wrong with it is said when its events are kept.
    pub fn read(file: &FoundFile, form: Form) -> Known {
        let mut known = Known::default();
        let Ok(reader) = file.open() else { return known };
        let mut pieces = Pieces::new(reader, form.patterns(), MAX_ITEM);
        let telling: [&[u8]; 3] = [b"m.replace", b"m.room.name", b"m.room.canonical_alias"];
        while let Ok(Some(Found { piece, .. })) = pieces.next_piece() {
            let Ok((pattern, bytes)) = piece else { continue };
            if form.is_event(pattern) && telling.iter().any(|word| find(bytes, word).is_some()) {
                known.event(&serde_json::from_slice(bytes).unwrap_or_default());
            }
        }
        known
    }

    fn event(&mut self, event: &Value) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let (time, content) = (event["origin_server_ts"].as_i64().unwrap_or_default(), &event["content"]);
        let (name, weight) = match event["type"].as_str() {
            Some("m.room.name") => (&content["name"], 1),
            Some("m.room.canonical_alias") => (&content["alias"], 0),
            _ => (&Value::Null, 0),
        };
        if let (Some(room), Some(name)) = (text(&event["room_id"]), text(name).filter(|name| !name.is_empty())) {
            // A name is a better one than an address, however old it is.
            let key = if weight == 1 { time } else { i64::MIN };
            let known = self.names.entry(room).or_insert((i64::MIN, String::new()));
            if known.1.is_empty() || key >= known.0 && (weight == 1 || known.0 == i64::MIN) {
                *known = (key, name);
            }
        }
        let relation = &content["m.relates_to"];
        if relation["rel_type"] != "m.replace" {
            return;
        }
        let (Some(target), Some(sender)) = (text(&relation["event_id"]), text(&event["sender"])) else { return };
        let Some(text) = text(&content["m.new_content"]["body"]) else { return };
        let latest = self.edits.entry((target, sender)).or_insert((i64::MIN, String::new()));
        if latest.0 <= time {
            *latest = (time, text);
        }
    }

    /// What a room is called; its id if it has no name.
    pub fn name<'a>(&'a self, room: &'a str) -> &'a str {
        self.names.get(room).map_or(room, |(_, name)| name)
    }

    /// The newer text of an event, if its own sender wrote one: nobody else's counts.
    pub fn edit(&self, event: &str, sender: &str) -> Option<&str> {
        self.edits.get(&(event.to_owned(), sender.to_owned())).map(|(_, text)| text.as_str())
    }
}
