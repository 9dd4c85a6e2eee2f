//! Keeps every channel and message, unchanged.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use super::head::{Head, Places, id};
use crate::files::FoundFile;
use crate::json::{Collector, Named};

/// What the bytes of a channel or message do not tell: the `more` of its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The server's id.
    pub guild: String,
    /// The channel's name; a thread's channel is the one it is in.
    pub channel: String,
    /// The channel's id; in a thread, the thread's.
    pub channel_id: String,
    /// Whether it was said in a thread.
    #[serde(skip_serializing_if = "is_no")]
    pub thread: bool,
    /// The title of the thread that the message opens.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whether it is the file's first message of its author, who has the same roles in all of them.
    #[serde(skip_serializing_if = "is_no")]
    pub first: bool,
}

fn is_no(yes: &bool) -> bool {
    !yes
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let (mut collector, mut files) = Collector::start(context, &options.path, None, cursor, sink)?;
    files.retain(is_listed);
    let (mut heads, any) = (Vec::new(), !files.is_empty());
    let new = files.iter().any(|file| collector.is_new(file));
    for file in files.into_iter().filter(|_| new) {
        match Head::read(&file) {
            Some(head) => heads.push((file, head)),
            None => collector.problem(file.problem("is no export of a channel", None, ""))?,
        }
    }
    if !any || (new && heads.is_empty()) {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no export by DiscordChatExporter; export channels as JSON and name the folder they are in",
            path.display()
        )));
    }
    // Of what was said once, the latest export's version comes last and counts.
    heads.sort_by(|(a, one), (b, other)| (one.exported, &a.name).cmp(&(other.exported, &b.name)));
    let places = Places::new(&heads);
    for (file, head) in &heads {
        if head.is_private() && !options.private {
            let advice = "set private = true to take direct messages";
            collector.problem(file.problem("private chat is not taken", None, advice))?;
        } else {
            take(&mut collector, file, head, &places)?;
        }
    }
    collector.end()
}

/// The files that the exporter writes beside an export when it fetches media too may be JSON themselves.
fn is_listed(file: &FoundFile) -> bool {
    let name = file.plain_name().to_ascii_lowercase();
    name.ends_with(".json") && !name.split('/').any(|folder| folder.ends_with("_files"))
}

fn take(collector: &mut Collector<'_>, file: &FoundFile, head: &Head, places: &Places<'_>) -> Result<(), CollectError> {
    let mut met = BTreeSet::new();
    collector.file(file, &["channel", "messages[]"], |pattern, bytes| {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
        let this = id(&value["id"]).ok_or("has no id")?;
        let mut told = Told {
            guild: head.guild.clone(),
            channel: places.name(head).to_owned(),
            channel_id: head.channel.clone(),
            thread: head.is_thread(),
            ..Told::default()
        };
        if pattern == 0 {
            return Ok(Named::told(format!("channel/{this}"), "channel", &told));
        }
        told.title = places.title(&this).to_owned();
        told.first = id(&value["author"]["id"]).is_some_and(|author| met.insert(author));
        Ok(Named::told(format!("{}/{this}", head.channel), "message", &told))
    })
}
