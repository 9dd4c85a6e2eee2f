//! The calendar as other programs read it: iCalendar (RFC 5545).
//!
//! Written here because the library for it asks for features of `chrono` that the query engine would be built again with.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::views::EventView;

/// Bytes of a line at most (RFC 5545, section 3.1).
const LINE: usize = 75;

/// Events as one iCalendar file, as of an instant (microseconds UTC); those without a date are left out.
pub fn icalendar(name: &str, events: &[EventView], now: i64) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Switchboard//Events//EN");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        let Some((starts, ends)) = span(event) else { continue };
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@switchboard", escaped(&event.id)));
        line(&format!("DTSTAMP:{}", instant(now).unwrap_or_else(|| "19700101T000000Z".to_owned())));
        line(&format!("DTSTART{starts}"));
        if let Some(ends) = ends {
            line(&format!("DTEND{ends}"));
        }
        line(&format!("SUMMARY:{}", escaped(&event.title)));
        if let Some(place) = &event.place {
            line(&format!("LOCATION:{}", escaped(place)));
        }
        // A URI is not escaped; what is none is left out.
        if let Some(url) =
            event.url.as_deref().filter(|url| url.starts_with("http") && !url.contains(char::is_whitespace))
        {
            line(&format!("URL:{}", url.replace(char::is_control, "")));
        }
        if event.cancelled {
            line("STATUS:CANCELLED");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// Beginning and end, with what stands before their values.
fn span(event: &EventView) -> Option<(String, Option<String>)> {
    let write = |time: i64| {
        if event.whole_days {
            day(time).map(|day| format!(";VALUE=DATE:{day}"))
        } else {
            Some(format!(":{}", instant(time)?))
        }
    };
    let starts = write(event.starts?)?;
    Some((starts, event.ends.filter(|ends| Some(*ends) > event.starts).and_then(write)))
}

fn instant(time: i64) -> Option<String> {
    Some(Timestamp::from_microsecond(time).ok()?.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string())
}

fn day(time: i64) -> Option<String> {
    Some(Timestamp::from_microsecond(time).ok()?.to_zoned(TimeZone::UTC).strftime("%Y%m%d").to_string())
}

/// Text as a value (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// One line, folded where it is too long, at a letter's edge.
fn fold(text: &str, out: &mut String) {
    let mut width = 0;
    for letter in text.chars() {
        if width + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str, whole_days: bool) -> EventView {
        EventView {
            id: "e1".to_owned(),
            title: title.to_owned(),
            source: "x".to_owned(),
            starts: Some(1_801_267_200_000_000),
            ends: Some(1_801_440_000_000_000),
            whole_days,
            place: Some("Brussels, ULB".to_owned()),
            url: Some("https://example.org/a,b".to_owned()),
            cancelled: false,
        }
    }

    #[test]
    fn a_calendar() {
        insta::assert_snapshot!(icalendar("Ours", &[event("Days; of\nfree software", true)], 0), @r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Switchboard//Events//EN
        X-WR-CALNAME:Ours
        BEGIN:VEVENT
        UID:e1@switchboard
        DTSTAMP:19700101T000000Z
        DTSTART;VALUE=DATE:20270130
        DTEND;VALUE=DATE:20270201
        SUMMARY:Days\; of\nfree software
        LOCATION:Brussels\, ULB
        URL:https://example.org/a,b
        END:VEVENT
        END:VCALENDAR
        "#);
        let undated = EventView { starts: None, ..event("x", false) };
        assert!(!icalendar("x", &[undated], 0).contains("VEVENT"));
    }

    proptest::proptest! {
        #[test]
        fn lines_are_short_and_nothing_breaks_out(title in "(?s).{0,200}") {
            let text = icalendar(&title, &[event(&title, false)], i64::MAX);
            proptest::prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE));
            proptest::prop_assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 1);
            proptest::prop_assert!(text.split("\r\n").filter(|line| !line.is_empty()).all(|line| line.starts_with(' ') || line.contains([':', ';'])));
        }
    }
}
