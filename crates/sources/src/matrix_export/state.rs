//! What a member event did: it says how things are now, and what they were before.

use model::ActivityKind;

use crate::json::Fields;

/// What happened to a member.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// They did something: what, with details.
    Own(ActivityKind, String),
    /// The sender did something to them.
    Done(ActivityKind, String),
    /// Somebody made them leave: how it is called.
    Removed(&'static str),
}

/// Compares a membership with the one before. `own` says whether they sent it themselves.
pub fn change(now: &Fields<'_>, before: Option<&Fields<'_>>, own: bool, name: &str) -> Change {
    use ActivityKind::{Joined, Left, Other, Renamed};
    let was = before.and_then(|before| before.text("membership")).unwrap_or_default();
    let other = |what: &str| Change::Own(Other, what.to_owned());
    let done = |what: &str| Change::Done(Other, format!("{what} {name}"));
    match (now.text("membership").unwrap_or_default(), was) {
        ("join", "join") => {
            let shown = |fields: &Fields<'_>| fields.text("displayname").map(str::to_owned);
            match (shown(now), before.and_then(shown)) {
                (Some(now), was) if was.as_ref() != Some(&now) => Change::Own(Renamed, now),
                (None, Some(_)) => other("has no name any more"),
                _ => other("has a new picture"),
            }
        }
        ("join", _) => Change::Own(Joined, String::new()),
        ("invite", _) => done("invited"),
        ("knock", _) => other("asked to come in"),
        ("ban", _) => Change::Removed("banned"),
        ("leave", "ban") => done("no longer banned:"),
        ("leave", "invite") if own => other("did not follow an invitation"),
        ("leave", "invite") => done("no longer invited:"),
        ("leave", _) if own => Change::Own(Left, String::new()),
        ("leave", _) => Change::Removed("removed"),
        (unknown, _) => Change::Own(Other, format!("membership {unknown}")),
    }
}
