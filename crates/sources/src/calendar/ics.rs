//! iCalendar's events to drafts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::time::{DAY, SECOND};

use super::draft::{Draft, Guest, Key, Part, Span};
use super::lines::{self, Component, Property};
use super::repeats::Rule;
use super::zones::Zones;
use crate::dates::{self, When};

/// An event without an end is told for so long after the calendar was written.
const AHEAD: i64 = 366 * DAY;
/// Times that one event is told at most: a weekly meeting of twenty years, a daily one of three.
const MOST_TIMES: usize = 1_100;
/// Events in one file; and rules that are worked out.
const MOST_EVENTS: usize = 100_000;
const MOST_RULES: usize = 5_000;
/// A UID this long, or one with an `@`, is taken to be one of its kind in the world, as RFC 5545 (section
/// 3.8.4.7) wants it; shorter ones were made up by hand.
const LONG_UID: usize = 20;

/// The events of a file, and what is wrong with it: fixed phrases with a number to count by.
pub fn read(text: &str, fallback: &TimeZone) -> (Vec<Draft>, Vec<&'static str>) {
    let (components, mut wrong) = lines::read(text);
    let mut drafts = Vec::new();
    let mut rules = 0;
    // Events that stand outside a calendar are read as if they stood in one.
    let (calendars, loose): (Vec<_>, Vec<_>) = components.into_iter().partition(|part| part.name == "VCALENDAR");
    let loose = Component { parts: loose, ..Component::default() };
    for calendar in calendars.iter().chain([&loose]) {
        let zones = Zones::of(calendar, fallback);
        let channel = calendar.text("X-WR-CALNAME").or_else(|| calendar.text("NAME"));
        let mut reading = Reading {
            zones,
            channel,
            until: written(calendar).saturating_add(AHEAD),
            rules: &mut rules,
            wrong: &mut wrong,
        };
        for (uid, versions) in by_uid(calendar) {
            reading.event(uid, &versions, &mut drafts);
            if drafts.len() > MOST_EVENTS {
                drafts.truncate(MOST_EVENTS);
                wrong.push("has more events than a calendar");
                return (drafts, wrong);
            }
        }
    }
    (drafts, wrong)
}

/// When the calendar was written, as far as it says: the latest time in it of its writing, else of an event.
fn written(calendar: &Component) -> i64 {
    let events = || calendar.parts.iter().filter(|part| part.name == "VEVENT");
    let latest = |names: &[&str]| {
        let times = events().flat_map(|event| names.iter().filter_map(|name| event.property(name)));
        times.filter_map(|time| dates::read(&time.value)?.instant(&TimeZone::UTC)).max()
    };
    latest(&["DTSTAMP", "LAST-MODIFIED", "CREATED"]).or_else(|| latest(&["DTSTART"])).unwrap_or_default()
}

/// Events by their UID, in the order they come; those without one are each their own.
fn by_uid(calendar: &Component) -> Vec<(Option<String>, Vec<&Component>)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut events: Vec<(Option<String>, Vec<&Component>)> = Vec::new();
    for event in calendar.parts.iter().filter(|part| part.name == "VEVENT") {
        let uid = event.text("UID");
        match uid.as_ref().and_then(|uid| places.get(uid)).and_then(|place| events.get_mut(*place)) {
            Some((_, versions)) => versions.push(event),
            None => {
                uid.iter().for_each(|uid| _ = places.insert(uid.clone(), events.len()));
                events.push((uid, vec![event]));
            }
        }
    }
    events
}

struct Reading<'a> {
    zones: Zones,
    channel: Option<String>,
    /// Events that repeat are told up to here.
    until: i64,
    rules: &'a mut usize,
    wrong: &'a mut Vec<&'static str>,
}

/// A time of an event that is told apart by it: as an instant, or as the day.
type Instance = i64;

impl Reading<'_> {
    /// One event with what changed about single times of it.
    fn event(&mut self, uid: Option<String>, versions: &[&Component], drafts: &mut Vec<Draft>) {
        let mut latest: BTreeMap<Option<Instance>, &Component> = BTreeMap::new();
        for version in versions {
            let instance = version.property("RECURRENCE-ID").and_then(|property| self.instant(property));
            let newer = |known: &&Component| age(known) > age(version);
            if !latest.get(&instance).is_some_and(newer) {
                latest.insert(instance, version);
            }
        }
        let key = |instance: Option<Instance>, draft: &Draft| {
            let at = instance.map(|at| format!("/{}", at / SECOND)).unwrap_or_default();
            match &uid {
                Some(uid) if uid.contains('@') || uid.len() >= LONG_UID => Key::World(format!("{uid}{at}")),
                Some(uid) => Key::File(format!("{uid}{at}")),
                None => Key::File(format!("{} {}", draft.span.starts.unwrap_or_default() / SECOND, draft.title)),
            }
        };
        let changed: BTreeSet<Instance> = latest.keys().flatten().copied().collect();
        for (instance, event) in &latest {
            let Some((draft, zone, start)) = self.draft(event) else { continue };
            match instance {
                Some(_) => drafts.push(Draft { key: key(*instance, &draft), ..draft }),
                None => {
                    let times = start.map(|start| self.times(event, start, &zone)).unwrap_or_default();
                    let repeats = event.property("RRULE").is_some() || event.property("RDATE").is_some();
                    if !repeats || start.is_none() {
                        drafts.push(Draft { key: key(None, &draft), ..draft });
                        continue;
                    }
                    // Who comes is said once for all times, so it is told of the first one only.
                    let mut guests = draft.guests.clone();
                    for at in times.into_iter().filter(|at| !changed.contains(at)) {
                        let span = draft.span.moved_to(at);
                        let guests = std::mem::take(&mut guests);
                        drafts.push(Draft { key: key(Some(at), &draft), span, guests, ..draft.clone() });
                    }
                }
            }
        }
    }

    /// An event as it is at its first time, its zone, and that time on its clock.
    fn draft(&mut self, event: &Component) -> Option<(Draft, TimeZone, Option<DateTime>)> {
        let title = event.text("SUMMARY");
        let start = event.property("DTSTART").and_then(|property| self.when(property));
        if title.is_none() && start.is_none() {
            self.wrong.push("has no title and no date");
            return None;
        }
        if event.property("DTSTART").is_none() {
            self.wrong.push("has no date");
        }
        let (span, local, zone) = match start {
            Some((when, zone)) => {
                let local = match when {
                    When::Day(date) => date.at(0, 0, 0, 0),
                    When::Local(local) => local,
                    When::At(time) => time.to_zoned(TimeZone::UTC).datetime(),
                };
                let zone = if matches!(when, When::Local(_)) { zone } else { TimeZone::UTC };
                (self.span(event, when, &zone), Some(local), zone)
            }
            None => (Span::default(), None, TimeZone::UTC),
        };
        let (span, problem) = span.sound();
        self.wrong.extend(problem);
        let about = event.text("DESCRIPTION").map(|about| plain(&about));
        let draft = Draft {
            key: Key::default(),
            channel: self.channel.clone(),
            title: title.unwrap_or_else(|| "untitled".to_owned()),
            span,
            place: event.text("LOCATION").or_else(|| room(event)).or_else(|| geo(event)),
            url: event.text("URL").filter(|url| url.contains("://")),
            about,
            cancelled: event.text("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")),
            guests: guests(event),
        };
        Some((draft, zone, local))
    }

    fn span(&mut self, event: &Component, when: When, zone: &TimeZone) -> Span {
        let whole_days = matches!(when, When::Day(_));
        let starts = when.instant(zone);
        let end = event.property("DTEND").and_then(|property| self.instant(property));
        let lasts = || event.text("DURATION").and_then(|lasts| duration(&lasts));
        let ends = end.or_else(|| starts?.checked_add(lasts()?));
        let ends = ends.or_else(|| starts.map(|starts| starts.saturating_add(DAY)).filter(|_| whole_days));
        // A calendar that gives a day as its own end means that day.
        let ends = if whole_days && ends == starts { starts.map(|starts| starts.saturating_add(DAY)) } else { ends };
        Span { starts, ends, whole_days }
    }

    /// The times at which an event takes place: instants, or midnight UTC of days.
    fn times(&mut self, event: &Component, start: DateTime, zone: &TimeZone) -> BTreeSet<Instance> {
        let instant = |local: DateTime| When::Local(local).instant(zone);
        let mut times: BTreeSet<Instance> = instant(start).into_iter().collect();
        for property in event.properties("RRULE") {
            *self.rules += 1;
            let rule = if *self.rules > MOST_RULES {
                Err("has more events that repeat than a calendar")
            } else {
                Rule::parse(&property.value)
            };
            let rule = match rule {
                Ok(rule) => rule,
                Err(what) => {
                    self.wrong.push(what);
                    continue;
                }
            };
            // A day as the last includes all of it.
            let last = rule.until.as_deref().and_then(dates::read).and_then(|until| match until {
                When::Day(date) => instant(date.at(23, 59, 59, 0)),
                until => until.instant(zone),
            });
            let end = last.unwrap_or(self.until);
            let all = rule.dates(start).map_while(instant).take_while(|time| *time <= end);
            times.extend(all.take(MOST_TIMES + 1));
        }
        for (name, adds) in [("RDATE", true), ("EXDATE", false)] {
            for property in event.properties(name) {
                for value in property.value.split(',').take(MOST_TIMES) {
                    // A period is from its beginning on.
                    let value = value.split('/').next().unwrap_or(value);
                    let found = self
                        .zones
                        .when_of(property, value)
                        .and_then(|(when, zone, _)| when.instant(&zone_of(when, zone)));
                    match found {
                        Some(time) if adds => _ = times.insert(time),
                        Some(time) => _ = times.remove(&time),
                        None => self.wrong.push("date cannot be read"),
                    }
                }
            }
        }
        if times.len() > MOST_TIMES {
            self.wrong.push("repeats more often than is told");
            times = times.into_iter().take(MOST_TIMES).collect();
        }
        times
    }

    fn when(&mut self, property: &Property) -> Option<(When, TimeZone)> {
        let Some((when, zone, wrong)) = self.zones.when(property) else {
            self.wrong.push("date cannot be read");
            return None;
        };
        self.wrong.extend(wrong);
        Some((when, zone))
    }

    fn instant(&mut self, property: &Property) -> Option<i64> {
        let (when, zone) = self.when(property)?;
        when.instant(&zone_of(when, zone))
    }
}

/// Whole days are counted in UTC, wherever they are.
fn zone_of(when: When, zone: TimeZone) -> TimeZone {
    if matches!(when, When::Day(_)) { TimeZone::UTC } else { zone }
}

impl Span {
    /// The same length at another time.
    fn moved_to(self, starts: i64) -> Span {
        let length = self.starts.zip(self.ends).map(|(begin, end)| end - begin);
        Span { starts: Some(starts), ends: length.map(|length| starts.saturating_add(length)), ..self }
    }
}

/// What tells versions of an event apart, the newest greatest.
fn age(event: &Component) -> (u64, Option<Timestamp>) {
    let sequence = event.text("SEQUENCE").and_then(|number| number.parse().ok()).unwrap_or_default();
    let time = event.text("LAST-MODIFIED").or_else(|| event.text("DTSTAMP"));
    let time = time.and_then(|time| dates::read(&time)?.instant(&TimeZone::UTC));
    (sequence, time.and_then(|time| Timestamp::from_microsecond(time).ok()))
}

/// A length of time (section 3.3.6), in microseconds: `P1DT2H30M`, `PT45M`, `P2W`.
fn duration(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let mut seconds = 0_i64;
    let mut number = String::new();
    for c in text.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'T' => continue,
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let count: i64 = std::mem::take(&mut number).parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
    }
    seconds.checked_mul(SECOND).filter(|_| number.is_empty())
}

/// Who has a part in it: who invites, and who answered.
fn guests(event: &Component) -> Vec<Guest> {
    let invites = event.property("ORGANIZER").and_then(|property| guest(property, Part::Organizer));
    let answers = event.properties("ATTENDEE").filter_map(|property| {
        let part = match property.parameter("PARTSTAT")?.to_ascii_uppercase().as_str() {
            "ACCEPTED" => Part::Accepted,
            "DECLINED" => Part::Declined,
            "TENTATIVE" => Part::Tentative,
            _ => return None,
        };
        guest(property, part).filter(|_| is_person(property))
    });
    invites.into_iter().chain(answers).collect()
}

/// Rooms and things are invited too, and so are calendars: Google's have addresses of their own.
fn is_person(property: &Property) -> bool {
    let other = ["ROOM", "RESOURCE", "GROUP"];
    let kind = property.parameter("CUTYPE").unwrap_or_default();
    !other.iter().any(|other| kind.eq_ignore_ascii_case(other)) && !property.value.ends_with("calendar.google.com")
}

fn guest(property: &Property, part: Part) -> Option<Guest> {
    let address = property.value.trim();
    let address = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| &address[7..]);
    let own = |address: &&str| address.contains('@') && !address.ends_with("calendar.google.com");
    let email = address.or_else(|| property.parameter("EMAIL")).map(str::trim).filter(own).map(str::to_lowercase);
    let name = property.parameter("CN").map(str::trim).filter(|name| !name.is_empty());
    let name = name.filter(|name| email.as_deref() != Some(name.to_lowercase().as_str())).map(str::to_owned);
    (email.is_some() || name.is_some()).then_some(Guest { name, email, part })
}

/// The room that was invited.
fn room(event: &Component) -> Option<String> {
    let rooms = event.properties("ATTENDEE").filter(|property| property.parameter("CUTYPE") == Some("ROOM"));
    rooms.filter_map(|property| property.parameter("CN")).next().map(str::to_owned)
}

/// `50.8;4.35` as a place.
fn geo(event: &Component) -> Option<String> {
    let geo = event.text("GEO")?;
    let (latitude, longitude) = geo.split_once(';')?;
    let (latitude, longitude): (f64, f64) = (latitude.parse().ok()?, longitude.parse().ok()?);
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then(|| format!("geo:{latitude},{longitude}"))
}

/// Descriptions are plain text by the standard, and HTML in what Google and Outlook write.
pub fn plain(text: &str) -> String {
    let is_html = ["<br", "<p>", "<p ", "</", "<ul>", "<html"].iter().any(|tag| text.contains(tag));
    if is_html { text::html_to_text(&text.replace('\n', "<br>")) } else { text.trim().to_owned() }
}
