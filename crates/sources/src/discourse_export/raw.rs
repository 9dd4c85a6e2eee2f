//! The raw text of a topic, as `/raw/ID` gives it: posts with a header line each (`markdown_for_topic` in
//! `app/controllers/posts_controller.rb`).
//!
//! ```text
//! ada | 2024-01-02 03:04:05 UTC | #1
//!
//! The text, in Markdown.
//!
//! -------------------------
//! ```

use std::io::{self, Read};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::Timestamp;
use source::run::MAX_ITEM;

use crate::files::FileReader;
use crate::json::{Cut, Found};

/// What ends a post.
const RULE: &str = "-------------------------";

/// The line that begins a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// Who wrote it.
    pub username: &'a str,
    /// When it was changed last: the text does not say when it was posted.
    pub changed: Option<Timestamp>,
    /// Its number in the topic.
    pub number: i64,
}

/// Reads a header line.
pub fn header(line: &str) -> Option<Header<'_>> {
    let (username, rest) = line.trim_end().split_once(" | ")?;
    let (time, number) = rest.split_once(" | #")?;
    let date = time.strip_suffix(" UTC")?;
    if username.is_empty() || username.contains(char::is_whitespace) {
        return None;
    }
    let changed = date.parse::<DateTime>().ok().and_then(|time| time.to_zoned(TimeZone::UTC).ok());
    let changed = changed.map(|time| time.timestamp().as_microsecond());
    Some(Header { username, changed, number: number.parse().ok().filter(|number| *number > 0)? })
}

/// A text in one piece: the site gives at most 100 posts at once.
pub struct Whole {
    reader: FileReader,
    bytes: Vec<u8>,
    given: bool,
}

impl Whole {
    /// The text that `reader` reads.
    pub fn new(reader: FileReader) -> Whole {
        Whole { reader, bytes: Vec::new(), given: false }
    }
}

impl Cut for Whole {
    fn next_piece(&mut self) -> io::Result<Option<Found<'_>>> {
        if std::mem::replace(&mut self.given, true) {
            return Ok(None);
        }
        self.reader.by_ref().take(MAX_ITEM as u64 + 1).read_to_end(&mut self.bytes)?;
        let piece = if self.bytes.len() > MAX_ITEM { Err("is too long") } else { Ok((0, self.bytes.as_slice())) };
        Ok(Some(Found { offset: 0, piece }))
    }

    fn reader(&self) -> &FileReader {
        &self.reader
    }
}

/// Each post of a text, with its header. A rule within a post is part of it unless a header follows whose
/// number is greater.
pub fn posts(text: &str) -> Vec<(Header<'_>, &str)> {
    let mut posts: Vec<(Header<'_>, &str)> = Vec::new();
    // The open post, and where its text begins; whether a rule has been seen since, with blanks only.
    let mut open: Option<(Header<'_>, usize)> = None;
    let mut ruled: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = at;
        at += line.len();
        let found = header(line).filter(|found| match (&open, ruled) {
            (None, _) => true,
            (Some((last, _)), Some(_)) => found.number > last.number,
            (Some(_), None) => false,
        });
        if let Some(found) = found {
            if let Some((last, from)) = open.replace((found, at)) {
                posts.push((last, text[from..ruled.unwrap_or(begins)].trim()));
            }
            ruled = None;
        } else if line.trim_end() == RULE {
            ruled = Some(begins);
        } else if !line.trim().is_empty() {
            ruled = None;
        }
    }
    if let Some((last, from)) = open {
        posts.push((last, text[from..ruled.unwrap_or(text.len())].trim()));
    }
    posts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rule_within_a_post_is_part_of_it() {
        let text = format!(
            "ada | 2024-01-02 03:04:05 UTC | #1\r\n\r\nTitle\n{RULE}\nmore\n\n{RULE}\n\nbo | 2024-01-02 03:04:06 UTC | #3\n\n{RULE}\nada | never UTC | #2\n\n{RULE}\n\n"
        );
        let told: Vec<String> = posts(&text)
            .iter()
            .map(|(header, text)| format!("{} {} {:?} {text:?}", header.number, header.username, header.changed))
            .collect();
        assert_eq!(
            told,
            [
                format!("1 ada Some(1704164645000000) \"Title\\n{RULE}\\nmore\""),
                format!("3 bo Some(1704164646000000) \"{RULE}\\nada | never UTC | #2\""),
            ]
        );
        assert_eq!(posts("no header"), []);
        assert_eq!(header("ada | yesterday UTC | #2").and_then(|header| header.changed), None);
    }

    proptest! {
        #[test]
        fn posts_are_those_that_were_written(texts in prop::collection::vec("[a-z -]{0,30}", 0..6)) {
            let written: String = texts
                .iter()
                .enumerate()
                .map(|(at, text)| format!("ada | 2024-01-02 03:04:05 UTC | #{}\n\n{text}\n\n{RULE}\n\n", at + 1))
                .collect();
            let read: Vec<&str> = posts(&written).into_iter().map(|(_, text)| text).collect();
            let expected: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
            // A post that is nothing but a rule cannot be told from its end.
            prop_assume!(!expected.contains(&RULE));
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn any_text_is_read(text in r"(ada \| |2024-01-02 03:04:05 UTC \| #|[1-9\n-é]){0,40}") {
            posts(&text);
        }
    }
}
