//! An event on its way into rows, whatever file it came from.

use jiff::tz::TimeZone;
use model::time::DAY;

use crate::dates::When;

/// An event as a file tells it.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Draft {
    /// What it is known by.
    pub key: Key,
    /// Who meets; the source's name if the file does not say.
    pub channel: Option<String>,
    /// What it is called.
    pub title: String,
    /// When.
    pub span: Span,
    /// Where.
    pub place: Option<String>,
    /// Where to read of it.
    pub url: Option<String>,
    /// More about it, as plain text.
    pub about: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Who has a part in it.
    pub guests: Vec<Guest>,
}

/// What an event is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Unique in the world: iCalendar's UID.
    World(String),
    /// Unique in its file.
    File(String),
}

impl Default for Key {
    fn default() -> Self {
        Key::File(String::new())
    }
}

/// Who has a part in an event.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Which part.
    pub part: Part,
}

/// A part in an event.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Said that they would come.
    #[default]
    Accepted,
    /// Said that they would not.
    Declined,
    /// Said that they might.
    Tentative,
    /// Invites.
    Organizer,
    /// Speaks.
    Speaker,
}

impl Part {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Accepted => "accepted",
            Part::Declined => "declined",
            Part::Tentative => "tentative",
            Part::Organizer => "organizer",
            Part::Speaker => "speaker",
        }
    }
}

/// When an event is: microseconds UTC.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it begins; for whole days midnight UTC of the first.
    pub starts: Option<i64>,
    /// When it ends; for whole days midnight UTC after the last.
    pub ends: Option<i64>,
    /// Whether it is days that are said.
    pub whole_days: bool,
}

impl Span {
    /// From a beginning to an end as a person writes them: an end that is a day is the last day of it.
    /// Times without a zone are in `zone`. Says so if the end is before the beginning, and leaves it out.
    pub fn new(starts: Option<When>, ends: Option<When>, zone: &TimeZone) -> (Span, Option<&'static str>) {
        let whole_days = matches!(starts, Some(When::Day(_))) && matches!(ends, None | Some(When::Day(_)));
        let zone = if whole_days { &TimeZone::UTC } else { zone };
        let begin = starts.and_then(|starts| starts.instant(zone));
        let last = ends.and_then(|ends| ends.instant(zone));
        let end = match ends {
            Some(When::Day(_)) => last.map(|last| last.saturating_add(DAY)),
            None if whole_days => begin.map(|begin| begin.saturating_add(DAY)),
            _ => last,
        };
        Span { starts: begin, ends: end, whole_days }.sound()
    }

    /// Leaves out an end that is before the beginning, and says so.
    pub fn sound(self) -> (Span, Option<&'static str>) {
        match (self.starts, self.ends) {
            (Some(begin), Some(end)) if end < begin => (Span { ends: None, ..self }, Some("ends before it begins")),
            _ => (self, None),
        }
    }
}
