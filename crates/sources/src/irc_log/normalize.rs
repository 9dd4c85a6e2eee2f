//! A stretch of lines to messages and activities.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use memchr::memchr;
use model::{
    Activity, ActivityKind, Channel, Id, Identity, IdentityKind, Item, Message, Problem, Rows, Stage, Timestamp,
};
use rustc_hash::FxHashMap;
use source::{Context, Normalizer, OptionsError};

use super::clock::Stamped;
use super::collect::Origin;
use super::config::IrcOptions;
use super::event::Event;
use super::line::{self, Line};
use super::spans::Spans;
use super::{name, text};

/// Characters of a topic that are kept.
const DETAIL: usize = 200;

/// Gives the function that turns a stretch of lines into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let (options, zone) = IrcOptions::with_zone(context)?;
    let source = context.source.clone();
    let folder = options.path.to_string_lossy().into_owned();
    Ok(Box::new(move |item, rows| {
        let Ok(origin) = serde_json::from_str::<Origin>(&item.origin) else {
            let detail = "this is a defect, please report it".to_owned();
            return rows.problems.push(problem(&item.id, "item without an origin", None, detail));
        };
        let named = options.channel.clone().or_else(|| name::channel(&origin.file)).or_else(|| name::channel(&folder));
        let channel = named.unwrap_or_else(|| source.clone());
        let nicks = FxHashMap::default();
        Reading { source: &source, channel: &channel, zone: &zone, origin: &origin, nicks, rows }.read(item);
        rows.channels.push(Channel { name: channel, kind: "chat".to_owned(), title: None });
    }))
}

/// One stretch of lines on its way into rows.
struct Reading<'a> {
    source: &'a str,
    channel: &'a str,
    zone: &'a TimeZone,
    origin: &'a Origin,
    /// Nicks as written, that were pushed as identities.
    nicks: FxHashMap<String, Id>,
    rows: &'a mut Rows,
}

/// Where and when a line was written.
#[derive(Clone, Copy)]
struct Place {
    line: u64,
    time: Option<Timestamp>,
}

impl Reading<'_> {
    fn read(&mut self, item: &Item) {
        let mut clock = self.origin.clock;
        let (mut unknown, mut undated) = (Spans::default(), Spans::default());
        for (index, bytes) in lines(&item.bytes).enumerate() {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let stamped = clock.read(bytes);
            let line = self.origin.line.saturating_add(index as u64);
            let place = Place { line, time: clock.now(self.zone) };
            match self.line(stamped, place) {
                false => unknown.add(line),
                true if place.time.is_none() => undated.add(line),
                true => {}
            }
        }
        for (what, spans) in [("line not understood", unknown), ("day of line not known", undated)] {
            if let Some(first) = spans.first() {
                self.rows.problems.push(problem(&self.origin.file, what, Some(first), spans.to_string()));
            }
        }
    }

    /// Gives whether the line was understood.
    fn line(&mut self, stamped: Stamped<'_>, place: Place) -> bool {
        if let Some(day) = stamped.day {
            let detail = Some(Cow::Borrowed(day.as_str()));
            self.event(Event { kind: ActivityKind::Other, nick: None, detail }, place);
            return true;
        }
        let rest = text::decode(stamped.rest);
        let line = match stamped.tabbed {
            true => line::parse_tabbed(&rest),
            false => line::parse(&rest, stamped.timed),
        };
        match line {
            Line::Said { nick, text } => self.message(nick, text::without_formatting(text).into_owned(), place),
            Line::Did { nick, text } => {
                let body = format!("* {nick} {}", text::without_formatting(text));
                self.message(nick, body.trim_end().to_owned(), place);
            }
            Line::Event(event) => self.event(event, place),
            Line::Unknown => return false,
        }
        true
    }

    fn message(&mut self, nick: &str, body: String, place: Place) {
        let native = self.native_id(place);
        let mentions = text::addressees(&body);
        let message = Message {
            author: Some(self.identity(nick, place.time)),
            time: place.time,
            order: order(place),
            threaded: false,
            mentions,
            ..Message::new(Id::message(self.source, &native), native, self.channel, body)
        };
        self.rows.messages.push(message);
    }

    fn event(&mut self, event: Event<'_>, place: Place) {
        let id = Id::activity(self.source, &self.native_id(place));
        let detail = event.detail.map(|detail| text::without_formatting(&detail).chars().take(DETAIL).collect());
        let activity = Activity {
            who: event.nick.map(|nick| self.identity(&nick, place.time)),
            time: place.time,
            order: order(place),
            detail,
            ..Activity::new(id, event.kind, self.channel)
        };
        self.rows.activities.push(activity);
    }

    /// The id of a nick, pushed as an identity when it is met for the first time.
    fn identity(&mut self, nick: &str, seen: Option<Timestamp>) -> Id {
        if let Some(id) = self.nicks.get(nick) {
            return *id;
        }
        let value = nick.to_lowercase();
        let id = Id::identity(self.source, &value);
        let bot = text::is_bot(&value);
        let name = Some(nick.to_owned());
        self.rows.identities.push(Identity {
            id,
            kind: IdentityKind::Nick,
            value,
            name,
            email: None,
            account: None,
            bot,
            seen,
        });
        self.nicks.insert(nick.to_owned(), id);
        id
    }

    fn native_id(&self, place: Place) -> String {
        format!("{}#{}", self.origin.file, place.line)
    }
}

fn order(place: Place) -> i64 {
    i64::try_from(place.line).unwrap_or(i64::MAX)
}

/// The lines without their ends. What follows the last end is a line if there is anything.
fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let end = memchr(b'\n', bytes);
        let line = &bytes[..end.unwrap_or(bytes.len())];
        bytes = &bytes[end.map_or(bytes.len(), |end| end + 1)..];
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

fn problem(file: &str, what: &str, line: Option<u64>, detail: String) -> Problem {
    Problem { stage: Stage::Normalize, what: what.to_owned(), file: file.to_owned(), offset: line, detail }
}
