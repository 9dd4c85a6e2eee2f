//! Topics of Discourse: as the site serves them, with all posts in `post_stream.posts`.
//!
//! A post is called `t/TOPIC/NUMBER`, as everywhere that Discourse's objects are read.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};

/// The kind of post that says what was done to its topic (`Post.types` in `app/models/post.rb`).
const SMALL_ACTION: i64 = 3;

/// A topic with its posts.
pub fn topic(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(topic) = data.key("id") else { return scribe.problem("has no id", "topic") };
    let category = data.key("category_id").map_or_else(|| scribe.site.clone(), |id| format!("category-{id}"));
    scribe.place(&category, "category", None);
    let native = |number: i64| format!("t/{topic}/{number}");
    let answer = data.number("accepted_answer.post_number");
    for post in data.each("post_stream.posts") {
        let (Some(number), time) = (post.number("post_number"), post.time("created_at")) else { continue };
        let author = user(scribe, post, time);
        let first = number == 1;
        let whole = scribe.id(&native(1));
        if post.number("post_type") == Some(SMALL_ACTION) {
            action(scribe, post, &native(number), whole, (author, time));
            continue;
        }
        let answered = post.number("reply_to_post_number").filter(|parent| *parent != number).unwrap_or(1);
        let accepted = answer.filter(|_| first).map(|number| scribe.id(&native(number)));
        let closed = match () {
            () if answer.is_some() => Some("solved"),
            () if data.yes("closed") => Some("closed"),
            () if data.yes("archived") => Some("archived"),
            () => None,
        };
        let kind = match () {
            () if first && answer.is_some() => MessageKind::Question,
            () if post.yes("accepted_answer") => MessageKind::Answer,
            () => MessageKind::Post,
        };
        let likes = post.each("actions_summary").find(|one| one.number("id") == Some(2));
        let body = post.text("cooked").map(text::html_to_text).or(post.text("raw").map(str::to_owned));
        let message = scribe.message(native(number), body.unwrap_or_default(), time);
        let parents = if first { Vec::new() } else { vec![scribe.id(&native(answered))] };
        let tags = data.each("tags").filter_map(|one| one.value().as_str().or(one.text("name")).map(str::to_owned));
        let slug = data.text("slug").unwrap_or("-");
        let url = format!("{}/t/{slug}/{topic}/{number}", scribe.origin.trim_end_matches('/'));
        scribe.rows.messages.push(Message {
            author,
            kind,
            order: number,
            parents,
            subject: data.text("title").filter(|_| first).map(str::to_owned),
            tags: tags.filter(|_| first).collect(),
            accepted,
            closed: closed.filter(|_| first).map(str::to_owned),
            score: likes.and_then(|likes| likes.number("count")),
            url: Some(url),
            ..message
        });
    }
}

fn action(scribe: &mut Scribe<'_>, post: Data<'_>, key: &str, object: Id, by: (Option<Id>, Option<i64>)) {
    let code = post.text("action_code").unwrap_or_default();
    let kind = match code {
        "closed.enabled" | "autoclosed.enabled" => ActivityKind::Closed,
        "closed.disabled" | "autoclosed.disabled" => ActivityKind::Reopened,
        _ => ActivityKind::Other,
    };
    let detail = if kind == ActivityKind::Other { code.replace(['_', '.'], " ") } else { String::new() };
    scribe.did(kind, Deed { key: key.to_owned(), who: by.0, time: by.1, object: Some(object), detail });
}

fn user(scribe: &mut Scribe<'_>, post: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let login = post.text("username")?;
    let bot = post.number("user_id").is_some_and(|number| number < 0) || login == "discobot" || login == "system";
    Some(scribe.account(login, Known { name: post.text("name"), bot, seen, ..Known::default() }))
}
