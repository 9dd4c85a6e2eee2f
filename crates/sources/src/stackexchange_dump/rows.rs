//! Cuts a dump's XML into rows.
//!
//! A dump is one element per row with everything in attributes, and within attributes `<` is written
//! `&lt;`. So every `<` begins something, and a damaged row ends at the next one: its neighbours are
//! whole whatever is wrong with it.

use std::io::{self, Read};

use memchr::memchr;

use crate::files::Window;

/// Reads row after row.
pub struct Rows<R> {
    window: Window<R>,
    longest: usize,
    /// How much of the window was given out and can go.
    given: usize,
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
        Rows { window: Window::new(input, offset), longest, given: 0 }
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        self.window.get_ref()
    }

    /// Where the next row is to be looked for.
    pub fn offset(&self) -> u64 {
        self.window.offset() + self.given as u64
    }

    /// The next row; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Found<'_>>> {
        while self.go_to_element()? {
            let end = self.end_of_element()?;
            self.given = end;
            if is_row(&self.window.bytes()[..end]) {
                let row = checked(&self.window.bytes()[..end], self.longest);
                return Ok(Some(Found { offset: self.window.offset(), row }));
            }
        }
        Ok(None)
    }

    /// Drops what comes before the next `<`. False if there is none.
    fn go_to_element(&mut self) -> io::Result<bool> {
        self.window.drop_front(std::mem::take(&mut self.given));
        loop {
            let start = memchr(b'<', self.window.bytes());
            self.window.drop_front(start.unwrap_or(usize::MAX));
            if start.is_some() || !self.window.read_on()? {
                return Ok(start.is_some());
            }
        }
    }

    /// Where in the window the element at its beginning ends: before the next `<`, at the end of the
    /// stream, or where it has become too long.
    fn end_of_element(&mut self) -> io::Result<usize> {
        let mut searched = 1;
        loop {
            if let Some(end) = memchr(b'<', &self.window.bytes()[searched..]) {
                return Ok(searched + end);
            }
            searched = self.window.bytes().len();
            if searched > self.longest || !self.window.read_on()? {
                return Ok(searched);
            }
        }
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
