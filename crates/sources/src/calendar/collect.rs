//! Keeps every calendar, unchanged.

use model::Problem;
use serde_json::{Value, json};
use source::run::MAX_ITEM;
use source::{CollectError, Context, Sink};

use super::config::CalendarOptions;
use crate::files;
use crate::whole;

/// The kinds of items, by the endings of files.
const KINDS: &[(&str, &str)] = &[
    ("ical", "ics"),
    ("ics", "ics"),
    ("ifb", "ics"),
    ("json", "json"),
    ("jsonld", "json"),
    ("yaml", "yaml"),
    ("yml", "yaml"),
];

/// The kind of item that a file of this name becomes; `None` if it is no calendar.
pub fn kind(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| *kind)
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let (options, _) = CalendarOptions::with_zone(context)?;
    let path = context.resolve(&options.path);
    let mut problems: Vec<Problem> = Vec::new();
    let found = files::find(&path, options.glob.as_deref(), &mut |problem| problems.push(problem))?;
    // A single file that is named is read whatever it is called, as what most are.
    let single = found.len() == 1 && path.is_file();
    let (calendars, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|file| single || kind(file.plain_name()).is_some());
    if calendars.is_empty() {
        return Err(CollectError::Other(format!(
            "{} holds no calendar; name a folder with files as .ics, .yml or .json",
            path.display()
        )));
    }
    problems.extend(others.iter().map(|file| file.problem("is no calendar", None, "")));
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
    whole::collect(&calendars, MAX_ITEM, cursor, sink, &|file| {
        (kind(file.plain_name()).unwrap_or("ics"), json!({ "file": file.name }))
    })
}
