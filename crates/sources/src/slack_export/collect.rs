//! Keeps every user, channel and message, unchanged.

use model::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use source::{CollectError, Context, Options, Sink};

use super::config::ExportOptions;
use super::export::{Export, exports};
use crate::json::{Collector, Named};
use crate::slack::mrkdwn::{Names, mentioned};

/// What a message's bytes do not tell: the `more` of its origin.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Told {
    /// The name of a message's channel.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// The channel's id, if the export has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel_id: String,
    /// The names of the users and channels that a message mentions.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ExportOptions::read(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, None, cursor, sink)?;
    let exports = exports(files);
    if exports.is_empty() {
        let path = context.resolve(&options.path);
        return Err(CollectError::Other(format!(
            "{} holds no Slack export; name its zip, or the folder with users.json and channels.json",
            path.display()
        )));
    }
    exports.iter().try_for_each(|export| take(&mut collector, export))?;
    collector.end()
}

fn take(collector: &mut Collector<'_>, export: &Export) -> Result<(), CollectError> {
    let mut files = export.lists.iter().map(|(file, _)| file).chain(export.days.iter().map(|(_, file)| file));
    let mut problems: Vec<Problem> = Vec::new();
    let (names, channels) = match files.any(|file| collector.is_new(file)) {
        true => export.names(&mut |problem| problems.push(problem)),
        false => Default::default(),
    };
    problems.into_iter().try_for_each(|problem| collector.problem(problem))?;
    for (file, kind) in &export.lists {
        collector.file(file, &["[]"], |_, bytes| {
            let Peek { id, .. } = peek(bytes)?;
            let id = id.as_ref().and_then(Value::as_str).ok_or(NAMELESS)?;
            Ok(Named { id: format!("{kind}/{id}"), kind, more: Map::new() })
        })?;
    }
    for (folder, file) in &export.days {
        let channel_id = channels.get(folder).cloned().unwrap_or_default();
        let place = if channel_id.is_empty() { folder } else { &channel_id };
        collector.file(file, &["[]"], |_, bytes| {
            let Peek { ts, text, .. } = peek(bytes)?;
            let time = match ts {
                Some(Value::String(time)) => time,
                Some(Value::Number(time)) => time.to_string(),
                _ => return Err(NAMELESS),
            };
            let names = mentions(text.as_ref().and_then(Value::as_str).unwrap_or_default(), &names);
            let told = Told { channel: folder.clone(), channel_id: channel_id.clone(), names };
            Ok(Named::told(format!("{place}/{time}"), "message", &told))
        })?;
    }
    Ok(())
}

const NAMELESS: &str = "has no id or no time";

/// What must be known of a piece to keep it; all else is passed over unread.
#[derive(Deserialize)]
struct Peek {
    id: Option<Value>,
    ts: Option<Value>,
    text: Option<Value>,
}

fn peek(bytes: &[u8]) -> Result<Peek, &'static str> {
    match bytes.first() {
        Some(b'{') => serde_json::from_slice(bytes).map_err(|_| "is no JSON"),
        _ => Err(NAMELESS),
    }
}

/// The names that a message needs to be read.
fn mentions(text: &str, names: &Names) -> Names {
    let known = |id: &str| Some((id.to_owned(), names.get(id)?.clone()));
    let channels = text.split("<#").skip(1).filter_map(|from| from.split(['>', '|']).next());
    mentioned(text).chain(channels).filter_map(known).collect()
}
