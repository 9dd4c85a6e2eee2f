//! Options of the `irc-log` source.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Deserialize;
use source::{Context, Options, OptionsError};

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IrcOptions {
    /// A file or a folder.
    pub path: PathBuf,
    /// Only files whose relative name matches.
    pub glob: Option<String>,
    /// The channel of all files; told by their names by default.
    pub channel: Option<String>,
    /// An IANA name; UTC by default.
    timezone: Option<String>,
}

impl IrcOptions {
    /// Reads the options, and the zone of the times in the logs.
    pub fn with_zone(context: &Context) -> Result<(Self, TimeZone), OptionsError> {
        let options = Self::read(context)?;
        let zone = options.timezone.as_deref().map_or(Ok(TimeZone::UTC), TimeZone::get).map_err(|_| {
            let name = options.timezone.as_deref().unwrap_or_default();
            OptionsError::new(&context.source, format!("`{name}` in `timezone` is no IANA name such as Europe/Berlin"))
        })?;
        Ok((options, zone))
    }
}
