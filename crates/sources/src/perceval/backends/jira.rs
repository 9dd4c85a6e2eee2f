//! Issues of Jira: its REST API with `comments_data` and `changelog.histories`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};
use super::issue::{change, comment, is_closed, transition};

/// An issue.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(key) = data.text("key") else { return scribe.problem("has no id", "issue") };
    let fields = data.at("fields");
    let project = fields.text("project.key").or(key.rsplit_once('-').map(|(project, _)| project)).unwrap_or(key);
    scribe.place(project, "tracker", fields.text("project.name"));
    let time = fields.time("created");
    let author = user(scribe, fields.at("reporter"), time).or_else(|| user(scribe, fields.at("creator"), time));
    let done = fields.text("status.statusCategory.key") == Some("done")
        || fields.at("resolution").is_there()
        || fields.text("status.name").is_some_and(is_closed);
    let how = fields.text("resolution.name").or(fields.text("status.name")).unwrap_or("closed").to_lowercase();
    let attached = fields.each("attachment").filter_map(|one| one.text("filename").map(str::to_owned));
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: fields.text("summary").map(str::to_owned),
        tags: fields.texts("labels"),
        attachments: attached.collect(),
        score: fields.number("votes.votes"),
        closed: done.then_some(how),
        url: Some(format!("{}/browse/{key}", scribe.origin.trim_end_matches('/'))),
        ..scribe.message(key, fields.text("description").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for one in data.each("comments_data").chain(fields.each("comment.comments")) {
        let Some(number) = one.key("id") else { continue };
        let time = one.time("created");
        let author = user(scribe, one.at("author"), time);
        let message = scribe.message(format!("{key}/comment-{number}"), one.text("body").unwrap_or_default(), time);
        comment(scribe, id, Message { author, ..message });
    }
    for entry in data.each("changelog.histories") {
        let time = entry.time("created");
        let who = user(scribe, entry.at("author"), time);
        for one in entry.each("items") {
            let text = |name| one.text(name).unwrap_or_default();
            let field = text("field");
            if field.eq_ignore_ascii_case("assignee") {
                let to = one.text("to").map(|to| account(scribe, to, one.text("toString"), None, time));
                change(scribe, ActivityKind::Assigned, key, id, (to.or(who), time), "");
            } else if let Some((kind, detail)) = transition(field, text("fromString"), text("toString")) {
                change(scribe, kind, key, id, (who, time), &detail);
            }
        }
    }
}

/// A server names accounts, the cloud numbers them.
fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let name = user.text("name").or(user.text("accountId")).or(user.text("key"))?;
    Some(account(scribe, name, user.text("displayName"), user.text("emailAddress"), seen))
}

fn account(scribe: &mut Scribe<'_>, login: &str, name: Option<&str>, email: Option<&str>, seen: Option<i64>) -> Id {
    scribe.account(login, Known { name, email, seen, ..Known::default() })
}
