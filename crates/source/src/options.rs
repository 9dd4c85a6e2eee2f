//! Reading a source's section of `switchboard.toml`: unknown keys are refused, secrets never print.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::Context;

/// Reads typed options out of a [`Context`].
pub trait Options: DeserializeOwned {
    /// Reads and checks them. Use `#[serde(deny_unknown_fields)]` on the type.
    fn read(context: &Context) -> Result<Self, OptionsError> {
        context
            .options
            .clone()
            .try_into()
            .map_err(|error: toml::de::Error| OptionsError::new(&context.source, error.message()))
    }
}

impl<T: DeserializeOwned> Options for T {}

/// A section of `switchboard.toml` that does not fit its source.
#[derive(Debug, thiserror::Error)]
#[error("[sources.{source_id}] in switchboard.toml: {message}; `switchboard sources` shows an example of each kind")]
pub struct OptionsError {
    /// The source's id.
    pub source_id: String,
    /// What is wrong.
    pub message: String,
}

impl OptionsError {
    /// An error on the source `source_id`.
    pub fn new(source_id: &str, message: impl Into<String>) -> Self {
        OptionsError { source_id: source_id.to_owned(), message: message.into() }
    }
}

/// A value that is never printed: `Debug` and `Display` show stars. It is configured as
/// `{ env = "NAME" }` or `{ file = "path" }`, never as the value itself.
#[derive(Clone, serde::Deserialize)]
#[serde(try_from = "Written")]
pub struct Secret(String);

/// What stands in the configuration. Anything but a place is taken and then refused by us, because
/// serde's own errors quote what they refuse: the secret itself, written in the wrong way.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Written {
    Place(SecretPlace),
    Other(serde::de::IgnoredAny),
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum SecretPlace {
    Env(String),
    File(String),
}

impl TryFrom<Written> for Secret {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written::Place(place) = written else {
            return Err("write a secret as { env = \"NAME\" } or { file = \"path\" }, never as itself".to_owned());
        };
        match place {
            SecretPlace::Env(name) => std::env::var(&name)
                .map(Secret)
                .map_err(|_| format!("the environment variable {name} is not set; set it or name another")),
            SecretPlace::File(path) => std::fs::read_to_string(&path)
                .map(|text| Secret(text.trim_end().to_owned()))
                .map_err(|error| format!("cannot read the secret file {path}: {error}")),
        }
    }
}

impl Secret {
    /// The value, for the one place that must send it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code)]
        path: String,
        token: Option<Secret>,
    }

    fn read(options: &str) -> Result<Example, String> {
        let options = toml::from_str(options).expect("valid toml");
        let context = Context { source: "demo".into(), base: "/".into(), options };
        Example::read(&context).map_err(|error| error.to_string())
    }

    #[test]
    fn unknown_keys_are_refused_and_secrets_do_not_print() {
        assert!(read("path = 'x'\nfrobnicate = 1").unwrap_err().contains("frobnicate"));
        let folder = std::env::temp_dir().join(format!("switchboard-secret-{}", std::process::id()));
        std::fs::write(&folder, "hush\n").expect("a file");
        let example = read(&format!("path = 'x'\ntoken = {{ file = '{}' }}", folder.display())).expect("fits");
        std::fs::remove_file(&folder).expect("it was there");
        assert!(!format!("{example:?}").contains("hush"));
        assert_eq!(example.token.expect("given").expose(), "hush");
        for token in ["'hush'", "['hush']", "{ hush = 'x' }", "{ env = ['hush'] }", "{ file = 'x', hush = 1 }"] {
            let said = read(&format!("path = 'x'\ntoken = {token}")).expect_err("not a place");
            assert!(!said.contains("hush") && said.contains("{ env"), "{said}");
        }
    }
}
