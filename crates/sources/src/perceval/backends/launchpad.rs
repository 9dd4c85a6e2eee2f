//! Bugs of Launchpad: a bug's task in a distribution, with `bug_data`, `messages_data` and `activity_data`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Known, Scribe, path};
use super::issue::{change, comment, is_closed, transition};

/// A bug, which may be the task of several distributions.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let bug = data.at("bug_data");
    let Some(number) = bug.key("id") else { return scribe.problem("has no id", "issue") };
    let project = data.text("bug_target_name").unwrap_or_else(|| path(scribe.origin)).to_owned();
    scribe.place(&project, "tracker", data.text("bug_target_display_name"));
    let native = format!("bugs/{number}");
    let time = bug.time("date_created").or_else(|| data.time("date_created"));
    let author = user(scribe, data.at("owner_data"), data.text("owner_link"), time);
    let status = data.text("status").unwrap_or_default();
    let message = Message {
        author,
        kind: MessageKind::Issue,
        subject: bug.text("title").map(str::to_owned),
        tags: bug.texts("tags"),
        attachments: data.each("attachments_data").filter_map(|one| one.text("title").map(str::to_owned)).collect(),
        closed: is_closed(status).then(|| status.to_lowercase()),
        url: bug.text("web_link").map(str::to_owned),
        ..scribe.message(&native, bug.text("description").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    // The first message is the description.
    for (at, one) in data.each("messages_data").enumerate().skip(1) {
        let time = one.time("date_created");
        let author = user(scribe, one.at("owner_data"), one.text("owner_link"), time);
        let message = scribe.message(format!("{native}/comments/{at}"), one.text("content").unwrap_or_default(), time);
        comment(scribe, id, Message { author, ..message });
    }
    for one in data.each("activity_data") {
        let time = one.time("datechanged");
        let who = user(scribe, one.at("person_data"), one.text("person_link"), time);
        // `project: status` is the status in one of the bug's projects.
        let what = one.text("whatchanged").unwrap_or_default().rsplit(": ").next().unwrap_or_default();
        let text = |name| one.text(name).unwrap_or_default();
        if what == "assignee" {
            change(scribe, ActivityKind::Other, &native, id, (who, time), "assigned");
        } else if let Some((kind, detail)) = transition(what, text("oldvalue"), text("newvalue")) {
            change(scribe, kind, &native, id, (who, time), &detail);
        }
    }
}

/// An account; of one that is gone only the link is left, which ends in `~name`.
fn user(scribe: &mut Scribe<'_>, user: Data<'_>, link: Option<&str>, seen: Option<i64>) -> Option<Id> {
    let linked = link.and_then(|link| link.rsplit_once('~')).map(|(_, name)| name);
    let name = user.text("name").or(linked)?;
    Some(scribe.account(name, Known { name: user.text("display_name"), seen, ..Known::default() }))
}
