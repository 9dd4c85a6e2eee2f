//! Accounts and their badges.

use model::{Activity, ActivityKind};

use super::normalize::Reading;
use super::row::Broken;

/// Users: the account's name, and when it was made.
pub fn user(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let time = reading.time("CreationDate");
    let name = reading.row.text("DisplayName")?.map(|name| name.trim().to_owned());
    let who = reading.account(reading.number(), name.filter(|name| !name.is_empty()), time);
    let joined = Activity { who: Some(who), time, ..reading.activity(ActivityKind::Joined, "") };
    reading.rows.activities.push(joined);
    Ok(())
}

/// Badges: the detail is the badge's name.
pub fn badge(reading: &mut Reading<'_>) -> Result<(), Broken> {
    let time = reading.time("Date");
    let name = reading.row.text("Name")?.unwrap_or_default().into_owned();
    let who = reading.who("UserId", "UserDisplayName", time)?;
    let awarded = Activity { who, time, ..reading.activity(ActivityKind::Awarded, name) };
    reading.rows.activities.push(awarded);
    Ok(())
}
