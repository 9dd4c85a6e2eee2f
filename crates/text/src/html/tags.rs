//! HTML cut into tags and text.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::entities;

/// Elements whose contents are no text to be read.
const DROPPED: [&str; 5] = ["script", "style", "title", "template", "svg"];
/// The longest name that matters is `blockquote`'s; longer ones are cut.
const LONGEST_NAME: usize = 12;

/// A piece of HTML.
pub(super) enum Token<'a> {
    /// Text, character references decoded.
    Text(Cow<'a, str>),
    /// A tag that opens an element or stands alone: its name and what follows the name.
    Open(Name, &'a str),
    /// A tag that closes an element.
    Close(Name),
}

/// An element's name in lower case.
#[derive(Clone, Copy)]
pub(super) struct Name {
    bytes: [u8; LONGEST_NAME],
    length: usize,
}

impl Name {
    fn new(text: &str) -> Name {
        let mut bytes = [0; LONGEST_NAME];
        let length = text.len().min(LONGEST_NAME);
        bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
        bytes.make_ascii_lowercase();
        Name { bytes, length }
    }

    /// The name; empty if it is cut within a character (no such name means anything).
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// Cuts HTML into tokens. What was searched for in vain once is never searched for again: that is
/// what keeps the time linear whatever the markup.
pub(super) struct Tags<'a> {
    rest: &'a str,
    /// No `>` comes any more.
    no_end: bool,
    /// A quote was left open: values are read without regard to quotes from now on.
    open_quote: bool,
    /// Elements of [`DROPPED`] that are not closed any more.
    unclosed: [bool; DROPPED.len()],
}

impl<'a> Tags<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Tags { rest: html, no_end: false, open_quote: false, unclosed: [false; DROPPED.len()] }
    }

    /// Takes the text up to the next `<` after the first `skip` bytes.
    fn text(&mut self, skip: usize) -> Token<'a> {
        let end = memchr(b'<', &self.rest.as_bytes()[skip..]).map_or(self.rest.len(), |at| at + skip);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Text(entities::decode(text))
    }

    /// The length of the tag at the beginning, `>` included.
    fn tag_length(&mut self) -> Option<usize> {
        if self.no_end {
            return None;
        }
        let end = if self.open_quote { None } else { end_outside_quotes(self.rest) };
        self.open_quote |= end.is_none();
        let end = end.or_else(|| memchr(b'>', self.rest.as_bytes()).map(|at| at + 1));
        self.no_end = end.is_none();
        end
    }

    /// Passes over the contents of an element that is no text.
    fn drop_contents(&mut self, name: &str) {
        let Some(number) = DROPPED.iter().position(|dropped| *dropped == name) else { return };
        if self.unclosed[number] {
            return;
        }
        let bytes = self.rest.as_bytes();
        let closes = |at: &usize| {
            let after = bytes.get(at + 2..at + 2 + name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
        };
        match memmem::find_iter(bytes, b"</").find(closes) {
            Some(at) => self.rest = &self.rest[at..],
            None => self.unclosed[number] = true,
        }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if !self.rest.starts_with('<') {
                return (!self.rest.is_empty()).then(|| self.text(0));
            }
            if self.rest.starts_with("<!--") {
                let end = memmem::find(self.rest.as_bytes(), b"-->").map_or(self.rest.len(), |at| at + 3);
                self.rest = &self.rest[end..];
                continue;
            }
            let first = self.rest[1..].chars().next();
            if !first.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
                return Some(self.text(1));
            }
            let Some(length) = self.tag_length() else { return Some(self.text(1)) };
            let (tag, rest) = self.rest.split_at(length);
            self.rest = rest;
            let inner = &tag[1..tag.len() - 1];
            match first {
                Some('!' | '?') => {}
                Some('/') => return Some(Token::Close(Name::new(split_name(&inner[1..]).0))),
                _ => {
                    let (name, attributes) = split_name(inner);
                    let name = Name::new(name);
                    self.drop_contents(name.as_str());
                    return Some(Token::Open(name, attributes));
                }
            }
        }
    }
}

fn split_name(inner: &str) -> (&str, &str) {
    inner.split_at(inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len()))
}

/// Past the `>` that ends the tag, those within quoted values aside; `None` where a quote is left open.
fn end_outside_quotes(tag: &str) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        // A quote that follows no `=` is a stray one.
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote if bytes[..at].trim_ascii_end().ends_with(b"=") => at += 2 + memchr(quote, &bytes[at + 1..])?,
            _ => at += 1,
        }
    }
}

/// The value of an attribute, decoded.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let name = &rest[..end];
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            // No value, or a lone sign that must be passed over.
            rest = if end == 0 { rest.get(1..).unwrap_or_default() } else { after };
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(entities::decode(value).into_owned());
        }
        rest = behind;
    }
}
