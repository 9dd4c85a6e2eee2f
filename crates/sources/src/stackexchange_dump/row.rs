//! One row: its attributes by name.

use std::borrow::Cow;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use memchr::memchr;
use model::Timestamp;
use model::time::is_plausible;
use quick_xml::escape::unescape;

/// 2100-01-01: nothing can be later. What lies between the day of collection and this is for derive
/// to judge, which knows that day.
const LATEST: Timestamp = 4_102_444_800 * model::time::SECOND;

/// The attributes of a row, still escaped. Of attributes of one name the first counts.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'a> {
    attributes: Vec<(&'a str, &'a str)>,
}

/// What keeps a row or a value from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Not `<row name="value" …`, or not UTF-8.
    Row,
    /// A character reference in the attribute of this name that cannot be.
    Value(&'static str),
}

impl<'a> Row<'a> {
    /// Takes `<row name="value" … />` apart.
    pub fn parse(bytes: &'a [u8]) -> Result<Row<'a>, Broken> {
        let text = std::str::from_utf8(bytes).map_err(|_| Broken::Row)?;
        let mut rest = text.strip_prefix("<row").ok_or(Broken::Row)?.trim_ascii_start();
        let mut attributes = Vec::with_capacity(16);
        while !matches!(rest, "/>" | ">") {
            let (name, after) = rest.split_once('=').ok_or(Broken::Row)?;
            let quote = after.bytes().next().filter(|quote| b"\"'".contains(quote)).ok_or(Broken::Row)?;
            let end = memchr(quote, &after.as_bytes()[1..]).ok_or(Broken::Row)? + 1;
            attributes.push((name.trim_ascii_end(), &after[1..end]));
            rest = after[end + 1..].trim_ascii_start();
        }
        Ok(Row { attributes })
    }

    /// The value of an attribute; `None` if it is absent or empty.
    pub fn text(&self, name: &'static str) -> Result<Option<Cow<'a, str>>, Broken> {
        let value = self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let value = value.filter(|value| !value.is_empty());
        value.map(|value| unescape(value).map_err(|_| Broken::Value(name))).transpose()
    }

    /// A whole number; `None` if it is absent or none.
    pub fn number(&self, name: &'static str) -> Option<i64> {
        self.text(name).ok()??.parse().ok()
    }

    /// An instant, written in UTC without saying so: `2014-01-21T20:26:05.383`. `None` if it is
    /// absent, none, or cannot be.
    pub fn time(&self, name: &'static str) -> Option<Timestamp> {
        let moment: DateTime = self.text(name).ok()??.parse().ok()?;
        let time = TimeZone::UTC.to_timestamp(moment).ok()?.as_microsecond();
        is_plausible(time, LATEST).then_some(time)
    }
}
