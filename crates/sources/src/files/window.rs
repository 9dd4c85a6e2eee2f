//! A stretch of a stream that grows at its end and is given up at its beginning.

use std::io::{self, Read};

/// Bytes read at once.
const CHUNK: usize = 256 << 10;

/// What has been read and not yet given up.
pub struct Window<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where in the buffer the stretch begins: what lies before it goes when more is read.
    start: usize,
    offset: u64,
    at_end: bool,
}

impl<R: Read> Window<R> {
    /// An empty stretch of `input`, which begins `offset` bytes behind the beginning of its stream.
    pub fn new(input: R, offset: u64) -> Self {
        Window { input, buffer: Vec::new(), start: 0, offset, at_end: false }
    }

    /// What it reads from.
    pub fn get_ref(&self) -> &R {
        &self.input
    }

    /// Where the stretch begins in the stream.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The stretch.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Gives up the first `count` bytes, all if there are fewer.
    pub fn drop_front(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads some more. False at the end of the stream.
    pub fn read_on(&mut self) -> io::Result<bool> {
        if !self.at_end {
            self.buffer.drain(..self.start);
            self.start = 0;
            let read = Read::by_ref(&mut self.input).take(CHUNK as u64).read_to_end(&mut self.buffer)?;
            self.at_end = read == 0;
        }
        Ok(!self.at_end)
    }
}
