//! Mails and removals to rows.

use model::{Activity, ActivityKind, Id, Item, Problem, Rows, Stage};
use source::{Context, Normalizer, Options, OptionsError};

use super::collect::{Origin, place};
use super::config::InboxOptions;
use crate::mail::{Dialect, Place, Reader};

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = InboxOptions::read(context)?;
    let channel = options.channel.unwrap_or_else(|| context.source.clone());
    let url = options.url.map(|url| url.trim_end_matches('/').to_owned());
    // No mail here was cut out of an mbox: nothing in it is escaped.
    let reader = Reader::new(&context.source, &channel, Dialect::Mboxcl2);
    Ok(Box::new(move |item, rows| {
        let origin: Origin = serde_json::from_str(&item.origin).unwrap_or_default();
        match item.kind.as_str() {
            "mail" => mail(&reader, url.as_deref(), &origin, item, rows),
            "removal" => removal(&channel, &origin, item, rows),
            kind => rows.problems.push(Problem {
                stage: Stage::Normalize,
                what: "unknown kind of item".to_owned(),
                file: place(&origin.file, &origin.commit),
                offset: None,
                detail: kind.to_owned(),
            }),
        }
    }))
}

fn mail(reader: &Reader, url: Option<&str>, origin: &Origin, item: &Item, rows: &mut Rows) {
    let before = rows.messages.len();
    let file = place(&origin.file, &origin.commit);
    reader.read(&item.bytes, Place { file: &file, offset: None, arrived: origin.time }, rows);
    for message in rows.messages.iter_mut().skip(before) {
        if let Some(url) = url.filter(|_| !message.native_id.starts_with("no-message-id-")) {
            message.url = Some(format!("{url}/{}/", escaped(&message.native_id)));
        }
    }
}

/// Says that something was removed, not what it was or who had written it.
fn removal(channel: &str, origin: &Origin, item: &Item, rows: &mut Rows) {
    rows.activities.push(Activity {
        time: origin.time,
        order: origin.time.unwrap_or_default(),
        object: origin.message.clone(),
        // One mail removed from two mirrors of a list was removed once.
        ..Activity::new(Id::activity("mail", &format!("{}/removed", item.id)), ActivityKind::Deleted, channel)
    });
}

/// A Message-ID in a web address (RFC 3986, section 3.3: what may stand in a segment of a path stays).
fn escaped(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"-._~!$&'()*+,;=:@".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
