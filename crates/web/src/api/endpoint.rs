//! What an endpoint is.

use desk::Scope;
use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::{Call, Problem};

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    /// Asks, changes nothing.
    Get,
    /// Sends a body.
    Post,
}

impl Verb {
    /// As OpenAPI spells it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::Post => "post",
        }
    }
}

/// Gives the schema of a type to a generator.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// The schema of `T`.
pub(crate) fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// One thing that programs can ask for or do.
pub(crate) struct Endpoint {
    /// Its name, for generated clients.
    pub name: &'static str,
    pub verb: Verb,
    /// Its address below [`super::BASE`], with `{id}` for what varies.
    pub path: &'static str,
    /// What it gives, in a few words.
    pub title: &'static str,
    /// More about it: order, limits, what is left out.
    pub about: &'static str,
    /// The right that it needs.
    pub scope: Scope,
    /// What stands in its address, before and after the `?`.
    pub parameters: &'static [Parameter],
    /// What is sent to it.
    pub body: Option<Shape>,
    /// What it gives: always an object, so that it can grow.
    pub answer: Shape,
    pub run: fn(&Call<'_>) -> Result<Value, Problem>,
}

impl Endpoint {
    /// The names between braces in its path.
    pub(crate) fn in_path(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// One thing that varies in an address.
pub(crate) struct Parameter {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// What it says, its unit, and what holds without it.
    pub about: &'static str,
}

/// What a parameter can be.
pub(crate) enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// A whole number between two, and what it is if it is not given.
    Number { least: u64, most: u64, default: Option<u64> },
    /// An id of the tables.
    Id,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A day or an instant, RFC 3339.
    Time,
}

impl Kind {
    /// Its JSON schema.
    pub(crate) fn schema(&self) -> Value {
        match self {
            Kind::Text(longest) => json!({ "type": "string", "maxLength": longest }),
            Kind::Number { least, most, default } => {
                let mut schema = json!({ "type": "integer", "minimum": least, "maximum": most });
                if let Some(default) = default {
                    schema["default"] = (*default).into();
                }
                schema
            }
            Kind::Id => json!({ "type": "string", "pattern": "^[a-z][0-9a-z]+$" }),
            Kind::Choice(words) => json!({ "type": "string", "enum": words }),
            Kind::Time => json!({ "type": "string", "examples": ["2024-06-01", "2024-06-01T12:00:00Z"] }),
        }
    }
}

/// A parameter that may be left out.
pub(crate) const fn may(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter { name, kind, required: false, about }
}

/// A parameter that must be given.
pub(crate) const fn must(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter { name, kind, required: true, about }
}
