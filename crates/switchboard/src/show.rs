//! How values look to a person in a terminal. Everything that came from outside goes through
//! [`clean`], since a subject or a nick may hold the codes that drive a terminal.

use std::borrow::Cow;
use std::io::{self, Write};

use insight::views::ConversationRef;
use model::Timestamp;
use unicode_width::UnicodeWidthStr;

use crate::printer::{BOLD, Out};

/// `text` on one line without control characters or marks that turn the direction of writing.
pub fn clean(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let replaced = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        c if harmful(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(replaced).collect())
}

/// At most `width` columns of `text`, with `…` for the rest.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
        used <= width
    };
    let mut head: String = text.chars().take_while(fits).collect();
    head.truncate(head.trim_end().len());
    Cow::Owned(head + "…")
}

/// A number with a comma between thousands.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and its word: `1 message`, `2 messages`.
pub fn counted(number: u64, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {word}{ending}", count(number))
}

/// A size in the largest fitting unit of 1000.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let mut value = size as f64;
    let mut name = "bytes";
    for unit in UNITS {
        if value < 1000.0 {
            break;
        }
        value /= 1000.0;
        name = unit;
    }
    if name == "bytes" { counted(size, "byte") } else { format!("{value:.1} {name}") }
}

/// A stretch of time in its largest unit: `3 days`, `5 hours`. A day is 24 hours.
pub fn length(microseconds: i64) -> String {
    let minutes = microseconds.unsigned_abs() / 60_000_000;
    match minutes {
        0 => "less than a minute".to_owned(),
        1..60 => counted(minutes, "minute"),
        60..2_880 => counted(minutes / 60, "hour"),
        2_880..86_400 => counted(minutes / 1_440, "day"),
        86_400..1_051_200 => counted(minutes / 43_800, "month"),
        _ => counted(minutes / 525_600, "year"),
    }
}

/// An instant to the minute, UTC.
pub fn time(time: Timestamp) -> String {
    match jiff::Timestamp::from_microsecond(time) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => "a time that cannot be".to_owned(),
    }
}

/// The UTC day of an instant.
pub fn day(time: Timestamp) -> String {
    match jiff::Timestamp::from_microsecond(time) {
        Ok(time) => time.strftime("%Y-%m-%d").to_string(),
        Err(_) => "a time that cannot be".to_owned(),
    }
}

/// Where a conversation is: its source, and the channel where that says more.
pub fn place(conversation: &ConversationRef) -> String {
    let ConversationRef { source, channel, .. } = conversation;
    let channel = clean(channel);
    if channel == source.as_str() { channel.into_owned() } else { format!("{source}/{channel}") }
}

/// Rows under a heading, in columns as wide as they need to be. Columns named in `right` end flush.
pub fn columns(out: &mut Out, head: &[&str], rows: &[Vec<String>], right: &[usize]) -> io::Result<()> {
    let rows: Vec<Vec<Cow<'_, str>>> = rows.iter().map(|row| row.iter().map(|cell| clean(cell)).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head.get(column).map_or(0, |name| name.width())]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[Cow<'_, str>]| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let space = " ".repeat(widths.get(column).map_or(0, |width| width.saturating_sub(cell.width())));
            let (before, after) = if right.contains(&column) { (space.as_str(), "") } else { ("", space.as_str()) };
            line.push_str(&format!("{before}{cell}{after}  "));
        }
        line.trim_end().to_owned()
    };
    let names: Vec<Cow<'_, str>> = head.iter().map(|name| Cow::Borrowed(*name)).collect();
    writeln!(out, "{BOLD}{}{BOLD:#}", line(&names))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", line(row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_made_harmless() {
        assert_eq!(clean("plain – ünïcode"), "plain – ünïcode");
        assert_eq!(clean("a\u{1b}]0;title\u{7}b\nc"), "a\u{fffd}]0;title\u{fffd}b c");
        assert_eq!(clean("\u{202e}gpj.exe\u{9b}"), "\u{fffd}gpj.exe\u{fffd}");
    }

    #[test]
    fn numbers_and_times_read_well() {
        assert_eq!(["0", "999", "1,000", "1,234,567"], [0, 999, 1000, 1_234_567].map(count));
        assert_eq!(["0 bytes", "1 byte", "1.5 kB", "2.0 GB"], [0, 1, 1500, 2_000_000_000].map(bytes));
        let minute = 60_000_000;
        assert_eq!(["1 minute", "2 hours", "3 days"], [minute, 120 * minute, 3 * 1440 * minute].map(length));
        assert_eq!(["2 months", "47 years"], [90_000 * minute, 25_000_000 * minute].map(length));
        assert_eq!(time(1_583_020_800_000_000), "2020-03-01 00:00 UTC");
        assert_eq!(time(i64::MAX), "a time that cannot be");
    }

    #[test]
    fn text_is_cut_by_the_columns_it_takes() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("long text", 6), "long…");
        assert_eq!(cut("日本語です", 5), "日本…");
    }
}
