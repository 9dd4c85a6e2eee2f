//! Which form a piece of JSON has, by no more of it than is needed.
//!
//! Events of GH Archive come by the million; they begin with `id` and `type`, and are told by those.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use crate::github::{Field, Headers, Text};

/// What a piece is.
#[derive(Debug, PartialEq, Eq)]
pub enum Form {
    /// An event of the Events API, by its id.
    Event(Option<String>),
    /// What a webhook delivered, wrapped or not; by the id of the delivery, if a wrapper tells it.
    Delivery(Option<String>),
    /// A GraphQL answer or a page of a search: something with objects in it.
    Answer,
    /// An object, by its address if it has one, and a hash of its fields' names: a list has less of a user than
    /// a profile, and must not replace it.
    Object(Option<String>),
}

/// Tells the form of a piece; `None` if it is no JSON object.
pub fn form(bytes: &[u8]) -> Option<Form> {
    let mut seen = Peek::new();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = (&mut seen).deserialize(&mut json);
    if seen.is_event && (seen.id.is_some() || read.is_ok()) {
        return Some(Form::Event(seen.id));
    }
    read.ok()?;
    if seen.delivered {
        return Some(Form::Delivery(seen.delivery));
    }
    if seen.holds {
        return Some(Form::Answer);
    }
    Some(Form::Object(seen.url.map(|url| format!("{url} {:08x}", seen.names as u32))))
}

struct Peek {
    id: Option<String>,
    is_event: bool,
    delivered: bool,
    delivery: Option<String>,
    holds: bool,
    url: Option<String>,
    /// FNV-1a of the fields' names.
    names: u64,
}

impl Peek {
    fn new() -> Peek {
        let (is_event, delivered, holds) = (false, false, false);
        // The offset of FNV-1a at 64 bits (draft-eastlake-fnv, section 5).
        let names = 0xcbf2_9ce4_8422_2325;
        Peek { id: None, is_event, delivered, delivery: None, holds, url: None, names }
    }

    fn name(&mut self, name: &str) {
        for byte in name.bytes().chain([b',']) {
            self.names = (self.names ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Peek {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Peek {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(name) = object.next_key::<Cow<'de, str>>()? {
            self.name(&name);
            match name.as_ref() {
                "id" => self.id = text(&mut object)?,
                "type" => {
                    let word: Text<'de> = object.next_value()?;
                    self.is_event = word.text().is_some_and(|word| word.len() > 5 && word.ends_with("Event"));
                }
                "html_url" | "url" => {
                    let url = text(&mut object)?.filter(|url| url.contains("://"));
                    self.url = url.or(self.url.take());
                }
                "delivery" | "guid" | "delivery_id" => self.delivery = text(&mut object)?,
                "headers" => {
                    self.delivered = true;
                    let headers: Field<Headers<'de>> = object.next_value()?;
                    let id = headers.get().and_then(|headers| headers.delivery.text());
                    self.delivery = id.map(str::to_owned).or(self.delivery.take());
                }
                name => {
                    self.delivered |= matches!(name, "action" | "sender" | "payload" | "pusher" | "zen");
                    self.holds |= matches!(name, "data" | "items");
                    object.next_value::<IgnoredAny>()?;
                }
            }
            if self.is_event && self.id.is_some() {
                // Nobody needs the rest: the parser is told to stop in the only way there is.
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

fn text<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Option<String>, A::Error> {
    Ok(object.next_value::<Text<'de>>()?.text().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<Form>) {
        assert_eq!(form(json.as_bytes()), expected, "{json}");
    }

    #[test]
    fn forms_are_told_by_their_fields() {
        check(r#"{"id":"17","type":"PushEvent","actor":{"#, Some(Form::Event(Some("17".to_owned()))));
        check(r#"{"type":"PushEvent","payload":{}}"#, Some(Form::Event(None)));
        check(r#"{"type":"PushEvent","payload":{"#, None);
        check(r#"{"action":"opened","sender":{}}"#, Some(Form::Delivery(None)));
        let wrapped = r#"{"headers":{"x-github-delivery":"g-1"},"payload":{}}"#;
        check(wrapped, Some(Form::Delivery(Some("g-1".to_owned()))));
        check(r#"{"data":{"repository":{}}}"#, Some(Form::Answer));
        check(r#"{"starred_at":"x","user":{"url":"https://x"}}"#, Some(Form::Object(None)));
        let Some(Form::Object(Some(whole))) = form(br#"{"url":"https://x","login":"ada","email":null}"#) else {
            panic!("it has an address");
        };
        let Some(Form::Object(Some(less))) = form(br#"{"url":"https://x","login":"ada"}"#) else {
            panic!("it has an address");
        };
        assert!(whole != less && whole.starts_with("https://x "), "{whole} {less}");
        for json in ["", "17", "[1]", "{\"a\":", "\u{feff}{}"] {
            check(json, None);
        }
    }
}
