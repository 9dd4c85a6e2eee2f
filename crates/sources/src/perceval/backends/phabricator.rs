//! Tasks of Phabricator and Phorge: Maniphest's `maniphest.search` with `transactions` and `projects`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};
use super::issue::{change, comment, is_closed};

/// A task.
pub fn task(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "task") };
    let projects: Vec<String> = data.each("projects").filter_map(|one| one.text("name").map(str::to_owned)).collect();
    let first = projects.first().cloned().unwrap_or_else(|| scribe.site.clone());
    scribe.place(&first, "tracker", None);
    let native = format!("T{number}");
    let fields = data.at("fields");
    let time = fields.time("dateCreated");
    let author = user(scribe, fields.at("authorData"), time);
    let status = fields.text("status.value").unwrap_or_default();
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: fields.text("name").map(str::to_owned),
        tags: projects,
        closed: is_closed(status).then(|| status.to_lowercase()),
        url: Some(format!("{}/{native}", scribe.origin.trim_end_matches('/'))),
        ..scribe.message(&native, description(data), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for one in data.each("transactions") {
        let (Some(number), time) = (one.key("transactionID"), one.time("dateCreated")) else { continue };
        let who = user(scribe, one.at("authorData"), time);
        match one.text("transactionType").unwrap_or_default() {
            "core:comment" => {
                // A comment that was taken back has no text.
                let Some(body) = one.text("comments") else { continue };
                let message = scribe.message(format!("{native}#{number}"), body, time);
                comment(scribe, id, Message { author: who, ..message });
            }
            "status" | "mergedinto" => {
                let to = one.at("newValue").value().as_str().unwrap_or_default();
                let from = one.at("oldValue").value().as_str().unwrap_or_default();
                let kind = match (is_closed(from), is_closed(to)) {
                    (false, true) => ActivityKind::Closed,
                    (true, false) => ActivityKind::Reopened,
                    _ => continue,
                };
                change(scribe, kind, &native, id, (who, time), to);
            }
            "reassign" if one.at("newValue").value().is_string() => {
                change(scribe, ActivityKind::Other, &native, id, (who, time), "assigned");
            }
            _ => {}
        }
    }
}

/// As the task has it, else as it was written last.
fn description(data: Data<'_>) -> String {
    if let Some(text) = data.at("fields.description").value().as_str().or(data.text("fields.description.raw")) {
        return text.to_owned();
    }
    let written = data.each("transactions").filter(|one| one.text("transactionType") == Some("description"));
    let latest = written.max_by_key(|one| one.number("dateCreated"));
    latest.and_then(|one| one.text("newValue")).unwrap_or_default().to_owned()
}

/// An account; applications act under a PHID of their own.
fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let app = user.text("phid").is_some_and(|phid| phid.starts_with("PHID-APPS"));
    let roles = user.texts("roles");
    let bot = app || roles.iter().any(|role| role == "bot" || role == "agent");
    let login = user.text("userName").or(user.text("name"))?;
    let name = user.text("realName").or(user.text("fullName"));
    Some(scribe.account(login, Known { name, bot, seen, ..Known::default() }))
}
