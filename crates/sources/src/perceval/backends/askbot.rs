//! Questions of Askbot: its API, with answers and comments that Perceval read from the pages.

use model::{Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};

/// A question with all below it.
pub fn question(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "question") };
    let site = scribe.site.clone();
    scribe.place(&site, "site", None);
    let time = data.time("added_at");
    let author = user(scribe, data.at("author"), time);
    let chosen = data.each("answers").find(|one| one.yes("accepted")).and_then(|one| one.key("id"));
    let accepted = data.key("accepted_answer_id").or(chosen).map(|number| scribe.id(&format!("posts/{number}")));
    let message = Message {
        author,
        kind: MessageKind::Question,
        subject: data.text("title").map(str::to_owned),
        tags: data.texts("tags"),
        accepted,
        score: data.number("score"),
        closed: data.yes("closed").then(|| "closed".to_owned()),
        url: data.text("url").map(str::to_owned),
        ..scribe.message(format!("posts/{number}"), data.text("summary").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    comments(scribe, data, id);
    for one in data.each("answers") {
        let (Some(number), time) = (one.key("id"), one.time("added_at")) else { continue };
        let author = user(scribe, one.at("answered_by"), time);
        let message = scribe.message(format!("posts/{number}"), one.text("summary").unwrap_or_default(), time);
        let (kind, score, answer) = (MessageKind::Answer, one.number("score"), message.id);
        scribe.rows.messages.push(Message { author, kind, parents: vec![id], score, ..message });
        comments(scribe, one, answer);
    }
}

fn comments(scribe: &mut Scribe<'_>, data: Data<'_>, above: Id) {
    for one in data.each("comments") {
        let (Some(number), time) = (one.key("id"), one.time("comment_added_at")) else { continue };
        let known = Known { name: one.text("user_display_name"), seen: time, ..Known::default() };
        let author = one.key("user_id").map(|id| scribe.account(&id, known));
        let body = one.text("text").map(str::to_owned).or_else(|| one.text("html").map(text::html_to_text));
        let message = scribe.message(format!("comments/{number}"), body.unwrap_or_default(), time);
        let (kind, score) = (MessageKind::Comment, one.number("score"));
        scribe.rows.messages.push(Message { author, kind, parents: vec![above], score, ..message });
    }
}

fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let number = user.key("id")?;
    Some(scribe.account(&number, Known { name: user.text("username"), seen, ..Known::default() }))
}
