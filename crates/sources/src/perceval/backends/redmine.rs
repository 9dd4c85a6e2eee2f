//! Issues of Redmine: its REST API with `journals`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe};
use super::issue::{change, comment, is_closed};

/// An issue.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "issue") };
    scribe.place(data.text("project.name").unwrap_or_default(), "tracker", None);
    let native = format!("issues/{number}");
    let time = data.time("created_on");
    let author = user(scribe, data, ["author", "author_data"], time);
    let status = data.text("status.name").unwrap_or_default();
    let closed = data.at("closed_on").is_there() || is_closed(status);
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: data.text("subject").map(str::to_owned),
        tags: data.text("tracker.name").map(str::to_owned).into_iter().collect(),
        attachments: data.each("attachments").filter_map(|one| one.text("filename").map(str::to_owned)).collect(),
        closed: closed.then(|| if status.is_empty() { "closed".to_owned() } else { status.to_lowercase() }),
        url: Some(format!("{}/issues/{number}", scribe.origin.trim_end_matches('/'))),
        ..scribe.message(&native, data.text("description").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for one in data.each("journals") {
        let (Some(number), time) = (one.key("id"), one.time("created_on")) else { continue };
        let who = user(scribe, one, ["user", "user_data"], time);
        if let Some(notes) = one.text("notes") {
            let message = scribe.message(format!("{native}#journal-{number}"), notes, time);
            comment(scribe, id, Message { author: who, ..message });
        }
        for detail in one.each("details") {
            // Values are numbers that only that server knows.
            let (kind, words) = match detail.text("name").unwrap_or_default() {
                "status_id" => (ActivityKind::Other, "status"),
                "assigned_to_id" if detail.at("new_value").is_there() => (ActivityKind::Other, "assigned"),
                _ => continue,
            };
            change(scribe, kind, &native, id, (who, time), words);
        }
    }
    if closed && let Some(at) = data.time("closed_on") {
        change(scribe, ActivityKind::Closed, &native, id, (None, Some(at)), "");
    }
}

/// An account by its number; its name and address lie beside it.
fn user(scribe: &mut Scribe<'_>, data: Data<'_>, names: [&str; 2], seen: Option<i64>) -> Option<Id> {
    let [short, more] = names.map(|name| data.at(name));
    let number = short.key("id")?;
    let known = Known { name: short.text("name"), email: more.text("mail"), seen, ..Known::default() };
    Some(scribe.account(&format!("users/{number}"), known))
}
