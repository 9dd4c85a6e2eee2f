//! Keeps each file whole.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;
use serde_json::{Value, json};
use source::run::MAX_ITEM;
use source::{CollectError, Context, ItemRef, Options, Sink};

use super::config::PeopleOptions;
use crate::files::{self, Stamp};

/// Collects the files that changed since `cursor`.
pub fn collect(context: &Context, cursor: &Value, sink: &mut dyn Sink) -> Result<(), CollectError> {
    let options = PeopleOptions::read(context)?;
    let mut problems = Vec::new();
    let path = context.resolve(&options.path);
    let files = files::find(&path, options.glob.as_deref(), &mut |problem| problems.push(problem))?;
    problems.into_iter().try_for_each(|problem| sink.problem(problem))?;
    let mut known: BTreeMap<String, Stamp> = BTreeMap::deserialize(cursor).unwrap_or_default();
    for file in &files {
        if known.get(&file.name) == Some(&file.stamp) {
            continue;
        }
        let mut bytes = Vec::new();
        let problem = match file.open() {
            Ok(mut reader) => {
                // A reader of a file never fails: it ends, and tells why.
                let _ = Read::by_ref(&mut reader).take(MAX_ITEM as u64 + 1).read_to_end(&mut bytes);
                let long = (bytes.len() > MAX_ITEM).then(|| file.problem("is too long", None, ""));
                reader.problem().or(long)
            }
            Err(problem) => Some(problem),
        };
        // Half a file would take back what its other half said.
        match problem {
            Some(problem) => sink.problem(problem)?,
            None => {
                let (hash, origin) = (blake3::hash(&bytes).to_hex(), json!({ "file": file.name }).to_string());
                let (id, version) = (&file.name, &hash[..16]);
                sink.item(ItemRef { id, version, kind: "file", origin: &origin, bytes: &bytes })?;
            }
        }
        known.insert(file.name.clone(), file.stamp);
        sink.safe_point(&|| json!(known))?;
    }
    sink.end(json!(known))
}
