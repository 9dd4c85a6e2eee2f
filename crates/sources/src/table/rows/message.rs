//! Something that somebody wrote.

use model::{Id, Message, MessageKind, Rows};

use super::measurement::values;
use super::who::{self, Fields};
use crate::table::normalize::{Row, is_yes};

/// Words of a status that say that a conversation is over.
const OVER: [&str; 16] = [
    "closed",
    "solved",
    "resolved",
    "done",
    "complete",
    "completed",
    "fixed",
    "answered",
    "merged",
    "duplicate",
    "not planned",
    "wontfix",
    "won't fix",
    "rejected",
    "declined",
    "archived",
];

/// Words of a status that say that it is not.
const NOT_OVER: [&str; 6] = ["no", "false", "0", "n", "open", "never"];

/// Pushes a message, and the numbers of its row.
pub fn message(row: &mut Row<'_>, rows: &mut Rows) {
    let native = row.native_id();
    let time = row.time("time");
    let channel = row.channel(rows);
    let fields = Fields { account: "author", name: "author_name", email: "author_email" };
    let author = who::person(row, rows, &fields, time);
    if let Some(author) = author {
        who::organization(row, rows, author);
    }
    let id = Id::message(row.space(), &native);
    values(row, rows, &channel, time, &[format!("id={native}")]);
    let body = row.text("body").unwrap_or_default();
    let body = if row.mapping.html { text::html_to_text(&body) } else { body };
    let subject = row.text("subject");
    if body.trim().is_empty() && subject.is_none() {
        row.wrong.push((
            "row has no text",
            row.column(if row.mapping.field("body").is_some() { "body" } else { "subject" }),
        ));
        return;
    }
    let parents: Vec<Id> = row
        .text("parent")
        .filter(|parent| *parent != native)
        .iter()
        .map(|parent| Id::message(row.space(), parent))
        .collect();
    let kind = row.text("what").and_then(|what| MessageKind::parse(&row.word(&what)));
    let names = |list: Vec<String>| list.into_iter().map(|name| name.trim_start_matches('@').to_lowercase()).collect();
    let score = number(row, "score");
    rows.messages.push(Message {
        author,
        time,
        order: row.order,
        kind: kind.unwrap_or(MessageKind::Post),
        threaded: !parents.is_empty(),
        parents,
        subject,
        attachments: row.list("attachments"),
        tags: row.list("tags"),
        mentions: names(row.list("mentions")),
        closed: row.text("closed").and_then(|status| closed(row, &status)),
        score,
        url: row.text("url"),
        ..Message::new(id, native, channel, body)
    });
}

/// How it ended: a status, a yes, or the time of the end.
fn closed(row: &Row<'_>, status: &str) -> Option<String> {
    let word = status.to_lowercase();
    if NOT_OVER.contains(&word.as_str()) {
        return None;
    }
    let ours = row.mapping.words.get(&word).map_or(word.as_str(), String::as_str);
    if OVER.contains(&ours) {
        return Some(ours.to_owned());
    }
    (is_yes(&word) || row.mapping.clock.read(status).is_ok()).then(|| "closed".to_owned())
}

fn number(row: &mut Row<'_>, name: &str) -> Option<i64> {
    let text = row.text(name)?;
    match crate::table::number::number(&text, row.mapping.decimal) {
        // No vote count comes near the range of whole numbers that a float holds.
        Ok(found) => found.map(|(value, _)| value as i64),
        Err(what) => {
            row.wrong.push((what, row.column(name)));
            None
        }
    }
}
