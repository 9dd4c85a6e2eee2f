//! Mails, which Perceval took apart: header fields by name, decoded, and texts by subtype.

use serde_json::Value;

use super::super::data::Data;
use super::super::scribe::{Scribe, host};
use crate::mail::{Body, Dialect, Fields, Parts, Place, Reader, envelope};

/// A mail of a list. Its list is the channel: the address behind the last slash of the origin.
pub fn mail(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let text = |name: &str| field(data, name);
    let (from, reply, original) = (text("From"), text("Reply-To"), text("X-Original-From"));
    let (date, subject, id) = (text("Date"), text("Subject"), text("Message-ID"));
    let (answers, references, received) = (text("In-Reply-To"), text("References"), text("Received"));
    let (list, archived, auto) = (text("List-Id"), text("Archived-At"), text("Auto-Submitted"));
    let fields = Fields {
        from: from.map(str::as_bytes),
        reply_to: reply.map(str::as_bytes),
        original_from: original.map(str::as_bytes),
        date: date.map(str::as_bytes),
        subject: subject.map(str::as_bytes),
        message_id: id.map(str::as_bytes),
        in_reply_to: answers.map(str::as_bytes),
        references: references.map(str::as_bytes),
        received: received.map(str::as_bytes),
        list_id: list.map(str::as_bytes),
        archived_at: archived.map(str::as_bytes),
        auto_submitted: auto.map(str::as_bytes),
    };
    let arrived = data.text("unixfrom").and_then(|line| envelope::date(format!("From {line}").as_bytes()));
    read(scribe, fields, body(data.at("body")), arrived);
}

fn read(scribe: &mut Scribe<'_>, fields: Fields<'_>, body: Body, arrived: Option<i64>) {
    // `https://lists.example.org/archives/list/dev@example.org/` and `…/pipermail/dev/` are the list `dev`.
    let last = scribe.origin.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = last.split('@').next().filter(|name| !name.is_empty() && *name != host(scribe.origin));
    if let Some(name) = name.filter(|_| !scribe.fixed) {
        scribe.channel = name.to_owned();
    }
    let place = Place { file: scribe.place.0, offset: Some(scribe.place.1), arrived };
    let reader = Reader::new(scribe.source, &scribe.channel, Dialect::Auto);
    reader.understand(Parts { fields, body }, place, scribe.rows);
}

/// A header field; letters' case does not count.
fn field<'a>(data: Data<'a>, name: &str) -> Option<&'a str> {
    let fields = data.value().as_object()?;
    let found = fields.get(name).or_else(|| Some(fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1));
    found.and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The plain text, else the HTML's.
fn body(data: Data<'_>) -> Body {
    let whole = data.value().as_str();
    let text = match (whole.or(data.text("plain")), data.text("html")) {
        (Some(plain), _) if !plain.trim().is_empty() => plain.trim_end().replace("\r\n", "\n"),
        (_, Some(html)) => text::html_to_text(html),
        _ => String::new(),
    };
    Body { text, ..Body::default() }
}
