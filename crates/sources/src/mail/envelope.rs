//! The line `From somebody Fri Apr  1 18:57:30 2016` that begins each mail of an mbox.
//!
//! A body may hold lines that begin with `From ` too, escaped or not, and archivers forget the blank
//! line before. So a line is judged by its own shape and by whether headers follow it.

use memchr::memchr;
use model::Timestamp;

use super::date;

/// What may stand before the first mail of a file, and means nothing.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// What an envelope begins with.
pub const FROM: &[u8] = b"From ";
/// Longer lines are no envelopes.
const LONGEST_LINE: usize = 1000;
/// No date is longer, `remote from somewhere` included.
const LONGEST_DATE: usize = 120;
/// Longer names are no headers'; the longest registered ones have 34 characters.
const LONGEST_NAME: usize = 76;
/// An envelope and the beginning of the line after it lie within this many bytes.
pub const LOOKAHEAD: usize = LONGEST_LINE + LONGEST_NAME + 8;

/// Headers of which one stands first in every mail: they vouch for an envelope without a date.
const FIRST_HEADERS: &[&str] = &[
    "from",
    "return-path",
    "received",
    "date",
    "message-id",
    "subject",
    "to",
    "delivered-to",
    "mime-version",
    "reply-to",
    "x-original-to",
    "x-mozilla-status",
    "x-gm-thrid",
    "content-type",
    "status",
];

/// Whether an envelope begins at `text`, a line that begins with [`FROM`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// More of the file must be seen.
    More,
}

/// Judges the line that `text` begins with. `after_blank`: a blank line, or nothing, stands before
/// it. `complete`: the file ends with `text`.
pub fn judge(text: &[u8], after_blank: bool, complete: bool) -> Verdict {
    let shown = &text[..text.len().min(LONGEST_LINE)];
    let Some(end) = memchr(b'\n', shown) else {
        let more = text.len() < LONGEST_LINE && !complete;
        return if more { Verdict::More } else { Verdict::No };
    };
    let line = &shown[..end];
    let dated = date(line).is_some();
    let bare = || after_blank && is_bare(line);
    if !dated && !bare() {
        return Verdict::No;
    }
    let below = &text[end + 1..];
    match header_name(below, complete) {
        Name::Unknown => Verdict::More,
        // A mail cut off right after its envelope.
        Name::None if dated && after_blank && below.is_empty() => Verdict::Yes,
        Name::None => Verdict::No,
        Name::Is(name) if dated || is_first_header(name) => Verdict::Yes,
        Name::Is(_) => Verdict::No,
    }
}

/// When the mail arrived, as the envelope says; `None` if the line does not end with a date.
pub fn date(line: &[u8]) -> Option<Timestamp> {
    let line = std::str::from_utf8(line.strip_prefix(FROM)?).ok()?;
    // The date begins with the day of the week; what stands before it is who sent it.
    let mut at = 0;
    for word in line.split(' ') {
        if at > 0 && line.len() - at <= LONGEST_DATE && date::is_weekday(word) {
            let rest = line[at..].trim_end();
            // UUCP's hosts: `remote from somewhere`.
            let rest = rest.split(" remote from ").next().unwrap_or(rest);
            if let Some(date) = date::parse_strictly(rest) {
                return Some(date.time);
            }
        }
        at += word.len() + 1;
    }
    None
}

/// `From jo@example.org` or `From -` without a date, as some programs write.
fn is_bare(line: &[u8]) -> bool {
    let Some(Ok(sender)) = line.strip_prefix(FROM).map(std::str::from_utf8) else { return false };
    let sender = sender.trim();
    !sender.contains(' ') && (sender.contains('@') || matches!(sender, "-" | "MAILER-DAEMON"))
}

enum Name<'a> {
    Is(&'a [u8]),
    None,
    Unknown,
}

/// The name of the header line that `text` begins with (RFC 5322, section 3.6.8).
fn header_name(text: &[u8], complete: bool) -> Name<'_> {
    // An envelope that another program escaped on its way.
    let text = text.strip_prefix(b">").unwrap_or(text);
    if text.starts_with(FROM) {
        return Name::Is(b"from");
    }
    for (at, byte) in text.iter().enumerate().take(LONGEST_NAME) {
        match byte {
            b':' | b' ' | b'\t' if at == 0 => return Name::None,
            b':' => return Name::Is(&text[..at]),
            // White space before the colon is obsolete and seen.
            b' ' | b'\t' => {
                // However much there is: what is to come may be gigabytes of it.
                let after = text[at..text.len().min(at + LONGEST_NAME)].trim_ascii_start();
                let unknown = after.is_empty() && !complete && text.len() < at + LONGEST_NAME;
                return match after.first() {
                    Some(b':') => Name::Is(&text[..at]),
                    None if unknown => Name::Unknown,
                    _ => Name::None,
                };
            }
            33..=126 => {}
            _ => return Name::None,
        }
    }
    if text.len() < LONGEST_NAME && !complete { Name::Unknown } else { Name::None }
}

fn is_first_header(name: &[u8]) -> bool {
    FIRST_HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header.as_bytes())) || name.starts_with(b"X-")
}

/// Whether a header line begins at `text`, the beginning of a file.
pub fn is_header(text: &[u8]) -> bool {
    matches!(header_name(text, true), Name::Is(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, after_blank: bool, expected: Verdict) {
        assert_eq!(judge(text.as_bytes(), after_blank, true), expected, "{text:?} after blank: {after_blank}");
    }

    #[test]
    fn envelopes_are_told_from_sentences() {
        for text in [
            "From jo@example.org Fri Apr  1 18:57:30 2016\nFrom: x\n",
            "From jo@example.org Fri Apr  1 18:57:30 2016\r\nFrom: x\r\n",
            "From jo at example.org  Fri Apr  1 18:57:30 2016\nX-Thing: x\n",
            "From - Fri Apr 01 18:57:30 2016\nX-Mozilla-Status: 0001\n",
            "From 1234567@xxx Fri Apr 01 18:57:30 +0000 2016\nX-GM-THRID: 1\n",
            "From jo@example.org Fri Apr  1 18:57 CEST 2016\n>From other Fri Apr 1 10:00:00 2016\n",
            "From jo@example.org Fri, 1 Apr 2016 18:57:30 +0200\nDate : x\n",
            "From uucp Fri Apr  1 18:57:30 2016 remote from host\nReceived: x\n",
        ] {
            check(text, true, Verdict::Yes);
            check(text, false, Verdict::Yes);
        }
        for text in [
            "From jo@example.org\nReceived: x\n",
            "From -\nX-Thing: x\n",
            "From jo@example.org Fri Apr  1 18:57:30 2016\n",
        ] {
            check(text, true, Verdict::Yes);
            check(text, false, Verdict::No);
        }
        for text in [
            "From the docs, on Fri Apr 1:\nnote: this\n",
            "From now on it works.\n\nThanks\n",
            "From jo@example.org Fri Apr  1 18:57:30 2016\nand so on\n",
            "From Friday on\nSubject: x\n",
            "From jo@example.org\nnote: this\n",
            "From jo@example.org Fri Apr  1 18:57:30 2016",
            "From ",
        ] {
            check(text, true, Verdict::No);
        }
    }

    #[test]
    fn more_is_asked_for_where_it_matters() {
        let whole = "From jo@example.org Fri Apr  1 18:57:30 2016\nReturn-Path: x";
        for cut in FROM.len()..whole.len() - 3 {
            assert_eq!(judge(&whole.as_bytes()[..cut], true, false), Verdict::More, "{}", &whole[..cut]);
        }
        let long = format!("From {}", "x".repeat(2000));
        assert_eq!(judge(long.as_bytes(), true, false), Verdict::No);
        let spaces = format!("From jo@example.org Fri Apr  1 18:57:30 2016\nA{}", " ".repeat(LOOKAHEAD));
        assert_eq!(judge(spaces.as_bytes(), true, true), Verdict::No);
    }
}
