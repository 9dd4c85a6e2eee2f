//! A file to a page and its sections.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};
use jiff::tz::TimeZone;
use model::{
    Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Item, Message, MessageKind, Problem, Rows, Stage,
};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use source::{Context, Normalizer, Options, OptionsError};

use super::address::{Address, dated};
use super::anchors::Anchors;
use super::config::DocumentsOptions;
use super::format::{Format, base, stem};
use super::front::{self, Author, Meta};
use super::page::{Page, Pieces};
use super::site::Site;
use super::{asciidoc, html, markdown, rst};
use crate::dates;

/// What stands between the title of a page and the headings in it.
const BETWEEN: &str = " › ";
/// Where HTML may say what it is encoded in (the HTML standard, section 4.2.5.4).
const SAYS_ENCODING: usize = 1024;

/// Where a page was found.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Origin {
    file: String,
    site: Option<Site>,
    top: Option<String>,
}

/// Gives the function that turns an item into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let options = DocumentsOptions::read(context)?;
    let source = context.source.clone();
    Ok(Box::new(move |item, rows| {
        let origin: Origin = serde_json::from_str(&item.origin).unwrap_or_default();
        Reading { source: &source, options: &options, origin, item, rows }.page();
    }))
}

struct Reading<'a> {
    source: &'a str,
    options: &'a DocumentsOptions,
    origin: Origin,
    item: &'a Item,
    rows: &'a mut Rows,
}

impl Reading<'_> {
    fn page(&mut self) {
        let name = self.item.id.strip_suffix(".gz").or_else(|| self.item.id.strip_suffix(".zst"));
        let name = name.unwrap_or(&self.item.id);
        let format = Format::of(name).unwrap_or(Format::Text);
        let site = self.options.site.or(self.origin.site).unwrap_or_default();
        let text = decoded(&self.item.bytes, format);
        if text.contains('\0') {
            return self.problem("is no text", "");
        }
        let (mut meta, rest) = front::split(&text);
        let mut anchors = Anchors::new(site.style(format));
        let pieces = match format {
            Format::Markdown => markdown::parse(rest, &mut anchors),
            Format::Rst => rst::parse(rest, &mut meta, &mut anchors),
            Format::Asciidoc => asciidoc::parse(rest, &mut meta, &mut anchors),
            Format::Html => html::parse(rest, &mut meta, &mut anchors),
            Format::Text => plain(rest),
        };
        meta.time = meta.time.or_else(|| dates::read(dated(name)?)?.instant(&TimeZone::UTC));
        meta.wrong.iter().for_each(|what| self.problem(what, ""));
        if pieces.left_over > 0 {
            self.problem("has more sections than a page", &format!("{} headings became text", pieces.left_over));
        }
        let page = Page::new(pieces.done(), &meta, base(stem(name)));
        let url = self.url(name, site, &meta);
        self.push(page, meta, url);
    }

    fn push(&mut self, page: Page, meta: Meta, url: Option<String>) {
        let channel =
            Channel { name: self.source.to_owned(), kind: "documents".to_owned(), title: self.options.url.clone() };
        self.rows.channels.push(channel);
        let id = Id::message(self.source, &self.item.id);
        let authors: Vec<Id> = meta.authors.iter().map(|author| self.identity(author, meta.time)).collect();
        for (number, who) in authors.iter().enumerate().skip(1) {
            let activity = Id::activity(self.source, &format!("{}/author/{number}", self.item.id));
            self.rows.activities.push(Activity {
                who: Some(*who),
                time: meta.time,
                object: Some(id.to_string()),
                detail: Some(page.title.clone()),
                ..Activity::new(activity, ActivityKind::CoAuthored, self.source)
            });
        }
        self.rows.messages.push(Message {
            author: authors.first().copied(),
            time: meta.time,
            kind: MessageKind::Page,
            subject: Some(page.title.clone()),
            tags: meta.tags.clone(),
            url: url.clone(),
            ..Message::new(id, &self.item.id, self.source, page.body)
        });
        let mut natives = FxHashSet::default();
        for (number, section) in page.sections.into_iter().enumerate() {
            // An anchor lasts longer than a place; where there is none of its own, the place must do.
            let mut native = format!("{}#{}", self.item.id, section.anchor);
            if section.anchor.is_empty() || natives.contains(&native) {
                native = format!("{native}~{}", number + 1);
            }
            natives.insert(native.clone());
            let anchored = |url: &String| match section.anchor.as_str() {
                "" => url.clone(),
                anchor => format!("{url}#{anchor}"),
            };
            self.rows.messages.push(Message {
                time: meta.time,
                order: number as i64 + 1,
                kind: MessageKind::Page,
                parents: vec![id],
                subject: Some(titled(&page.title, &section.path)),
                tags: meta.tags.clone(),
                url: url.as_ref().map(anchored),
                ..Message::new(Id::message(self.source, &native), native, self.source, section.body)
            });
        }
    }

    fn url(&self, name: &str, site: Site, meta: &Meta) -> Option<String> {
        let url = self.options.url.as_ref()?.trim_end_matches('/').to_owned();
        let top = self.options.top.clone().or_else(|| self.origin.top.clone()).unwrap_or_default();
        let top = match top.trim_matches('/') {
            "" | "." => String::new(),
            top => format!("{top}/"),
        };
        let ending = match self.options.ending.as_deref() {
            None => site.ending().map(str::to_owned),
            Some("keep") => None,
            Some(ending) => Some(ending.to_owned()),
        };
        Some(Address { url, site, top, ending }.of(name, meta.path.as_deref()))
    }

    fn identity(&mut self, author: &Author, seen: Option<i64>) -> Id {
        let (kind, value) = match (&author.email, &author.name) {
            (Some(email), _) => (IdentityKind::Email, email.to_lowercase()),
            (None, name) => (IdentityKind::Name, name.clone().unwrap_or_default().to_lowercase()),
        };
        let email = author.email.as_ref().map(|email| email.to_lowercase());
        let identity = Identity { name: author.name.clone(), email, seen, ..Identity::new(self.source, kind, value) };
        let id = identity.id;
        self.rows.identities.push(identity);
        id
    }

    fn problem(&mut self, what: &str, detail: &str) {
        self.rows.problems.push(Problem {
            stage: Stage::Normalize,
            what: what.to_owned(),
            file: self.origin.file.clone(),
            offset: None,
            detail: detail.to_owned(),
        });
    }
}

/// A section's title; headings without a word are left out.
fn titled(title: &str, path: &[String]) -> String {
    let headings = path.iter().map(String::as_str).filter(|heading| !heading.is_empty());
    std::iter::once(title).chain(headings).collect::<Vec<_>>().join(BETWEEN)
}

/// Text without markup is one piece.
fn plain(text: &str) -> Pieces {
    let mut pieces = Pieces::new();
    pieces.text(text);
    pieces
}

/// Text as Unicode: by its byte order mark, as UTF-8, by what HTML says, else as Windows-1252.
fn decoded(bytes: &[u8], format: Format) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let said = (format == Format::Html).then(|| charset(bytes)).flatten();
    // Cut within a character, or wrong in a few places, it is UTF-8 all the same.
    if said.is_none() && is_mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    said.unwrap_or(WINDOWS_1252).decode(bytes).0
}

/// Whether more characters of several bytes are sound than are not: in other encodings hardly any is.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 0 && sound >= broken
}

fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SAYS_ENCODING)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let name = name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?;
    Encoding::for_label(name.as_bytes())
}
