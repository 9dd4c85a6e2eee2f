//! Events in YAML and JSON to drafts: lists that people keep by hand, schema.org's `Event`, and what
//! the API of Google Calendar answers. Fields are found by many names, because everybody has their own.

use jiff::tz::TimeZone;
use model::time::SECOND;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::draft::{Draft, Guest, Key, Part, Span};
use super::ics::plain;
use crate::dates::{self, When};

const TITLES: [&str; 4] = ["name", "title", "summary", "event"];
const STARTS: [&str; 10] =
    ["start", "starts", "startdate", "start_date", "start_time", "begin", "begins", "from", "date", "time"];
const ENDS: [&str; 7] = ["end", "ends", "enddate", "end_date", "end_time", "until", "to"];
/// Fields that say a day without an hour; the first two are the last day.
const DAYS: [&str; 6] = ["end_date", "enddate", "start_date", "startdate", "date", "day"];
const PLACES: [&str; 5] = ["location", "place", "venue", "where", "address"];
const ROOMS: [&str; 1] = ["room"];
const URLS: [&str; 7] = ["url", "link", "website", "homepage", "htmllink", "registration", "web"];
const ABOUTS: [&str; 5] = ["description", "about", "abstract", "details", "content"];
/// What an event has parts in.
const PARTS: [&str; 6] = ["talks", "sessions", "subevent", "subevents", "schedule", "program"];
/// What a list of events is in, which may have a title but is no event.
const LISTS: [&str; 3] = ["events", "items", "@graph"];
const SPEAKERS: [&str; 6] = ["speaker", "speakers", "presenter", "presenters", "performer", "performers"];
const ORGANIZERS: [&str; 2] = ["organizer", "organizers"];
const ATTENDEES: [&str; 2] = ["attendee", "attendees"];
/// What a list is nested to: a year, its events, their talks.
const DEEPEST: usize = 4;
/// Events in one file.
const MOST_EVENTS: usize = 100_000;

/// The events of a document, and what is wrong with it: fixed phrases.
pub fn read(document: &Value, zone: &TimeZone) -> (Vec<Draft>, Vec<&'static str>) {
    let mut reading = Reading { zone, drafts: Vec::new(), wrong: Vec::new(), keys: FxHashMap::default() };
    reading.value(document, "", None, DEEPEST);
    (reading.drafts, reading.wrong)
}

struct Reading<'a> {
    zone: &'a TimeZone,
    drafts: Vec<Draft>,
    wrong: Vec<&'static str>,
    /// Keys, and how often each came up.
    keys: FxHashMap<String, usize>,
}

/// What a part of an event has from the event it is part of.
struct Whole<'a> {
    title: &'a str,
    place: Option<&'a str>,
    tags: &'a [String],
    /// Whether its parts are talks, which need no date to be events.
    talks: bool,
}

impl Reading<'_> {
    fn value(&mut self, value: &Value, at: &str, whole: Option<&Whole<'_>>, depth: usize) {
        if depth == 0 || self.drafts.len() >= MOST_EVENTS {
            return self.wrong.push("is nested too deep or too long");
        }
        match value {
            Value::Array(list) => {
                for (number, value) in list.iter().enumerate() {
                    self.value(value, &format!("{at}/{}", number + 1), whole, depth - 1);
                }
            }
            Value::Object(fields) => self.object(fields, at, whole, depth),
            _ => {}
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, at: &str, whole_of: Option<&Whole<'_>>, depth: usize) {
        let title = first(fields, &TITLES).and_then(text);
        let (starts, ends) = (when(fields, &STARTS, &DAYS[2..]), when(fields, &ENDS, &DAYS));
        let list = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| field(fields, name));
            found.find(|value| value.is_array() || value.is_object())
        };
        let (parts, events) = (list(&PARTS), list(&LISTS));
        let dated = starts.is_some() || ends.is_some();
        let is_talk = whole_of.is_some_and(|whole| whole.talks);
        if let Some(events) = events.filter(|_| !dated) {
            let whole = title.as_ref().map(|title| Whole { title, place: None, tags: &[], talks: false });
            return self.value(events, at, whole.as_ref().or(whole_of), depth - 1);
        }
        let Some(title) = title.filter(|_| dated || parts.is_some() || is_talk || is_event(fields)) else {
            match parts {
                Some(parts) => self.value(parts, at, whole_of, depth - 1),
                None => self.wrong.push("has no title or no date"),
            }
            return;
        };
        let whole = whole_of;
        if starts == Some(None) || ends == Some(None) {
            self.wrong.push("date cannot be read");
        }
        let (span, problem) = Span::new(starts.flatten(), ends.flatten(), self.zone);
        self.wrong.extend(problem);
        let tags: Vec<String> = first(fields, &["tags"]).map(words).unwrap_or_default();
        let place = first(fields, &PLACES).and_then(place);
        let known_tags = whole.map_or(tags.as_slice(), |whole| whole.tags);
        let room = first(fields, &ROOMS).and_then(text);
        let near = place.clone().or_else(|| whole.and_then(|whole| whole.place.map(str::to_owned)));
        let draft = Draft {
            key: self.key(fields, at, &title, span),
            channel: whole.map(|whole| whole.title.to_owned()),
            span,
            place: match (room, near) {
                (Some(room), Some(near)) => Some(format!("{room}, {near}")),
                (room, near) => room.or(near),
            },
            url: first(fields, &URLS).and_then(text).filter(|url| url.contains("://")),
            about: about(fields),
            cancelled: is_cancelled(fields),
            guests: guests(fields, known_tags),
            title,
        };
        let (place_at, number) = (draft.place.clone(), self.drafts.len());
        let title = draft.title.clone();
        self.drafts.push(draft);
        if let Some(parts) = parts {
            let whole = Whole { title: &title, place: place_at.as_deref(), tags: &tags, talks: true };
            self.value(parts, at, Some(&whole), depth - 1);
            self.span_of_parts(number);
        }
    }

    /// What an event is known by: a UID, an id, else when it is and what it is called; a file of one event
    /// by the file.
    fn key(&mut self, fields: &Map<String, Value>, at: &str, title: &str, span: Span) -> Key {
        if let Some(uid) = field(fields, "icaluid").and_then(text).filter(|uid| uid.contains('@')) {
            return Key::World(uid);
        }
        if let Some(id) = field(fields, "@id").and_then(text).filter(|id| id.starts_with("http")) {
            return Key::World(id);
        }
        let key = match first(fields, &["uid", "id"]).and_then(text) {
            Some(id) => id,
            None if at.is_empty() => String::new(),
            None => format!("{}/{title}", span.starts.unwrap_or_default() / SECOND),
        };
        let times = self.keys.entry(key.clone()).or_default();
        *times += 1;
        Key::File(if *times == 1 { key } else { format!("{key}~{times}") })
    }

    /// A series without dates of its own lasts from its first part to its last.
    fn span_of_parts(&mut self, number: usize) {
        let Some((whole, parts)) = self.drafts.get_mut(number..).and_then(|drafts| drafts.split_first_mut()) else {
            return;
        };
        if whole.span == Span::default() {
            whole.span.starts = parts.iter().filter_map(|part| part.span.starts).min();
            whole.span.ends = parts.iter().filter_map(|part| part.span.ends).max();
            whole.span.whole_days = !parts.is_empty() && parts.iter().all(|part| part.span.whole_days);
        }
    }
}

/// A field by its name, whatever the case of its letters.
fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let found = fields
        .get(name)
        .or_else(|| fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value));
    found.filter(|value| !value.is_null())
}

/// The first of these fields that is there.
fn first<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| field(fields, name))
}

/// Text, or a number as it is written.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        // schema.org allows lists nearly everywhere.
        Value::Array(list) => list.iter().find_map(|value| value.as_str())?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// When one of these fields says, `days` being those that say the day alone; `Some(None)` if some are there and none can be read.
fn when(fields: &Map<String, Value>, names: &[&str], days: &[&str]) -> Option<Option<When>> {
    let said: Vec<&Value> = names.iter().filter_map(|name| field(fields, name)).collect();
    let day = first(fields, days).and_then(text);
    let read = said.iter().find_map(|value| one_when(value, None, fields));
    // The day and the hour may stand in two fields.
    let hour = || said.iter().find_map(|value| one_when(value, day.as_deref(), fields));
    let read = match read {
        Some(When::Day(_)) => hour().or(read),
        read => read.or_else(hour),
    };
    (!said.is_empty()).then_some(read)
}

/// A date, or an object with one: `{dateTime: …, timeZone: …}`. A zone of its own beside it counts.
fn one_when(value: &Value, day: Option<&str>, fields: &Map<String, Value>) -> Option<When> {
    let (written, zone) = match value {
        Value::Object(object) => {
            (first(object, &["datetime", "date"]).and_then(text)?, field(object, "timezone").and_then(text))
        }
        value => (text(value)?, None),
    };
    let when = match day {
        Some(day) => dates::read(&format!("{day} {written}")),
        None => dates::read(&written),
    }?;
    let zone = zone.or_else(|| first(fields, &["timezone", "tz", "time_zone"]).and_then(text));
    match (when, zone.as_deref().and_then(dates::zone)) {
        (When::Local(_), Some(zone)) => Some(When::At(jiff::Timestamp::from_microsecond(when.instant(&zone)?).ok()?)),
        (when, _) => Some(when),
    }
}

/// A place as text, or as schema.org's `Place`, `PostalAddress` or `VirtualLocation`.
fn place(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            let names = [
                "name",
                "streetaddress",
                "addresslocality",
                "city",
                "addressregion",
                "addresscountry",
                "country",
                "url",
            ];
            let address = field(object, "address").and_then(place);
            let mut parts: Vec<String> =
                names.iter().filter_map(|name| place(field(object, name)?)).chain(address).collect();
            parts.dedup();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Array(list) => {
            let places: Vec<String> = list.iter().filter(|value| !value.is_array()).filter_map(place).collect();
            (!places.is_empty()).then(|| places.join("; "))
        }
        value => text(value),
    }
}

/// The description, with what an event has besides: its track, its summary where that is not its title.
fn about(fields: &Map<String, Value>) -> Option<String> {
    let about = first(fields, &ABOUTS).and_then(text).map(|about| plain(&about));
    let summary = first(fields, &["summary"]).and_then(text).filter(|_| first(fields, &["name", "title"]).is_some());
    let track = first(fields, &["track"]).and_then(text).map(|track| format!("Track: {track}"));
    let all: Vec<String> = [summary, about, track].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// `cancelled: true`, `status: cancelled`, schema.org's `eventStatus`.
fn is_cancelled(fields: &Map<String, Value>) -> bool {
    let yes = first(fields, &["cancelled", "canceled"]).is_some_and(|value| value == &Value::Bool(true));
    let status = first(fields, &["status", "eventstatus"]).and_then(text).unwrap_or_default().to_ascii_lowercase();
    yes || status.ends_with("cancelled") || status.ends_with("canceled")
}

/// schema.org says what it is.
fn is_event(fields: &Map<String, Value>) -> bool {
    field(fields, "@type")
        .and_then(text)
        .is_some_and(|kind| kind.ends_with("Event") || kind == "Festival" || kind == "Hackathon")
}

/// Who speaks, invites and comes. A speaker who is called as one of the tags is the project itself.
fn guests(fields: &Map<String, Value>, tags: &[String]) -> Vec<Guest> {
    let of = |names: &[&str], part: Part| -> Vec<Guest> {
        let mut guests = Vec::new();
        first(fields, names).into_iter().for_each(|value| people(value, part, &mut guests));
        guests
    };
    let is_tag =
        |guest: &Guest| guest.name.as_ref().is_some_and(|name| tags.iter().any(|tag| tag.eq_ignore_ascii_case(name)));
    let mut guests = of(&ORGANIZERS, Part::Organizer);
    guests.extend(of(&SPEAKERS, Part::Speaker));
    guests.extend(of(&ATTENDEES, Part::Accepted));
    guests.retain(|guest| !is_tag(guest));
    guests
}

fn people(value: &Value, part: Part, guests: &mut Vec<Guest>) {
    match value {
        Value::String(names) => {
            for name in names.split([',', ';', '&']).flat_map(|names| names.split(" and ")) {
                let (name, rest) = name.split_once('<').unwrap_or((name, ""));
                let email = rest.split('>').next().map(str::trim).filter(|email| email.contains('@'));
                let name = Some(name.trim()).filter(|name| !name.is_empty());
                if name.is_some() || email.is_some() {
                    guests.push(Guest { name: name.map(str::to_owned), email: email.map(str::to_lowercase), part });
                }
            }
        }
        Value::Array(list) => {
            list.iter().filter(|value| !value.is_array()).for_each(|value| people(value, part, guests))
        }
        Value::Object(object) => {
            let kind = field(object, "@type").and_then(text).unwrap_or_default();
            let part = match field(object, "responsestatus").and_then(text).as_deref() {
                Some("accepted") | None => part,
                Some("declined") => Part::Declined,
                Some("tentative") => Part::Tentative,
                Some(_) => return,
            };
            let name = first(object, &["name", "displayname"]).and_then(text);
            let email = field(object, "email").and_then(text).filter(|email| email.contains('@'));
            let email = email.filter(|email| !email.ends_with("calendar.google.com")).map(|email| email.to_lowercase());
            if kind != "Organization" && (name.is_some() || email.is_some()) {
                guests.push(Guest { name, email, part });
            }
        }
        _ => {}
    }
}

/// Tags: a list, or a text parted by commas or blanks.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(tags) => tags.split([',', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        Value::Array(list) => list.iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}
