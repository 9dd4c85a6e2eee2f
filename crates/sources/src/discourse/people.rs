//! Users: who an account is, and what the forum says of its standing.

use model::{Activity, ActivityKind, Id, Identity, Rows};
use serde::{Deserialize, Serialize};

use super::Forum;
use crate::json::Fields;

/// Who wrote a post, where the post gives a number only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The account's name.
    pub username: String,
    /// The name shown with it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// Reads a user's object into an identity, when they joined, and their standing. Gives the identity's id;
/// `None` if it has no name.
pub fn user(forum: &Forum, fields: &Fields<'_>, rows: &mut Rows) -> Option<Id> {
    let identity = sighting(forum, fields)?;
    let email = fields.text("email").filter(|email| email.contains('@')).map(str::to_lowercase);
    let who = Identity { email, ..identity };
    let (id, value) = (who.id, who.value.clone());
    rows.identities.push(who);
    let joined = fields.time("created_at").map(|time| Activity {
        who: Some(id),
        time: Some(time),
        order: time,
        ..Activity::new(forum.activity(&format!("u/{value}/joined")), ActivityKind::Joined, "")
    });
    rows.activities.extend(joined);
    standing(forum, fields, id, &value, rows);
    Some(id)
}

/// The account that an object with `username` names.
pub(super) fn sighting(forum: &Forum, fields: &Fields<'_>) -> Option<Identity> {
    let username = fields.text("username")?;
    // A post has a number of its own beside its writer's.
    let number = if fields.number("post_number").is_some() { "user_id" } else { "id" };
    let name = fields.text("name").filter(|name| *name != username).map(str::to_owned);
    Some(Identity { name, ..forum.account(username, fields.number(number)) })
}

/// What the forum says of an account: one activity, so that what it says last counts.
pub(super) fn standing(forum: &Forum, fields: &Fields<'_>, who: Id, value: &str, rows: &mut Rows) {
    let mut words: Vec<String> = Vec::new();
    let level = fields.number("trust_level").filter(|level| (1..=4).contains(level));
    words.extend(level.map(|level| format!("trust level {level}")));
    for word in ["admin", "moderator"] {
        words.extend(fields.yes(word).then(|| word.to_owned()));
    }
    let title = fields.text("user_title").or(fields.text("title"));
    words.extend(title.map(|title| format!("title: {}", text::lead(title, 60))));
    words.extend(fields.text("primary_group_name").map(|group| format!("group: {}", text::lead(group, 60))));
    if words.is_empty() {
        return;
    }
    rows.activities.push(Activity {
        who: Some(who),
        detail: Some(words.join(", ")),
        ..Activity::new(forum.activity(&format!("u/{value}/standing")), ActivityKind::Other, "")
    });
}
