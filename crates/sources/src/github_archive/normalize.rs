//! Items to rows: each form is read by its part of [`crate::github`].

use model::Item;
use serde_json::{Map, Value};
use source::{Context, Normalizer, OptionsError};

use super::config::ArchiveOptions;
use crate::github::{Event, HUB, Payload, Reading, Repo};
use crate::json::Origin;

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = ArchiveOptions::checked(context)?;
    let source = context.source.clone();
    let repo = options.repository.map(|name| Repo::new(HUB, &name));
    Ok(Box::new(move |item, rows| {
        let origin: Origin<Map<String, Value>> = Origin::read(item);
        let (file, offset) = (origin.file.as_str(), Some(origin.offset));
        let mut reading = Reading { source: &source, rows, file, offset, repo: repo.clone() };
        if read(&mut reading, item, file).is_err() {
            reading.problem("is no JSON object of GitHub", "");
        }
    }))
}

fn read(reading: &mut Reading<'_>, item: &Item, file: &str) -> Result<(), serde_json::Error> {
    let first = match item.kind.as_str() {
        "event" => serde_json::from_slice::<Event<'_>>(&item.bytes).map(|event| reading.event(&event)),
        "delivery" => serde_json::from_slice::<Payload<'_>>(&item.bytes)
            .map(|payload| reading.delivery(&payload, None, file, None)),
        "object" => reading.object(item.bytes.as_slice(), None),
        "answer" => serde_json::from_slice::<Value>(&item.bytes).map(|value| reading.answer(&value)),
        kind => {
            reading.problem("unknown kind of item", kind);
            return Ok(());
        }
    };
    // A name that comes twice in an object stops the typed reading; of a document the last one counts.
    let Err(error) = first else { return Ok(()) };
    let value: Value = serde_json::from_slice(&item.bytes).map_err(|_| error)?;
    match item.kind.as_str() {
        "event" => reading.event(&serde::Deserialize::deserialize(&value)?),
        "delivery" => reading.delivery(&serde::Deserialize::deserialize(&value)?, None, file, None),
        _ => reading.object(&value, None)?,
    }
    Ok(())
}
