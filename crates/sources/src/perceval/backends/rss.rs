//! Entries of feeds, as Python's feedparser gives them.

use model::{Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};

/// A post. Web addresses and names made to be unique are so in the world, as for every source that reads feeds.
pub fn entry(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(native) = data.text("id").or(data.text("link")) else { return scribe.problem("has no id", "entry") };
    let lower = native.to_lowercase();
    let known = ["http://", "https://", "urn:", "tag:"].iter().any(|begin| lower.starts_with(begin));
    let feed = scribe.origin.to_owned();
    scribe.place(&scribe.site.clone(), "feed", None);
    scribe.site = if known { "feed".to_owned() } else { feed };
    let time = data.time("published").or_else(|| data.time("updated"));
    let name = data.text("author_detail.name").or(data.text("author"));
    let author = scribe.somebody(Known { name, email: data.text("author_detail.email"), seen: time, bot: false });
    let content = data.each("content").find_map(|one| one.text("value")).or(data.text("summary"));
    let message = Message {
        author,
        kind: MessageKind::Page,
        subject: data.text("title").map(text::html_to_text),
        tags: data.each("tags").filter_map(|one| one.text("term").map(str::to_owned)).collect(),
        url: data.text("link").map(str::to_owned),
        ..scribe.message(native, content.map(text::html_to_text).unwrap_or_default(), time)
    };
    scribe.rows.messages.push(message);
}
