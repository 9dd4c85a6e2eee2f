//! Issues and pull requests of GitHub and Gitee: objects of the REST API, with what Perceval fetched beside them in
//! `comments_data`, `reviews_data`, `review_comments_data`, `reactions_data` and `…user_data`.
//!
//! Ids are those of all sources that read GitHub's objects: `owner/repo#7`, `comment-123`, `review-123`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe, path};
use super::issue::change;

/// An issue; GitHub lists pull requests among them.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let pull = data.at("pull_request").is_there();
    whole(scribe, data, if pull { MessageKind::ChangeRequest } else { MessageKind::Issue });
}

/// A pull request.
pub fn pull_request(scribe: &mut Scribe<'_>, data: Data<'_>) {
    whole(scribe, data, MessageKind::ChangeRequest);
}

fn whole(scribe: &mut Scribe<'_>, data: Data<'_>, kind: MessageKind) {
    let Some(number) = data.key("number") else { return scribe.problem("has no id", "issue") };
    let repository = repository(scribe, data);
    let native = format!("{repository}#{number}");
    let time = data.time("created_at");
    let author = user(scribe, data, ["user", "user_data"], time);
    let state = data.text("state").unwrap_or_default();
    let merged = data.at("merged_at").is_there();
    let why = data.text("state_reason").map_or("closed".to_owned(), |why| why.replace('_', " "));
    let closed = matches!(state, "closed" | "rejected" | "merged" | "CLOSED" | "MERGED");
    let labels = data.each("labels").filter_map(|one| one.text("name").map(str::to_owned)).collect();
    let message = Message {
        author,
        kind,
        subject: data.text("title").map(str::to_owned),
        tags: labels,
        closed: closed.then(|| if merged { "merged".to_owned() } else { why }),
        url: data.text("html_url").map(str::to_owned),
        ..scribe.message(&native, data.text("body").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    reactions(scribe, data, &native, id, time);
    for (kind, field, by) in [
        (ActivityKind::Merged, "merged_at", ["merged_by", "merged_by_data"]),
        (ActivityKind::Closed, "closed_at", ["closed_by", "closed_by_data"]),
    ] {
        let Some(at) = data.time(field) else { continue };
        let Some(who) = user(scribe, data, by, Some(at)) else { continue };
        let key = format!("{native}/{}/{}", kind.as_str(), at.div_euclid(60 * model::time::SECOND));
        scribe.did(kind, Deed { key, who: Some(who), time: Some(at), object: Some(id), ..Deed::default() });
    }
    for assignee in data.each("assignees") {
        let who = person(scribe, assignee, assignee, None);
        change(scribe, ActivityKind::Assigned, &native, id, (who, None), assignee.text("login").unwrap_or_default());
    }
    for one in data.each("comments_data") {
        part(scribe, one, "comment", &native, id);
    }
    for one in data.each("reviews_data") {
        review(scribe, one, &native, id);
    }
    for one in data.each("review_comments_data") {
        let sort = if scribe.site == "gitee.com" { "comment" } else { "review-comment" };
        part(scribe, one, sort, &native, id);
    }
}

/// `owner/name` in small letters; the channel has that name.
fn repository(scribe: &mut Scribe<'_>, data: Data<'_>) -> String {
    let url = data.text("html_url").unwrap_or(scribe.origin);
    scribe.site = super::super::scribe::host(url);
    let name = path(url).split('/').take(2).collect::<Vec<_>>().join("/").to_lowercase();
    scribe.place(&name, "repository", None);
    name
}

/// A comment, whose number is unique on the site.
fn part(scribe: &mut Scribe<'_>, data: Data<'_>, sort: &str, whole: &str, above: Id) -> Option<Id> {
    let number = data.key("id")?;
    let key = format!("{sort}-{number}");
    let time = data.time("created_at").or_else(|| data.time("submitted_at"));
    let author = user(scribe, data, ["user", "user_data"], time);
    let message = scribe.message(format!("{whole}/{key}"), data.text("body").unwrap_or_default(), time);
    let answered = data.key("in_reply_to_id").map(|number| scribe.id(&format!("{sort}-{number}")));
    let review = data.key("pull_request_review_id").map(|number| scribe.id(&format!("review-{number}")));
    let id = scribe.id(&key);
    let url = data.text("html_url").map(str::to_owned);
    // A review that says nothing is no message: then what it is about is answered.
    let parents = answered.or(review).into_iter().chain([above]).collect();
    scribe.rows.messages.push(Message { id, author, kind: MessageKind::Comment, parents, url, ..message });
    reactions(scribe, data, &key, id, time);
    Some(id)
}

fn review(scribe: &mut Scribe<'_>, data: Data<'_>, whole: &str, above: Id) {
    let state = data.text("state").unwrap_or_default().to_lowercase();
    let Some(number) = data.key("id").filter(|_| state != "pending") else { return };
    let time = data.time("submitted_at");
    let who = user(scribe, data, ["user", "user_data"], time);
    if data.text("body").is_some_and(|body| !body.trim().is_empty()) {
        part(scribe, data, "review", whole, above);
    }
    let (key, detail) = (format!("review-{number}"), state.replace('_', " "));
    scribe.did(ActivityKind::Reviewed, Deed { key, who, time, object: Some(above), detail });
}

fn reactions(scribe: &mut Scribe<'_>, data: Data<'_>, key: &str, object: Id, time: Option<i64>) {
    for one in data.each("reactions_data") {
        let (Some(login), emoji) = (one.text("user.login"), one.text("content").unwrap_or_default()) else { continue };
        let who = Some(scribe.account(login, Known::default()));
        let at = one.time("created_at").or(time);
        let key = format!("{key}/reacted/{emoji}/{}", login.to_lowercase());
        scribe.did(ActivityKind::Reacted, Deed { key, who, time: at, object: Some(object), detail: emoji.to_owned() });
    }
}

fn user(scribe: &mut Scribe<'_>, data: Data<'_>, names: [&str; 2], seen: Option<i64>) -> Option<Id> {
    let [short, more] = names.map(|name| data.at(name));
    person(scribe, short, more, seen)
}

/// An account: as the object has it, and what was fetched of it. Deleted ones are nobody.
fn person(scribe: &mut Scribe<'_>, short: Data<'_>, more: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let login = short.text("login").or(more.text("login")).filter(|login| *login != "ghost")?;
    let bot = short.text("type") == Some("Bot");
    let known = Known { name: more.text("name").or(short.text("name")), email: more.text("email"), bot, seen };
    Some(scribe.account(login, known))
}
