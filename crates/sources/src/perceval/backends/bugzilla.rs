//! Bugs of Bugzilla: from its REST API (`bugzillarest`), and from its pages of XML and HTML (`bugzilla`), of
//! which Perceval made dictionaries whose fields are lists of `__text__` (Bugzilla's `bugzilla.dtd`).

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};
use super::issue::{change, comment, is_closed, transition};

/// A bug of the REST API, with `comments`, `history` and `attachments`.
pub fn bug(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "bug") };
    place(scribe, data.text("product"), data.text("component"));
    let native = format!("bugs/{number}");
    let time = data.time("creation_time");
    let author = user(scribe, data.at("creator_detail"), data.text("creator"), time);
    let status = data.text("status").unwrap_or_default();
    let resolution = data.text("resolution").filter(|_| is_closed(status)).map(str::to_lowercase);
    let first = data.each("comments").find(|comment| comment.number("count") == Some(0));
    let body = first.and_then(|comment| comment.text("text")).unwrap_or_default();
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: data.text("summary").map(str::to_owned),
        tags: data.texts("keywords"),
        score: data.number("votes"),
        attachments: data.each("attachments").filter_map(|one| one.text("file_name").map(str::to_owned)).collect(),
        closed: is_closed(status).then(|| resolution.unwrap_or_else(|| "closed".to_owned())),
        url: Some(format!("{}/show_bug.cgi?id={number}", scribe.origin.trim_end_matches('/'))),
        ..scribe.message(&native, body, time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for (at, one) in data.each("comments").enumerate() {
        let count = one.number("count").unwrap_or(at as i64);
        if count == 0 {
            continue;
        }
        let time = one.time("creation_time").or_else(|| one.time("time"));
        let author = user(scribe, one.at("author_detail"), one.text("author").or(one.text("creator")), time);
        let body = one.text("text").unwrap_or_default();
        let message = scribe.message(format!("{native}#c{count}"), body, time);
        comment(scribe, id, Message { author, ..message });
    }
    for entry in data.each("history") {
        let time = entry.time("when");
        let who = user(scribe, entry.at("who_detail"), entry.text("who"), time);
        for one in entry.each("changes") {
            let text = |name| one.text(name).unwrap_or_default();
            changed(scribe, &native, id, (who, time), [text("field_name"), text("removed"), text("added")]);
        }
    }
}

/// A bug of the pages.
pub fn page(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("bug_id.0.__text__") else { return scribe.problem("has no id", "bug") };
    place(scribe, data.text("product.0.__text__"), data.text("component.0.__text__"));
    let native = format!("bugs/{number}");
    let status = data.text("bug_status.0.__text__").unwrap_or_default();
    let resolution = data.text("resolution.0.__text__").map(str::to_lowercase);
    let mut whole = None;
    for (at, one) in data.each("long_desc").enumerate() {
        let time = one.time("bug_when.0.__text__");
        let name = one.text("who.0.name");
        let author = person(scribe, one.text("who.0.__text__"), name, time);
        let body = one.text("thetext.0.__text__").unwrap_or_default();
        match whole {
            None => {
                let message = Message {
                    author,
                    kind: MessageKind::Issue,
                    subject: data.text("short_desc.0.__text__").map(str::to_owned),
                    closed: is_closed(status).then(|| resolution.clone().unwrap_or_else(|| "closed".to_owned())),
                    url: Some(format!("{}/show_bug.cgi?id={number}", scribe.origin.trim_end_matches('/'))),
                    ..scribe.message(&native, body, time.or_else(|| data.time("creation_ts.0.__text__")))
                };
                whole = Some(message.id);
                scribe.rows.messages.push(message);
            }
            Some(id) => {
                let message = scribe.message(format!("{native}#c{at}"), body, time);
                comment(scribe, id, Message { author, ..message });
            }
        }
    }
    let Some(id) = whole else { return scribe.problem("has no text", "bug") };
    for one in data.each("activity") {
        let time = one.time("When");
        let who = person(scribe, one.text("Who"), None, time);
        let text = |name| one.text(name).unwrap_or_default();
        changed(scribe, &native, id, (who, time), [text("What"), text("Removed"), text("Added")]);
    }
}

fn place(scribe: &mut Scribe<'_>, product: Option<&str>, component: Option<&str>) {
    let name = [product, component].into_iter().flatten().collect::<Vec<_>>().join("/");
    scribe.place(&name, "tracker", None);
}

fn changed(scribe: &mut Scribe<'_>, native: &str, id: Id, by: (Option<Id>, Option<i64>), words: [&str; 3]) {
    let [field, from, to] = words;
    if field.eq_ignore_ascii_case("assigned_to") || field == "Assignee" {
        let who = person(scribe, Some(to), None, by.1).or(by.0);
        return change(scribe, ActivityKind::Assigned, native, id, (who, by.1), "");
    }
    if let Some((kind, detail)) = transition(field, from, to) {
        change(scribe, kind, native, id, by, &detail);
    }
}

fn user(scribe: &mut Scribe<'_>, detail: Data<'_>, name: Option<&str>, seen: Option<i64>) -> Option<Id> {
    let login = detail.text("name").or(detail.text("email")).or(name);
    person(scribe, login, detail.text("real_name"), seen)
}

/// Bugzilla's accounts are addresses, of which those who may not see them get what stands before the `@`.
fn person(scribe: &mut Scribe<'_>, login: Option<&str>, name: Option<&str>, seen: Option<i64>) -> Option<Id> {
    let login = login.map(str::trim).filter(|login| !login.is_empty() && !login.starts_with("nobody@"))?;
    let email = login.contains('@').then_some(login);
    Some(scribe.account(login, Known { name, email, seen, ..Known::default() }))
}
