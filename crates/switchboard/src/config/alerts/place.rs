//! Secrets that are read when they are needed.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Where a secret is: `{ env = "NAME" }` or `{ file = "path" }`.
#[derive(Clone)]
pub struct Place(toml::Value);

impl Place {
    /// Reads it for whoever keeps secrets in a type of their own. The error says what to do, and never holds it.
    pub fn read_text(&self) -> Result<String, String> {
        let secret: source::Secret =
            self.0.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        Ok(secret.expose().to_owned())
    }

    /// Reads it. The error says what to do, and never holds it.
    pub fn read(&self) -> Result<notify::Secret, String> {
        let secret: source::Secret =
            self.0.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        Ok(notify::Secret::new(secret.expose()))
    }

    /// Reads an address. It is as good as a password.
    pub fn read_address(&self, insecure: bool) -> Result<notify::Endpoint, String> {
        let secret: source::Secret =
            self.0.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        notify::Endpoint::parse(secret.expose(), insecure).map_err(|error| error.to_string())
    }
}

impl<'de> Deserialize<'de> for Place {
    /// What is no place may be the secret itself, so it is not quoted.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Place, D::Error> {
        let wrong = || D::Error::custom("write a secret as { env = \"NAME\" } or { file = \"path\" }, never as itself");
        let value = toml::Value::deserialize(deserializer).map_err(|_| wrong())?;
        let table = value.as_table().filter(|table| table.len() == 1).ok_or_else(wrong)?;
        let place = table.get("env").or_else(|| table.get("file")).and_then(toml::Value::as_str);
        place.filter(|place| !place.is_empty()).ok_or_else(wrong)?;
        Ok(Place(value))
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
