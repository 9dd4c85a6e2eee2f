//! Issues of Pagure: its API with `comments`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe, path};
use super::issue::{change, comment};

/// An issue.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "issue") };
    let project = path(scribe.origin).to_owned();
    scribe.place(&project, "repository", None);
    let native = format!("{project}/issue/{number}");
    let time = data.time("date_created");
    let author = user(scribe, data.at("user"), time);
    let closed = data.text("status") == Some("Closed");
    let how = data.text("close_status").unwrap_or("closed").to_lowercase();
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: data.text("title").map(str::to_owned),
        tags: data.texts("tags"),
        closed: closed.then_some(how.clone()),
        url: Some(format!("https://{}/{native}", scribe.site)),
        ..scribe.message(&native, data.text("content").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for one in data.each("comments").filter(|one| !one.yes("notification")) {
        let (Some(number), time) = (one.key("id"), one.time("date_created")) else { continue };
        let author = user(scribe, one.at("user"), time);
        let message =
            scribe.message(format!("{native}#comment-{number}"), one.text("comment").unwrap_or_default(), time);
        comment(scribe, id, Message { author, ..message });
    }
    if let Some(at) = data.time("closed_at") {
        let who = user(scribe, data.at("closed_by"), Some(at));
        change(scribe, ActivityKind::Closed, &native, id, (who, Some(at)), &how);
    }
    if data.at("assignee").is_there() {
        let who = user(scribe, data.at("assignee"), None);
        change(scribe, ActivityKind::Assigned, &native, id, (who, None), "");
    }
}

fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let login = user.text("name")?;
    Some(scribe.account(login, Known { name: user.text("fullname"), seen, ..Known::default() }))
}
