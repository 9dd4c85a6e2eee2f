//! Keeps every chat's id and every message, unchanged.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::MAX_ITEM;
use source::{CollectError, Context, Sink};

use super::chat::{Chat, Names, number};
use super::config::ExportOptions;
use crate::files::FoundFile;
use crate::json::{Collector, Named, Pieces};

/// One chat is the document itself, an account has a list of those it is in and one of those it left.
const PATTERNS: [&str; 12] = [
    "name",
    "type",
    "id",
    "messages[]",
    "chats.list[].name",
    "chats.list[].type",
    "chats.list[].id",
    "chats.list[].messages[]",
    "left_chats.list[].name",
    "left_chats.list[].type",
    "left_chats.list[].id",
    "left_chats.list[].messages[]",
];

/// What the bytes of a chat or message do not tell: the `more` of its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The chat's id.
    pub chat: String,
    /// The chat's type, as `public_supergroup`.
    pub kind: String,
    /// The channel's name: the chat's, and a topic's behind it.
    pub channel: String,
    /// Whether the message that it answers is only the one that made its topic.
    #[serde(skip_serializing_if = "is_no")]
    pub opens: bool,
}

fn is_no(yes: &bool) -> bool {
    !yes
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let (options, _) = ExportOptions::with_zone(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, None, cursor, sink)?;
    let mut found = false;
    for file in &exports(files) {
        // What is no export at all holds nothing that could be read; of one that is, every piece counts.
        if collector.is_new(file) && !is_export(file) {
            collector.problem(file.problem("is no export of a chat or an account", None, ""))?;
        } else {
            found = true;
            take(&mut collector, file, &options)?;
        }
    }
    if !found {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no export by Telegram Desktop; export as “machine-readable JSON” and name its result.json",
            path.display()
        )));
    }
    collector.end()
}

/// JSON files, but not those that were sent in a chat: they lie in folders beside a `result.json`.
fn exports(files: Vec<FoundFile>) -> Vec<FoundFile> {
    let folder = |name: &str| name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let is_result = |file: &&FoundFile| file.plain_name().rsplit('/').next() == Some("result.json");
    let roots: Vec<String> = files.iter().filter(is_result).map(|file| folder(file.plain_name())).collect();
    let sent = |name: &str| roots.iter().any(|root| name.starts_with(root.as_str()) && folder(name) != *root);
    let taken = |file: &FoundFile| file.plain_name().to_ascii_lowercase().ends_with(".json");
    let is_own = |file: &FoundFile| is_result(&file) || !sent(file.plain_name());
    files.into_iter().filter(|file| taken(file) && is_own(file)).collect()
}

fn is_export(file: &FoundFile) -> bool {
    let Ok(reader) = file.open() else { return true };
    let mut pieces = Pieces::new(reader, &PATTERNS, MAX_ITEM);
    matches!(pieces.next_piece(), Ok(Some(found)) if found.piece.is_ok())
}

fn take(collector: &mut Collector<'_>, file: &FoundFile, options: &ExportOptions) -> Result<(), CollectError> {
    let (mut chat, mut names) = (Chat::default(), Names::default());
    let mut taken: Option<String> = None;
    collector.file(file, &PATTERNS, |pattern, bytes| {
        let value: Value = serde_json::from_slice(&mended(bytes)).map_err(|_| "is no JSON")?;
        let field = ["name", "type", "id"].get(pattern % 4);
        if let Some(field) = field {
            chat.head(field, &value);
            if *field != "id" {
                return Ok(Named::default());
            }
            taken = options.takes(&chat.id, &chat.name, &chat.kind).then(|| names.of(&chat));
            let channel = taken.clone().ok_or("private chat is not taken")?;
            let told = Told { chat: chat.id.clone(), kind: chat.kind.clone(), channel, opens: false };
            return Ok(Named::told(format!("chat/{}", chat.id), "chat", &told));
        }
        if chat.id.is_empty() {
            return Err("has no chat before it");
        }
        let Some(name) = &taken else { return Ok(Named::default()) };
        let id = number(&value["id"]).ok_or("has no id")?;
        let topic = chat.topic(&value);
        let channel = if topic.is_empty() { name.clone() } else { format!("{name}/{topic}") };
        let opens = number(&value["reply_to_message_id"]).is_some_and(|parent| chat.is_topic(parent));
        let told = Told { chat: chat.id.clone(), kind: chat.kind.clone(), channel, opens };
        Ok(Named::told(format!("{}/{id}", chat.id), "message", &told))
    })
}

/// The bytes with `\x1F`, as Telegram Desktop writes control characters, as JSON wants it: `\u001F`.
pub fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(bytes, b"\\x").is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut mended = Vec::with_capacity(bytes.len() + 16);
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (before, from) = rest.split_at(at);
        mended.extend_from_slice(before);
        let escape = &from[..from.len().min(2)];
        mended.extend_from_slice(if escape == b"\\x" { b"\\u00" } else { escape });
        rest = &from[escape.len()..];
    }
    mended.extend_from_slice(rest);
    Cow::Owned(mended)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_characters_are_mended() {
        for (written, text) in
            [(r#""a\x0Fb""#, "a\u{f}b"), (r#""C:\\x41 \x1F""#, "C:\\x41 \u{1f}"), (r#""\"\x0B""#, "\"\u{b}")]
        {
            let read: String = serde_json::from_slice(&mended(written.as_bytes())).expect("it is JSON");
            assert_eq!(read, text, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_mended(bytes in prop::collection::vec(prop::sample::select(&b"\\x1\"a"[..]), 0..20)) {
            let mended = mended(&bytes);
            prop_assert!(mended.len() >= bytes.len());
        }
    }
}
