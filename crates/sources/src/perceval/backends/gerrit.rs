//! Reviews of Gerrit: `gerrit query --format=JSON` with patch sets, approvals and comments.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};
use super::issue::comment;

/// What Gerrit itself writes as a comment; approvals and the status tell it better.
const ITSELF: &[&str] = &["Uploaded patch set", "Change has been successfully", "Change has been merged", "Removed "];

/// A change that is up for review.
pub fn review(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("number") else { return scribe.problem("has no id", "review") };
    let project = data.text("project").unwrap_or_default().to_owned();
    scribe.place(&project, "repository", None);
    let native = format!("c/{project}/+/{number}");
    let time = data.time("createdOn");
    let author = user(scribe, data.at("owner"), time);
    let status = data.text("status").unwrap_or_default();
    let message = Message {
        author,
        kind: MessageKind::ChangeRequest,
        subject: data.text("subject").map(str::to_owned),
        tags: data.texts("hashtags").into_iter().chain(data.text("topic").map(str::to_owned)).collect(),
        closed: matches!(status, "MERGED" | "ABANDONED").then(|| status.to_lowercase()),
        url: data.text("url").map(str::to_owned),
        ..scribe.message(&native, data.text("commitMessage").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    for one in data.each("comments") {
        said(scribe, one, &native, id);
    }
    for (at, set) in data.each("patchSets").enumerate() {
        let (count, time) = (set.number("number").unwrap_or(at as i64 + 1), set.time("createdOn"));
        let uploader = user(scribe, set.at("uploader"), time);
        if at > 0 {
            let (key, detail) = (format!("{native}/{count}"), format!("patch set {count}"));
            scribe.did(ActivityKind::Edited, Deed { key, who: uploader, time, object: Some(id), detail });
        }
        for one in set.each("approvals") {
            approval(scribe, one, &format!("{native}/{count}"), id);
        }
        for (at, one) in set.each("comments").enumerate() {
            let author = user(scribe, one.at("reviewer"), None);
            let body = one.text("message").unwrap_or_default();
            let line = scribe.message(format!("{native}/{count}#{at}"), body, None);
            comment(scribe, id, Message { author, time_guess: time, order: time.unwrap_or_default(), ..line });
        }
    }
}

/// `Patch Set 2: Code-Review+1`, an empty line, and what somebody has to say.
fn said(scribe: &mut Scribe<'_>, one: Data<'_>, native: &str, id: Id) {
    let (time, text) = (one.time("timestamp"), one.text("message").unwrap_or_default());
    let who = user(scribe, one.at("reviewer"), time);
    let login = one.text("reviewer.username").or(one.text("reviewer.name")).unwrap_or_default();
    let key = format!("{native}/{}/{login}", time.unwrap_or_default() / model::time::SECOND);
    let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
    if head == "Abandoned" || head == "Restored" {
        let kind = if head == "Abandoned" { ActivityKind::Closed } else { ActivityKind::Reopened };
        scribe.did(kind, Deed { key: key.clone(), who, time, object: Some(id), detail: head.to_lowercase() });
    }
    let own = if head.starts_with("Patch Set ") || head == "Abandoned" || head == "Restored" { rest } else { text };
    if own.trim().is_empty() || ITSELF.iter().any(|begin| own.starts_with(begin)) {
        return;
    }
    let message = scribe.message(key, own.trim(), time);
    comment(scribe, id, Message { author: who, ..message });
}

fn approval(scribe: &mut Scribe<'_>, one: Data<'_>, native: &str, id: Id) {
    let time = one.time("grantedOn");
    let who = user(scribe, one.at("by"), time);
    let label = one.text("type").unwrap_or_default();
    let value = one.number("value").unwrap_or_default();
    let login = one.text("by.username").or(one.text("by.name")).unwrap_or_default();
    let key = format!("{native}/{label}/{login}");
    // The label of the one who submits.
    let kind = if label == "SUBM" { ActivityKind::Merged } else { ActivityKind::Reviewed };
    let detail = if label == "SUBM" { String::new() } else { format!("{label}{value:+}") };
    scribe.did(kind, Deed { key, who, time, object: Some(id), detail });
}

fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let known = Known { name: user.text("name"), email: user.text("email"), seen, ..Known::default() };
    match user.text("username") {
        Some(login) => Some(scribe.account(login, known)),
        None => scribe.somebody(known),
    }
}
