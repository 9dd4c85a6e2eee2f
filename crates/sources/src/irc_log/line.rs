//! What one line says, by its shape. The table in the source's documentation shows the shapes.

use super::event::{self, Event};
use super::text;

/// What a line says, without its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line<'a> {
    /// `<nick> text`, or a notice.
    Said {
        /// Without marks of rank.
        nick: &'a str,
        /// What was said.
        text: &'a str,
    },
    /// `* nick does`.
    Did {
        /// Without marks of rank.
        nick: &'a str,
        /// What is done.
        text: &'a str,
    },
    /// Somebody came, went, changed something; or a client or server says something.
    Event(Event<'a>),
    /// Nothing that is known.
    Unknown,
}

/// Reads a line without its time. `timed` tells whether it had one: without, only lines of systems
/// that write none are known.
pub fn parse(rest: &str, timed: bool) -> Line<'_> {
    if let Some(system) = rest.strip_prefix("=== ") {
        return unmarked(system);
    }
    if !timed {
        return Line::Unknown;
    }
    said(rest).or_else(|| notice(rest)).or_else(|| did(rest)).or_else(|| system(rest)).unwrap_or(Line::Unknown)
}

/// Reads a line of WeeChat without its time: two columns parted by a tab.
pub fn parse_tabbed(rest: &str) -> Line<'_> {
    let Some((who, text)) = rest.split_once('\t') else { return Line::Unknown };
    match who.trim() {
        "-->" | "<--" | "--" | "=!=" | "" => Line::Event(event::parse(text).unwrap_or(event::UNKNOWN)),
        "*" => action(text).unwrap_or(Line::Unknown),
        who => text::nick(who).map_or(Line::Unknown, |nick| Line::Said { nick, text }),
    }
}

/// `<nick> text`, with a mark of rank or a blank before the nick.
fn said(rest: &str) -> Option<Line<'_>> {
    let (nick, text) = rest.strip_prefix('<')?.split_once('>')?;
    Some(Line::Said { nick: text::nick(nick)?, text: text.strip_prefix(' ').unwrap_or(text) })
}

/// `-nick- text`, `-nick:#channel- text`, `-nick(user@host)- text`.
fn notice(rest: &str) -> Option<Line<'_>> {
    let (nick, text) = rest.strip_prefix('-')?.split_once("- ")?;
    let nick = nick.split([':', '(']).next()?;
    let fits = !nick.contains(|c: char| c.is_whitespace() || c == '!');
    Some(Line::Said { nick: text::nick(nick).filter(|_| fits)?, text })
}

/// `* nick does`, `Action: nick does`.
fn did(rest: &str) -> Option<Line<'_>> {
    action(rest.strip_prefix("* ").or_else(|| rest.strip_prefix("Action: "))?)
}

fn action(text: &str) -> Option<Line<'_>> {
    let text = text.trim_start();
    let (nick, text) = text.split_once(' ').unwrap_or((text, ""));
    Some(Line::Did { nick: text::nick(nick)?, text })
}

/// What clients and servers say: marked as such, or in Eggdrop's phrases.
fn system(rest: &str) -> Option<Line<'_>> {
    let marked = ["*** ", "-!- ", "!"].iter().find_map(|mark| rest.strip_prefix(mark));
    let event = match marked {
        Some(text) => Some(event::parse(text).unwrap_or(event::UNKNOWN)),
        None => event::parse_unmarked(rest),
    };
    event.map(Line::Event)
}

/// In the Ubuntu archive's logs `===` marks actions as well as what the server says.
fn unmarked(text: &str) -> Line<'_> {
    event::parse(text).map(Line::Event).or_else(|| action(text)).unwrap_or(Line::Unknown)
}
