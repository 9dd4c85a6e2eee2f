//! What was done to posts: revisions, and what moderators and the system did.

use model::{Activity, ActivityKind};

use super::normalize::Reading;
use super::row::Broken;

/// What the numbers of revisions mean.
fn kind(number: i64) -> Option<(ActivityKind, &'static str)> {
    use ActivityKind::{Closed, Deleted, Edited, Moderated, Other, Reopened, Undeleted};
    Some(match number {
        1 => (Other, "initial title"),
        2 => (Other, "initial body"),
        3 => (Other, "initial tags"),
        4 => (Edited, "title"),
        5 => (Edited, "body"),
        6 => (Edited, "tags"),
        7 => (Edited, "title rolled back"),
        8 => (Edited, "body rolled back"),
        9 => (Edited, "tags rolled back"),
        10 => (Closed, ""),
        11 => (Reopened, ""),
        12 => (Deleted, ""),
        13 => (Undeleted, ""),
        14 => (Moderated, "locked"),
        15 => (Moderated, "unlocked"),
        16 => (Moderated, "made community owned"),
        17 => (Moderated, "migrated"),
        18 => (Moderated, "merged"),
        19 => (Moderated, "protected"),
        20 => (Moderated, "unprotected"),
        21 => (Moderated, "dissociated from its author"),
        22 => (Moderated, "unmerged"),
        24 => (Edited, "suggested edit applied"),
        25 => (Other, "tweeted"),
        31 => (Moderated, "comments moved to chat"),
        33 => (Moderated, "notice added"),
        34 => (Moderated, "notice removed"),
        35 => (Moderated, "migrated to another site"),
        36 => (Moderated, "migrated from another site"),
        37 => (Moderated, "merged into another question"),
        38 => (Moderated, "another question merged into it"),
        50 => (Other, "bumped by the site"),
        52 => (Other, "became a hot network question"),
        53 => (Other, "removed from hot network questions"),
        66 => (Other, "created by the ask wizard"),
        _ => return None,
    })
}

/// What the numbers in the comment of a closing mean: those since 2013, then the older ones.
fn closed_as(reason: i64) -> Option<&'static str> {
    Some(match reason {
        1 | 101 => "duplicate",
        2 | 102 => "off-topic",
        103 => "unclear",
        104 => "too broad",
        105 => "opinion-based",
        3 => "subjective",
        4 => "not a real question",
        7 => "too localized",
        10 => "general reference",
        20 => "noise",
        _ => return None,
    })
}

/// One revision: its object is the post. The text is not taken: the post has the latest.
pub fn revision(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let number = reading.row.number("PostHistoryTypeId").unwrap_or_default();
    let (kind, words) = kind(number).unwrap_or((ActivityKind::Other, "revision of unknown type"));
    let detail = match (kind, reading.row.number("Comment").and_then(closed_as)) {
        (ActivityKind::Closed, Some(reason)) => reason.to_owned(),
        (ActivityKind::Other, _) if words.ends_with("type") => format!("{words} {number}"),
        _ => words.to_owned(),
    };
    let time = reading.time("CreationDate");
    let who = reading.who("UserId", "UserDisplayName", time)?;
    let object = reading.post("PostId").map(|post| post.to_string());
    let revision = Activity { who, time, object, ..reading.activity(kind, detail) };
    reading.rows.activities.push(revision);
    Ok(())
}
