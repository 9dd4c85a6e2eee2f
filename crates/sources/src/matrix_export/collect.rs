//! Keeps every event, unchanged.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use super::form::{Form, Known};
use crate::files::FoundFile;
use crate::json::{Collector, Named};

/// What an event's bytes do not tell: the `more` of its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The room's name.
    pub channel: String,
    /// Whether it is from Element, whose exports have no events for reactions.
    #[serde(skip_serializing_if = "is_no")]
    pub element: bool,
    /// The text of a later edit in the same file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<String>,
}

fn is_no(yes: &bool) -> bool {
    !yes
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let glob = options.glob.as_deref();
    let (mut collector, mut files) = Collector::start(context, &options.path, glob, cursor, sink)?;
    files.retain(|file| glob.is_some() || is_listed(file));
    let mut found = false;
    for file in &files {
        // A file that was read to its end is known to hold events.
        let form = if collector.is_new(file) { Form::of(file) } else { Some(Form::Lines) };
        match form {
            Some(form) => take(&mut collector, file, form)?,
            None => collector.problem(file.problem("holds no Matrix events", None, ""))?,
        }
        found |= form.is_some();
    }
    if !found {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no Matrix events; export rooms from Element as JSON and name the folder they are in",
            path.display()
        )));
    }
    collector.end()
}

fn is_listed(file: &FoundFile) -> bool {
    let name = file.plain_name().to_ascii_lowercase();
    [".json", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
        || name.rsplit('/').next() == Some("events")
}

/// A file's name without folders and endings.
fn stem(file: &FoundFile) -> &str {
    let name = file.plain_name().rsplit('/').next().unwrap_or_default();
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn take(collector: &mut Collector<'_>, file: &FoundFile, form: Form) -> Result<(), CollectError> {
    let known = if collector.is_new(file) { Known::read(file, form) } else { Known::default() };
    let mut room = None;
    collector.file(file, form.patterns(), |pattern, bytes| {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
        if !form.is_event(pattern) {
            let text = value.as_str().unwrap_or_default().to_owned();
            if pattern == 1 {
                room = Some(text);
                return Ok(Named::default());
            }
            let told = Told { channel: room.clone().unwrap_or_default(), ..Told::default() };
            return Ok(Named::told(format!("room/{}", told.channel), "room", &told));
        }
        let id = value["event_id"].as_str().ok_or("has no id")?;
        // Events that a server gave for one room may leave it out.
        let named = || known.name(value["room_id"].as_str().unwrap_or(stem(file))).to_owned();
        let sender = value["sender"].as_str().unwrap_or_default();
        let told = Told {
            channel: room.clone().filter(|name| !name.is_empty()).unwrap_or_else(named),
            element: form == Form::Element,
            newer: known.edit(id, sender).map(str::to_owned),
        };
        Ok(Named::told(id.to_owned(), "event", &told))
    })
}
