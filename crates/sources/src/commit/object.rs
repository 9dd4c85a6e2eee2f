//! The parts of a raw commit object, without judging them.
//!
//! A commit is header lines, an empty line and the message. A header that goes on has its further
//! lines indented by one space (`gpgsig`, `mergetag`), so that no line of theirs looks like a header.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use memchr::{memchr, memrchr};
use model::Timestamp;
use model::time::SECOND;

/// A commit's headers that matter here, and its message; all of it undecoded. What is missing is
/// `None` or empty; of headers that may come once only, the first counts.
#[derive(Debug, Default)]
pub struct Commit<'a> {
    /// Hashes of its parents, in hexadecimal.
    pub parents: Vec<&'a [u8]>,
    /// `Name <address> seconds zone`.
    pub author: Option<&'a [u8]>,
    /// `Name <address> seconds zone`.
    pub committer: Option<&'a [u8]>,
    /// The name of the message's encoding; UTF-8 without one.
    pub encoding: Option<&'a [u8]>,
    /// The message.
    pub message: &'a [u8],
}

impl<'a> Commit<'a> {
    /// Takes a raw commit object apart.
    pub fn parse(bytes: &'a [u8]) -> Commit<'a> {
        let mut commit = Commit::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let (line, after) = (&rest[..end], &rest[rest.len().min(end + 1)..]);
            rest = after;
            if line.is_empty() {
                commit.message = rest;
                break;
            }
            commit.header(line);
        }
        commit
    }

    fn header(&mut self, line: &'a [u8]) {
        let Some(space) = memchr(b' ', line) else { return };
        let (name, value) = (&line[..space], &line[space + 1..]);
        match name {
            b"parent" => self.parents.push(value),
            b"author" => _ = self.author.get_or_insert(value),
            b"committer" => _ = self.committer.get_or_insert(value),
            b"encoding" => _ = self.encoding.get_or_insert(value),
            _ => {}
        }
    }

    /// Turns a part of it into text: by the encoding it names, else as UTF-8, else as Windows-1252,
    /// which gives every byte some character.
    pub fn decode(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        let named = self.encoding.and_then(Encoding::for_label).unwrap_or(UTF_8);
        let text = named.decode_without_bom_handling_and_without_replacement(bytes);
        text.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
    }
}

/// Who and when, of an `author` or `committer` header; undecoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature<'a> {
    /// What stands before `<`.
    pub name: &'a [u8],
    /// What stands between `<` and `>`; empty if there is none.
    pub address: &'a [u8],
    /// What stands after the last `>`: seconds since 1970, a space and a zone.
    pub date: &'a [u8],
}

impl<'a> Signature<'a> {
    /// Takes `Name <address> seconds zone` apart. Without brackets everything is the name.
    pub fn parse(value: &'a [u8]) -> Signature<'a> {
        let Some(open) = memchr(b'<', value) else {
            return Signature { name: value.trim_ascii(), address: b"", date: b"" };
        };
        let (name, rest) = (&value[..open], &value[open + 1..]);
        let close = memchr(b'>', rest).unwrap_or(rest.len());
        // Broken tools nest brackets; the date is behind all of them.
        let date = memrchr(b'>', rest).map_or(&b""[..], |last| &rest[last + 1..]);
        Signature { name: name.trim_ascii(), address: rest[..close].trim_ascii(), date: date.trim_ascii() }
    }

    /// The instant, in microseconds; `None` if it is no number or does not fit.
    pub fn time(&self) -> Option<Timestamp> {
        let end = memchr(b' ', self.date).unwrap_or(self.date.len());
        let seconds: i64 = std::str::from_utf8(&self.date[..end]).ok()?.parse().ok()?;
        seconds.checked_mul(SECOND)
    }
}
