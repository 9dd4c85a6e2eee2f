//! Calendars: iCalendar files, and lists of events that people keep as YAML or JSON.
//!
//! [`collect`] keeps each file; [`normalize`] reads them by way of [`draft`]: [`ics`] (RFC 5545), with
//! [`lines`], [`zones`] and [`repeats`], and [`list`] for everything else.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod draft;
mod ics;
mod lines;
mod list;
mod normalize;
mod repeats;
#[cfg(test)]
mod tests;
mod zones;

/// The `calendar` source.
pub static SOURCE: Source = Source {
    kind: "calendar",
    title: "events from iCalendar files, or from lists in YAML or JSON: meetings, conferences, talks, who comes",
    place: Place::Calendar,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: true,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "../calendars/meetings.ics"     # a file, or a folder, zip or tar of them
# glob = "events/**/*.yml"             # only these files
# timezone = "Europe/Rome"             # of times without one, where the calendar does not say; UTC if left out
"#;

const ABOUT: &str = "\
Reads iCalendar files (`.ics`), as every calendar program exports them, and lists of events in YAML (`.yml`, `.yaml`)
or JSON (`.json`, `.jsonld`): one event, a list of them, schema.org's `Event`, or an answer of Google Calendar's API.

**What becomes what**

| in the file | becomes |
|---|---|
| an event: name or title, start and end, place, room, link, description | an event; without an end or hours as far as it says |
| its talks or sessions | events of their own, in a channel called as what they are part of, with its place if they have none |
| an event that repeats (`RRULE`, `RDATE`, `EXDATE`) | an event for each time, with what was changed about single times of it |
| a speaker | `attended` with `speaker`; one who is called as a tag of the event is the project, and left out |
| who accepted an invitation | `attended` with `accepted`, said once for all times: whether they came nobody knows |
| who declined or might come, who invites | `other` with `declined`, `tentative`, `organizer` |
| `STATUS:CANCELLED`, `cancelled: true`, `eventStatus` | an event that was called off |

**What an event is known by**: its UID, so that one event in two calendars is one; several versions in a file are the
one with the highest `SEQUENCE`. In YAML and JSON its `id`, else its file, title and place in it.

**Times** are kept in UTC. A time without a zone is in the calendar's (`X-WR-TIMEZONE`), else in `timezone`. Zones are
found by their name, else as the calendar defines them. Whole days are days, wherever they are; in YAML and JSON the
end of an event that is a day is its last one.

**In YAML and JSON** fields may be called `name`, `title` or `summary`; `start`, `starts`, `start_date`, `startDate`,
`begin` or `date`; `end`, `ends` …; `location`, `place`, `venue` or `where`; `room`; `url`, `link` or `website`;
`description` or `about`; `talks`, `sessions`, `events` or `subEvent`; `speaker`, `speakers` or `performer`; `tags`. A
series without dates lasts from the first of its parts to the last.

**Limits**: an event that repeats without end is told up to a year after the calendar was written, 1,100 times at most.
Rules by the hour, by number of week or by day of the year are a problem, and the event is told once. To-do lists,
alarms and free-busy times are left out. What a newer version of a file no longer says is taken back; a file that is
gone stays. YAML numbers stay as they are written, so that `12:30` is a time.
";

/// Calendars by their first line, lists of events by the fields in them.
fn recognize(look: &Look) -> Option<Seen> {
    let calendars = look.files.iter().filter(|file| file.holds("BEGIN:VCALENDAR")).count();
    if calendars > 0 {
        let files = if calendars == 1 { "file" } else { "files" };
        return Some(Seen::new(95, format!("calendars: {calendars} iCalendar {files}")));
    }
    let lists = |kind| look.files.iter().filter(move |file| collect::kind(&file.name) == Some(kind));
    let line = |text: &str, names: &[&str]| {
        text.lines().any(|line| names.iter().any(|name| line.trim_start_matches([' ', '-']).starts_with(name)))
    };
    let is_event = |file: &&source::Peeked| {
        let text = file.text();
        line(&text, &["name:", "title:"]) && line(&text, &["start:", "start_date:", "startDate:", "starts:"])
    };
    let yaml = lists("yaml").filter(is_event).count();
    let json = lists("json").filter(|file| file.holds("schema.org") && file.holds("\"startDate\"")).count();
    match (yaml, json) {
        (0, 0) => None,
        (0, json) => Some(Seen::new(80, format!("events as JSON-LD: {json} files"))),
        (yaml, _) => Some(Seen::new(60, format!("events as YAML: {yaml} files with a name and a start"))),
    }
}
