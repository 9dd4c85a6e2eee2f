//! What a form asks to be done about cases.

use desk::{Change, Deed, Macro, SavedKind};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::room::Room;

/// The changes that `do` names, with what stands in the fields beside it. `note` is the reason.
pub(super) fn changes(room: &Room<'_>, fields: &Fields) -> Result<Vec<Change>, Failure> {
    let note = fields.one("note").map(str::to_owned);
    let (me, force) = (room.visitor.name.clone(), fields.has("force"));
    let deed = match fields.must("do")? {
        "take" => Deed::Take { holder: me, force },
        "assign" => Deed::Take { holder: fields.must("holder")?.to_owned(), force },
        "release" => Deed::Release,
        "hand-over" => Deed::HandOver { tier: tier(fields)?, next: conversation(fields, "next")? },
        "park" => Deed::Park { until: until(room, fields)? },
        "resolve" => Deed::Resolve,
        "reopen" => Deed::Reopen,
        "not-a-question" => Deed::NotQuestion,
        "note" => return Ok(vec![Change::note(fields.must("note")?)]),
        "tag" => return tags(fields, Deed::Tag),
        "untag" => return tags(fields, Deed::Untag),
        "link" => Deed::Link(conversation(fields, "other")?.ok_or_else(|| missing("other"))?),
        "unlink" => Deed::Unlink(conversation(fields, "other")?.ok_or_else(|| missing("other"))?),
        "macro" => return run(room, fields.must("macro")?),
        _ => return Err(Failure::form("What is to be done? Go back and choose one of the buttons.")),
    };
    Ok(vec![Change { deed, note }])
}

fn missing(name: &str) -> Failure {
    Failure::form(format!("“{name}” is missing: fill it in and send the form again."))
}

/// Every word of the field `tag`, each a tag.
fn tags(fields: &Fields, deed: fn(String) -> Deed) -> Result<Vec<Change>, Failure> {
    let words = fields.must("tag")?.split([' ', ',']).filter(|word| !word.is_empty());
    Ok(words.map(|word| deed(word.to_owned()).into()).collect())
}

fn tier(fields: &Fields) -> Result<u8, Failure> {
    let tier = fields.must("tier")?.parse().ok().filter(|tier| *tier <= 4);
    tier.ok_or_else(|| Failure::form("Choose one of the tiers 0 to 4."))
}

/// The beginning of the day in the field `until`, as `2024-05-31`, or so many days from now in the field `days`.
fn until(room: &Room<'_>, fields: &Fields) -> Result<i64, Failure> {
    let now = room.clock();
    if let Some(days) = fields.one("days") {
        let days = days.parse::<i64>().ok().filter(|days| (1..=3_660).contains(days));
        let days = days.ok_or_else(|| Failure::form("Park it for 1 to 3,660 days."))?;
        return Ok(now.saturating_add(days * model::time::DAY));
    }
    let day = fields.must("until")?.parse::<Date>().ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    let day = day.map(|day| day.timestamp().as_microsecond()).filter(|until| *until > now);
    day.ok_or_else(|| Failure::form("Choose a day that is still to come, as 2030-05-31."))
}

/// The id of a conversation, also out of the address of its page.
fn conversation(fields: &Fields, name: &str) -> Result<Option<String>, Failure> {
    let Some(text) = fields.one(name) else { return Ok(None) };
    let last = text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next();
    let id = last.and_then(model::Id::parse).map(|id| id.to_string());
    match id {
        Some(id) => Ok(Some(id)),
        None => Err(Failure::form("Paste the address of the other conversation's page here, or its id.")),
    }
}

/// What a macro of this name does when the visitor runs it.
fn run(room: &Room<'_>, name: &str) -> Result<Vec<Change>, Failure> {
    let saved = room.desk()?.saved(SavedKind::Macro, name)?;
    Ok(Macro::parse(&saved.text)?.changes(&room.visitor.name, room.clock()))
}
