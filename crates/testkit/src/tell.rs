//! Rows as text for snapshots: everything that a row says but ids, which are told by what they name.

use std::fmt::{self, Write};

use model::{Id, Rows};

/// Tells every row, a paragraph each kind, in the order they were pushed. Ids are given by the native id or
/// value of what they name, `another` if it is not among these rows. Fields that say nothing are left out.
pub fn tell(rows: &Rows) -> String {
    let mut out = String::new();
    // Writing to a text cannot fail.
    let _ = write_rows(rows, &mut out);
    out
}

fn write_rows(rows: &Rows, out: &mut String) -> fmt::Result {
    for one in &rows.channels {
        write!(out, "channel {:?} ({})", one.name, one.kind)?;
        optional(out, "title", one.title.as_deref())?;
        out.push('\n');
    }
    for one in &rows.identities {
        write!(out, "identity {:?} ({})", one.value, one.kind.as_str())?;
        optional(out, "name", one.name.as_deref())?;
        optional(out, "email", one.email.as_deref())?;
        optional(out, "account", one.account.as_deref())?;
        out.push_str(if one.bot { " bot" } else { "" });
        writeln!(out, "{}", one.seen.map(|seen| format!(" seen {}", instant(Some(seen)))).unwrap_or_default())?;
    }
    for one in &rows.messages {
        write!(out, "{} {:?} in {:?}", one.kind.as_str(), one.native_id, one.channel)?;
        write!(out, " by {} at {}", who(rows, one.author), instant(one.time))?;
        let guess = one.time_guess.map(|guess| instant(Some(guess)));
        guess.iter().try_for_each(|guess| write!(out, ", perhaps {guess}"))?;
        out.push('\n');
        if !one.parents.is_empty() {
            let parents: Vec<String> = one.parents.iter().map(|parent| message(rows, parent.as_str())).collect();
            let word = if one.threaded { "answers" } else { "may answer" };
            writeln!(out, "    {word} {}", parents.join(", "))?;
        }
        one.subject.iter().try_for_each(|subject| writeln!(out, "    subject {subject:?}"))?;
        writeln!(out, "    {:?}", one.body)?;
        for (name, list) in [("attached", &one.attachments), ("tags", &one.tags), ("mentions", &one.mentions)] {
            if !list.is_empty() {
                writeln!(out, "    {name} {}", list.join(", "))?;
            }
        }
        one.accepted.iter().try_for_each(|id| writeln!(out, "    accepted {}", message(rows, id.as_str())))?;
        one.closed.iter().try_for_each(|why| writeln!(out, "    closed: {why}"))?;
        one.score.iter().try_for_each(|score| writeln!(out, "    score {score}"))?;
        one.url.iter().try_for_each(|url| writeln!(out, "    {url}"))?;
    }
    for one in &rows.activities {
        write!(out, "{} ", one.kind.as_str())?;
        one.object.iter().try_for_each(|object| write!(out, "{} ", message(rows, object)))?;
        write!(out, "in {:?} by {} at {}", one.channel, who(rows, one.who), instant(one.time))?;
        out.push_str(if one.merge { " (merge)" } else { "" });
        writeln!(out, "{}", one.detail.as_deref().map(|detail| format!(": {detail:?}")).unwrap_or_default())?;
    }
    for one in &rows.events {
        write!(
            out,
            "event {:?} in {:?} from {} to {}",
            one.title,
            one.channel,
            instant(one.starts),
            instant(one.ends)
        )?;
        out.push_str(if one.whole_days { " (whole days)" } else { "" });
        out.push_str(if one.cancelled { " (cancelled)" } else { "" });
        optional(out, "place", one.place.as_deref())?;
        optional(out, "url", one.url.as_deref())?;
        optional(out, "about", one.about.as_deref())?;
        out.push('\n');
    }
    for one in &rows.measurements {
        write!(out, "measured {:?} in {:?} at {}: {}", one.name, one.channel, instant(one.time), one.value)?;
        optional(out, "unit", one.unit.as_deref())?;
        writeln!(out, "{}", one.labels.iter().map(|label| format!(" {label}")).collect::<String>())?;
    }
    for one in &rows.affiliations {
        let (from, until) = (instant(one.from), instant(one.until));
        writeln!(out, "{} at {:?} from {from} until {until}", who(rows, Some(one.who)), one.organization)?;
    }
    for one in &rows.domains {
        let (from, until) = (instant(one.from), instant(one.until));
        writeln!(out, "domain {} is {:?}'s from {from} until {until}", one.domain, one.organization)?;
    }
    for one in &rows.same {
        writeln!(out, "{} is {}", who(rows, Some(one.0)), who(rows, Some(one.1)))?;
    }
    for one in &rows.problems {
        let place = one.offset.map(|offset| format!("@{offset}")).unwrap_or_default();
        writeln!(out, "problem: {} in {}{place} {:?}", one.what, one.file, one.detail)?;
    }
    Ok(())
}

fn optional(out: &mut String, name: &str, value: Option<&str>) -> fmt::Result {
    value.iter().try_for_each(|value| write!(out, " {name} {value:?}"))
}

fn who(rows: &Rows, id: Option<Id>) -> String {
    let Some(id) = id else { return "nobody".to_owned() };
    let identity = rows.identities.iter().find(|identity| identity.id == id);
    identity.map_or("another", |identity| identity.value.as_str()).to_owned()
}

fn message(rows: &Rows, id: &str) -> String {
    let said = rows.messages.iter().find(|message| message.id.as_str() == id).map(|message| &message.native_id);
    let event = || rows.events.iter().find(|event| event.id.as_str() == id).map(|event| &event.title);
    match (said.or_else(event), Id::parse(id)) {
        (Some(name), _) => format!("{name:?}"),
        (None, Some(_)) => "another".to_owned(),
        // A commit's hash and other objects that are no ids.
        (None, None) => id.to_owned(),
    }
}

fn instant(time: Option<i64>) -> String {
    let time = time.map(|time| jiff::Timestamp::from_microsecond(time).map(|time| time.to_string()));
    time.map_or("no time".to_owned(), |time| time.unwrap_or_else(|_| "an impossible time".to_owned()))
}
