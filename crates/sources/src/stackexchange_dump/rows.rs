//! Cuts a dump's XML into rows.
//!
//! A dump is one element per row with everything in attributes, and within attributes `<` is written
//! `&lt;`. So every `<` begins something, and a damaged row ends at the next one: its neighbours are
//! whole whatever is wrong with it.

use std::io::Read;

use memchr::memchr;

/// Bytes read at once.
const CHUNK: usize = 256 << 10;

/// Reads row after row.
pub struct Rows<R> {
    input: R,
    longest: usize,
    buffer: Vec<u8>,
    /// How much of the buffer was given out and can go.
    given: usize,
    /// Where the buffer begins in the stream.
    offset: u64,
    at_end: bool,
}

/// A row, or what should have been one.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where it begins in the stream.
    pub offset: u64,
    /// From `<row` to `>`, or why it is none.
    pub row: Result<&'a [u8], &'static str>,
}

impl<R: Read> Rows<R> {
    /// Rows of `input`, which begins `offset` bytes behind the beginning of its stream. What is longer
    /// than `longest` bytes is no row.
    pub fn new(input: R, offset: u64, longest: usize) -> Self {
        Rows { input, longest, buffer: Vec::new(), given: 0, offset, at_end: false }
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        &self.input
    }

    /// Where the next row is to be looked for.
    pub fn offset(&self) -> u64 {
        self.offset + self.given as u64
    }

    /// The next row; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<Found<'_>>> {
        while self.go_to_element()? {
            let end = self.end_of_element()?;
            self.given = end;
            if is_row(&self.buffer[..end]) {
                let row = checked(&self.buffer[..end], self.longest);
                return Ok(Some(Found { offset: self.offset, row }));
            }
        }
        Ok(None)
    }

    /// Drops what comes before the next `<`. False if there is none.
    fn go_to_element(&mut self) -> std::io::Result<bool> {
        loop {
            let rest = &self.buffer[self.given..];
            let start = memchr(b'<', rest);
            let dropped = self.given + start.unwrap_or(rest.len());
            self.buffer.drain(..dropped);
            self.offset += dropped as u64;
            self.given = 0;
            if start.is_some() || !self.read_on()? {
                return Ok(start.is_some());
            }
        }
    }

    /// Where in the buffer the element at its beginning ends: before the next `<`, at the end of the
    /// stream, or where it has become too long.
    fn end_of_element(&mut self) -> std::io::Result<usize> {
        let mut searched = 1;
        loop {
            if let Some(end) = memchr(b'<', &self.buffer[searched..]) {
                return Ok(searched + end);
            }
            searched = self.buffer.len();
            if searched > self.longest || !self.read_on()? {
                return Ok(searched);
            }
        }
    }

    /// Reads some more. False at the end of the stream.
    fn read_on(&mut self) -> std::io::Result<bool> {
        if !self.at_end {
            let read = Read::by_ref(&mut self.input).take(CHUNK as u64).read_to_end(&mut self.buffer)?;
            self.at_end = read == 0;
        }
        Ok(!self.at_end)
    }
}

fn is_row(element: &[u8]) -> bool {
    element.starts_with(b"<row") && element.get(4).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// A row without what follows its end.
fn checked(element: &[u8], longest: usize) -> Result<&[u8], &'static str> {
    let row = element.trim_ascii_end();
    if row.len() > longest {
        return Err("row is too long");
    }
    if row.ends_with(b">") { Ok(row) } else { Err("row has no end") }
}
