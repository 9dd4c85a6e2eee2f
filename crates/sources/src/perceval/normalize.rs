//! Unwraps an item and hands its `data` to the reader of its backend.

use std::cell::RefCell;

use model::{Item, Rows};
use serde_json::Value;
use source::{Context, Normalizer, Options, OptionsError};

use super::backends;
use super::config::PercevalOptions;
use super::data::Data;
use super::scribe::{Scribe, host, path};
use crate::json::Origin;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = PercevalOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| read(&source, options.channel.as_deref(), item, rows)))
}

fn read(source: &str, channel: Option<&str>, item: &Item, rows: &mut Rows) {
    let origin = Origin::<Nothing>::read(item);
    let value: Value = serde_json::from_slice(&item.bytes).unwrap_or_default();
    let wrong = RefCell::default();
    let root = Data::new(&value, &wrong);
    let root = if root.at("_source").is_there() { root.at("_source") } else { root };
    let from = root.text("origin").unwrap_or_default();
    let mut scribe = Scribe {
        source,
        origin: from,
        uuid: &item.id,
        site: host(from),
        channel: channel.map_or_else(|| default_channel(from, source), str::to_owned),
        fixed: channel.is_some(),
        updated: root.time("updated_on"),
        rows,
        place: (&origin.file, origin.offset),
    };
    let data = root.at("data");
    let (backend, category) =
        (root.text("backend_name").unwrap_or_default(), root.text("category").unwrap_or_default());
    match backends::reader(backend, category) {
        Some(read) if data.value().is_object() => read(&mut scribe, data),
        Some(_) => scribe.problem("is no item of Perceval", ""),
        // Whoever collected it has counted it.
        None if !backend.is_empty() => {}
        None => scribe.problem("is no item of Perceval", ""),
    }
    for name in wrong.borrow().iter() {
        scribe.problem("field of a wrong type", name);
    }
}

/// What stands behind the host of an origin, else the host, else the source's id.
fn default_channel(origin: &str, source: &str) -> String {
    let name = match path(origin) {
        "" => host(origin),
        path => path.to_owned(),
    };
    if name.is_empty() { source.to_owned() } else { name }
}

/// Origins say nothing more than the place.
#[derive(Debug, Default, serde::Deserialize)]
struct Nothing {}
