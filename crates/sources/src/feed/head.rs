//! What a feed says of itself, and whether a file is one.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::run::MAX_ITEM;

use super::cut::Entries;
use super::decode::{self, Utf8};
use super::entry::{Entry, Writer, is, is_web, json_writer, link_of, plain, writers};
use super::xml::{self, Prefixes};
use crate::files::FoundFile;
use crate::json::{Fields, Found, Pieces};

/// What the entries of a feed do not tell: the `more` of their origin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The feed's title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its own address, else its site's; empty if it has neither.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// The address of its site, to complete links with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// Who writes what says nothing of its writer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub writers: Vec<Writer>,
    /// Prefixes that are written in an unusual way.
    #[serde(skip_serializing_if = "Prefixes::is_empty")]
    pub prefixes: Prefixes,
    /// The encoding of its bytes, if it is not UTF-8.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub encoding: String,
}

/// What a file is.
#[derive(Debug)]
pub enum Kind {
    /// RSS or Atom.
    Xml(Head),
    /// A JSON Feed.
    Json(Head),
    /// No feed: a problem's phrase.
    Not(&'static str),
}

/// A file, and when the newest of what it holds was written: of overlapping files the one saved last
/// counts, and is read last.
#[derive(Debug)]
pub struct Looked {
    /// What it is.
    pub kind: Kind,
    /// The newest date in it, microseconds UTC.
    pub newest: Option<i64>,
    /// A document type that declares letters of its own, which are not read.
    pub declares: bool,
}

/// Reads a file once for what its entries need.
pub fn look(file: &FoundFile) -> Looked {
    let not = |what| Looked { kind: Kind::Not(what), newest: None, declares: false };
    let Ok(reader) = file.open() else { return not("cannot be read") };
    let mut entries = Entries::new(Utf8::new(reader), MAX_ITEM);
    let mut newest = None;
    // A reader of a file never fails: it ends, and tells why.
    while let Ok(Some(Found { piece, .. })) = entries.next_entry() {
        let Ok((_, bytes)) = piece else { continue };
        let (text, _) = decode::text(bytes, "");
        let entry = read_xml(&text, &Head::default());
        newest = newest.max(newest_of(&entry));
    }
    let first = entries.head().strip_prefix(b"\xef\xbb\xbf").unwrap_or(entries.head()).trim_ascii_start();
    if first.first() == Some(&b'{') {
        return look_json(file);
    }
    let encoding = decode::declared(first).unwrap_or_default().to_owned();
    let (text, _) = decode::text(first, &encoding);
    let declares = text.contains("<!ENTITY");
    match of_xml(&text) {
        Ok(head) => Looked { kind: Kind::Xml(Head { encoding, ..head }), newest, declares },
        Err(what) => not(what),
    }
}

/// Reads an entry's element.
pub fn read_xml(xml: &str, head: &Head) -> (Entry, bool) {
    let (outer, _) = xml::elements(xml, &head.prefixes);
    let (elements, sound) = xml::elements(xml::inside(xml), &head.prefixes);
    let about = outer.first().and_then(|outer| outer.attribute("rdf:about")).map(str::to_owned);
    (Entry::of_xml(&elements, about.as_deref()), sound)
}

fn newest_of((entry, _): &(Entry, bool)) -> Option<i64> {
    let dates = [&entry.published, &entry.updated];
    dates.into_iter().flatten().filter_map(|date| super::date::parse(date)).max()
}

fn of_xml(text: &str) -> Result<Head, &'static str> {
    let (outer, _) = xml::elements(text, &Prefixes::new());
    let Some(root) = outer.first() else { return Err("is no feed") };
    let prefixes = xml::prefixes(root);
    let (top, _) = xml::elements(root.inner, &prefixes);
    let channel = top.iter().find(|one| is(one, "channel"));
    let inner = channel.map(|channel| xml::elements(channel.inner, &prefixes).0);
    let elements = match root.name.rsplit(':').next() {
        Some("rss" | "rdf") => inner.unwrap_or_default(),
        Some("feed") => top.clone(),
        // Feeds have been seen that begin with their channel.
        Some("channel") => top.clone(),
        Some("html") => return Err("is a web page, no feed"),
        _ => return Err("is no feed"),
    };
    let title = elements.iter().find(|one| is(one, "title")).map(|title| plain(title, true));
    let own = elements.iter().filter(|one| is(one, "link") && one.attribute("rel") == Some("self"));
    let own = own.filter_map(|link| link.attribute("href")).find(|url| is_web(url)).map(str::to_owned);
    let id = elements.iter().find(|one| is(one, "id")).map(|id| id.text().trim().to_owned());
    let site = link_of(&elements).filter(|url| is_web(url)).unwrap_or_default();
    Ok(Head {
        title: title.unwrap_or_default(),
        address: own.or(id).unwrap_or_else(|| site.clone()),
        site,
        writers: writers(&elements),
        prefixes,
        encoding: String::new(),
    })
}

fn look_json(file: &FoundFile) -> Looked {
    let mut head = Head::default();
    let (mut named, mut newest, mut is_feed) = (None, None, false);
    let patterns = ["version", "title", "feed_url", "home_page_url", "authors[]", "author", "items[]"];
    if let Ok(reader) = file.open() {
        let mut pieces = Pieces::new(reader, &patterns, MAX_ITEM);
        while let Ok(Some(Found { piece, .. })) = pieces.next_piece() {
            let Ok((pattern, bytes)) = piece else { continue };
            let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let text = value.as_str().unwrap_or_default().trim();
            let wrong = Default::default();
            match patterns.get(pattern).copied().unwrap_or_default() {
                "version" => is_feed |= text.contains("jsonfeed.org"),
                "title" => head.title = text.to_owned(),
                "feed_url" => head.address = text.to_owned(),
                "home_page_url" => named = Some(text.to_owned()),
                "items[]" => {
                    let entry = Entry::of_json(&value, &wrong).map(|entry| (entry, true));
                    newest = newest.max(entry.as_ref().and_then(newest_of));
                }
                _ => head.writers.extend(Fields::of(&value, &wrong).and_then(|fields| json_writer(&fields))),
            }
        }
    }
    head.site = named.unwrap_or_default();
    if head.address.is_empty() {
        head.address.clone_from(&head.site);
    }
    head.writers.dedup();
    let kind = if is_feed { Kind::Json(head) } else { Kind::Not("is no feed") };
    Looked { kind, newest, declares: false }
}
