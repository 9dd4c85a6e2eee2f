//! Keeps every item, unchanged, with the wrapping of an index if it has one.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use source::{CollectError, Context, Options, Sink};

use super::backends;
use super::config::PercevalOptions;
use crate::files::FoundFile;
use crate::json::{Collector, Named};

/// Items one after the other or in a list; or the hits in answers of a search.
const ITEMS: &[&str] = &["", "[]"];
const HITS: &[&str] = &["hits.hits[]"];
/// Bytes of a file by which its form is told.
const HEAD: u64 = 4 << 10;

/// As much of an item as names it.
#[derive(Debug, Deserialize)]
struct Head {
    #[serde(default)]
    uuid: Option<String>,
    #[serde(default)]
    backend_name: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    data: Option<IgnoredAny>,
}

/// A document of an index.
#[derive(Debug, Deserialize)]
struct Hit {
    #[serde(rename = "_source")]
    source: Head,
}

/// Collects what is new since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = PercevalOptions::read(context)?;
    let (mut collector, files) = Collector::start(context, &options.path, options.glob.as_deref(), cursor, sink)?;
    for file in &files {
        let new = collector.is_new(file);
        let patterns = if new && holds_hits(file) { HITS } else { ITEMS };
        let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
        collector.file(file, patterns, |_, bytes| name(bytes, &mut unknown))?;
        if !unknown.is_empty() {
            let counts: Vec<String> = unknown.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
            collector.problem(file.problem("category not understood", None, counts.join(", ")))?;
        }
    }
    collector.end()
}

fn name(bytes: &[u8], unknown: &mut BTreeMap<String, u64>) -> Result<Named, &'static str> {
    let head: Head = match serde_json::from_slice::<Hit>(bytes) {
        Ok(hit) => hit.source,
        Err(_) => serde_json::from_slice(bytes).map_err(|_| "is no item of Perceval")?,
    };
    let Some(backend) = head.backend_name.filter(|_| head.data.is_some()) else {
        // Mappings, settings and aliases are objects of one field, the index's name.
        let one = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(bytes).is_ok_and(|fields| fields.len() == 1);
        return if one { Ok(Named::default()) } else { Err("is no item of Perceval") };
    };
    let category = head.category.unwrap_or_default();
    if backends::reader(&backend, &category).is_none() {
        // Names are Perceval's own words; what else stands there is not told at length.
        let words = format!("{backend}/{category}").chars().take(60).collect();
        *unknown.entry(words).or_default() += 1;
    }
    let hash = || blake3::hash(bytes).to_hex()[..20].to_owned();
    let id = head.uuid.filter(|uuid| !uuid.is_empty()).unwrap_or_else(hash);
    Ok(Named { id, kind: "item", more: Map::new() })
}

/// Whether a file is an answer of a search: it has `hits`, and not within an item.
fn holds_hits(file: &FoundFile) -> bool {
    let mut head = Vec::new();
    let Ok(reader) = file.open() else { return false };
    // A reader of a file never fails: it ends, and tells why when it is read whole.
    let _ = reader.take(HEAD).read_to_end(&mut head);
    let at = |text: &str| memchr::memmem::find(&head, text.as_bytes());
    let first_item = at("\"backend_name\"").or_else(|| at("\"data\"")).unwrap_or(usize::MAX);
    at("\"hits\"").is_some_and(|hits| hits < first_item)
}
