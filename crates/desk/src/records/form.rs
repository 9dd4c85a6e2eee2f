//! Forms: what can be written down about the records that are flat, one field after another. Pages and commands are loops
//! over these lists.

use std::collections::BTreeMap;

use model::Timestamp;
use serde_json::{Map, Value};

use super::{Action, Announcement, EventPlan, PeerChannel, Record, Story};
use crate::{Desk, DeskError, Result, SavedKind};

/// What goes into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Line,
    /// Text over many lines.
    Text,
    /// A list, one thing a line.
    Lines,
    /// A day, as `2026-11-23`.
    Day,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Yes,
}

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the record.
    pub name: &'static str,
    /// What people read beside it.
    pub label: &'static str,
    /// What to write, in a few words; may be empty.
    pub hint: &'static str,
    /// What goes in.
    pub kind: FieldKind,
    /// Whether it may not be left empty.
    pub must: bool,
}

/// A kind of record that is written as a form.
#[derive(Debug)]
pub struct Form {
    /// What it is.
    pub kind: SavedKind,
    /// Its name in addresses and commands.
    pub name: &'static str,
    /// Its fields, in their order; the first one that must be filled in names the record.
    pub fields: &'static [Field],
    keep: fn(&mut Desk, &str, Value, &str, Timestamp) -> Result<()>,
}

/// Every kind of record that is written as a form, by name.
pub static FORMS: &[Form] = &[
    form::<Action>("actions", Action::FIELDS),
    form::<Announcement>("announcements", Announcement::FIELDS),
    form::<EventPlan>("events", EventPlan::FIELDS),
    form::<PeerChannel>("peers", PeerChannel::FIELDS),
    form::<Story>("stories", Story::FIELDS),
];

const fn form<T: Record>(name: &'static str, fields: &'static [Field]) -> Form {
    Form { kind: T::KIND, name, fields, keep: keep::<T> }
}

fn keep<T: Record>(desk: &mut Desk, name: &str, value: Value, who: &str, at: Timestamp) -> Result<()> {
    let record: T = serde_json::from_value(value).map_err(|error| DeskError::Wrong(error.to_string()))?;
    desk.keep(name, &record, who, at)
}

/// A record as the texts of its fields, and who kept it when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The record's name.
    pub name: String,
    /// The text of each field that is not empty, by the field's name.
    pub texts: BTreeMap<&'static str, String>,
    /// Who kept it as it is now.
    pub who: String,
    /// When, microseconds UTC.
    pub at: Timestamp,
}

impl Form {
    /// The form of this name.
    pub fn named(name: &str) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// Keeps a record made of texts by field, under `name` or a new one made of its first field; gives the name. Fields that
    /// the record has besides those of the form stay as they were.
    ///
    /// # Errors
    ///
    /// [`DeskError::Wrong`] says which field, and what to write.
    pub fn keep(
        &self,
        desk: &mut Desk,
        name: Option<&str>,
        texts: &BTreeMap<String, String>,
        who: &str,
        at: Timestamp,
    ) -> Result<String> {
        let mut value = match name.map(|name| desk.saved(self.kind, name)) {
            Some(Ok(saved)) => serde_json::from_str(&saved.text).unwrap_or_default(),
            _ => Map::new(),
        };
        for field in self.fields {
            let text = texts.get(field.name).map(|text| text.trim()).unwrap_or_default();
            value.remove(field.name);
            match field.value(text)? {
                Value::Null => {}
                filled => drop(value.insert(field.name.to_owned(), filled)),
            }
        }
        let name = match (name, self.fields.first()) {
            (Some(name), _) => name.to_owned(),
            (None, first) => {
                let title = first.and_then(|field| value.get(field.name)?.as_str()).unwrap_or_default();
                super::free_name(desk, self.kind, title)?
            }
        };
        (self.keep)(desk, &name, Value::Object(value), who, at)?;
        Ok(name)
    }

    /// Every record of the kind, by name.
    pub fn all(&self, desk: &Desk) -> Result<Vec<Filled>> {
        Ok(desk.all_saved(self.kind)?.into_values().map(|saved| self.filled(saved)).collect())
    }

    /// The record under a name.
    pub fn one(&self, desk: &Desk, name: &str) -> Result<Filled> {
        Ok(self.filled(desk.saved(self.kind, name)?))
    }

    fn filled(&self, saved: crate::Saved) -> Filled {
        let value: Map<String, Value> = serde_json::from_str(&saved.text).unwrap_or_default();
        let text = |field: &Field| {
            let text = match value.get(field.name)? {
                Value::String(text) => text.clone(),
                Value::Bool(true) => "yes".to_owned(),
                Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
                _ => return None,
            };
            Some((field.name, text)).filter(|(_, text)| !text.is_empty())
        };
        Filled { name: saved.name, texts: self.fields.iter().filter_map(text).collect(), who: saved.who, at: saved.at }
    }
}

impl Filled {
    /// The text of a field; empty if nothing is in it.
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map(String::as_str).unwrap_or_default()
    }
}

impl Field {
    fn value(&self, text: &str) -> Result<Value> {
        let wrong = |what: String| Err(DeskError::Wrong(format!("“{}” {what}", self.label)));
        match self.kind {
            _ if text.is_empty() && self.must => wrong("is empty; fill it in".to_owned()),
            _ if text.is_empty() => Ok(Value::Null),
            FieldKind::Yes => Ok(Value::Bool(text == "yes")),
            FieldKind::Lines => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                Ok(lines.map(|line| Value::String(line.to_owned())).collect())
            }
            FieldKind::Day if text.parse::<jiff::civil::Date>().is_err() => {
                wrong("is a day as 2026-11-23; write it so".to_owned())
            }
            FieldKind::Choice(words) if !words.contains(&text) => wrong(format!("is one of {}", words.join(", "))),
            FieldKind::Line if text.contains('\n') => wrong("is one line; write it as one".to_owned()),
            _ => Ok(Value::String(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn forms_are_sound() {
        assert!(FORMS.is_sorted_by_key(|form| form.name));
        for form in FORMS {
            assert!(form.fields[0].must, "{}: the first field names the record", form.name);
            assert!(form.fields.iter().all(|field| !field.label.is_empty()), "{}", form.name);
        }
    }

    #[test]
    fn what_is_filled_in_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        let form = Form::named("actions").unwrap();
        let filled = texts(&[("what", "Answer the chat on Fridays"), ("who", "ada"), ("due", "2026-12-01")]);
        let name = form.keep(&mut desk, None, &filled, "ben", 1).unwrap();
        assert_eq!(name, "answer-the-chat-on-fridays");
        assert_eq!(form.one(&desk, &name).unwrap().text("due"), "2026-12-01");
        let again = form.keep(&mut desk, None, &filled, "ben", 2).unwrap();
        assert_eq!(again, "answer-the-chat-on-fridays-2");
        assert_eq!(form.all(&desk).unwrap().len(), 2);
        // Every form takes what its own fields say, and gives it back.
        for form in FORMS {
            let sample = |field: &Field| match field.kind {
                FieldKind::Line | FieldKind::Text => "some words".to_owned(),
                FieldKind::Lines => "one\ntwo".to_owned(),
                FieldKind::Day => "2026-11-23".to_owned(),
                FieldKind::Choice(words) => words[0].to_owned(),
                FieldKind::Yes => "yes".to_owned(),
            };
            let all: BTreeMap<String, String> =
                form.fields.iter().map(|field| (field.name.to_owned(), sample(field))).collect();
            let name = form.keep(&mut desk, None, &all, "ada", 3).unwrap();
            let back = form.one(&desk, &name).unwrap();
            let back: BTreeMap<String, String> =
                back.texts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
            assert_eq!(back, all, "{}", form.name);
        }
    }

    fn check(pairs: &[(&str, &str)], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
        let error = Form::named("actions").unwrap().keep(&mut desk, None, &texts(pairs), "ada", 1).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_is_wrong_names_its_field() {
        check(&[("who", "ada")], "“What” is empty; fill it in");
        check(&[("what", "x"), ("due", "soon")], "“Until when” is a day as 2026-11-23; write it so");
        check(&[("what", "x"), ("who", "a\nb")], "“Who does it” is one line; write it as one");
        check(&[("what", "x"), ("about_kind", "moon")], "“About” is one of tier, channel, goal, topic, other");
    }
}
