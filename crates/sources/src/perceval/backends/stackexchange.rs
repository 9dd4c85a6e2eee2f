//! Questions of Stack Exchange's sites: objects of its API 2.2 with answers and comments.

use model::{Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe, host};

/// A question with all below it. Posts are called as in the sites' dumps: `posts/7`, `comments/7`.
pub fn question(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("question_id") else { return scribe.problem("has no id", "question") };
    if let Some(link) = data.text("link") {
        scribe.site = host(link);
    }
    let site = scribe.site.clone();
    scribe.place(&site, "site", None);
    let time = data.time("creation_date");
    let author = user(scribe, data.at("owner"), time);
    let accepted = data.key("accepted_answer_id").map(|number| scribe.id(&format!("posts/{number}")));
    let closed = data.at("closed_date").is_there();
    let why = data.text("closed_reason").unwrap_or("closed").to_lowercase();
    let message = Message {
        author,
        kind: MessageKind::Question,
        subject: data.text("title").map(unescaped),
        tags: data.texts("tags"),
        accepted,
        score: data.number("score"),
        closed: closed.then_some(why),
        url: data.text("link").map(str::to_owned),
        ..scribe.message(format!("posts/{number}"), body(data), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    comments(scribe, data, id);
    for one in data.each("answers") {
        let (Some(number), time) = (one.key("answer_id"), one.time("creation_date")) else { continue };
        let author = user(scribe, one.at("owner"), time);
        let message = Message {
            author,
            kind: MessageKind::Answer,
            parents: vec![id],
            score: one.number("score"),
            url: Some(format!("https://{site}/a/{number}")),
            ..scribe.message(format!("posts/{number}"), body(one), time)
        };
        let answer = message.id;
        scribe.rows.messages.push(message);
        comments(scribe, one, answer);
    }
}

fn comments(scribe: &mut Scribe<'_>, data: Data<'_>, above: Id) {
    for one in data.each("comments") {
        let (Some(number), time) = (one.key("comment_id"), one.time("creation_date")) else { continue };
        let author = user(scribe, one.at("owner"), time);
        let message = scribe.message(format!("comments/{number}"), body(one), time);
        let (kind, score) = (MessageKind::Comment, one.number("score"));
        scribe.rows.messages.push(Message { author, kind, parents: vec![above], score, ..message });
    }
}

/// The Markdown, whose angle brackets and quotes the API escapes, else the HTML.
fn body(data: Data<'_>) -> String {
    match data.text("body_markdown") {
        Some(markdown) => unescaped(markdown),
        None => data.text("body").map(text::html_to_text).unwrap_or_default(),
    }
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&#160;", " ").replace("&amp;", "&")
}

/// An account by its number; who has left has a name only.
fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let name = user.text("display_name").map(unescaped);
    let known = Known { name: name.as_deref(), seen, ..Known::default() };
    match user.key("user_id") {
        Some(number) => Some(scribe.account(&number, known)),
        None => scribe.somebody(known),
    }
}
