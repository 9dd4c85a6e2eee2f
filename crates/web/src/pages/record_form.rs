//! The form of a record, out of the list of its fields.

use askama::Template;
use desk::{Field, FieldKind, Filled, Form};

use super::Frame;

#[derive(Template)]
#[template(path = "record_form.html")]
struct RecordForm<'a> {
    frame: &'a Frame,
    form: &'static Form,
    /// The record that is changed; none for a new one.
    name: Option<&'a str>,
    filled: Option<&'a Filled>,
}

/// The form for a new record, or for what is kept of one, as HTML. What `filled` says stands in the fields; `name` is the
/// record it is kept as.
pub(crate) fn of(frame: &Frame, form: &'static Form, name: Option<&str>, filled: Option<&Filled>) -> String {
    RecordForm { frame, form, name, filled }.render().unwrap_or_default()
}

/// The form of this name; the first one if there is none, which a test rules out.
pub(crate) fn named(name: &str) -> &'static Form {
    Form::named(name).unwrap_or(&desk::FORMS[0])
}

impl RecordForm<'_> {
    fn id(&self, field: &Field) -> String {
        format!("{}-{}-{}", self.form.name, self.name.unwrap_or("new"), field.name)
    }

    fn text(&self, field: &Field) -> &str {
        self.filled.map(|filled| filled.text(field.name)).unwrap_or_default()
    }

    /// Whether the record is there already, so that it can be removed.
    fn is_kept(&self) -> bool {
        self.name.is_some() && self.filled.is_some_and(|filled| !filled.who.is_empty())
    }
}
