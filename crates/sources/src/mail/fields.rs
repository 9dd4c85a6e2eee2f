//! The header fields of a mail that matter here, as bytes, and their decoding.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{HeaderName, HeaderValue, Message};

/// Header fields, each as it stands in the mail, from behind the colon to the line end. Of several of
/// one name the first counts.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    /// Who wrote it.
    pub from: Option<&'a [u8]>,
    /// Where answers are to go.
    pub reply_to: Option<&'a [u8]>,
    /// `X-Original-From`: who wrote it, where a list put itself into `From`.
    pub original_from: Option<&'a [u8]>,
    /// When it was written.
    pub date: Option<&'a [u8]>,
    /// Its subject.
    pub subject: Option<&'a [u8]>,
    /// Its name in the world.
    pub message_id: Option<&'a [u8]>,
    /// What it answers.
    pub in_reply_to: Option<&'a [u8]>,
    /// What it answers, and what that answered, oldest first.
    pub references: Option<&'a [u8]>,
    /// The topmost, which the last host on the way wrote.
    pub received: Option<&'a [u8]>,
    /// The list it came by.
    pub list_id: Option<&'a [u8]>,
    /// Where it can be read.
    pub archived_at: Option<&'a [u8]>,
    /// Whether a program wrote it.
    pub auto_submitted: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// Those of `message`, parsed from `bytes`.
    pub(super) fn new(message: &Message<'_>, bytes: &'a [u8]) -> Self {
        let mut fields = Fields::default();
        let headers = message.parts.first().map(|part| part.headers.as_slice()).unwrap_or_default();
        for header in headers {
            if let Some(field) = fields.named(&header.name)
                && field.is_none()
            {
                *field = bytes.get(header.offset_start as usize..header.offset_end as usize);
            }
        }
        fields
    }

    fn named(&mut self, name: &HeaderName<'_>) -> Option<&mut Option<&'a [u8]>> {
        match name {
            HeaderName::From => Some(&mut self.from),
            HeaderName::ReplyTo => Some(&mut self.reply_to),
            HeaderName::Date => Some(&mut self.date),
            HeaderName::Subject => Some(&mut self.subject),
            HeaderName::MessageId => Some(&mut self.message_id),
            HeaderName::InReplyTo => Some(&mut self.in_reply_to),
            HeaderName::References => Some(&mut self.references),
            HeaderName::Received => Some(&mut self.received),
            HeaderName::ListId => Some(&mut self.list_id),
            HeaderName::ArchivedAt => Some(&mut self.archived_at),
            HeaderName::AutoSubmitted => Some(&mut self.auto_submitted),
            HeaderName::Other(name) if name.eq_ignore_ascii_case("X-Original-From") => Some(&mut self.original_from),
            _ => None,
        }
    }
}

/// A field as text, not decoded, without white space at its ends. Bytes that are no UTF-8 are read as
/// Windows-1252: what old programs wrote raw mostly was.
pub(super) fn raw(field: &[u8]) -> Cow<'_, str> {
    let field = field.trim_ascii();
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(field).0,
    }
}

/// A field as a person reads it: encoded words decoded (RFC 2047), unfolded, white space collapsed.
pub(super) fn text(field: &[u8]) -> Option<String> {
    let raw = raw(field);
    let text = match raw.contains("=?") {
        // Bytes within an encoded word are in that word's charset, so they must come as they are; only
        // where that leaves something unread are all of them taken for Windows-1252.
        true => decode_words(field.trim_ascii())
            .filter(|text| !text.contains('\u{fffd}'))
            .or_else(|| decode_words(raw.as_bytes()))
            .unwrap_or_default(),
        false => collapse(&raw),
    };
    (!text.is_empty()).then_some(text)
}

fn decode_words(field: &[u8]) -> Option<String> {
    // The parser wants the line end.
    let line = [field, b"\n"].concat();
    match MessageStream::new(&line).parse_unstructured() {
        HeaderValue::Text(text) => Some(collapse(&text)),
        _ => None,
    }
}

/// One space for any white space, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Message-IDs in a field, in their order, without brackets. Some programs forget the brackets, and
/// Pipermail turned `@` into ` at ` here too.
pub(super) fn message_ids(field: &[u8]) -> Vec<String> {
    let raw = raw(field);
    let mut ids = Vec::new();
    let mut rest = raw.as_ref();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, behind)) = after.split_once('>') else { break };
        ids.extend(clean_id(id));
        rest = behind;
    }
    if ids.is_empty() && !raw.contains(['<', '"', '(']) {
        ids.extend(raw.split([' ', '\t', '\n', ',']).filter(|word| word.contains('@')).filter_map(clean_id));
    }
    ids
}

/// The one Message-ID of a mail; one without `@` is accepted here.
pub(super) fn message_id(field: &[u8]) -> Option<String> {
    message_ids(field).into_iter().next().or_else(|| clean_id(&raw(field)))
}

fn clean_id(id: &str) -> Option<String> {
    let id = id.trim().trim_matches(['<', '>']);
    let mended = match id.split_once(" at ") {
        Some((left, right)) if !id.contains('@') => format!("{left}@{right}"),
        _ => id.to_owned(),
    };
    // Folding may have put white space within.
    let whole: String = mended.split_whitespace().collect();
    (!whole.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read() {
        for (field, expected) in [
            ("<a@x>", vec!["a@x"]),
            (" <a@x>\r\n <b@x><c\n d@x> \n", vec!["a@x", "b@x", "cd@x"]),
            ("a@x b@x", vec!["a@x", "b@x"]),
            ("\"Jo's message\" of Monday <a at x>", vec!["a@x"]),
            ("Jo's message of Monday", vec![]),
            ("<unclosed", vec![]),
            ("<>", vec![]),
        ] {
            assert_eq!(message_ids(field.as_bytes()), expected, "{field:?}");
        }
        assert_eq!(message_id(b"no-brackets").as_deref(), Some("no-brackets"));
        assert_eq!(message_id(b"  \n"), None);
    }

    #[test]
    fn fields_are_decoded() {
        for (field, expected) in [
            (&b" plain\n\ttext "[..], Some("plain text")),
            (b"=?utf-8?q?=C3=A4?=\n =?utf-8?q?_b?= c", Some("ä b c")),
            (b"raw \xe4", Some("raw ä")),
            (b"=?iso-8859-2?q?raw_\xb1?=", Some("raw ą")),
            (b"=?utf-8?q?=C3=A4?= raw \xe4", Some("ä raw ä")),
            (b"=?broken", Some("=?broken")),
            (b" \n", None),
        ] {
            assert_eq!(text(field).as_deref(), expected, "{field:?}");
        }
    }
}
