//! Questions, answers, pages, comments, links between them, and tags.

use std::borrow::Cow;

use model::{Activity, ActivityKind, Id, Message, MessageKind};

use super::normalize::Reading;
use super::row::Broken;

/// Posts: a question, an answer below its question, or a page (tags' wikis and excerpts, and what
/// moderators write).
pub fn post(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let number = reading.number();
    let kind = match reading.row.number("PostTypeId") {
        Some(1) => MessageKind::Question,
        Some(2) => MessageKind::Answer,
        _ => MessageKind::Page,
    };
    let page = if kind == MessageKind::Answer { "a" } else { "q" };
    let body = text::html_to_text(&reading.row.text("Body")?.unwrap_or_default());
    let time = reading.time("CreationDate");
    let message = Message {
        author: reading.who("OwnerUserId", "OwnerDisplayName", time)?,
        time,
        kind,
        parents: reading.post("ParentId").into_iter().collect(),
        subject: reading.row.text("Title")?.map(Cow::into_owned),
        tags: tags(&reading.row.text("Tags")?.unwrap_or_default()),
        accepted: reading.post("AcceptedAnswerId"),
        score: reading.row.number("Score"),
        url: reading.site.url.map(|url| format!("{url}/{page}/{number}")),
        ..message(reading, body)
    };
    reading.rows.messages.push(message);
    Ok(())
}

/// Comments: below their post.
pub fn comment(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let body = reading.row.text("Text")?.unwrap_or_default().into_owned();
    let time = reading.time("CreationDate");
    let message = Message {
        author: reading.who("UserId", "UserDisplayName", time)?,
        time,
        kind: MessageKind::Comment,
        parents: reading.post("PostId").into_iter().collect(),
        mentions: mentions(&body),
        score: reading.row.number("Score"),
        url: reading.site.url.map(|url| format!("{url}/posts/comments/{}", reading.number())),
        ..message(reading, body)
    };
    reading.rows.messages.push(message);
    Ok(())
}

/// PostLinks: the object is the post that links, the detail tells how and to which message.
pub fn link(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let how = match reading.row.number("LinkTypeId") {
        Some(1) => "related".to_owned(),
        Some(3) => "duplicate".to_owned(),
        number => format!("link of unknown type {}", number.unwrap_or_default()),
    };
    let other = reading.post("RelatedPostId").map(|id| format!(" {id}")).unwrap_or_default();
    let time = reading.time("CreationDate");
    let object = reading.post("PostId").map(|post| post.to_string());
    let linked = Activity { time, object, ..reading.activity(ActivityKind::Linked, how + &other) };
    reading.rows.activities.push(linked);
    Ok(())
}

/// Tags: nobody did it and nobody knows when, but it is told.
pub fn tag(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let name = reading.row.text("TagName")?.unwrap_or_default();
    let tag = reading.activity(ActivityKind::Other, format!("tag {name}"));
    reading.rows.activities.push(tag);
    Ok(())
}

fn message(reading: &Reading<'_>, body: String) -> Message {
    let native = reading.item.id.as_str();
    let id = Id::message(reading.site.source, native);
    Message { order: reading.number(), ..Message::new(id, native, reading.site.channel, body) }
}

/// The names in `<one><two>`, or in `|one|two|` as dumps since 2024 write them.
fn tags(text: &str) -> Vec<String> {
    text.split(['<', '>', '|']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// The names behind `@`, which stands at the beginning of a word. Sites leave out blanks in them.
fn mentions(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | ','));
    let names = words.filter_map(|word| word.strip_prefix('@'));
    let names = names.map(|name| {
        let end =
            name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\''))).unwrap_or(name.len());
        name[..end].trim_end_matches(['.', '\'', '-'])
    });
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
