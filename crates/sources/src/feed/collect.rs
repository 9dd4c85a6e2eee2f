//! Keeps every entry, unchanged.

use std::cell::RefCell;

use serde_json::{Map, Value};
use source::run::MAX_ITEM;
use source::{CollectError, Context, Options, Sink};

use super::config::FeedOptions;
use super::cut::Entries;
use super::decode::{self, Utf8};
use super::entry::Entry;
use super::head::{Head, Kind, Looked, look, read_xml};
use super::normalize::named;
use crate::files::FoundFile;
use crate::json::{Collector, Named, REVISION};

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = FeedOptions::read(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, options.glob.as_deref(), cursor, sink)?;
    let none = files.is_empty();
    let (mut feeds, mut last): (Vec<(Looked, FoundFile)>, Option<&'static str>) = (Vec::new(), None);
    let mut known = 0;
    for file in files {
        if !collector.is_new(&file) {
            known += 1;
            continue;
        }
        let looked = look(&file);
        match looked.kind {
            Kind::Not(what) => {
                collector.problem(file.problem(what, None, ""))?;
                last = Some(what);
            }
            _ => feeds.push((looked, file)),
        }
    }
    if feeds.is_empty() && known == 0 {
        let path = context.resolve(&options.path);
        let why = if none { "holds no file" } else { last.unwrap_or("is no feed") };
        let what = "name a saved RSS, Atom or JSON feed, or a folder of them";
        return Err(CollectError::Other(format!("{} {why}; {what}", path.display())));
    }
    // Of overlapping feeds the newest is read last, so that it counts.
    feeds.sort_by(|(a, one), (b, other)| a.newest.cmp(&b.newest).then_with(|| one.name.cmp(&other.name)));
    for (looked, file) in &feeds {
        if looked.declares {
            // Nothing that a document declares is expanded or fetched.
            collector.problem(file.problem("declares entities", None, "they are left as they are written"))?;
        }
        match &looked.kind {
            Kind::Xml(head) => collector.cut(
                file,
                |reader| Entries::new(Utf8::new(reader), MAX_ITEM),
                |_, bytes| {
                    let (text, _) = decode::text(bytes, &head.encoding);
                    Ok(item(&read_xml(&text, head).0, head, "entry"))
                },
            )?,
            Kind::Json(head) => collector.file(file, &["items[]"], |_, bytes| {
                let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON")?;
                let entry = Entry::of_json(&value, &RefCell::default()).ok_or("is no JSON object")?;
                Ok(item(&entry, head, "json-entry"))
            })?,
            Kind::Not(_) => {}
        }
    }
    collector.end()
}

fn item(entry: &Entry, head: &Head, kind: &'static str) -> Named {
    let (space, native) = named(entry, head, "");
    let mut more = match serde_json::to_value(head) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    // A feed that was given another name gives its entries another channel.
    let told = blake3::hash(Value::Object(more.clone()).to_string().as_bytes()).to_hex();
    more.insert(REVISION.to_owned(), told[..16].into());
    Named { id: format!("{space} {native}"), kind, more }
}
