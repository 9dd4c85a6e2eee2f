//! What the issues of all trackers share.

use model::{ActivityKind, Id, Message, MessageKind, Timestamp};

use super::super::scribe::{Deed, Scribe};

/// A comment below the message `above`.
pub fn comment(scribe: &mut Scribe<'_>, above: Id, message: Message) -> Id {
    let id = message.id;
    scribe.rows.messages.push(Message { kind: MessageKind::Comment, parents: vec![above], threaded: true, ..message });
    id
}

/// Something done to the issue `object` that `native` names: at one time by one person it is done once.
pub fn change(
    scribe: &mut Scribe<'_>,
    kind: ActivityKind,
    native: &str,
    object: Id,
    by: (Option<Id>, Option<Timestamp>),
    detail: &str,
) {
    let (who, time) = by;
    let key = format!("{native}/{}/{}/{detail}", kind.as_str(), time.unwrap_or_default());
    scribe.did(kind, Deed { key, who, time, object: Some(object), detail: detail.to_owned() });
}

/// What a change of a field from one value to another is, by the words of the tracker: its kind, and a detail.
pub fn transition(field: &str, from: &str, to: &str) -> Option<(ActivityKind, String)> {
    let (from_closed, to_closed) = (is_closed(from), is_closed(to));
    match field.to_lowercase().as_str() {
        "status" | "state" => match (from_closed, to_closed) {
            (false, true) => Some((ActivityKind::Closed, to.to_lowercase())),
            (true, false) => Some((ActivityKind::Reopened, to.to_lowercase())),
            _ => Some((ActivityKind::Other, format!("status {}", to.to_lowercase()))),
        },
        "labels" | "label" | "keywords" | "tags" => {
            let words = if to.is_empty() { format!("-{from}") } else { to.to_owned() };
            Some((ActivityKind::Labelled, words))
        }
        _ => None,
    }
}

/// Whether a status is one that trackers give to what is done with.
pub fn is_closed(status: &str) -> bool {
    const CLOSED: &[&str] = &[
        "abandoned",
        "closed",
        "completed",
        "declined",
        "done",
        "duplicate",
        "expired",
        "fix released",
        "fixed",
        "invalid",
        "merged",
        "opinion",
        "rejected",
        "resolved",
        "verified",
        "won't fix",
        "wontfix",
    ];
    CLOSED.contains(&status.trim().to_lowercase().as_str())
}
