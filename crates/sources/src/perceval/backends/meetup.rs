//! Events of Meetup, with RSVPs and comments.

use model::{ActivityKind, Event, Id};

use super::super::data::Data;
use super::super::scribe::{Deed, Known, Scribe};

/// Everybody's accounts and events.
const SITE: &str = "meetup.com";

/// An event of a group.
pub fn event(scribe: &mut Scribe<'_>, data: Data<'_>) {
    let Some(number) = data.key("id") else { return scribe.problem("has no id", "event") };
    scribe.site = SITE.to_owned();
    let group = data.text("group.urlname").or(data.text("group.name")).unwrap_or_default().to_owned();
    scribe.place(&group, "calendar", data.text("group.name"));
    let starts = data.time("time");
    let length = data.number("duration").filter(|length| *length > 0);
    let ends = starts.zip(length).and_then(|(starts, length)| starts.checked_add(length.checked_mul(1_000)?));
    let venue = data.at("venue");
    let place = [venue.text("name"), venue.text("address_1"), venue.text("city")].into_iter().flatten();
    let place = place.map(str::trim).collect::<Vec<_>>().join(", ");
    let about = data.text("plain_text_description").map(str::to_owned);
    let title = data.text("name").unwrap_or_default().to_owned();
    let id = Id::event(SITE, &number);
    scribe.rows.events.push(Event {
        starts,
        ends,
        place: (!place.is_empty()).then_some(place),
        url: data.text("link").map(str::to_owned),
        about: about.or_else(|| data.text("description").map(text::html_to_text)),
        cancelled: data.text("status") == Some("cancelled"),
        ..Event::new(id, scribe.channel.clone(), title.clone())
    });
    for host in data.each("event_hosts") {
        member(scribe, host, None);
    }
    for one in data.each("rsvps") {
        let (response, time) = (one.text("response").unwrap_or_default(), one.time("updated"));
        let Some(who) = member(scribe, one.at("member"), time) else { continue };
        // Who does not come, or waits, has not attended.
        if response == "yes" {
            let key = format!("events/{number}/{}", one.key("member.id").unwrap_or_default());
            let deed = Deed { key, who: Some(who), time, object: Some(id), detail: title.clone() };
            scribe.did(ActivityKind::Attended, deed);
        }
    }
    for one in data.each("comments") {
        let (Some(number), time) = (one.key("id"), one.time("created")) else { continue };
        let author = member(scribe, one.at("member"), time);
        let message = scribe.message(format!("comments/{number}"), one.text("comment").unwrap_or_default(), time);
        let (score, url) = (one.number("like_count"), one.text("link").map(str::to_owned));
        scribe.rows.messages.push(model::Message { author, score, url, ..message });
    }
}

fn member(scribe: &mut Scribe<'_>, member: Data<'_>, seen: Option<i64>) -> Option<Id> {
    let number = member.key("id")?;
    Some(scribe.account(&number, Known { name: member.text("name"), seen, ..Known::default() }))
}
