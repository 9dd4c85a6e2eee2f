//! Issues and merge requests of GitLab: its REST API with `notes_data` and `award_emoji_data`.

use model::{ActivityKind, Id, Message, MessageKind};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe, path};
use super::issue::{change, comment};

/// An issue.
pub fn issue(scribe: &mut Scribe<'_>, data: Data<'_>) {
    whole(scribe, data, MessageKind::Issue, "#");
}

/// A merge request.
pub fn merge_request(scribe: &mut Scribe<'_>, data: Data<'_>) {
    whole(scribe, data, MessageKind::ChangeRequest, "!");
}

fn whole(scribe: &mut Scribe<'_>, data: Data<'_>, kind: MessageKind, mark: &str) {
    let Some(number) = data.key("iid") else { return scribe.problem("has no id", "issue") };
    let url = data.text("web_url").unwrap_or(scribe.origin);
    // `…/group/project/-/issues/7`, and without `-` before 2019.
    let parts: Vec<&str> =
        path(url).split('/').take_while(|part| !matches!(*part, "-" | "issues" | "merge_requests")).collect();
    let project = parts.join("/").to_lowercase();
    scribe.place(&project, "repository", None);
    let native = format!("{project}{mark}{number}");
    let time = data.time("created_at");
    let author = user(scribe, data.at("author"), time);
    let state = data.text("state").unwrap_or_default();
    let labels = data.each("labels").filter_map(|one| one.value().as_str().or(one.text("name")).map(str::to_owned));
    let message = Message {
        author,
        kind,
        subject: data.text("title").map(str::to_owned),
        tags: labels.collect(),
        score: data.number("upvotes").map(|up| up.saturating_sub(data.number("downvotes").unwrap_or_default())),
        closed: matches!(state, "closed" | "merged").then(|| state.to_owned()),
        url: data.text("web_url").map(str::to_owned),
        ..scribe.message(&native, data.text("description").unwrap_or_default(), time)
    };
    let id = message.id;
    scribe.rows.messages.push(message);
    emoji(scribe, data, &native, id);
    let mut told = false;
    for note in data.each("notes_data") {
        let (Some(number), time) = (note.key("id"), note.time("created_at")) else { continue };
        let who = user(scribe, note.at("author"), time);
        let body = note.text("body").unwrap_or_default();
        if note.yes("system") {
            told |= happened(scribe, body, &native, id, (who, time));
            continue;
        }
        let native = format!("{native}/note_{number}");
        let message = scribe.message(&native, body, time);
        let message = Message { author: who, attachments: attachment(note), ..message };
        let id = comment(scribe, id, message);
        emoji(scribe, note, &native, id);
    }
    for (kind, at, by) in [
        (ActivityKind::Merged, "merged_at", data.at("merged_by")),
        (ActivityKind::Closed, "closed_at", data.at("closed_by")),
    ] {
        if !told && let Some(at) = data.time(at) {
            let who = user(scribe, by, Some(at));
            change(scribe, kind, &native, id, (who, Some(at)), "");
        }
    }
}

fn attachment(note: Data<'_>) -> Vec<String> {
    note.at("attachment").value().as_str().map(str::to_owned).into_iter().collect()
}

/// A note of the system; says whether it told how the thing ended.
fn happened(scribe: &mut Scribe<'_>, body: &str, native: &str, id: Id, by: (Option<Id>, Option<i64>)) -> bool {
    let first = body.split([' ', '\n']).next().unwrap_or_default();
    let (kind, detail) = match first {
        "closed" => (ActivityKind::Closed, ""),
        "reopened" => (ActivityKind::Reopened, ""),
        "merged" => (ActivityKind::Merged, ""),
        "approved" => (ActivityKind::Reviewed, "approved"),
        "assigned" => {
            for name in body.split('@').skip(1) {
                let name = name.split([' ', ',', '\n']).next().unwrap_or_default();
                let who = (!name.is_empty()).then(|| scribe.account(name, Known::default()));
                change(scribe, ActivityKind::Assigned, native, id, (who, by.1), "");
            }
            return false;
        }
        _ => (ActivityKind::Other, body),
    };
    change(scribe, kind, native, id, by, detail.lines().next().unwrap_or_default());
    matches!(kind, ActivityKind::Closed | ActivityKind::Merged)
}

fn emoji(scribe: &mut Scribe<'_>, data: Data<'_>, native: &str, object: Id) {
    for one in data.each("award_emoji_data") {
        let (time, name) = (one.time("created_at"), one.text("name").unwrap_or_default());
        let login = one.text("user.username").unwrap_or_default();
        let who = user(scribe, one.at("user"), time);
        let key = format!("{native}/reacted/{name}/{login}");
        scribe.did(ActivityKind::Reacted, Deed { key, who, time, object: Some(object), detail: format!(":{name}:") });
    }
}

fn user(scribe: &mut Scribe<'_>, user: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let login = user.text("username")?;
    let known = Known { name: user.text("name"), email: user.text("public_email"), bot: user.yes("bot"), seen };
    Some(scribe.account(login, known))
}
