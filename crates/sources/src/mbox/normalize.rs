//! One mail into rows: the work of [`crate::mail`], with the place it was found at.

use serde::Deserialize;
use source::{Context, Normalizer, Options, OptionsError};

use super::config::Config;
use crate::mail::{Place, Reader};

/// Where an item was found.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Origin {
    file: String,
    offset: u64,
}

/// See [`source::Source::normalizer`].
pub(super) fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let config = Config::read(context)?;
    let channel = config.channel.unwrap_or_else(|| context.source.clone());
    let reader = Reader::new(&context.source, &channel, config.dialect);
    Ok(Box::new(move |item, rows| {
        let origin: Origin = serde_json::from_str(&item.origin).unwrap_or_default();
        let place = Place { file: &origin.file, offset: Some(origin.offset), arrived: None };
        reader.read(&item.bytes, place, rows);
    }))
}
