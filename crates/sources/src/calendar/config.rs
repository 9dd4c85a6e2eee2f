//! Options of the `calendar` source.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Deserialize;
use source::{Context, Options, OptionsError};

use crate::dates;

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarOptions {
    /// A file, or a folder, zip or tar of them.
    pub path: PathBuf,
    /// Which files to read, as `events/**/*.yml`; all by default.
    pub glob: Option<String>,
    /// The zone of times that have none, where the calendar itself does not say, as `Europe/Rome`; UTC by default.
    pub timezone: Option<String>,
}

impl CalendarOptions {
    /// Reads the options and the zone.
    pub fn with_zone(context: &Context) -> Result<(Self, TimeZone), OptionsError> {
        let options = Self::read(context)?;
        let zone = match options.timezone.as_deref() {
            None => TimeZone::UTC,
            Some(name) => dates::zone(name).ok_or_else(|| {
                let message = format!("timezone: `{name}` is no time zone that is known; write it as `Europe/Rome`");
                OptionsError::new(&context.source, message)
            })?,
        };
        Ok((options, zone))
    }
}
