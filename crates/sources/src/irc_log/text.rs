//! The characters of a line: encoding, colours, nicks.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Services and bots that are well known and do not end in `bot`.
const BOTS: &[&str] = &["chanserv", "memoserv", "nickserv", "ubottu", "ubotu", "ubuntulog", "ubuntulog2"];
/// Marks of rank that clients write before a nick: operator, voice, half-operator, founder, protected.
const RANKS: &[char] = &['@', '+', '%', '~', '&'];

/// A line as text: UTF-8, else Windows-1252, which gives every byte some character.
pub fn decode(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0,
    }
}

/// Without colours and other formatting: mIRC's control characters, of which 3 may be followed by one
/// or two numbers of two digits and 4 by one or two of six hexadecimal ones.
pub fn without_formatting(text: &str) -> Cow<'_, str> {
    let formatting = |c: char| matches!(c, '\u{2}'..='\u{4}' | '\u{f}' | '\u{11}' | '\u{16}' | '\u{1d}'..='\u{1f}');
    if !text.contains(formatting) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(formatting) {
        out.push_str(&rest[..at]);
        let code = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        rest = match code {
            3 => after_color(rest, 2, |c| c.is_ascii_digit()),
            4 => after_color(rest, 6, |c| c.is_ascii_hexdigit()),
            _ => rest,
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Behind a colour of up to `digits` digits, and a second one behind a comma.
fn after_color(text: &str, digits: usize, is_digit: fn(u8) -> bool) -> &str {
    let length = |text: &str| text.bytes().take(digits).take_while(|byte| is_digit(*byte)).count();
    let first = length(text);
    let rest = &text[first..];
    match rest.strip_prefix(',') {
        Some(second) if first > 0 && length(second) > 0 => &second[length(second)..],
        _ => rest,
    }
}

/// A nick without marks of rank and padding; `None` if nothing is left.
pub fn nick(text: &str) -> Option<&str> {
    let nick = text.trim().trim_start_matches(RANKS);
    (!nick.is_empty()).then_some(nick)
}

/// Whether a nick in lower case is a bot's by its looks.
pub fn is_bot(nick: &str) -> bool {
    nick.trim_end_matches('_').ends_with("bot") || BOTS.contains(&nick)
}

/// Whom a text addresses at its beginning: `nick: …`, `nick, …`, `@nick …`, `one, two: …`. Any word in
/// such a place counts; which of them are nicks is for somebody to say who knows all nicks.
pub fn addressees(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    // Behind a colon the text begins: `ada: well, …` addresses nobody called `well`.
    let mut commas = true;
    loop {
        let at = rest.strip_prefix('@');
        let word = at.unwrap_or(rest);
        let length = word.find(|c: char| !is_nick_char(c)).unwrap_or(word.len());
        let (name, after) = word.split_at(length);
        let sign = after.chars().next().filter(|c| *c == ':' || (*c == ',' && commas));
        let after = if sign.is_some() { &after[1..] } else { after };
        let parted = after.is_empty() || after.starts_with(char::is_whitespace);
        let starts = name.starts_with(|c: char| is_nick_char(c) && !c.is_ascii_digit() && c != '-');
        if !(parted && starts && (sign.is_some() || at.is_some())) {
            return found;
        }
        found.push(name.to_owned());
        commas &= sign == Some(',');
        rest = after.trim_start();
    }
}

/// Characters of nicks (RFC 2812, section 2.3.1), and letters of other scripts, which some networks allow.
fn is_nick_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '[' | ']' | '\\' | '`' | '^' | '{' | '|' | '}')
}
