//! HTML cut at its headings.

use memchr::{memchr, memmem};
use serde_json::Value;

use super::anchors::Anchors;
use super::front::Meta;
use super::page::Pieces;

/// Elements whose contents hold no headings.
const OPAQUE: [&str; 7] = ["script", "style", "template", "textarea", "svg", "title", "noscript"];

/// A tag, and where it is.
struct Tag<'a> {
    begin: usize,
    end: usize,
    name: String,
    closes: bool,
    attributes: &'a str,
}

/// Cuts HTML into pieces. What the page says about itself goes to `meta`. Of a page that says where its
/// text is (`main`, else its only `article`) the rest, menus and the like, is left out.
pub fn parse(text: &str, meta: &mut Meta, anchors: &mut Anchors) -> Pieces {
    let tags = tags(text);
    head(text, &tags, meta);
    let (begin, end) = main_part(text.len(), &tags);
    let mut pieces = Pieces::new();
    let mut from = begin;
    // The latest id, and where the text goes on after it.
    let mut before: Option<(String, usize)> = None;
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.begin >= begin && tag.begin < end) {
        if before.as_ref().is_some_and(|(_, end)| !text[(*end).min(tag.begin)..tag.begin].trim().is_empty()) {
            before = None;
        }
        let Some(level) = tag.heading().filter(|_| !tag.closes && tag.begin >= from) else {
            before = match (id_or_name(tag), before.take()) {
                (Some(id), _) => Some((id, tag.end)),
                (None, Some((id, _))) if !tag.closes || tag.name == "a" || tag.name == "span" => Some((id, tag.end)),
                _ => None,
            };
            continue;
        };
        pieces.text(&text::html_to_text(&text[from..tag.begin]));
        let close = tags[at + 1..].iter().find(|other| other.heading().is_some()).filter(|close| close.begin < end);
        let inner_end = close.map_or(end, |close| close.begin);
        let links =
            || tags[at + 1..].iter().take_while(|inside| inside.end <= inner_end).filter(|link| link.name == "a");
        let itself = |link: &Tag<'_>| attribute(link.attributes, "href")?.strip_prefix('#').map(str::to_owned);
        let given = attribute(tag.attributes, "id")
            .or_else(|| links().find_map(id_or_name))
            .or_else(|| before.take().map(|(id, _)| id))
            .or_else(|| links().find_map(itself));
        let heading = text::html_to_text(&text[tag.end..inner_end]);
        // The sign behind a heading that links to itself.
        let heading = heading.trim_end_matches(['¶', '#', '\u{f0c1}']);
        pieces.heading(level, heading, given.as_deref(), anchors);
        from = close.filter(|close| close.closes).map_or(inner_end, |close| close.end);
    }
    pieces.text(&text::html_to_text(text.get(from..end).unwrap_or_default()));
    pieces
}

/// What the head of the page says: title, author, keywords, date.
fn head(text: &str, tags: &[Tag<'_>], meta: &mut Meta) {
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.closes) {
        if tag.name == "title" && meta.called.is_none() {
            let end = tags[at + 1..].iter().find(|end| end.name == "title").map_or(tag.end, |end| end.begin);
            let title = text::html_to_text(&text[tag.end..end.max(tag.end)]);
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            meta.called = Some(title).filter(|title| !title.is_empty());
        }
        if tag.name != "meta" {
            continue;
        }
        let name = attribute(tag.attributes, "name").or_else(|| attribute(tag.attributes, "property"));
        let content = attribute(tag.attributes, "content").unwrap_or_default();
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "author" => meta.add_authors(&Value::String(content)),
            "keywords" => meta.add_tags(&Value::String(content)),
            "date" | "dcterms.date" | "dc.date" | "article:published_time" if meta.time.is_none() => {
                meta.set_time([content.as_str()].into_iter());
            }
            _ => {}
        }
    }
}

/// Where the text of the page is.
fn main_part(length: usize, tags: &[Tag<'_>]) -> (usize, usize) {
    let of = |name: &str| {
        let mut opens = tags.iter().filter(|tag| tag.name == name && !tag.closes);
        let (first, second) = (opens.next()?, opens.next());
        let close = tags.iter().rev().find(|tag| tag.name == name && tag.closes);
        let end = close.map_or(length, |close| close.begin);
        (second.is_none() && end > first.end).then_some((first.end, end))
    };
    of("main").or_else(|| of("article")).unwrap_or((0, length))
}

impl Tag<'_> {
    /// The level of a heading.
    fn heading(&self) -> Option<usize> {
        match self.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(usize::from(level - b'0')),
            _ => None,
        }
    }
}

/// What a page calls a place in it.
fn id_or_name(tag: &Tag<'_>) -> Option<String> {
    let named = || attribute(tag.attributes, "name").filter(|_| tag.name == "a");
    if tag.closes || tag.heading().is_some() { None } else { attribute(tag.attributes, "id").or_else(named) }
}

/// The tags that may cut or name something, in their order.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    // What was searched for in vain once is not searched for again, so that the time is linear.
    let mut open_quote = false;
    while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
        let begin = at + found;
        let rest = &text[begin + 1..];
        at = begin + 1;
        if rest.starts_with("!--") {
            at = memmem::find(rest.as_bytes(), b"-->").map_or(text.len(), |end| begin + 1 + end + 3);
            continue;
        }
        let closes = rest.starts_with('/');
        let name_begin = usize::from(closes);
        let name: &str = &rest[name_begin..];
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count().min(10)];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = if open_quote { None } else { quoted_end(rest) };
        open_quote |= end.is_none();
        let Some(end) = end.or_else(|| memchr(b'>', rest.as_bytes())) else { break };
        let name = name.to_ascii_lowercase();
        at = begin + 1 + end + 1;
        let attributes = &rest[name_begin + name.len()..end.max(name_begin + name.len())];
        let opaque = !closes && OPAQUE.contains(&name.as_str()) && !attributes.ends_with('/');
        tags.push(Tag { begin, end: at, closes, attributes, name });
        if opaque {
            let name = tags.last().map_or("", |tag| tag.name.as_str());
            match close_of(&text[at..], name) {
                Some(close) => at += close,
                None => break,
            }
        }
    }
    tags
}

/// The `>` that ends a tag, those within quotes passed over.
fn quoted_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Where `</name` begins.
fn close_of(text: &str, name: &str) -> Option<usize> {
    memmem::find_iter(text.as_bytes(), b"</").find(|at| {
        let found = text.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// The value of an attribute, character references decoded.
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    while !rest.is_empty() {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after.trim_start();
        let mut value = "";
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_start();
            (value, rest) = match given.chars().next() {
                Some(quote @ ('"' | '\'')) => given[1..].split_once(quote).unwrap_or((&given[1..], "")),
                _ => given.split_at(given.find(char::is_whitespace).unwrap_or(given.len())),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            let value = text::html_to_text(value);
            return (!value.is_empty()).then_some(value);
        }
    }
    None
}
