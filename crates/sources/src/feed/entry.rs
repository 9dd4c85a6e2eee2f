//! One entry of any kind of feed.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::xml::Element;
use crate::json::Fields;

/// What an entry says.
#[derive(Debug, Default)]
pub struct Entry {
    /// What its feed calls it for ever: `guid`, `id`, `rdf:about`.
    pub id: Option<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Its title.
    pub title: String,
    /// Its text, as much of it as the feed has.
    pub body: String,
    /// When it was published, as written.
    pub published: Option<String>,
    /// When it was changed last, as written.
    pub updated: Option<String>,
    /// Who wrote it.
    pub writers: Vec<Writer>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Names of files that belong to it.
    pub files: Vec<String>,
    /// Ids and links of what it answers.
    pub answers: Vec<String>,
}

/// Who wrote an entry, as far as it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Writer {
    /// A name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// A mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// A page of theirs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

impl Entry {
    /// Reads the elements of an entry of RSS or Atom.
    pub fn of_xml(elements: &[Element<'_>], about: Option<&str>) -> Entry {
        let all = |name: &'static str| elements.iter().filter(move |one| is(one, name));
        let first = |names: &[&'static str]| {
            let texts = names.iter().copied().flat_map(all).map(|one| one.text().trim().to_owned());
            texts.into_iter().find(|text| !text.is_empty())
        };
        let id = first(&["guid", "id"]).or_else(|| about.map(str::to_owned));
        // A guid is where it can be read unless it says that it is not.
        let permalink = all("guid").find(|guid| guid.attribute("ispermalink").is_none_or(|yes| yes != "false"));
        let permalink = permalink.map(|guid| guid.text().trim().to_owned()).filter(|url| is_web(url));
        let link = first(&["feedburner:origlink"]).or_else(|| link_of(elements)).or(permalink);
        let title = all("title").map(|title| plain(title, true)).find(|title| !title.is_empty());
        let texts = ["content:encoded", "content", "description", "summary", "itunes:summary", "media:description"];
        let body = texts.into_iter().flat_map(all).map(|one| plain(one, false)).find(|text| !text.is_empty());
        let mut entry = Entry {
            title: title.unwrap_or_default(),
            body: body.unwrap_or_default(),
            published: first(&["pubdate", "published", "issued", "dc:date", "dcterms:issued", "created"]),
            updated: first(&["updated", "modified", "dcterms:modified"]),
            writers: writers(elements),
            ..Entry::default()
        };
        for one in all("category").chain(all("dc:subject")) {
            let label = one.attribute("label").or(one.attribute("term")).map(str::to_owned);
            add(&mut entry.tags, &label.unwrap_or_else(|| flat(&html(&one.text()))));
        }
        let keywords = all("itunes:keywords").chain(all("media:keywords")).map(Element::text).collect::<Vec<_>>();
        keywords.iter().flat_map(|words| words.split(',')).for_each(|word| add(&mut entry.tags, word));
        let enclosed = all("link").filter(|link| link.attribute("rel") == Some("enclosure"));
        let enclosed = enclosed.filter_map(|link| link.attribute("href"));
        let files = all("enclosure").chain(all("media:content")).filter_map(|file| file.attribute("url"));
        files.chain(enclosed).for_each(|url| add(&mut entry.files, file_name(url)));
        for one in all("thr:in-reply-to") {
            let named = [one.attribute("ref"), one.attribute("href")].into_iter().flatten();
            named.for_each(|named| add(&mut entry.answers, named));
        }
        entry.id = id;
        entry.link = link;
        entry.belongs();
        entry
    }

    /// Reads an item of a JSON Feed (jsonfeed.org, versions 1 and 1.1).
    pub fn of_json(value: &Value, wrong: &RefCell<Vec<&'static str>>) -> Option<Entry> {
        let fields = Fields::of(value, wrong)?;
        let text = |name| fields.text(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let body = text("content_text").or_else(|| text("content_html").map(|html_text| html(&html_text)));
        let mut entry = Entry {
            id: fields.id("id"),
            link: text("url").or_else(|| text("external_url")),
            title: text("title").map(|title| flat(&title)).unwrap_or_default(),
            body: body.or_else(|| text("summary")).unwrap_or_default(),
            published: text("date_published"),
            updated: text("date_modified"),
            writers: fields
                .objects("authors")
                .chain(fields.object("author"))
                .filter_map(|one| json_writer(&one))
                .collect(),
            ..Entry::default()
        };
        entry.writers.dedup();
        fields.list("tags").filter_map(Value::as_str).for_each(|tag| add(&mut entry.tags, tag));
        for file in fields.objects("attachments") {
            let name = file.text("title").or_else(|| file.text("url").map(file_name));
            add(&mut entry.files, name.unwrap_or_default());
        }
        entry.belongs();
        Some(entry)
    }

    /// WordPress calls a comment by its post's id or link with `#comment-7` behind it.
    fn belongs(&mut self) {
        let named = [&self.id, &self.link];
        let posts =
            named.into_iter().flatten().filter_map(|id| id.split_once("#comment")).map(|(post, _)| post.to_owned());
        for post in posts.collect::<Vec<_>>() {
            add(&mut self.answers, &post);
        }
    }
}

/// Reads the writer of a JSON Feed or one of its items.
pub fn json_writer(fields: &Fields<'_>) -> Option<Writer> {
    let text = |name| fields.text(name).unwrap_or_default().trim().to_owned();
    let url = text("url");
    let email = url.strip_prefix("mailto:").unwrap_or_default().to_lowercase();
    let writer = Writer { name: text("name"), email, url };
    (writer != Writer::default()).then_some(writer)
}

/// Who wrote a feed or an entry of it: Atom's people, and what RSS and its extensions have.
pub fn writers(elements: &[Element<'_>]) -> Vec<Writer> {
    let mut writers: Vec<Writer> = Vec::new();
    for name in ["author", "dc:creator", "itunes:author"] {
        for one in elements.iter().filter(|one| is(one, name)) {
            let (inner, _) = super::xml::elements(one.inner, &Default::default());
            let part = |name: &str| {
                let found = inner.iter().find(|part| is(part, name)).map(|part| flat(&part.text()));
                found.unwrap_or_default()
            };
            let url = part("uri");
            let person = Writer {
                name: part("name"),
                email: part("email"),
                url: if url.is_empty() { part("url") } else { url },
            };
            let writer = if person == Writer::default() { written(&flat(&html(&one.text()))) } else { person };
            let writer = Writer { email: writer.email.to_lowercase(), ..writer };
            // The same person is often named in two ways; the first says more.
            let known = writers.iter().any(|other| {
                *other == writer || (!writer.name.is_empty() && [&other.name, &other.email].contains(&&writer.name))
            });
            if writer != Writer::default() && !known && writers.len() < MOST {
                writers.push(writer);
            }
        }
        // What a podcast calls its author is its maker beside writers that are named.
        if !writers.is_empty() && name == "dc:creator" {
            break;
        }
    }
    writers
}

/// `ada@example.org (Ada Example)`, `Ada Example <ada@example.org>`, or either alone.
fn written(text: &str) -> Writer {
    let text = text.trim();
    let (before, after) = text.split_once(['(', '<']).unwrap_or((text, ""));
    let (before, after) = (before.trim(), after.trim_end_matches([')', '>']).trim());
    let is_address = |text: &str| text.contains('@') && !text.contains(' ');
    let (name, email) = match (is_address(before), is_address(after)) {
        (true, _) => (after, before),
        (false, true) => (before, after),
        (false, false) => (text, ""),
    };
    // An address that nobody reads says nothing of who it was.
    let email = if email.starts_with("noreply@") || email.starts_with("no-reply@") { "" } else { email };
    Writer { name: name.to_owned(), email: email.to_owned(), url: String::new() }
}

/// The address of a feed or entry: Atom's link without another relation, else RSS's.
pub fn link_of(elements: &[Element<'_>]) -> Option<String> {
    let links = || elements.iter().filter(|one| is(one, "link"));
    let alternate = links()
        .find(|link| link.attribute("href").is_some() && link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let alternate = alternate.and_then(|link| link.attribute("href")).map(str::to_owned);
    let rss = || links().map(|link| link.text().trim().to_owned()).find(|url| !url.is_empty());
    // Within RSS, Atom's links are the feed's own.
    let plain = elements.iter().any(|one| one.name == "link" && !one.inner.trim().is_empty());
    if plain { rss() } else { alternate }
}

/// Whether an element has this name; Atom's may stand behind their prefix.
pub fn is(element: &Element<'_>, name: &str) -> bool {
    element.name == name || element.name.strip_prefix("atom:").or(element.name.strip_prefix("a:")) == Some(name)
}

/// An element's text as plain text. Atom says what it is; in RSS a title is mostly text and the rest HTML.
pub fn plain(element: &Element<'_>, title: bool) -> String {
    // Elsewhere than where it says; a summary tells of it.
    if element.attribute("src").is_some() {
        return String::new();
    }
    let text = element.text();
    let read = match element.attribute("type") {
        Some("xhtml" | "application/xhtml+xml") => html(element.inner),
        Some("html" | "text/html") => html(&text),
        Some("text" | "text/plain") => text,
        Some(_) | None if title && !is_markup(&text) => text,
        Some(_) | None => html(&text),
    };
    if title { flat(&read) } else { read.trim().to_owned() }
}

fn is_markup(text: &str) -> bool {
    text.contains("</") || text.contains("<br") || (text.contains('&') && text.contains(';'))
}

fn html(text: &str) -> String {
    text::html_to_text(text)
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether this is an address on the web.
pub fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The last part of an address.
fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

/// More tags or files than this of one entry are not told.
const MOST: usize = 1_000;

/// Adds what says something and is not there yet.
fn add(list: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && list.len() < MOST && !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}
