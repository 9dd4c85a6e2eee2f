//! Something that somebody did.

use model::{Activity, ActivityKind, Id, Rows};

use super::measurement::values;
use super::who::{self, Fields};
use crate::table::normalize::Row;

/// Characters of a detail.
const DETAIL: usize = 200;

/// Words that exports have for what has a name of ours. All that is not here and not ours is `other`,
/// with the file's own word as its detail.
const WORDS: [(&str, ActivityKind); 19] = [
    ("attend", ActivityKind::Attended),
    ("attended_event", ActivityKind::Attended),
    ("event_attended", ActivityKind::Attended),
    ("rsvp", ActivityKind::Attended),
    ("commit", ActivityKind::Authored),
    ("committed_code", ActivityKind::Authored),
    ("fork", ActivityKind::Forked),
    ("repository_forked", ActivityKind::Forked),
    ("join", ActivityKind::Joined),
    ("joined_channel", ActivityKind::Joined),
    ("signed_up", ActivityKind::Joined),
    ("leave", ActivityKind::Left),
    ("like", ActivityKind::Reacted),
    ("liked", ActivityKind::Reacted),
    ("reaction", ActivityKind::Reacted),
    ("release", ActivityKind::Released),
    ("review", ActivityKind::Reviewed),
    ("star", ActivityKind::Starred),
    ("repository_starred", ActivityKind::Starred),
];

/// Pushes an activity.
pub fn activity(row: &mut Row<'_>, rows: &mut Rows) {
    let Some(what) = row.text("what") else {
        return row.wrong.push(("row does not say what was done", row.column("what")));
    };
    let time = row.time("time");
    let channel = row.channel(rows);
    let fields = Fields { account: "author", name: "author_name", email: "author_email" };
    let who = who::person(row, rows, &fields, time);
    if let Some(who) = who {
        who::organization(row, rows, who);
    }
    let native = row.native_id();
    values(row, rows, &channel, time, &[format!("id={native}")]);
    let kind = kind(&row.word(&what));
    let said = (kind == ActivityKind::Other).then_some(what);
    let detail = said.into_iter().chain(row.text("detail")).collect::<Vec<_>>().join(": ");
    rows.activities.push(Activity {
        who,
        time,
        order: row.order,
        object: row.text("about").map(|about| Id::message(row.space(), &about).to_string()),
        detail: Some(text::lead(&detail, DETAIL)).filter(|detail| !detail.is_empty()),
        ..Activity::new(Id::activity(row.source, &row.item.id), kind, channel)
    });
}

fn kind(word: &str) -> ActivityKind {
    let known = || WORDS.iter().find(|(theirs, _)| *theirs == word).map(|(_, kind)| *kind);
    ActivityKind::parse(word).or_else(known).unwrap_or(ActivityKind::Other)
}
