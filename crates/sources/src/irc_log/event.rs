//! What clients and servers say about people: who came, who went, who is called otherwise.
//!
//! The phrases are irssi's, WeeChat's, ZNC's, EnergyMech's, Supybot's and Eggdrop's. Each function
//! below knows one kind of event in all their ways.

use std::borrow::Cow;

use model::ActivityKind;

use super::text;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// What; [`ActivityKind::Other`] where it is nothing that one person did on their own behalf.
    pub kind: ActivityKind,
    /// Who did it, or to whom it was done; without marks of rank.
    pub nick: Option<Cow<'a, str>>,
    /// The new nick, the topic, the mode, who kicked. Never a host.
    pub detail: Option<Cow<'a, str>>,
}

/// Where it is none of the known phrases: the words stay in the archive.
pub const UNKNOWN: Event<'static> =
    Event { kind: ActivityKind::Other, nick: None, detail: Some(Cow::Borrowed("said by the client or server")) };

impl<'a> Event<'a> {
    /// `None` if `nick` is none: what looks like a phrase is then something else.
    fn by(nick: &'a str, kind: ActivityKind, detail: Option<&'a str>) -> Option<Event<'a>> {
        let detail = detail.map(str::trim).filter(|detail| !detail.is_empty()).map(Cow::Borrowed);
        Some(Event { kind, nick: Some(whole_nick(nick)?), detail })
    }
}

/// Reads what stands behind a mark such as `***` or `-!-`.
pub fn parse(text: &str) -> Option<Event<'_>> {
    came(text)
        .or_else(|| went(text))
        .or_else(|| renamed(text))
        .or_else(|| kicked(text))
        .or_else(|| topic(text))
        .or_else(|| mode(text))
}

/// Reads Eggdrop's phrases, which stand behind no mark.
pub fn parse_unmarked(text: &str) -> Option<Event<'_>> {
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let known = begins(&["Nick change: ", "Topic changed on "])
        || text.contains(": mode change '")
        || [") joined #", ") left #", ") left irc", " kicked from #"].iter().any(|words| text.contains(words));
    known.then(|| parse(text)).flatten()
}

fn came(text: &str) -> Option<Event<'_>> {
    if let Some(who) = text.strip_prefix("Joins: ") {
        return Event::by(before_host(who), ActivityKind::Joined, None);
    }
    let who = before_channel(text, " has joined ").or_else(|| before_channel(text, " joined "))?;
    Event::by(before_host(who), ActivityKind::Joined, None)
}

fn went(text: &str) -> Option<Event<'_>> {
    if let Some(who) = text.strip_prefix("Parts: ").or_else(|| text.strip_prefix("Quits: ")) {
        // The reason stands in brackets behind those of the host.
        let who = who.split_once(" (").map_or(who, |(who, _)| who);
        return Event::by(who, ActivityKind::Left, None);
    }
    let quit = || {
        let (who, rest) = text.split_once(" has quit").or_else(|| text.split_once(" left irc"))?;
        let ends = rest.trim_start().is_empty() || rest.starts_with([':', '.']);
        let reason = [" [", " (", " IRC"].iter().any(|begin| rest.starts_with(begin));
        (ends || reason).then_some(who)
    };
    let who = before_channel(text, " has left ").or_else(|| before_channel(text, " left ")).or_else(quit)?;
    Event::by(before_host(who), ActivityKind::Left, None)
}

fn renamed(text: &str) -> Option<Event<'_>> {
    let (old, new) = match text.strip_prefix("Nick change: ") {
        Some(nicks) => nicks.split_once(" -> ")?,
        None => text.split_once(" is now known as ")?,
    };
    let detail = Some(whole_nick(new)?);
    Some(Event { detail, ..Event::by(old, ActivityKind::Renamed, None)? })
}

/// The detail is who did it.
fn kicked(text: &str) -> Option<Event<'_>> {
    if let Some((by, who)) = text.split_once(" has kicked ") {
        return Event::by(first_word(who), ActivityKind::Kicked, Some(by.trim()));
    }
    let (who, rest) = text.split_once(" was kicked ").or_else(|| text.split_once(" kicked from "))?;
    let (_, by) = rest.split_once("by ")?;
    Event::by(who, ActivityKind::Kicked, Some(first_word(by).trim_end_matches(':')))
}

/// The detail is the new topic.
fn topic(text: &str) -> Option<Event<'_>> {
    if let Some(rest) = text.strip_prefix("Topic changed on ") {
        let (_, rest) = rest.split_once(" by ")?;
        let (who, topic) = rest.split_once(": ").unwrap_or((rest, ""));
        return Event::by(who.split('!').next()?, ActivityKind::SetTopic, Some(topic));
    }
    let (who, topic) = if let Some((who, topic)) = text.split_once(" changes topic to ") {
        (who, topic)
    } else if let Some((who, rest)) = text.split_once(" changed the topic of ") {
        (who, rest.split_once(" to: ").map_or("", |(_, topic)| topic))
    } else {
        let (who, rest) = text.split_once(" has changed topic for ")?;
        (who, rest.rsplit_once(" to \"").or(rest.split_once(" to ")).map_or("", |(_, topic)| topic))
    };
    Event::by(who, ActivityKind::SetTopic, Some(topic.trim().trim_matches(['"', '\''])))
}

/// The detail is the mode alone: whom it is about is often an address.
fn mode(text: &str) -> Option<Event<'_>> {
    let bracketed = ["mode/", "Mode ", "ServerMode/"].iter().find_map(|begin| text.strip_prefix(begin));
    let (flags, by) = if let Some(rest) = bracketed {
        let (_, rest) = rest.split_once('[')?;
        let (_, by) = rest.rsplit_once(" by ")?;
        (first_word(rest), by)
    } else if let Some((by, flags)) = text.split_once(" sets mode: ") {
        (first_word(flags), by)
    } else {
        let (_, rest) = text.split_once(": mode change '")?;
        let (_, by) = rest.rsplit_once("' by ")?;
        (first_word(rest), by.split('!').next()?)
    };
    let detail = Some(Cow::Owned(format!("mode {}", flags.trim_matches(['\'', ']']))));
    Some(Event { kind: ActivityKind::Other, nick: whole_nick(by), detail })
}

/// What stands before `phrase`, if a channel stands behind it.
fn before_channel<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let (before, after) = text.split_once(phrase)?;
    after.starts_with(['#', '&', '+', '!']).then_some(before)
}

/// A nick without the host in brackets behind it.
fn before_host(who: &str) -> &str {
    let who = who.trim_end();
    let host = [" [", " (", " <"].iter().filter_map(|begin| who.rfind(begin)).max();
    host.filter(|_| who.ends_with([']', ')', '>'])).map_or(who, |at| &who[..at])
}

/// A nick as one word. The Ubuntu archive's logger writes a blank behind a `]` within a nick.
fn whole_nick(text: &str) -> Option<Cow<'_, str>> {
    let nick = text::nick(text)?;
    if !nick.contains(char::is_whitespace) {
        return Some(Cow::Borrowed(nick));
    }
    let joined = nick.replace("] ", "]");
    (!joined.contains(char::is_whitespace)).then_some(Cow::Owned(joined))
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}
