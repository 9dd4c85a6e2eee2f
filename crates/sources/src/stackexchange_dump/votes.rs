//! Votes for posts.

use model::{Activity, ActivityKind};

use super::normalize::Reading;
use super::row::Broken;

/// What the numbers of votes mean.
fn kind(number: i64) -> Option<(ActivityKind, &'static str)> {
    Some(match number {
        1 => (ActivityKind::Accepted, ""),
        2 => (ActivityKind::VotedUp, ""),
        3 => (ActivityKind::VotedDown, ""),
        4 => (ActivityKind::Moderated, "flagged as offensive"),
        5 => (ActivityKind::Bookmarked, ""),
        6 => (ActivityKind::Moderated, "vote to close"),
        7 => (ActivityKind::Moderated, "vote to reopen"),
        8 => (ActivityKind::Bounty, "started"),
        9 => (ActivityKind::Bounty, "paid"),
        10 => (ActivityKind::Moderated, "vote to delete"),
        11 => (ActivityKind::Moderated, "vote to undelete"),
        12 => (ActivityKind::Moderated, "flagged as spam"),
        13 => (ActivityKind::Moderated, "flagged for moderators"),
        15 => (ActivityKind::Moderated, "reviewed by moderators"),
        16 => (ActivityKind::Moderated, "suggested edit approved"),
        _ => return None,
    })
}

/// One vote: its object is the post. The detail of a bounty holds its amount.
pub fn vote(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let number = reading.row.number("VoteTypeId").unwrap_or_default();
    let (kind, words) = kind(number).unwrap_or((ActivityKind::Other, "vote of unknown type"));
    let detail = match (kind, reading.row.number("BountyAmount")) {
        (ActivityKind::Bounty, Some(amount)) => format!("{words}: {amount}"),
        (ActivityKind::Other, _) => format!("{words} {number}"),
        _ => words.to_owned(),
    };
    let time = reading.time("CreationDate");
    let who = reading.who("UserId", "UserDisplayName", time)?;
    let object = reading.post("PostId").map(|post| post.to_string());
    let vote = Activity { who, time, object, ..reading.activity(kind, detail) };
    reading.rows.activities.push(vote);
    Ok(())
}
