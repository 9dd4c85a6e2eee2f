//! Cuts a stream into stretches of whole lines.

use std::io::Read;

use memchr::{memchr, memrchr};

/// Bytes of one stretch, if its lines allow.
pub const STRETCH: usize = 256 << 10;
/// A line longer than this is passed over.
pub const LONGEST: usize = 1 << 20;

/// Reads stretch after stretch.
pub struct Batches<R> {
    input: R,
    buffer: Vec<u8>,
    /// How much of the buffer was given out and can go.
    given: usize,
    at_end: bool,
}

/// What comes next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Batch<'a> {
    /// Whole lines with their ends; at the end of the stream the last one may lack its end.
    Lines(&'a [u8]),
    /// One line too long to be kept: its length with its end, if it has one.
    TooLong {
        /// Bytes passed over.
        length: u64,
        /// Whether its end came.
        ended: bool,
    },
}

impl<R: Read> Batches<R> {
    /// Stretches of `input`.
    pub fn new(input: R) -> Self {
        Batches { input, buffer: Vec::new(), given: 0, at_end: false }
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        &self.input
    }

    /// The next stretch; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<Batch<'_>>> {
        self.buffer.drain(..self.given);
        self.given = 0;
        self.fill(STRETCH)?;
        if self.buffer.is_empty() {
            return Ok(None);
        }
        let window = &self.buffer[..self.buffer.len().min(STRETCH)];
        let end = if window.len() < STRETCH {
            // The rest of the stream, an unfinished line at its end included.
            window.len()
        } else if let Some(end) = memrchr(b'\n', window) {
            end + 1
        } else {
            self.fill(LONGEST + 1)?;
            match memchr(b'\n', &self.buffer) {
                Some(end) => end + 1,
                None if self.buffer.len() > LONGEST => return self.pass_over().map(Some),
                None => self.buffer.len(),
            }
        };
        self.given = end;
        Ok(Some(Batch::Lines(&self.buffer[..self.given])))
    }

    /// Reads until `wanted` bytes are there, or all.
    fn fill(&mut self, wanted: usize) -> std::io::Result<()> {
        let missing = wanted.saturating_sub(self.buffer.len());
        if missing > 0 && !self.at_end {
            let read = Read::by_ref(&mut self.input).take(missing as u64).read_to_end(&mut self.buffer)?;
            self.at_end = read < missing;
        }
        Ok(())
    }

    /// Drops the line that the buffer begins with.
    fn pass_over(&mut self) -> std::io::Result<Batch<'_>> {
        let mut length = 0;
        loop {
            if let Some(end) = memchr(b'\n', &self.buffer) {
                self.given = end + 1;
                return Ok(Batch::TooLong { length: length + end as u64 + 1, ended: true });
            }
            length += self.buffer.len() as u64;
            self.buffer.clear();
            if self.at_end {
                return Ok(Batch::TooLong { length, ended: false });
            }
            self.fill(STRETCH)?;
        }
    }
}
