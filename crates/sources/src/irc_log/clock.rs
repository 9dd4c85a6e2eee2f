//! Which day and time the lines of a log belong to, read line after line.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use model::Timestamp;
use serde::{Deserialize, Serialize};

use super::dates;

/// Where the time of day goes back by more than this (in seconds), the next day has begun. Less is a
/// clock that was set, or the end of summer time.
const NEXT_DAY: u32 = 2 * 3600;

/// The time in a log, as far as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Saved", into = "Saved")]
pub struct Clock {
    /// The day in the log's own zone, if any line or the file's name has told one.
    date: Option<Date>,
    /// The second of that day of the latest line with a time.
    second: u32,
}

/// A clock in a cursor or an item's origin.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    /// As `2018-01-02`.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    second: u32,
}

/// What a line's beginning tells, and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamped<'a> {
    /// Whether it begins with a time of day.
    pub timed: bool,
    /// Whether a tab follows the time: WeeChat's way.
    pub tabbed: bool,
    /// What follows the time and that tab or white space.
    pub rest: &'a [u8],
    /// Whether it is a line about the log itself, and which.
    pub day: Option<DayLine>,
}

/// A line about the log itself, as irssi and Eggdrop write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLine {
    /// `--- Log opened …`
    Opened,
    /// `--- Day changed …`, `[00:00] --- …`
    Changed,
    /// `--- Log closed …`
    Closed,
}

impl DayLine {
    /// What it tells, in words.
    pub fn as_str(self) -> &'static str {
        match self {
            DayLine::Opened => "log opened",
            DayLine::Changed => "day changed",
            DayLine::Closed => "log closed",
        }
    }
}

impl Clock {
    /// The clock at the beginning of a file, whose relative name may tell the day.
    pub fn at_start_of(name: &str) -> Clock {
        Clock { date: dates::in_name(name), second: 0 }
    }

    /// Reads the beginning of a line and moves on with it.
    pub fn read<'a>(&mut self, line: &'a [u8]) -> Stamped<'a> {
        let stamp = Stamp::of(line);
        let rest = stamp.map_or(line, |stamp| stamp.rest);
        match stamp {
            Some(Stamp { date: Some(date), second, .. }) => (self.date, self.second) = (Some(date), second),
            Some(Stamp { second, .. }) => self.pass(second),
            None => {}
        }
        let day = rest.strip_prefix(b"--- ").and_then(|words| self.day_line(words, stamp.is_some()));
        Stamped { timed: stamp.is_some(), tabbed: stamp.is_some_and(|stamp| stamp.tabbed), rest, day }
    }

    /// The time of the latest line, UTC; `None` as long as nothing tells the day.
    pub fn now(&self, zone: &TimeZone) -> Option<Timestamp> {
        let part = |value: u32| i8::try_from(value).ok();
        let (hour, minute, second) = (part(self.second / 3600)?, part(self.second / 60 % 60)?, part(self.second % 60)?);
        let time = Time::new(hour, minute, second, 0).ok()?;
        let moment = zone.to_timestamp(DateTime::from_parts(self.date?, time)).ok()?;
        Some(moment.as_microsecond())
    }

    fn pass(&mut self, second: u32) {
        if second.saturating_add(NEXT_DAY) < self.second {
            self.date = self.date.and_then(|date| date.tomorrow().ok());
        }
        self.second = second;
    }

    fn day_line(&mut self, words: &[u8], timed: bool) -> Option<DayLine> {
        let lines = [
            (&b"Log opened "[..], DayLine::Opened),
            (b"Log closed ", DayLine::Closed),
            (b"Day changed ", DayLine::Changed),
            (b"", DayLine::Changed),
        ];
        let (words, line) = lines.iter().find_map(|(begin, line)| Some((words.strip_prefix(*begin)?, *line)))?;
        let (date, second) = dates::spelled(words)?;
        self.date = Some(date);
        self.second = second.unwrap_or(if timed { self.second } else { 0 });
        Some(line)
    }
}

impl From<Saved> for Clock {
    fn from(saved: Saved) -> Clock {
        Clock { date: saved.date.and_then(|date| date.parse().ok()), second: saved.second }
    }
}

impl From<Clock> for Saved {
    fn from(clock: Clock) -> Saved {
        Saved { date: clock.date.map(|date| date.to_string()), second: clock.second }
    }
}

/// The time at the beginning of a line: `12:34`, `[12:34:56]`, `2018-01-02 12:34:56`, `[2018-01-02T12:34]`.
#[derive(Clone, Copy)]
struct Stamp<'a> {
    date: Option<Date>,
    second: u32,
    tabbed: bool,
    rest: &'a [u8],
}

impl<'a> Stamp<'a> {
    fn of(line: &'a [u8]) -> Option<Stamp<'a>> {
        let inner = line.strip_prefix(b"[");
        let bracketed = inner.is_some();
        let mut rest = inner.unwrap_or(line);
        let date = dates::iso(rest).filter(|_| matches!(rest.get(10), Some(b' ' | b'T')));
        if date.is_some() {
            rest = &rest[11..];
        }
        let (second, length) = dates::time(rest)?;
        rest = &rest[length..];
        if bracketed {
            rest = rest.strip_prefix(b"]")?;
        }
        match rest.strip_prefix(b"\t") {
            Some(rest) => Some(Stamp { date, second, tabbed: true, rest }),
            None if rest.is_empty() || rest.starts_with(b" ") => {
                Some(Stamp { date, second, tabbed: false, rest: rest.trim_ascii_start() })
            }
            None => None,
        }
    }
}
