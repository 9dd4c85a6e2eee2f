//! Keeps every event, delivery, object and answer, unchanged.

use std::cmp::Ordering;

use serde_json::{Map, Value};
use source::{CollectError, Context, Sink};

use super::config::ArchiveOptions;
use super::peek::{Form, form};
use crate::files::FoundFile;
use crate::json::{Collector, Named};

/// Endings of files that hold JSON.
const ENDINGS: [&str; 4] = [".json", ".jsonl", ".ndjson", ".json.log"];

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = ArchiveOptions::checked(context)?;
    let (mut collector, mut files) = Collector::start(context, &options.path, options.glob.as_deref(), cursor, sink)?;
    // A file that was named, by itself or by a glob, is read whatever it is called.
    if options.glob.is_none() && files.len() != 1 {
        files.retain(|file| may_hold(file.plain_name()));
    }
    if files.is_empty() {
        let path = context.resolve(&options.path);
        let path = path.display();
        return Err(CollectError::Other(format!(
            "{path} holds no file of JSON; name a folder or an archive that does"
        )));
    }
    // The hour 7 comes before the hour 10, and page 2 before page 10: what is told later counts.
    files.sort_by(|a, b| in_order(&a.name, &b.name));
    for file in &files {
        take(&mut collector, file)?;
    }
    collector.end()
}

/// Whether a file may hold something to read, by its name. A migration archive has more in it.
pub fn may_hold(name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    let apart = name.split('/').any(|part| part == "attachments" || part.ends_with(".git"));
    !apart && base != "schema.json" && !base.starts_with('.') && ENDINGS.iter().any(|ending| base.ends_with(ending))
}

fn take(collector: &mut Collector<'_>, file: &FoundFile) -> Result<(), CollectError> {
    collector.file(file, &["", "[]"], |_, bytes| {
        let form = form(bytes).ok_or("is no JSON object")?;
        // What has no id of its own is told by its content: kept once, wherever it is found.
        let id = |kind: &str, id: Option<String>| match id {
            Some(id) => format!("{kind}/{id}"),
            None => format!("{kind}/{}", &blake3::hash(bytes).to_hex()[..20]),
        };
        let (kind, id) = match form {
            Form::Event(event) => ("event", id("event", event)),
            Form::Delivery(delivery) => ("delivery", id("delivery", delivery)),
            Form::Answer => ("answer", id("answer", None)),
            Form::Object(object) => ("object", id("object", object)),
        };
        Ok(Named { id, kind, more: Map::new() })
    })
}

/// By name, numbers in it by their value.
fn in_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (parts(a), parts(b));
    loop {
        return match (left.next(), right.next()) {
            (Some(x), Some(y)) => match x.cmp(&y) {
                Ordering::Equal => continue,
                order => order,
            },
            (None, None) => a.cmp(b),
            (x, _) => {
                if x.is_none() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        };
    }
}

/// The stretches of digits in a name, as their value, and what stands between.
fn parts(name: &str) -> impl Iterator<Item = (u128, &str)> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        // Longer numbers than fit are no hours and no pages.
        Some(if digits { (part.parse().unwrap_or(u128::MAX), "") } else { (0, part) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["2024-01-15-10.json", "2024-01-15-7.json", "a", "2024-01-15-7.json.gz", "b10", "b9", "é"];
        names.sort_by(|a, b| in_order(a, b));
        assert_eq!(names, ["a", "b9", "b10", "é", "2024-01-15-7.json", "2024-01-15-7.json.gz", "2024-01-15-10.json"]);
    }

    #[test]
    fn some_files_hold_nothing_to_read() {
        for (name, holds) in [
            ("issues_000001.json", true),
            ("export/schema.json", false),
            ("attachments/1/a.json", false),
            ("repositories/o/r.git/x.json", false),
            ("2024-01-15-7.json", true),
            ("hooks.jsonl", true),
            ("README.md", false),
        ] {
            assert_eq!(may_hold(name), holds, "{name}");
        }
    }
}
