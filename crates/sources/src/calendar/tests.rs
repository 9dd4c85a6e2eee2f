//! Calendars of every sort in, events out.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use model::{Item, Rows};
use proptest::prelude::*;
use source::Context;
use testkit::{MemorySink, tell};

use super::SOURCE;
use crate::files;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/calendar/fixtures/example")
}

fn context(path: &Path) -> Context {
    testkit::context("/", &format!("path = '{}'", path.display()))
}

/// The rows of the file of this name.
fn rows(name: &str) -> Rows {
    let mut sink = MemorySink::new();
    sink.collect(&SOURCE, &context(&example())).expect("it can be read");
    let items: Vec<Item> = sink.items().iter().filter(|item| item.id == name).cloned().collect();
    assert_eq!(items.len(), 1, "{name}");
    testkit::normalize(&SOURCE, &context(&example()), &items)
}

/// The rows of one file with these options.
fn file(kind: &str, text: &str, options: &str) -> Rows {
    let item = Item { id: "file".to_owned(), kind: kind.to_owned(), bytes: text.into(), ..Item::default() };
    testkit::normalize(&SOURCE, &testkit::context("/", &format!("path = 'x'\n{options}")), &[item])
}

/// A calendar of one event.
fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nSUMMARY:E\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

#[test]
fn icalendar() {
    assert_snapshot!(tell(&rows("meetings.ics")), @r#"
    channel "Reactor meetings" (calendar)
    identity "ada@example.org" (email) name "Ada Example" email "ada@example.org" seen 2024-03-18T14:00:00Z
    identity "bo@example.org" (email) name "Bo: the second" email "bo@example.org" seen 2024-03-18T14:00:00Z
    identity "cy@example.org" (email) email "cy@example.org" seen 2024-03-18T14:00:00Z
    other "Weekly meeting, open to all" in "Reactor meetings" by ada@example.org at 2024-03-18T14:00:00Z: "organizer"
    attended "Weekly meeting, open to all" in "Reactor meetings" by bo@example.org at 2024-03-18T14:00:00Z: "accepted"
    other "Weekly meeting, open to all" in "Reactor meetings" by cy@example.org at 2024-03-18T14:00:00Z: "declined"
    event "Weekly meeting, open to all" in "Reactor meetings" from 2024-03-18T14:00:00Z to 2024-03-18T15:00:00Z place "https://meet.example.org/reactor" about "Bring your questions.\nAnd a long line that is folded after the seventy-fifth byte."
    event "Weekly meeting, open to all" in "Reactor meetings" from 2024-04-08T13:00:00Z to 2024-04-08T14:00:00Z place "https://meet.example.org/reactor" about "Bring your questions.\nAnd a long line that is folded after the seventy-fifth byte."
    event "Weekly meeting, a day later" in "Reactor meetings" from 2024-03-26T14:00:00Z to 2024-03-26T15:00:00Z
    event "Conference" in "Reactor meetings" from 2024-06-01T00:00:00Z to 2024-06-03T00:00:00Z (whole days) (cancelled) place "geo:50.85,4.35" url "https://example.org/conference"
    event "In a zone of our own" in "Reactor meetings" from 2024-07-01T13:00:00Z to 2024-07-01T14:30:00Z place "Blue room" about "See the page <https://example.org/x>"
    event "Ends before it begins" in "Reactor meetings" from 2024-07-02T07:00:00Z to no time
    event "Every hour, nowhere" in "Reactor meetings" from 2024-07-03T07:00:00Z to no time
    event "A date that cannot be" in "Reactor meetings" from no time to no time
    problem: is no line of a calendar in meetings.ics ""
    problem: ends before it begins in meetings.ics ""
    problem: time zone is not known in meetings.ics ""
    problem: repeats in a way that is not understood in meetings.ics ""
    problem: date cannot be read in meetings.ics ""
    "#);
}

#[test]
fn events_in_yaml() {
    assert_snapshot!(tell(&rows("summit.yml")), @r##"
    channel "demo" (calendar)
    channel "Reactor Summit" (calendar)
    identity "ada example" (name) name "Ada Example" seen 2024-02-03T17:00:00Z
    identity "bo@example.org" (email) name "Bo" email "bo@example.org" seen 2024-02-03T17:00:00Z
    identity "cy" (name) name "Cy"
    identity "dee@example.org" (email) name "Dee" email "dee@example.org"
    attended "Stopping: how to" in "Reactor Summit" by ada example at 2024-02-03T17:00:00Z: "speaker"
    attended "Stopping: how to" in "Reactor Summit" by bo@example.org at 2024-02-03T17:00:00Z: "speaker"
    attended "Someday" in "Reactor Summit" by cy at no time: "speaker"
    attended "Someday" in "Reactor Summit" by dee@example.org at no time: "speaker"
    event "Reactor Summit" in "demo" from 2024-02-03T00:00:00Z to 2024-02-05T00:00:00Z (whole days) place "Brussels, Belgium" about "Where people meet.\n\n<https://example.org/summit>"
    event "Stopping: how to" in "Reactor Summit" from 2024-02-03T17:00:00Z to 2024-02-03T17:50:00Z place "Janson, Brussels, Belgium" about "How to stop.\n\nTrack: Safety"
    event "Test day" in "Reactor Summit" from 2024-02-03T10:00:00Z to no time place "#reactor"
    event "Someday" in "Reactor Summit" from no time to no time place "Brussels, Belgium"
    problem: has no title or no date in summit.yml ""
    "##);
    assert_snapshot!(tell(&rows("series.yml")), @r#"
    channel "demo" (calendar)
    channel "Test days" (calendar)
    event "Test days" in "demo" from 2024-05-02T00:01:00Z to 2024-06-07T23:59:00Z
    event "First" in "Test days" from 2024-05-02T00:01:00Z to 2024-05-03T23:59:00Z
    event "Second" in "Test days" from 2024-06-06T00:01:00Z to 2024-06-07T23:59:00Z
    "#);
    assert_snapshot!(tell(&rows("settings.yaml")), @r#"problem: has no title or no date in settings.yaml """#);
}

#[test]
fn events_in_json() {
    assert_snapshot!(tell(&rows("event.jsonld")), @r#"
    channel "demo" (calendar)
    identity "ada example" (name) name "Ada Example" seen 2024-04-04T17:00:00Z
    attended "Meetup" in "demo" by ada example at 2024-04-04T17:00:00Z: "speaker"
    event "Meetup" in "demo" from 2024-04-04T17:00:00Z to 2024-04-04T19:00:00Z (cancelled) place "The hall, Long Street 1, Rome" url "https://example.org/e/1" about "An evening"
    "#);
    assert_snapshot!(tell(&rows("google.json")), @r#"
    channel "Reactor" (calendar)
    identity "ada@example.org" (email) email "ada@example.org" seen 2024-05-06T08:00:00Z
    attended "Planning" in "Reactor" by ada@example.org at 2024-05-06T08:00:00Z: "accepted"
    event "Planning" in "Reactor" from 2024-05-06T08:00:00Z to 2024-05-06T09:00:00Z url "https://calendar.example.org/x1"
    event "Holiday" in "Reactor" from 2024-05-09T00:00:00Z to 2024-05-10T00:00:00Z (whole days)
    "#);
}

#[test]
fn names_of_fields_vary() {
    for text in [
        "- {title: A, date: 2024-01-02, venue: Rome}",
        "A:\n- {title: A, date: 2024-01-02, venue: Rome}\nevents: [{summary: A, start_date: 2024-01-02, where: Rome}]",
        "{name: A, startDate: 2024-01-02, location: {name: Rome}}",
        "{name: A, date: 2024-01-02, place: Rome, end: }",
        "---\nname: A\nbegin: January 2, 2024\nend: 2024-01-02\nplace: Rome\n",
    ] {
        let rows = file("yaml", text, "");
        let [event] = rows.events.as_slice() else { panic!("{text}: {:?}", rows.problems) };
        assert_eq!(
            (event.title.as_str(), event.place.as_deref(), event.whole_days),
            ("A", Some("Rome"), true),
            "{text}"
        );
        assert_eq!(event.ends.zip(event.starts).map(|(end, start)| end - start), Some(model::time::DAY), "{text}");
    }
}

#[test]
fn a_day_and_an_hour_may_stand_apart() {
    let rows =
        file("yaml", "{title: A, date: 2024-01-02, start_time: 18:00, end_time: 19:30, timezone: Europe/Rome}", "");
    let event = &rows.events[0];
    assert_eq!(event.starts, Some(1_704_214_800 * model::time::SECOND));
    assert_eq!(event.ends, Some(1_704_220_200 * model::time::SECOND));
}

#[test]
fn times_without_a_zone_are_where_it_is_said() {
    let local = event("DTSTART:20240701T120000");
    let said = local.replace("BEGIN:VEVENT", "X-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT");
    let yaml = "{name: E, start: 2024-07-01 12:00}";
    let hour = |rows: Rows| rows.events[0].starts.expect("a time") / model::time::SECOND / 3600 % 24;
    for (kind, text, options, expected) in [
        ("ics", &local[..], "", 12),
        ("ics", &local, "timezone = 'Europe/Rome'", 10),
        ("ics", &said, "timezone = 'Europe/Rome'", 3),
        ("yaml", yaml, "", 12),
        ("yaml", yaml, "timezone = 'Europe/Rome'", 10),
    ] {
        assert_eq!(hour(file(kind, text, options)), expected, "{text} {options}");
    }
    let wrong = testkit::context("/", "path = 'x'\ntimezone = 'Moon/Base'");
    assert!((SOURCE.normalizer)(&wrong).is_err());
}

#[test]
fn repeating_keeps_the_hour_on_the_clock_and_ends() {
    let count = |lines: &str| file("ics", &event(lines), "").events.len();
    // Over the change to summer time.
    let rows = file("ics", &event("DTSTART;TZID=Europe/Rome:20240325T150000\nRRULE:FREQ=WEEKLY;COUNT=2"), "");
    let starts: Vec<i64> = rows
        .events
        .iter()
        .filter_map(|event| event.starts)
        .map(|time| time / model::time::SECOND / 3600 % 24)
        .collect();
    assert_eq!(starts, [14, 13]);
    for (lines, expected) in [
        ("DTSTART:20240301T100000Z\nDTSTAMP:20240301T100000Z\nRRULE:FREQ=WEEKLY", 53),
        ("DTSTART:20240301T100000Z\nRRULE:FREQ=DAILY;COUNT=5000\nDTSTAMP:20400101T000000Z", 1_100),
        ("DTSTART:20240301T100000Z\nRRULE:FREQ=DAILY;UNTIL=20240303T100000Z", 3),
        ("DTSTART;VALUE=DATE:20240301\nRRULE:FREQ=DAILY;UNTIL=20240303", 3),
        ("DTSTART:20240301T100000Z\nRDATE:20240302T100000Z,20240303T100000Z", 3),
        ("DTSTART:20240301T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20240301T100000Z", 1),
        ("DTSTART:20240301T100000Z\nRRULE:FREQ=NEVER", 1),
        ("RRULE:FREQ=DAILY", 1),
    ] {
        assert_eq!(count(lines), expected, "{lines}");
    }
}

#[test]
fn one_event_in_two_calendars_is_one() {
    let of = |uid: &str, source: &str| {
        let text = event("DTSTART:20240301T100000Z").replace("UID:e", &format!("UID:{uid}"));
        let item = Item { id: "f".to_owned(), kind: "ics".to_owned(), bytes: text.into(), ..Item::default() };
        let context = Context { source: source.to_owned(), ..testkit::context("/", "path = 'x'") };
        testkit::normalize(&SOURCE, &context, &[item]).events[0].id
    };
    assert_eq!(of("a@example.org", "one"), of("a@example.org", "two"));
    assert_ne!(of("1", "one"), of("1", "two"));
}

#[test]
fn hostile_calendars_are_bounded() {
    let laughs: String = (1..40).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(10))).collect();
    for (kind, text) in [
        ("ics", "BEGIN:VEVENT\n".repeat(100_000)),
        ("ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VCALENDAR\n".repeat(1_000)),
        ("ics", "A;\"".repeat(100_000)),
        ("ics", event(&"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\n".repeat(1_000))),
        ("ics", event(&"DTSTART:99991231T235959Z\nRRULE:FREQ=DAILY\nDURATION:P99999999999999W\n".repeat(3))),
        ("yaml", "[".repeat(100_000)),
        ("yaml", "- ".repeat(100_000)),
        ("yaml", format!("a0: &a0 [x]\n{laughs}")),
        ("yaml", "&a [*a]".to_owned()),
        ("json", "[".repeat(100_000)),
    ] {
        assert!(!file(kind, &text, "").problems.is_empty(), "{kind} {}", &text[..20]);
    }
}

#[test]
fn what_is_there_is_recognised() {
    let told = |path: &Path| {
        let look = files::look(path).expect("it can be read");
        (SOURCE.recognize)(&look).map(|seen| (seen.sure, seen.what))
    };
    assert_eq!(told(&example()).map(|seen| seen.0), Some(95));
    assert_eq!(told(&example().join("summit.yml")).map(|seen| seen.0), Some(60));
    assert_eq!(told(&example().join("event.jsonld")).map(|seen| seen.0), Some(80));
    assert_eq!(told(&example().join("settings.yaml")), None);
}

proptest! {
    #[test]
    fn anything_will_do(
        lines in proptest::collection::vec("(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE|STANDARD)|(DTSTART|DTEND|EXDATE|RECURRENCE-ID|DURATION|TZOFFSETTO|RRULE)(;TZID=[A-Z/\"]{0,4}|;VALUE=DATE)?:[0-9TZPHM+=;,FREQ-]{0,16}|.{0,12}", 0..12),
        yaml in "(?s)((name|start|end|talks|speaker): ?|- |\n|  |[a-z0-9:{}\\[\\]&*,' -]|.){0,60}",
    ) {
        file("ics", &lines.join("\n"), "");
        file("yaml", &yaml, "");
        file("json", &yaml, "");
    }
}
