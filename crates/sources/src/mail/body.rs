//! A mail's text and the names of what is attached to it.

use std::borrow::Cow;

use mail_parser::{Encoding, Message, MimeHeaders, PartType};
use memchr::{memchr, memmem};

use super::dialect::Dialect;

/// What a mail says beside its header.
#[derive(Debug, Default)]
pub struct Body {
    /// Plain text, lines ended by `\n`, no white space at its end.
    pub text: String,
    /// Names of attached files.
    pub attachments: Vec<String>,
    /// Some bytes were not what the mail says they are.
    pub mended: bool,
}

/// Takes text and names out of a parsed mail. Plain text goes before HTML.
pub(super) fn take(message: &mut Message<'_>, dialect: Dialect) -> Body {
    let mut attachments: Vec<String> = message
        .attachments()
        .filter_map(|part| part.attachment_name())
        .map(super::fields::collapse)
        .filter(|name| !name.is_empty())
        .collect();
    let (text, mended) = text(message);
    let text = tidy(text, dialect);
    attachments.extend(scrubbed(&text));
    Body { text, attachments, mended }
}

/// The text of all parts that are to be read, and whether it had to be mended.
fn text(message: &mut Message<'_>) -> (String, bool) {
    let mut all: Option<String> = None;
    let mut mended = false;
    for number in std::mem::take(&mut message.text_body) {
        let Some(part) = message.parts.get_mut(number as usize) else { continue };
        let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
        let undeclared = part.encoding == Encoding::None
            && part.content_type().is_none_or(|content_type| content_type.attribute("charset").is_none());
        let text = match std::mem::take(&mut part.body) {
            PartType::Text(text) => decode(text, raw, undeclared, &mut mended).into_owned(),
            PartType::Html(html) => text::html_to_text(&decode(html, raw, undeclared, &mut mended)),
            _ => continue,
        };
        match &mut all {
            None => all = Some(text),
            Some(all) => {
                all.push('\n');
                all.push_str(&text);
            }
        }
    }
    (all.unwrap_or_default(), mended)
}

/// Text as the parser decoded it, unless that failed and a better guess is left: raw bytes without a
/// declared charset that are no UTF-8 are read as Windows-1252.
fn decode<'a>(text: Cow<'a, str>, raw: &[u8], undeclared: bool, mended: &mut bool) -> Cow<'a, str> {
    if memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).is_none() {
        return text;
    }
    *mended = true;
    match undeclared && std::str::from_utf8(raw).is_err() {
        true => Cow::Owned(encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned()),
        false => text,
    }
}

/// One kind of line ends, none at the end, `>From ` as it was written.
fn tidy(mut text: String, dialect: Dialect) -> String {
    text.truncate(text.trim_end().len());
    if memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n");
    }
    if dialect != Dialect::Mboxcl2 && memmem::find(text.as_bytes(), b">From ").is_some() {
        text = unescape(&text, dialect);
    }
    text
}

fn unescape(text: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_quote = false;
    for line in text.split_inclusive('\n') {
        let deep = line.trim_start_matches('>').starts_with("From ");
        let escaped = match dialect {
            Dialect::Mboxrd => deep && line.starts_with('>'),
            // Below a quoted line it is likelier a quote than a word that happened to begin a line.
            Dialect::Auto => line.starts_with(">From ") && !after_quote,
            _ => line.starts_with(">From "),
        };
        out.push_str(if escaped { &line[1..] } else { line });
        after_quote = line.starts_with('>') && !escaped;
    }
    out
}

/// Names of attachments that Pipermail took out, from the notes it left.
fn scrubbed(text: &str) -> Vec<String> {
    let note = b"attachment was scrubbed...\n";
    let name_of = |at: usize| {
        let line = text[at + note.len()..].lines().next()?;
        let name = line.strip_prefix("Name: ")?.trim();
        (!name.is_empty() && name != "not available").then(|| name.to_owned())
    };
    memmem::find_iter(text.as_bytes(), note).filter_map(name_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_lines_are_as_written() {
        let body = ">From here\n>>From there\n> quote\n>From quote\n";
        for (dialect, expected) in [
            (Dialect::Auto, "From here\n>>From there\n> quote\n>From quote"),
            (Dialect::Mboxo, "From here\n>>From there\n> quote\nFrom quote"),
            (Dialect::Mboxrd, "From here\n>From there\n> quote\nFrom quote"),
            (Dialect::Mboxcl2, ">From here\n>>From there\n> quote\n>From quote"),
        ] {
            assert_eq!(tidy(body.to_owned(), dialect), expected, "{dialect:?}");
        }
    }

    #[test]
    fn scrubbed_attachments_keep_their_names() {
        let body = "hi\n-------------- next part --------------\nA non-text attachment was scrubbed...\n\
            Name: fix.patch\nType: text/x-diff\n\n-------------- next part --------------\n\
            A non-text attachment was scrubbed...\nName: not available\n\nAn HTML attachment was scrubbed...\nURL: x\n";
        assert_eq!(scrubbed(body), ["fix.patch"]);
    }
}
