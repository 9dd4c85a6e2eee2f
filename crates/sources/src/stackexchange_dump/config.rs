//! Options of the `stackexchange-dump` source.

use std::path::PathBuf;

use serde::Deserialize;
use source::{Context, Options, OptionsError};

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DumpOptions {
    /// The folder with the tables, or one of them.
    pub path: PathBuf,
    /// The channel's name; the source's id by default.
    pub channel: Option<String>,
    /// Where the site is on the web, without a `/` at its end; no links by default.
    pub site_url: Option<String>,
}

impl DumpOptions {
    /// Reads and checks the options.
    pub fn checked(context: &Context) -> Result<Self, OptionsError> {
        let mut options = Self::read(context)?;
        if let Some(url) = &mut options.site_url {
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                let message = "`site_url` must begin with https:// or http://, as https://beer.stackexchange.com";
                return Err(OptionsError::new(&context.source, message));
            }
            url.truncate(url.trim_end_matches('/').len());
        }
        Ok(options)
    }
}
