//! Options of the `telegram-export` source.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Deserialize;
use source::{Context, Options, OptionsError};

/// Its section of `switchboard.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    /// A `result.json`, a folder of an export, or a folder or zip of several.
    pub path: PathBuf,
    /// Only these chats, by name or id, of whatever type; all groups and channels by default.
    pub chats: Option<Vec<String>>,
    /// Whether chats between few are taken too: talks of two, with bots, saved messages, small groups.
    #[serde(default)]
    pub private: bool,
    /// Where the export was made, an IANA name: for exports of before 2022, which give local times only.
    timezone: Option<String>,
}

impl ExportOptions {
    /// Reads the options, and the zone of local times if it is known.
    pub fn with_zone(context: &Context) -> Result<(Self, Option<TimeZone>), OptionsError> {
        let options = Self::read(context)?;
        let zone = options.timezone.as_deref().map(TimeZone::get).transpose().map_err(|_| {
            let name = options.timezone.as_deref().unwrap_or_default();
            OptionsError::new(&context.source, format!("`{name}` in `timezone` is no IANA name such as Europe/Berlin"))
        })?;
        Ok((options, zone))
    }

    /// Whether a chat is to be taken.
    pub fn takes(&self, id: &str, name: &str, kind: &str) -> bool {
        match &self.chats {
            Some(chats) => chats.iter().any(|chat| chat == id || chat == name),
            None => self.private || is_public(kind),
        }
    }
}

/// Supergroups and channels: what many can come to. All others are between few: `personal_chat`, `bot_chat`,
/// `saved_messages`, `replies`, `private_group`.
pub fn is_public(kind: &str) -> bool {
    kind.ends_with("_supergroup") || kind.ends_with("_channel")
}
