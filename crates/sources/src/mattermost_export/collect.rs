//! Keeps every line of an export, unchanged.

use std::hash::BuildHasher;
use std::io::Read;

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde_json::Value;
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use crate::files::FoundFile;
use crate::json::{Collector, LINES, Named};

/// The types of lines, which are the kinds of items (`app/imports/import_types.go` in Mattermost's server).
const TYPES: [&str; 11] =
    ["version", "role", "scheme", "emoji", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post"];
/// Bytes that tell whether a file is an export.
const HEAD: u64 = 4 << 10;

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, None, cursor, sink)?;
    let exports = exports(files, options.direct_messages);
    if exports.is_empty() {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no Mattermost export; name its zip, or the JSONL file that begins with a line of type version",
            path.display()
        )));
    }
    for file in &exports {
        let mut known = FxHashSet::default();
        collector.file(file, &[LINES], |_, bytes| named(bytes, options.direct_messages, &mut known))?;
    }
    collector.end()
}

/// Those of `files` that are exports; the one made last comes last.
fn exports(mut files: Vec<FoundFile>, direct: bool) -> Vec<FoundFile> {
    let alone = files.len() == 1;
    let named = |file: &FoundFile| file.plain_name().ends_with(".jsonl") || file.plain_name().ends_with(".json");
    files.retain(|file| alone || named(file));
    let mut exports: Vec<_> =
        files.into_iter().filter_map(|file| Some((begins(&head(&file))?.created, file))).collect();
    exports.sort_by(|(a, one), (b, other)| (a, &one.name).cmp(&(b, &other.name)));
    let stamped = |(_, mut file): (_, FoundFile)| {
        // A file that was read without its direct messages is to be read again when they are asked for.
        file.stamp.modified = file.stamp.modified.wrapping_add(i64::from(direct));
        file
    };
    exports.into_iter().map(stamped).collect()
}

fn head(file: &FoundFile) -> Vec<u8> {
    let mut head = Vec::new();
    if let Ok(reader) = file.open() {
        // A reader of a file never fails: it ends, and tells why when it is collected.
        let _ = reader.take(HEAD).read_to_end(&mut head);
    }
    head
}

/// How an export begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Whether its first line says so, or it only has a first line of a known type.
    pub says_version: bool,
    /// When it was made, as it says, in microseconds UTC.
    pub created: Option<i64>,
}

/// Reads the first bytes of a file; `None` if it is no export.
pub fn begins(head: &[u8]) -> Option<Beginning> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next()?;
    match serde_json::from_slice::<Value>(first) {
        Ok(line) => {
            let name = line["type"].as_str().filter(|name| TYPES.contains(name) && !line[*name].is_null())?;
            let created = line["info"]["created"].as_str().and_then(|time| time.parse::<jiff::Timestamp>().ok());
            Some(Beginning { says_version: name == "version", created: created.map(|time| time.as_microsecond()) })
        }
        // A first line longer than what was read of it.
        Err(_) => {
            let text = String::from_utf8_lossy(&first[..first.len().min(200)]).replace(' ', "");
            let known = |name: &&str| text.starts_with(&format!("{{\"type\":\"{name}\",\"{name}\":{{"));
            TYPES.iter().any(known).then_some(Beginning { says_version: false, created: None })
        }
    }
}

/// What a line is. `known` holds the ids that posts of the same file have already, hashed: there may be millions.
fn named(bytes: &[u8], direct: bool, known: &mut FxHashSet<u64>) -> Result<Named, &'static str> {
    let line: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
    let name = line["type"].as_str().ok_or("has no type")?;
    let kind = TYPES.into_iter().find(|kind| *kind == name).ok_or("unknown type of line")?;
    if kind.starts_with("direct_") && !direct {
        return Ok(Named::default());
    }
    let inner = &line[kind];
    let part = |field: &'static str| inner[field].as_str().filter(|part| !part.is_empty()).ok_or("has no name");
    let id = match kind {
        "version" => kind.to_owned(),
        "channel" => format!("{kind}/{}/{}", part("team")?, part("name")?),
        "user" | "bot" => format!("{kind}/{}", part("username")?),
        "direct_channel" => format!("{kind}/{}", members(&inner["members"], &inner["participants"])),
        "direct_post" => post(format!("{kind}/{}", members(&inner["channel_members"], &Value::Null)), inner, known),
        "post" => post(format!("{kind}/{}/{}", part("team")?, part("channel")?), inner, known),
        _ => format!("{kind}/{}", part("name")?),
    };
    Ok(Named { id, kind, ..Named::default() })
}

/// Those who take part in a direct channel, in an order that does not depend on the file.
pub fn members(names: &Value, participants: &Value) -> String {
    let participants = participants.as_array().into_iter().flatten().filter_map(|one| one["username"].as_str());
    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut members: Vec<&str> = names.chain(participants).collect();
    members.sort_unstable();
    members.dedup();
    members.join(",")
}

/// A post has no id in an export. Its place and time make one that stays when it is edited or its writer
/// takes another name; posts of one place and millisecond, which always come in the same order, are told
/// apart by what they say.
fn post(place: String, post: &Value, known: &mut FxHashSet<u64>) -> String {
    let id = format!("{place}/{}", when(post));
    let hash = FxBuildHasher.hash_one(&id);
    if known.insert(hash) { id } else { format!("{id}/{}", digest(post)) }
}

/// The time of a post as it is written; a hash of the post if it has none.
pub fn when(post: &Value) -> String {
    match &post["create_at"] {
        Value::Number(time) => time.to_string(),
        Value::String(time) => time.trim().to_owned(),
        _ => digest(post),
    }
}

/// Tells posts of one time apart, also when one of them gets reactions or replies.
pub fn digest(post: &Value) -> String {
    let said = format!("{}\n{}", post["user"], post["message"]);
    blake3::hash(said.as_bytes()).to_hex()[..8].to_owned()
}
