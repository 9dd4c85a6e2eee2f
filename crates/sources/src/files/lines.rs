//! Lines of a file, however long they are.

use std::io::{BufRead, BufReader, Read};

use memchr::memchr;

/// Reads lines without ever holding more than a limit of one.
pub struct Lines<R> {
    input: BufReader<R>,
    limit: usize,
    line: Vec<u8>,
    number: u64,
    offset: u64,
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 0, counted from where reading began.
    pub number: u64,
    /// Where it begins, in bytes from where reading began.
    pub offset: u64,
    /// Its bytes without the line's end (`\n` or `\r\n`); only the beginning where `cut`.
    pub bytes: &'a [u8],
    /// True if it was longer than the limit: the rest was passed over.
    pub cut: bool,
    /// True if a line end followed; false only for the last line of a file that may still be growing.
    pub ended: bool,
}

impl<R: Read> Lines<R> {
    /// Lines of `input`, each at most `limit` bytes.
    pub fn new(input: R, limit: usize) -> Self {
        let input = BufReader::with_capacity(1 << 16, input);
        Lines { input, limit, line: Vec::new(), number: 0, offset: 0 }
    }

    /// Counts on from `number` and `offset`, for a file opened in the middle.
    pub fn starting_at(mut self, number: u64, offset: u64) -> Self {
        (self.number, self.offset) = (number, offset);
        self
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        self.input.get_ref()
    }

    /// Where the next line begins.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next line; `None` at the end.
    pub fn next_line(&mut self) -> std::io::Result<Option<Line<'_>>> {
        self.line.clear();
        let (number, offset) = (self.number, self.offset);
        let mut ended = false;
        while !ended {
            let chunk = match self.input.fill_buf() {
                Ok([]) => break,
                Ok(chunk) => chunk,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr(b'\n', chunk);
            ended = end.is_some();
            let taken = end.map_or(chunk.len(), |end| end + 1);
            // Two bytes more than the limit, so that a line of just the limit keeps its end for now.
            let room = (self.limit + 2).saturating_sub(self.line.len()).min(taken);
            self.line.extend_from_slice(&chunk[..room]);
            self.input.consume(taken);
            self.offset += taken as u64;
        }
        if self.offset == offset {
            return Ok(None);
        }
        self.number += 1;
        let whole = self.offset - offset == self.line.len() as u64;
        let mut bytes = self.line.as_slice();
        if whole && ended {
            bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        }
        let cut = !whole || bytes.len() > self.limit;
        let bytes = &bytes[..bytes.len().min(self.limit)];
        Ok(Some(Line { number, offset, bytes, cut, ended }))
    }
}
