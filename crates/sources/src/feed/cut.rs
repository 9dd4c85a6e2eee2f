//! Cuts a feed's XML into its entries.
//!
//! Only as much is understood as it takes to see where entries begin and end: a damaged entry costs no
//! other. Whatever stands outside of entries (the feed's title, its namespaces, its document type) is the
//! head; nothing in it is ever expanded or fetched.

use std::io::{self, Read};

use memchr::memchr;
use memchr::memmem;

use super::decode::Utf8;
use crate::files::{FileReader, Window};
use crate::json::{Cut, Found};

/// More of a head than this is not kept.
const LONGEST_HEAD: usize = 256 << 10;

/// Reads entry after entry.
pub struct Entries<R> {
    window: Window<R>,
    longest: usize,
    /// How much of the window was given out and can go.
    given: usize,
    head: Vec<u8>,
}

/// Where something ends.
enum End {
    /// So many bytes into the window.
    At(usize),
    /// Another entry begins there instead.
    Before(usize),
    TooLong,
    Cut,
}

impl<R: Read> Entries<R> {
    /// Entries of `input`, each at most `longest` bytes.
    pub fn new(input: R, longest: usize) -> Self {
        Entries { window: Window::new(input, 0), longest, given: 0, head: Vec::new() }
    }

    /// What stood outside of entries so far.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The next entry, from `<item` or `<entry` to its end; `None` at the end.
    pub fn next_entry(&mut self) -> io::Result<Option<Found<'_>>> {
        self.window.drop_front(std::mem::take(&mut self.given));
        loop {
            let Some(open) = memchr(b'<', self.window.bytes()) else {
                self.pass(self.window.bytes().len());
                if self.window.read_on()? {
                    continue;
                }
                return Ok(None);
            };
            self.pass(open);
            let end = match self.end_of_markup(0)? {
                End::At(end) => end,
                _ => {
                    self.pass(usize::MAX);
                    continue;
                }
            };
            if !begins_entry(&self.window.bytes()[..end]) {
                self.pass(end);
                continue;
            }
            let offset = self.window.offset();
            let piece = match self.end_of_entry(end)? {
                End::At(end) => {
                    self.given = end;
                    Ok((0, &self.window.bytes()[..end]))
                }
                End::Before(next) => {
                    self.given = next;
                    Err("entry has no end")
                }
                End::TooLong => {
                    self.given = usize::MAX;
                    Err("is too long")
                }
                End::Cut => {
                    self.given = usize::MAX;
                    Err("is cut short")
                }
            };
            return Ok(Some(Found { offset, piece }));
        }
    }

    /// Moves the window on; what is passed belongs to the head.
    fn pass(&mut self, count: usize) {
        let count = count.min(self.window.bytes().len());
        let room = LONGEST_HEAD.saturating_sub(self.head.len()).min(count);
        self.head.extend_from_slice(&self.window.bytes()[..room]);
        self.window.drop_front(count);
    }

    /// Where the tag, comment or CDATA ends that begins at `at`.
    fn end_of_markup(&mut self, at: usize) -> io::Result<End> {
        while self.window.bytes().len() < at + 9 && self.window.read_on()? {}
        let markup = &self.window.bytes()[at..];
        let end: &[u8] = match markup {
            _ if markup.starts_with(b"<!--") => b"-->",
            _ if markup.starts_with(b"<![CDATA[") => b"]]>",
            _ if markup.starts_with(b"<?") => b"?>",
            _ => b">",
        };
        let declared = markup.starts_with(b"<!D") || markup.starts_with(b"<!d");
        let end = match self.find(at + 1, end)? {
            // A document type with declarations of its own in brackets.
            End::At(first) if declared && memchr(b'[', &self.window.bytes()[at..first]).is_some() => {
                self.find(at + 1, b"]>")?
            }
            end => end,
        };
        Ok(end)
    }

    /// Where the entry ends whose first tag ends at `at`.
    fn end_of_entry(&mut self, mut at: usize) -> io::Result<End> {
        if self.window.bytes()[..at].ends_with(b"/>") {
            return Ok(End::At(at));
        }
        loop {
            let open = match self.find(at, b"<")? {
                End::At(end) => end - 1,
                other => return Ok(other),
            };
            let end = match self.end_of_markup(open)? {
                End::At(end) => end,
                other => return Ok(other),
            };
            let markup = &self.window.bytes()[open..end];
            if markup.starts_with(b"</") && is_entry(name(&markup[2..])) {
                return Ok(End::At(end));
            }
            if begins_entry(markup) {
                return Ok(End::Before(open));
            }
            at = end;
        }
    }

    /// Where the next `what` ends, from `from` on.
    fn find(&mut self, from: usize, what: &[u8]) -> io::Result<End> {
        let mut searched = from;
        loop {
            let bytes = self.window.bytes();
            if let Some(found) = memmem::find(bytes.get(searched..).unwrap_or_default(), what) {
                return Ok(End::At(searched + found + what.len()));
            }
            searched = from.max((bytes.len() + 1).saturating_sub(what.len()));
            if bytes.len() > self.longest {
                return Ok(End::TooLong);
            }
            if !self.window.read_on()? {
                return Ok(End::Cut);
            }
        }
    }
}

impl Cut for Entries<Utf8> {
    fn next_piece(&mut self) -> io::Result<Option<Found<'_>>> {
        self.next_entry()
    }

    fn reader(&self) -> &FileReader {
        self.window.get_ref().reader()
    }
}

fn begins_entry(markup: &[u8]) -> bool {
    markup.first() == Some(&b'<') && is_entry(name(&markup[1..]))
}

/// The name that a tag begins with.
fn name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    &tag[..end.unwrap_or(tag.len())]
}

/// RSS calls them `item`, Atom `entry`; either may stand behind a prefix.
fn is_entry(name: &[u8]) -> bool {
    matches!(name, b"item" | b"entry" | b"rss:item" | b"atom:entry" | b"a:entry")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(xml: &str) -> Vec<String> {
        let mut entries = Entries::new(xml.as_bytes(), 200);
        let mut told = Vec::new();
        while let Some(Found { offset, piece }) = entries.next_entry().expect("bytes are read") {
            told.push(match piece {
                Ok((_, bytes)) => format!("{offset} {}", String::from_utf8_lossy(bytes)),
                Err(what) => format!("{offset} {what}"),
            });
        }
        told.push(String::from_utf8_lossy(entries.head()).into_owned());
        told
    }

    #[track_caller]
    fn check(xml: &str, expected: &[&str]) {
        assert_eq!(told(xml), expected, "{xml}");
    }

    #[test]
    fn entries_and_what_is_around_them() {
        check(
            "<rss><title>t</title><item>1</item> <item/></rss>",
            &["21 <item>1</item>", "36 <item/>", "<rss><title>t</title> </rss>"],
        );
        check("<entry><![CDATA[</entry><item>]]></entry>", &["0 <entry><![CDATA[</entry><item>]]></entry>", ""]);
        check(
            "<items><itemx/></items><!-- <item> --><?x <item>?>",
            &["<items><itemx/></items><!-- <item> --><?x <item>?>"],
        );
        check(
            "<!DOCTYPE a [<!ENTITY b \"<item>\">]><a><entry>&b;</entry>",
            &["38 <entry>&b;</entry>", "<!DOCTYPE a [<!ENTITY b \"<item>\">]><a>"],
        );
    }

    #[test]
    fn a_damaged_entry_costs_no_other() {
        check("<item>1<item>2</item><item>3", &["0 entry has no end", "7 <item>2</item>", "21 is cut short", ""]);
        let long = format!("<item>{}</item><item>2</item>", "x".repeat(1 << 20));
        assert_eq!(told(&long)[0], "0 is too long");
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(xml in r"(<item>|</item>|<entry |<!--|-->|<!\[CDATA\[|\]\]>|<!D|\[|[<>/?a-c]){0,40}") {
            prop_assert!(told(&xml).len() <= xml.len() + 1);
        }

        #[test]
        fn entries_are_those_that_were_written(texts in prop::collection::vec("[a-z&; ]{0,20}", 0..8)) {
            let xml: String = texts.iter().map(|text| format!("<item>{text}</item>\n")).collect();
            let read = told(&format!("<rss>{xml}</rss>"));
            prop_assert_eq!(read.len(), texts.len() + 1);
            for (read, text) in read.iter().zip(&texts) {
                let written = format!(" <item>{text}</item>");
                prop_assert!(read.ends_with(&written));
            }
        }
    }
}
