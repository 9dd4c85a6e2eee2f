//! Cuts a stream into mails without holding more than one.
//!
//! Every byte of the stream is in exactly one piece, in order; a mail's bytes are given unchanged.

use std::io::{self, Read};

use memchr::memmem::Finder;

use crate::mail::envelope::{self, BYTE_ORDER_MARK, FROM, LOOKAHEAD, Verdict};

#[cfg(test)]
mod tests;

/// Bytes read at once.
const READ: usize = 256 << 10;
/// Bytes kept of what is passed over, so that an envelope across two reads is seen.
const OVERLAP: usize = 8;
/// Headers of which `Content-Length` is looked for are no longer than this …
const MOST_HEADERS: usize = 64 << 10;
/// … and a length beyond this is not tried: a file of lies must not make us read ahead for each.
const MOST_LENGTH: usize = 16 << 20;

/// A piece of a file. Offsets count from the beginning of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A mail with its envelope, if it has one.
    Mail { offset: u64, bytes: &'a [u8] },
    /// Something before the first envelope that is no mail; white space alone is not told of.
    Junk { offset: u64, length: u64 },
    /// A mail longer than the limit.
    TooLarge { offset: u64, length: u64 },
}

/// How a file is to be cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Where reading begins: 0, or where a mail begins.
    pub(super) offset: u64,
    /// The whole file is one mail, whatever lines are in it.
    pub(super) whole: bool,
    /// `Content-Length` tells where a mail ends, where an envelope follows there.
    pub(super) by_length: bool,
    /// The largest mail to be held, in bytes.
    pub(super) limit: usize,
}

/// Cuts what `input` gives.
pub(super) struct Splitter<R> {
    input: R,
    cut: Cut,
    /// What was read and not given yet: `buffer[begin..filled]`.
    buffer: Vec<u8>,
    begin: usize,
    filled: usize,
    /// Where in the file `buffer[0]` lies.
    base: u64,
    /// The input ended.
    ended: bool,
    next_from: Finder<'static>,
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(input: R, cut: Cut) -> Self {
        let next_from = Finder::new(b"\nFrom ");
        let buffer = vec![0; 2 * READ];
        Splitter { input, cut, buffer, begin: 0, filled: 0, base: cut.offset, ended: false, next_from }
    }

    /// What it reads from.
    pub(super) fn input(&self) -> &R {
        &self.input
    }

    /// The first `length` bytes from where it stands, fewer only where the input ends before.
    pub(super) fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        self.need(length)?;
        Ok(&self.buffer[self.begin..self.filled.min(self.begin + length)])
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            self.need(LOOKAHEAD)?;
            if self.begin == self.filled {
                return Ok(None);
            }
            let is_mail = self.is_mail();
            let offset = self.base + self.begin as u64;
            let limit = if is_mail { self.cut.limit } else { 0 };
            let (end, blank) = self.end(limit)?;
            // What was dropped on the way lies between the piece's offset and what is held of it.
            let held_from = self.base + self.begin as u64;
            let length = self.base + end as u64 - offset;
            let held = self.begin..end;
            self.begin = end;
            match is_mail {
                true if held_from == offset && length <= limit as u64 => {
                    return Ok(Some(Piece::Mail { offset, bytes: &self.buffer[held] }));
                }
                true => return Ok(Some(Piece::TooLarge { offset, length })),
                false if !blank => return Ok(Some(Piece::Junk { offset, length })),
                false => {}
            }
        }
    }

    /// Whether a mail begins here. Past the beginning of the file one always does.
    fn is_mail(&mut self) -> bool {
        let bytes = &self.buffer[self.begin..self.filled];
        if self.base + self.begin as u64 > 0 {
            return true;
        }
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        if bytes.starts_with(FROM) {
            // The first line gets the benefit of the doubt: headers below it are enough.
            let below = memchr::memchr(b'\n', bytes).map_or(&[][..], |end| &bytes[end + 1..]);
            return envelope::judge(bytes, true, self.ended) == Verdict::Yes || envelope::is_header(below);
        }
        envelope::is_header(bytes)
    }

    /// Finds where the piece that begins at `begin` ends, dropping its beginning where it grows past
    /// `limit`. Also tells whether it was all white space (known only where `limit` is 0).
    fn end(&mut self, limit: usize) -> io::Result<(usize, bool)> {
        if self.cut.by_length
            && limit > 0
            && !self.cut.whole
            && let Some(end) = self.end_by_length(limit)?
        {
            return Ok((end, false));
        }
        let mut blank = true;
        // Offsets count from `begin`, which moves within the buffer when more is read.
        let mut seen = 0;
        loop {
            match self.find(seen) {
                Some((at, true)) => {
                    blank &= self.is_blank(at);
                    return Ok((self.begin + at, blank));
                }
                Some((at, false)) => seen = at,
                None if self.ended => {
                    blank &= self.is_blank(self.filled - self.begin);
                    return Ok((self.filled, blank));
                }
                None => seen = (self.filled - self.begin).saturating_sub(OVERLAP).max(seen),
            }
            let held = self.filled - self.begin;
            if held > limit + READ {
                let drop = seen.saturating_sub(OVERLAP);
                blank &= self.is_blank(drop);
                self.begin += drop;
                seen -= drop;
            }
            self.fill()?;
        }
    }

    /// The next envelope after `seen` bytes of the piece. False with it: from there on more must be seen.
    fn find(&self, seen: usize) -> Option<(usize, bool)> {
        if self.cut.whole {
            return None;
        }
        let piece = &self.buffer[self.begin..self.filled];
        for at in self.next_from.find_iter(&piece[seen..]) {
            let end_of_line = seen + at;
            let before = piece[..end_of_line].strip_suffix(b"\r").unwrap_or(&piece[..end_of_line]);
            let after_blank = before.is_empty() || before.ends_with(b"\n");
            match envelope::judge(&piece[end_of_line + 1..], after_blank, self.ended) {
                Verdict::Yes => return Some((end_of_line + 1, true)),
                // Two bytes before it tell whether a blank line stands there: they stay in sight.
                Verdict::More => return Some((end_of_line, false)),
                Verdict::No => {}
            }
        }
        None
    }

    /// Where `Content-Length` says that the mail ends, if an envelope or the end of the file is there.
    fn end_by_length(&mut self, limit: usize) -> io::Result<Option<usize>> {
        let Some((headers, length)) = self.content_length()? else { return Ok(None) };
        if length > limit.min(MOST_LENGTH) {
            return Ok(None);
        }
        let end = headers + length;
        self.need(end + LOOKAHEAD)?;
        let piece = &self.buffer[self.begin..self.filled];
        let Some(mut rest) = piece.get(end..) else { return Ok(None) };
        // One blank line parts mails; it is not counted in the length.
        for line_end in [&b"\n"[..], b"\r\n", b"\n"] {
            rest = rest.strip_prefix(line_end).unwrap_or(rest);
        }
        let at_end = rest.is_empty() && self.ended;
        let holds = at_end || rest.starts_with(FROM) && envelope::judge(rest, true, self.ended) == Verdict::Yes;
        Ok(holds.then(|| self.filled - rest.len()))
    }

    /// The length of the headers with the blank line after them, and what `Content-Length` says.
    fn content_length(&mut self) -> io::Result<Option<(usize, usize)>> {
        let mail = self.peek(MOST_HEADERS)?;
        let mut length = None;
        for end in memchr::memchr_iter(b'\n', mail) {
            let line = &mail[end + 1..];
            match line.first() {
                Some(b'C' | b'c') => length = length.or_else(|| read_length(line)),
                Some(b'\n') => return Ok(length.map(|length| (end + 2, length))),
                // The next mail's: this one has no body, and not even the blank line before it.
                Some(b'F') if line.starts_with(FROM) => return Ok(None),
                Some(b'\r') if line.starts_with(b"\r\n") => return Ok(length.map(|length| (end + 3, length))),
                _ => {}
            }
        }
        Ok(None)
    }

    fn is_blank(&self, length: usize) -> bool {
        let text = &self.buffer[self.begin..self.begin + length];
        text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).trim_ascii().is_empty()
    }

    /// Reads until `length` bytes from `begin` on are there, or the input ends.
    fn need(&mut self, length: usize) -> io::Result<()> {
        while self.filled - self.begin < length && !self.ended {
            self.fill()?;
        }
        Ok(())
    }

    /// Reads some more, moving and growing the buffer as needed.
    fn fill(&mut self) -> io::Result<()> {
        if self.buffer.len() - self.filled < READ {
            // Moving pays when more is freed than moved; else the buffer is too small.
            if self.begin >= self.filled - self.begin {
                self.buffer.copy_within(self.begin..self.filled, 0);
                self.base += self.begin as u64;
                self.filled -= self.begin;
                self.begin = 0;
            } else {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
        }
        let end = self.buffer.len().min(self.filled + READ);
        match self.input.read(&mut self.buffer[self.filled..end]) {
            Ok(0) => self.ended = true,
            Ok(read) => self.filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

fn read_length(line: &[u8]) -> Option<usize> {
    let name = b"content-length:";
    let (head, value) = line.split_at_checked(name.len())?;
    if !head.eq_ignore_ascii_case(name) {
        return None;
    }
    let digits = &value[..value.len().min(20)];
    let digits = digits.split(|byte| *byte == b'\n').next()?.trim_ascii();
    std::str::from_utf8(digits).ok()?.parse().ok()
}
